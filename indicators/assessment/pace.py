"""A year that has not ended: how a promise is getting on. Never a class."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators.assessment.choices import MET_OR_EXCEEDED, Direction, Form, Measure, Pace
from indicators.assessment.scale import RELATIVE, NotComparable, change_to_scale
from indicators.assessment.terms import COMPLETE, Figure, Margins, Promise
from indicators.assessment.verdicts import judge
from indicators.numbers import round_half_away

ON_TRACK_FROM = Decimal(95)
AT_RISK_FROM = Decimal(80)
DECIMALS = 1
YEARS_OF_SHARES = 3
CUMULATIVE_FORMS = frozenset({Form.LEVEL, Form.INCREMENT, Form.COMPLETION})


@dataclass(frozen=True, kw_only=True)
class Progress:
    """What a figure to date says. Percentages and the needed rate to one decimal.

    `pace` is None for a rate that is behind: no share of a rate can be expected, only `needed_rate`
    over the rest of the year can be said, if the weight of the elapsed part is known.
    """

    pace: Pace | None = None
    expected: Decimal | None = None
    percent_of_expected: Decimal | None = None
    percent_of_plan: Decimal | None = None
    growth_on_last_year: Decimal | None = None
    needed_rate: Decimal | None = None


def mean_share(shares: Sequence[Decimal]) -> Decimal | None:
    """What used to be reached by this date: mean of the last three years, oldest first."""
    recent = shares[-YEARS_OF_SHARES:]
    return sum(recent, Decimal(0)) / len(recent) if recent else None


def needed_rate(target: Decimal, *, so_far: Decimal, weight: Decimal) -> Decimal | None:
    """Growth that the rest of the year needs: (T - w g) / (1 - w), percent, not rounded.

    `weight` is the share that the elapsed part had in the base year.
    """
    return (target - weight * so_far) / (1 - weight) if weight < 1 else None


def progress_to_date(
    promise: Promise,
    figure: Figure,
    *,
    margins: Margins,
    elapsed: Decimal,
    weight: Decimal | None = None,
    same_period_last_year: Decimal | None = None,
) -> Progress | None:
    """How a cumulative figure of the year so far compares with the promise for the whole year.

    Flows, and shares that add up to the whole (of a plan disbursed): pro rata to `elapsed`. Growth
    rates: satisfied or what is needed. Stocks, ranks, scores and milestones are measured once or
    twice a year: None, as nothing between can be said.
    """
    match promise.measure:
        case Measure.FLOW | Measure.SHARE if promise.form in CUMULATIVE_FORMS:
            return _pro_rata(promise, figure, elapsed, same_period_last_year)
        case Measure.FLOW if promise.form in RELATIVE and figure.form in RELATIVE:
            return _growth(promise, figure, margins, weight)
        case Measure.RATE if promise.form == Form.LEVEL:
            return _growth(promise, figure, margins, weight)
        case _:
            return None


def _pro_rata(
    promise: Promise, figure: Figure, elapsed: Decimal, last_year: Decimal | None
) -> Progress | None:
    target = COMPLETE if promise.form == Form.COMPLETION else promise.value
    try:
        actual = change_to_scale(promise, figure)
    except NotComparable:
        return None
    if target is None or target <= 0 or elapsed <= 0:
        return None
    expected = target * elapsed
    percent = round_half_away(100 * actual / expected, DECIMALS)
    growth = None
    if last_year is not None and last_year > 0:
        growth = round_half_away(100 * (actual - last_year) / last_year, DECIMALS)
    return Progress(
        pace=_pace(percent, promise.direction),
        expected=expected,
        percent_of_expected=percent,
        percent_of_plan=round_half_away(100 * actual / target, DECIMALS),
        growth_on_last_year=growth,
    )


def _pace(percent: Decimal, direction: Direction) -> Pace:
    """By the percentage shown. Where less is better the bounds are mirrored: 105 and 120 %."""
    if direction == Direction.LOWER:
        percent = 200 - percent
    if percent >= ON_TRACK_FROM:
        return Pace.ON_TRACK
    return Pace.AT_RISK if percent >= AT_RISK_FROM else Pace.BEHIND


def _growth(
    promise: Promise, figure: Figure, margins: Margins, weight: Decimal | None
) -> Progress | None:
    judged = judge(promise, figure, margins)
    if judged.compared is None or judged.difference is None:
        return None
    if judged.verdict in MET_OR_EXCEEDED:
        return Progress(pace=Pace.ON_TRACK)
    if weight is None:
        return Progress()
    edge = judged.compared - judged.difference
    needed = needed_rate(edge, so_far=judged.compared, weight=weight)
    return Progress(needed_rate=None if needed is None else round_half_away(needed, DECIMALS))
