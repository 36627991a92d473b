"""Clauses 1 and 2: a promise and its figure on one scale, and the decimals they are compared at."""

from decimal import Decimal

from indicators.assessment.choices import Direction, Form, Measure, Reason, UnitKind
from indicators.assessment.terms import COMPLETE, Figure, Promise
from indicators.numbers import round_half_away

LEAST_DECIMALS_OF_A_CHANGE = 2
IN_OWN_UNIT = frozenset({Form.LEVEL, Form.INCREMENT})
RELATIVE = frozenset({Form.CHANGE_PERCENT, Form.TIMES})
DIFFERENCES = frozenset({Form.CHANGE_POINTS, Form.INCREMENT})


class NotComparable(Exception):
    """Promise and figure cannot be compared, for `reason`."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def unit_kind(promise: Promise) -> UnitKind:
    """The unit in which promise and figure are compared."""
    match promise.form:
        case Form.CHANGE_PERCENT | Form.COMPLETION:
            return UnitKind.PERCENT
        case Form.TIMES:
            return UnitKind.TIMES
        case _ if promise.measure == Measure.RANK:
            return UnitKind.PLACES
        case Form.CHANGE_POINTS if promise.measure == Measure.SCORE:
            return UnitKind.POINTS
        case Form.CHANGE_POINTS:
            return UnitKind.PERCENT_POINTS
        case _:
            return UnitKind.PERCENT if promise.unit_is_percent_like else UnitKind.UNIT


def is_percent_like(promise: Promise) -> bool:
    """The compared unit is %, ‰ or points, whatever the measure."""
    return unit_kind(promise) in {UnitKind.PERCENT, UnitKind.POINTS, UnitKind.PERCENT_POINTS}


def decimals_compared(promise: Promise) -> int:
    """As many as the text writes (the value cannot carry more than that), or the scale asks."""
    written = max(promise.decimals_written, _places(promise.value), _places(promise.upper))
    if promise.form in IN_OWN_UNIT or unit_kind(promise) is UnitKind.PLACES:
        return max(promise.decimals, written)
    return max(LEAST_DECIMALS_OF_A_CHANGE, written)


def smallest_step(promise: Promise) -> Decimal:
    return Decimal(1).scaleb(-decimals_compared(promise))


def target_value(promise: Promise) -> Decimal:
    """The number compared with. A completion in its own unit is compared with 100 %."""
    if promise.form == Form.COMPLETION:
        if promise.unit_is_percent_like and promise.value is not None:
            return promise.value
        return COMPLETE
    if promise.value is None:
        raise NotComparable(Reason.NO_VALUE)
    return promise.value


def compared_value(promise: Promise, figure: Figure) -> Decimal:
    """The figure in the form of the promise, rounded once, half away from zero."""
    return round_half_away(change_to_scale(promise, figure), decimals_compared(promise))


def change_to_scale(promise: Promise, figure: Figure) -> Decimal:
    """The figure in the form of the promise, not rounded; raises NotComparable.

    A figure of another form goes through the level, by the frozen baseline.
    """
    if figure.is_range:
        raise NotComparable(Reason.FIGURE_IS_A_RANGE)
    if promise.form in RELATIVE and promise.baseline is not None and promise.baseline <= 0:
        raise NotComparable(Reason.BASELINE_NOT_POSITIVE)
    if promise.form == Form.COMPLETION:
        return _completed(promise, figure)
    if figure.form == promise.form or _same_scale(promise, figure):
        return figure.value
    if promise.form == Form.CHANGE_PERCENT and figure.form == Form.TIMES:
        return 100 * (figure.value - 1)
    if promise.form == Form.TIMES and figure.form == Form.CHANGE_PERCENT:
        return 1 + figure.value / 100
    return _from_level(promise, level(promise, figure))


def level(promise: Promise, figure: Figure) -> Decimal:
    """The figure as a level of the indicator, derived from the baseline if it is a change."""
    value = figure.value
    match figure.form:
        case Form.LEVEL:
            return value
        case Form.INCREMENT if promise.measure == Measure.FLOW:
            return value
        case Form.CHANGE_POINTS | Form.INCREMENT:
            return baseline_of(promise) + value
        case Form.CHANGE_PERCENT:
            return baseline_of(promise, positive=True) * (1 + value / 100)
        case Form.TIMES:
            return baseline_of(promise, positive=True) * value
        case _:
            raise NotComparable(Reason.FORM_NOT_COMPARABLE)


def baseline_of(promise: Promise, *, positive: bool = False) -> Decimal:
    if promise.baseline is None:
        raise NotComparable(Reason.NO_BASELINE)
    if positive and promise.baseline <= 0:
        raise NotComparable(Reason.BASELINE_NOT_POSITIVE)
    return promise.baseline


def _same_scale(promise: Promise, figure: Figure) -> bool:
    """Both are a difference of two levels; of a flow the increment is the flow itself."""
    return {promise.form, figure.form} <= DIFFERENCES and promise.measure != Measure.FLOW


def _from_level(promise: Promise, value: Decimal) -> Decimal:
    match promise.form:
        case Form.INCREMENT if promise.measure == Measure.FLOW:
            return value
        case Form.CHANGE_POINTS | Form.INCREMENT:
            return value - baseline_of(promise)
        case Form.CHANGE_PERCENT:
            base = baseline_of(promise, positive=True)
            return 100 * (value - base) / base
        case Form.TIMES:
            return value / baseline_of(promise, positive=True)
        case _:
            return value


def _completed(promise: Promise, figure: Figure) -> Decimal:
    """Percent of what was to be done; a milestone is done or not (1 or 0)."""
    if figure.form == Form.COMPLETION:
        return figure.value
    value = level(promise, figure)
    if promise.unit_is_percent_like:
        return value
    if promise.measure == Measure.MILESTONE:
        return COMPLETE if value >= 1 else Decimal(0)
    if promise.value is None:
        raise NotComparable(Reason.NO_VALUE)
    if promise.direction == Direction.LOWER:
        to_go = baseline_of(promise) - promise.value
        done = baseline_of(promise) - value
    else:
        to_go, done = promise.value, value
    if to_go <= 0:
        raise NotComparable(Reason.FORM_NOT_COMPARABLE)
    return COMPLETE * done / to_go


def _places(value: Decimal | None) -> int:
    """Decimals that a number really carries: 8.500000 carries one."""
    if value is None:
        return 0
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
