"""Several years, or several communes, as one figure."""

from collections.abc import Sequence
from decimal import Decimal
from math import prod

from indicators.assessment.choices import Aggregation, Measure


def aggregate(values: Sequence[Decimal], how: Aggregation) -> Decimal | None:
    """One number for the years given in order, not rounded; None if there is none.

    Geometric is for growth in percent: ((product of (1+g))^(1/n) - 1), undefined once a year loses
    all or more.
    """
    if not values:
        return None
    match how:
        case Aggregation.END:
            return values[-1]
        case Aggregation.SUM:
            return sum(values, Decimal(0))
        case Aggregation.MEAN:
            return sum(values, Decimal(0)) / len(values)
        case Aggregation.GEOMETRIC:
            factors = [1 + value / 100 for value in values]
            if min(factors) <= 0:
                return None
            return 100 * (prod(factors, start=Decimal(1)) ** (1 / Decimal(len(factors))) - 1)


def may_sum_areas(measure: Measure, *, unit_is_percent_like: bool) -> bool:
    """Flows and counts of communes add up to the province; rates, shares and ranks never do."""
    return measure in {Measure.FLOW, Measure.STOCK} and not unit_is_percent_like
