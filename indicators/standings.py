"""How targets stand at a moment: each promise against its figures. The one way to a verdict."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from departments.models import Area
from indicators import assessment
from indicators.assessment import (
    Aggregation,
    Assessment,
    Comparator,
    Counts,
    Direction,
    Figure,
    FigureStatus,
    Form,
    Measure,
    Promise,
    Verdict,
)
from indicators.models import Observation, Target, TargetVersion
from indicators.models.target import TargetQuerySet
from indicators.periods import day_in_province
from indicators.periods import parse as parse_period

SeriesKey = tuple[int, int]
Candidate = tuple[Figure, tuple[Observation, ...]]
"""A figure of the whole period, and the records that it comes from."""


@dataclass(frozen=True)
class Standing:
    """A target with its versions, the figure that counts, and the verdict with its working.

    `judged_by` are the records of that figure: several where the years were added or averaged.
    """

    target: Target
    versions: tuple[TargetVersion, ...]
    in_force: TargetVersion
    assessments: tuple[Assessment, ...]
    judged_by: tuple[Observation, ...]
    series: tuple[Observation, ...]

    @property
    def assessment(self) -> Assessment:
        """Against the version in force at the end of the period."""
        return self.assessments[self.versions.index(self.in_force)]

    @property
    def first(self) -> TargetVersion:
        return self.versions[0]

    @property
    def first_assessment(self) -> Assessment:
        return self.assessments[0]

    @property
    def observation(self) -> Observation | None:
        """The record of the figure; None where there is none, or several."""
        return self.judged_by[0] if len(self.judged_by) == 1 else None

    @property
    def verdict(self) -> Verdict:
        return self.assessment.verdict

    @property
    def was_changed(self) -> bool:
        return len(self.versions) > 1

    @property
    def is_binding(self) -> bool:
        """A promise for the whole province that is no stretch target: the ones a claim counts."""
        return self.target.area.kind == Area.Kind.PROVINCE and not self.target.is_stretch

    @property
    def is_illustrative(self) -> bool:
        """The promise or the figure is invented as an example: it counts in no claim."""
        sources = [self.in_force.source, *(row.source for row in self.judged_by)]
        return any(source.is_illustrative for source in sources)


def in_force_on(versions: Sequence[TargetVersion], day: date) -> TargetVersion:
    """The latest version in force from no later than the day, else the first. None is empty."""
    begun = [version for version in versions if version.in_force_from <= day]
    return begun[-1] if begun else versions[0]


def promise_of(version: TargetVersion) -> Promise:
    """The version as the rules see it. Needs the target's indicator and its unit loaded."""
    indicator = version.target.indicator
    return Promise(
        comparator=Comparator(version.comparator),
        value=version.value,
        upper=version.upper_value,
        tolerance=version.tolerance,
        form=Form(version.form),
        direction=Direction(indicator.direction),
        measure=Measure(indicator.measure),
        unit_is_percent_like=indicator.unit.is_percent_like,
        decimals=indicator.decimals,
        decimals_written=version.decimals_written,
        baseline=version.baseline_value,
    )


def standings(targets: TargetQuerySet, *, at: datetime) -> list[Standing]:
    """How each target stood for the public at the moment. Three queries, whatever their number.

    Targets of which no version was known then are left out.
    """
    loaded = list(
        targets.select_related("indicator__unit", "plan__source", "plan__article", "area")
        .defer("plan__article__body", "plan__article__lead")
        .order_by("indicator__group", "indicator__sort_key", "pk")
    )
    versions = _versions(loaded, at=at)
    series = _series(loaded, at=at)
    today = day_in_province(at)
    return [
        _standing(target, versions[target.pk], series[target.indicator_id, target.area_id], today)
        for target in loaded
        if versions[target.pk]
    ]


def standing(target: Target, *, at: datetime) -> Standing | None:
    """How one target stood for the public at the moment; None if nobody knew of it."""
    return next(iter(standings(Target.objects.filter(pk=target.pk), at=at)), None)


def counts(standings: Iterable[Standing]) -> Counts:
    return assessment.count(standing.verdict for standing in standings)


