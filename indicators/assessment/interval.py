"""Clause 3: what a promise allows."""

from dataclasses import dataclass
from decimal import Decimal

from indicators.assessment.choices import Comparator, Direction, Form, Reason
from indicators.assessment.scale import NotComparable, is_percent_like, target_value
from indicators.assessment.terms import Margins, Promise

UPWARD = frozenset({Comparator.GT, Comparator.GTE})
DOWNWARD = frozenset({Comparator.LT, Comparator.LTE})
STRICT = frozenset({Comparator.GT, Comparator.LT})


@dataclass(frozen=True, kw_only=True)
class Interval:
    """From `lower` to `upper`; None is without end. `excluded`: the one edge does not belong."""

    lower: Decimal | None
    upper: Decimal | None
    excluded: bool = False
    tolerance: Decimal | None = None

    @property
    def is_closed(self) -> bool:
        return self.lower is not None and self.upper is not None

    def holds(self, value: Decimal) -> bool:
        if self.excluded and value in {self.lower, self.upper}:
            return False
        return self.gap(value) == 0

    def gap(self, value: Decimal) -> Decimal:
        """Distance to the nearest edge, 0 inside and on an excluded edge."""
        if self.lower is not None and value < self.lower:
            return self.lower - value
        if self.upper is not None and value > self.upper:
            return value - self.upper
        return Decimal(0)

    def nearest_edge(self, value: Decimal) -> Decimal:
        edges = [edge for edge in (self.lower, self.upper) if edge is not None]
        return min(edges, key=lambda edge: abs(value - edge))


def sense(promise: Promise) -> int:
    """+1 if more is better, -1 if less is, 0 if neither. More of a completion is better."""
    if promise.form == Form.COMPLETION or promise.direction == Direction.HIGHER:
        return 1
    if promise.direction == Direction.LOWER:
        return -1
    if promise.comparator in UPWARD:
        return 1
    return -1 if promise.comparator in DOWNWARD else 0


def allowed(promise: Promise, margins: Margins) -> Interval:
    """The values that keep the promise; raises NotComparable.

    "Reach 17.66 %" is a ceiling where less is better, a floor where more is; the tolerance then
    plays no part. The edges of a tolerance are not rounded.
    """
    _check_range(promise)
    value = target_value(promise)
    better = sense(promise)
    match promise.comparator:
        case Comparator.RANGE if promise.upper is not None:
            return Interval(lower=min(value, promise.upper), upper=max(value, promise.upper))
        case Comparator.GT | Comparator.GTE | Comparator.EQ if better > 0:
            return Interval(lower=value, upper=None, excluded=promise.comparator in STRICT)
        case Comparator.LT | Comparator.LTE | Comparator.EQ if better < 0:
            return Interval(lower=None, upper=value, excluded=promise.comparator in STRICT)
        case Comparator.EQ | Comparator.ABOUT:
            around = _tolerance(promise, value, margins)
            return Interval(lower=value - around, upper=value + around, tolerance=around)
        case _:
            raise NotComparable(Reason.COMPARATOR_AGAINST_DIRECTION)


def _check_range(promise: Promise) -> None:
    if promise.comparator != Comparator.RANGE:
        return
    if promise.value is None or promise.upper is None:
        raise NotComparable(Reason.RANGE_INCOMPLETE)
    if promise.form == Form.COMPLETION and not promise.unit_is_percent_like:
        raise NotComparable(Reason.FORM_NOT_COMPARABLE)


def _tolerance(promise: Promise, value: Decimal, margins: Margins) -> Decimal:
    if promise.tolerance is not None:
        return promise.tolerance
    if is_percent_like(promise):
        return margins.tolerance_points
    return margins.tolerance_percent * abs(value) / 100
