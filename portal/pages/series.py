"""Series of figures as the chart draws them, with the promises over their periods."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from indicators.assessment import FigureStatus, Form
from indicators.models import Indicator, Observation, UnitOfMeasure
from indicators.periods import PeriodKind
from indicators.standings import Standing, best_of
from portal import wording

FEWEST_POINTS = 2
FIRM = frozenset({FigureStatus.OFFICIAL, FigureStatus.PRELIMINARY})


@dataclass(frozen=True, kw_only=True)
class Point:
    label: str
    value: Decimal
    firm: bool


@dataclass(frozen=True, kw_only=True)
class Goal:
    label: str
    value: Decimal
    first: int
    last: int
    withdrawn: bool


@dataclass(frozen=True, kw_only=True)
class Series:
    key: str
    title: str
    description: str
    note: str
    points: Sequence[Point]
    goals: Sequence[Goal]
    unit: UnitOfMeasure
    decimals: int | None = None


def yearly(observations: Sequence[Observation]) -> list[Observation]:
    """One level a year: the figure that counts, else the latest forecast."""
    by_year: dict[int, list[Observation]] = defaultdict(list)
    for row in observations:
        is_level = row.form == Form.LEVEL and not row.figure.is_range
        if row.period.kind == PeriodKind.YEAR and is_level:
            by_year[row.period.start.year].append(row)
    return [
        best_of(rows) or max(rows, key=lambda row: row.as_of)
        for _year, rows in sorted(by_year.items())
    ]


def series_of(
    indicator: Indicator, observations: Sequence[Observation], standings: Sequence[Standing]
) -> Series | None:
    """The yearly series with the yearly promises; None when there is too little to draw."""
    rows = yearly(observations)
    if len(rows) < FEWEST_POINTS:
        return None
    years = [row.period.start.year for row in rows]
    goals = []
    for stood in standings:
        year = stood.target.period.start.year
        if stood.target.period.kind != PeriodKind.YEAR or year not in years:
            continue
        for version in stood.versions:
            if version.value is None or version.form != Form.LEVEL:
                continue
            goals.append(
                Goal(
                    label=wording.promise(version, indicator.unit),
                    value=version.value,
                    first=years.index(year),
                    last=years.index(year),
                    withdrawn=version is not stood.in_force,
                )
            )
    return Series(
        key=f"series{indicator.pk}",
        title=_("%(indicator)s by year") % {"indicator": indicator.name},
        description="; ".join(
            f"{row.period.code}: {wording.amount(row.value, indicator.unit)}" for row in rows
        ),
        note=_("Rings and dotted lines are estimates and examples; filled points are firm."),
        points=[
            Point(
                label=row.period.code,
                value=row.value,
                firm=row.status in FIRM and not row.source.is_illustrative,
            )
            for row in rows
        ],
        goals=goals,
        unit=indicator.unit,
    )


def series_of_target(stood: Standing) -> Series | None:
    return series_of(stood.target.indicator, stood.series, [stood])
