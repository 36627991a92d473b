"""Clause 4: the class of a promise, given its figure."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from indicators.assessment.choices import (
    FigureStatus,
    Measure,
    Reason,
    Rule,
    StepCode,
    UnitKind,
    Verdict,
)
from indicators.assessment.interval import STRICT, Interval, allowed, sense
from indicators.assessment.scale import (
    LEAST_DECIMALS_OF_A_CHANGE,
    NotComparable,
    change_to_scale,
    decimals_compared,
    is_percent_like,
    level,
    smallest_step,
    target_value,
    unit_kind,
)
from indicators.assessment.terms import COMPLETE, Assessment, Figure, Margins, Promise, Step
from indicators.numbers import round_half_away


def judge(
    promise: Promise, figure: Figure, margins: Margins, *, deadline: date | None = None
) -> Assessment:
    """The class of a figure, whatever the day; `deadline` matters to milestones only.

    Where the clauses leave a choice they are read thus, so that a better figure never gets a worse
    verdict: beyond the better end of a range that is capped is met. The percentage of the nearly
    margin is of the edge that was missed, which for an open interval is the target itself.
    """
    if figure.status == FigureStatus.FORECAST:
        return _not_judged(promise, figure, Reason.FORECAST_ONLY)
    try:
        interval = allowed(promise, margins)
        derived = change_to_scale(promise, figure)
    except NotComparable as error:
        return _not_judged(promise, figure, error.reason)

    decimals = decimals_compared(promise)
    compared = round_half_away(derived, decimals)
    inside = interval.holds(compared)
    edge = interval.nearest_edge(compared)
    margin = _nearly_margin(promise, edge, margins)
    beyond = None if interval.is_closed else _exceeded_margin(promise, margins)
    if _is_late(promise, figure, compared, deadline):
        rule = Rule.REACHED_LATE
    elif inside:
        rule = _rule_inside(promise, sense(promise) * (compared - edge), beyond)
    else:
        rule = _rule_outside(promise, compared, interval, margin)
    return Assessment(
        verdict=VERDICT_BY_RULE[rule],
        rule=rule,
        figure=figure,
        compared=compared,
        lower_edge=interval.lower,
        upper_edge=interval.upper,
        edge_excluded=interval.excluded,
        difference=Decimal(0) if inside and interval.is_closed else compared - edge,
        gap=interval.gap(compared),
        margin=margin,
        exceeded_margin=beyond,
        absolute_change=_absolute_change(promise, figure),
        decimals=decimals,
        unit_kind=unit_kind(promise),
        steps=(
            *_steps_of_figure(promise, figure, derived=derived, compared=compared),
            *_steps_of_target(interval, margin=margin, beyond=beyond),
        ),
    )


VERDICT_BY_RULE = {
    Rule.INSIDE_BEYOND_EDGE: Verdict.EXCEEDED,
    Rule.INSIDE: Verdict.MET,
    Rule.INSIDE_CAPPED: Verdict.MET,
    Rule.OUTSIDE_GOOD_SIDE: Verdict.EXCEEDED,
    Rule.OUTSIDE_GOOD_SIDE_CAPPED: Verdict.MET,
    Rule.ON_EXCLUDED_EDGE: Verdict.NEARLY_MET,
    Rule.WITHIN_NEARLY_MARGIN: Verdict.NEARLY_MET,
    Rule.BEYOND_NEARLY_MARGIN: Verdict.MISSED,
    Rule.REACHED_LATE: Verdict.MISSED,
    Rule.NOT_JUDGEABLE: Verdict.CANNOT_BE_JUDGED,
    Rule.BEFORE_DEADLINE: Verdict.NOT_DUE,
    Rule.AWAITING_FIGURE: Verdict.NOT_DUE,
    Rule.FIGURE_OVERDUE: Verdict.NO_DATA,
}


def _rule_inside(promise: Promise, beyond: Decimal, enough: Decimal | None) -> Rule:
    if enough is None or beyond < enough:
        return Rule.INSIDE
    return Rule.INSIDE_CAPPED if promise.is_capped else Rule.INSIDE_BEYOND_EDGE


def _rule_outside(promise: Promise, compared: Decimal, interval: Interval, margin: Decimal) -> Rule:
    better = sense(promise)
    if interval.is_closed and better * (compared - interval.nearest_edge(compared)) > 0:
        return Rule.OUTSIDE_GOOD_SIDE_CAPPED if promise.is_capped else Rule.OUTSIDE_GOOD_SIDE
    gap = interval.gap(compared)
    if gap == 0:
        return Rule.ON_EXCLUDED_EDGE
    return Rule.WITHIN_NEARLY_MARGIN if gap <= margin else Rule.BEYOND_NEARLY_MARGIN


def _nearly_margin(promise: Promise, edge: Decimal, margins: Margins) -> Decimal:
    if is_percent_like(promise):
        return max(margins.nearly_points, smallest_step(promise))
    if unit_kind(promise) is UnitKind.PLACES:
        return margins.nearly_places
    return margins.nearly_percent * abs(edge) / 100


def _exceeded_margin(promise: Promise, margins: Margins) -> Decimal:
    """More is asked of "over" and "below", which already say that the target is passed."""
    step = smallest_step(promise)
    if promise.comparator not in STRICT:
        return step
    enough = margins.exceeded_percent * abs(target_value(promise)) / 100
    if is_percent_like(promise):
        enough = min(enough, margins.exceeded_points)
    return max(step, enough)


def _is_late(promise: Promise, figure: Figure, compared: Decimal, deadline: date | None) -> bool:
    return (
        promise.measure == Measure.MILESTONE
        and deadline is not None
        and compared >= COMPLETE
        and figure.as_of > deadline
    )


def _absolute_change(promise: Promise, figure: Figure) -> Decimal | None:
    if promise.baseline is None or figure.is_range:
        return None
    try:
        change = level(promise, figure) - promise.baseline
    except NotComparable:
        return None
    least = LEAST_DECIMALS_OF_A_CHANGE if promise.unit_is_percent_like else 0
    return round_half_away(change, max(promise.decimals, promise.decimals_written, least))


def _not_judged(promise: Promise, figure: Figure, reason: Reason) -> Assessment:
    return Assessment(
        verdict=Verdict.CANNOT_BE_JUDGED,
        rule=Rule.NOT_JUDGEABLE,
        reason=reason,
        figure=figure,
        absolute_change=_absolute_change(promise, figure),
        decimals=decimals_compared(promise),
        unit_kind=unit_kind(promise),
    )


def _steps_of_figure(
    promise: Promise, figure: Figure, *, derived: Decimal, compared: Decimal
) -> Iterator[Step]:
    yield Step(code=StepCode.FIGURE, value=figure.value)
    if derived != figure.value:
        if promise.baseline is not None:
            yield Step(code=StepCode.BASELINE, value=promise.baseline)
        yield Step(code=StepCode.DERIVED, value=derived)
    if compared != derived:
        yield Step(code=StepCode.ROUNDED, value=compared)


def _steps_of_target(
    interval: Interval, *, margin: Decimal, beyond: Decimal | None
) -> Iterator[Step]:
    numbers = (
        (StepCode.TOLERANCE, interval.tolerance),
        (StepCode.LOWER_EDGE, interval.lower),
        (StepCode.UPPER_EDGE, interval.upper),
        (StepCode.EXCEEDED_MARGIN, beyond),
        (StepCode.NEARLY_MARGIN, margin),
    )
    yield from (Step(code=code, value=value) for code, value in numbers if value is not None)
