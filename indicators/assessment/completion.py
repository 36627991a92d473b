"""Clauses 5 and 6: percent of what was promised, and two readings of one promise."""

from dataclasses import replace
from decimal import Decimal

from indicators.assessment.choices import Comparator, Direction, Form, Measure
from indicators.assessment.scale import (
    LEAST_DECIMALS_OF_A_CHANGE,
    NotComparable,
    change_to_scale,
)
from indicators.assessment.terms import Figure, Promise
from indicators.numbers import round_half_away

DECIMALS = 1


def completion(promise: Promise, figure: Figure, baseline: Decimal | None) -> Decimal | None:
    """Percent of the plan, to one decimal; None where reports state no percentage.

    More is better: 100 A/T. Less is better: never 100 T/A but the part of the way from B to T,
    100 (B-A)/(B-T), by the baseline given here (the frozen one, or a revised one to show beside
    it). Rates, ranks, ranges, percentage changes and targets not above zero have none.
    """
    if promise.measure in {Measure.RATE, Measure.RANK} or promise.form == Form.CHANGE_PERCENT:
        return None
    if promise.value is None or promise.comparator == Comparator.RANGE:
        return None
    try:
        actual = change_to_scale(replace(promise, baseline=baseline), figure)
    except NotComparable:
        return None
    if promise.form == Form.COMPLETION:
        return round_half_away(actual, DECIMALS)
    done, to_do = actual, promise.value
    if promise.direction == Direction.LOWER:
        if promise.form in {Form.CHANGE_POINTS, Form.INCREMENT}:
            done, to_do = -actual, -promise.value
        elif baseline is None or promise.form != Form.LEVEL or promise.value <= 0:
            return None
        else:
            done, to_do = baseline - actual, baseline - promise.value
    return round_half_away(100 * done / to_do, DECIMALS) if to_do > 0 else None


def companion_disagreement(
    level: Decimal,
    change: Decimal,
    baseline: Decimal,
    *,
    form: Form = Form.CHANGE_POINTS,
    decimals: int = LEAST_DECIMALS_OF_A_CHANGE,
) -> Decimal | None:
    """How far a level stands from what its signed companion change implies; None if they agree.

    Both at the decimals of the level: 21.62 - 4 = 17.62 against 17.66 disagree by 0.04.
    """
    match form:
        case Form.CHANGE_POINTS | Form.INCREMENT:
            implied = baseline + change
        case Form.CHANGE_PERCENT:
            implied = baseline * (1 + change / 100)
        case Form.TIMES:
            implied = baseline * change
        case _:
            implied = change
    difference = round_half_away(level, decimals) - round_half_away(implied, decimals)
    return difference or None
