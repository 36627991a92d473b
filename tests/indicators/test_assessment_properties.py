"""What holds for every target and every figure."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from indicators.assessment import (
    CLASSES,
    Assessment,
    Comparator,
    Direction,
    Figure,
    FigureStatus,
    Form,
    Margins,
    Measure,
    Promise,
    Verdict,
    judge,
    sense,
)

BEST_FIRST = [Verdict.EXCEEDED, Verdict.MET, Verdict.NEARLY_MET, Verdict.MISSED]
MIRRORED_COMPARATOR = {
    Comparator.GT: Comparator.LT,
    Comparator.GTE: Comparator.LTE,
    Comparator.LT: Comparator.GT,
    Comparator.LTE: Comparator.GTE,
}
MIRRORED_DIRECTION = {
    Direction.HIGHER: Direction.LOWER,
    Direction.LOWER: Direction.HIGHER,
}

numbers = st.decimals(min_value=-12, max_value=12, places=3)
small = st.decimals(min_value=0, max_value=5, places=2)


@st.composite
def promises(draw: st.DrawFn, forms: tuple[Form, ...] = tuple(Form)) -> Promise:
    return Promise(
        form=draw(st.sampled_from(forms)),
        comparator=draw(st.sampled_from(Comparator)),
        value=round(draw(numbers), 1),
        upper=draw(st.none() | numbers),
        tolerance=draw(st.none() | small),
        direction=draw(st.sampled_from(Direction)),
        measure=draw(st.sampled_from([m for m in Measure if m != Measure.RANK])),
        unit_is_percent_like=draw(st.booleans()),
        decimals=draw(st.integers(min_value=0, max_value=3)),
        baseline=draw(st.none() | numbers),
        capped=draw(st.booleans()),
    )


def judged(promise: Promise, value: Decimal) -> Assessment:
    figure = Figure(value=value, status=FigureStatus.OFFICIAL, as_of=date(2026, 1, 1))
    return judge(promise, figure, Margins())


@given(promises(), numbers)
def test_every_pair_has_a_class_or_a_reason(promise: Promise, value: Decimal) -> None:
    assessment = judged(promise, value)

    if assessment.verdict == Verdict.CANNOT_BE_JUDGED:
        assert assessment.reason is not None
    else:
        assert assessment.verdict in CLASSES
        assert assessment.reason is None
        assert assessment.gap is not None
        assert assessment.gap >= 0


@given(promises(), numbers, numbers)
def test_a_better_figure_never_gets_a_worse_verdict(
    promise: Promise, one: Decimal, other: Decimal
) -> None:
    found = [judged(promise, one), judged(promise, other)]

    if sense(promise) != 0 and all(each.compared is not None for each in found):
        found.sort(key=lambda each: sense(promise) * (each.compared or 0))
        worse, better = (BEST_FIRST.index(each.verdict) for each in found)
        assert better <= worse


@given(promises((Form.LEVEL, Form.CHANGE_POINTS, Form.INCREMENT)), numbers)
def test_higher_and_lower_are_mirror_images(promise: Promise, value: Decimal) -> None:
    assert promise.value is not None
    mirrored = replace(
        promise,
        comparator=MIRRORED_COMPARATOR.get(promise.comparator, promise.comparator),
        direction=MIRRORED_DIRECTION.get(promise.direction, promise.direction),
        value=-promise.value,
        upper=None if promise.upper is None else -promise.upper,
        baseline=None if promise.baseline is None else -promise.baseline,
        capped=promise.is_capped,
    )

    image = judged(mirrored, -value)
    assessment = judged(replace(promise, capped=promise.is_capped), value)

    assert (image.verdict, image.rule, image.gap) == (
        assessment.verdict,
        assessment.rule,
        assessment.gap,
    )


@given(promises((Form.LEVEL, Form.INCREMENT)), numbers, st.integers(min_value=1, max_value=3))
def test_the_unit_of_a_quantity_plays_no_part(promise: Promise, value: Decimal, by: int) -> None:
    assert promise.value is not None
    quantity = replace(promise, unit_is_percent_like=False, decimals=3)
    in_smaller_unit = replace(
        quantity,
        value=promise.value.scaleb(-by),
        upper=None if promise.upper is None else promise.upper.scaleb(-by),
        tolerance=None if promise.tolerance is None else promise.tolerance.scaleb(-by),
        baseline=None if promise.baseline is None else promise.baseline.scaleb(-by),
        decimals=3 + by,
    )

    assert judged(in_smaller_unit, value.scaleb(-by)).rule == judged(quantity, value).rule


@given(
    promises((Form.CHANGE_PERCENT, Form.TIMES)), numbers, st.integers(min_value=1, max_value=1000)
)
def test_a_relative_change_is_the_same_in_any_unit(
    promise: Promise, value: Decimal, by: int
) -> None:
    scaled = replace(promise, baseline=None if promise.baseline is None else promise.baseline * by)

    assert judged(scaled, value * by).verdict == judged(promise, value).verdict