def _versions(targets: Sequence[Target], *, at: datetime) -> dict[int, list[TargetVersion]]:
    found: dict[int, list[TargetVersion]] = defaultdict(list)
    by_key = {target.pk: target for target in targets}
    rows = (
        TargetVersion.objects.known_on(at)
        .filter(target__in=by_key)
        .select_related("article", "passage", "source", "document")
        .defer("article__body", "article__lead")
        .order_by("in_force_from", "pk")
    )
    for version in rows:
        version.target = by_key[version.target_id]
        found[version.target_id].append(version)
    return found


def _series(targets: Sequence[Target], *, at: datetime) -> dict[SeriesKey, list[Observation]]:
    found: dict[SeriesKey, list[Observation]] = defaultdict(list)
    rows = (
        Observation.objects.known_on(at)
        .filter(
            indicator__in={target.indicator_id for target in targets},
            area__in={target.area_id for target in targets},
        )
        .select_related("source", "passage", "batch")
        .order_by("period_end", "as_of", "pk")
    )
    for observation in rows:
        found[observation.indicator_id, observation.area_id].append(observation)
    return found


def _standing(
    target: Target, versions: list[TargetVersion], series: list[Observation], today: date
) -> Standing:
    in_force = in_force_on(versions, target.period.end)
    candidates = [_candidates(version, series) for version in versions]
    assessments = tuple(
        _assess(version, [figure for figure, _rows in found], today)
        for version, found in zip(versions, candidates, strict=True)
    )
    place = versions.index(in_force)
    judged = assessments[place].figure
    return Standing(
        target=target,
        versions=tuple(versions),
        in_force=in_force,
        assessments=assessments,
        judged_by=next((rows for figure, rows in candidates[place] if figure is judged), ()),
        series=tuple(series),
    )


def _assess(version: TargetVersion, figures: list[Figure], today: date) -> Assessment:
    target = version.target
    return assessment.standing(
        promise_of(version),
        figures,
        margins=target.plan.margins,
        deadline=version.deadline,
        publication_lag_days=target.indicator.publication_lag_days,
        today=today,
        period_end=target.period.end,
    )


def _candidates(version: TargetVersion, series: list[Observation]) -> list[Candidate]:
    """The figures of the target's whole period.

    A target over several years takes a figure for the whole period, else its last year's, or the
    sum or mean of the years as the version says.
    """
    period = version.target.period
    whole = _eligible([row for row in series if row.period == period])
    years = [parse_period(str(year)) for year in period.years()]
    candidates: list[Candidate] = [(row.figure, (row,)) for row in whole]
    if any(row.status != FigureStatus.FORECAST for row in whole) or len(years) < 2:
        return candidates
    yearly = [best_of([row for row in series if row.period == year]) for year in years]
    return _of_years(version, yearly) or candidates


def _of_years(version: TargetVersion, yearly: Sequence[Observation | None]) -> list[Candidate]:
    if version.aggregation == Aggregation.END:
        last = yearly[-1]
        return [(last.figure, (last,))] if last else []
    rows = [row for row in yearly if row]
    return _over_years(rows, Aggregation(version.aggregation), len(yearly))


def _over_years(rows: list[Observation], how: Aggregation, years: int) -> list[Candidate]:
    """Nothing where a year is missing, or is a range, or of another form than the rest."""
    forms = {Form(row.form) for row in rows}
    if len(rows) < years or len(forms) > 1 or any(row.figure.is_range for row in rows):
        return []
    value = assessment.aggregate([row.value for row in rows], how)
    if value is None:
        return []
    status = min((FigureStatus(row.status) for row in rows), key=list(FigureStatus).index)
    figure = Figure(value=value, status=status, as_of=rows[-1].as_of, form=forms.pop())
    return [(figure, tuple(rows))]


def best_of(rows: Iterable[Observation]) -> Observation | None:
    """The figure that counts among those of one period; None if there are forecasts only."""
    figures = [(row.figure, row) for row in _eligible(list(rows))]
    best = assessment.best_figure(figure for figure, _row in figures)
    return next((row for figure, row in figures if figure is best), None)


def _eligible(rows: list[Observation]) -> list[Observation]:
    """What is invented stands back where there is a real figure, be it surer or not."""
    real = [row for row in rows if not row.source.is_illustrative]
    if any(row.status != FigureStatus.FORECAST for row in real):
        return real
    return rows
