"""Percent of the plan, and companions that disagree."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from indicators.assessment import (
    Comparator,
    Direction,
    Figure,
    FigureStatus,
    Form,
    Measure,
    Promise,
    companion_disagreement,
    completion,
)

POVERTY = Promise(
    comparator=Comparator.EQ,
    value=Decimal("17.66"),
    direction=Direction.LOWER,
    measure=Measure.STOCK,
    unit_is_percent_like=True,
    decimals=2,
    baseline=Decimal("21.62"),
)
FLOW = Promise(
    comparator=Comparator.GTE,
    value=Decimal(2400),
    direction=Direction.HIGHER,
    measure=Measure.FLOW,
    unit_is_percent_like=False,
    decimals=0,
)


def percent(promise: Promise, value: str, baseline: str | None = None) -> Decimal | None:
    figure = Figure(value=Decimal(value), status=FigureStatus.ESTIMATE, as_of=date(2025, 12, 31))
    return completion(promise, figure, None if baseline is None else Decimal(baseline))


@pytest.mark.parametrize(
    ("promise", "value", "baseline", "expected"),
    [
        (FLOW, "1493", None, "62.2"),
        (FLOW, "2400", None, "100.0"),
        (replace(FLOW, value=Decimal(2000)), "2062.3", None, "103.1"),
        (POVERTY, "17.78", "21.62", "97.0"),
        (POVERTY, "17.78", "21.29", "96.7"),
        (POVERTY, "22", "21.62", "-9.6"),
        (replace(POVERTY, form=Form.CHANGE_POINTS, value=Decimal(-4)), "17.78", "21.62", "96.0"),
        (replace(FLOW, form=Form.INCREMENT, measure=Measure.STOCK), "3000", "1800", "50.0"),
        (replace(FLOW, form=Form.COMPLETION, value=Decimal(7365)), "7365", None, "100.0"),
        (replace(FLOW, form=Form.TIMES, value=Decimal(2)), "30", "20", "75.0"),
    ],
)
def test_percent_of_the_plan(
    promise: Promise, value: str, baseline: str | None, expected: str
) -> None:
    assert str(percent(promise, value, baseline)) == expected


@pytest.mark.parametrize(
    ("promise", "baseline"),
    [
        (replace(FLOW, measure=Measure.RATE), None),
        (replace(FLOW, measure=Measure.RANK), None),
        (replace(FLOW, form=Form.CHANGE_PERCENT), "10"),
        (replace(FLOW, comparator=Comparator.RANGE, upper=Decimal(2500)), None),
        (replace(FLOW, value=None), None),
        (replace(FLOW, value=Decimal(0)), None),
        (replace(FLOW, value=Decimal(-5)), None),
        (replace(FLOW, form=Form.INCREMENT, measure=Measure.STOCK), None),
        (POVERTY, None),
        (POVERTY, "17.66"),
        (POVERTY, "15"),
        (replace(POVERTY, value=Decimal(0)), "21.62"),
        (replace(POVERTY, form=Form.TIMES, value=Decimal("0.8")), "21.62"),
    ],
)
def test_no_percentage(promise: Promise, baseline: str | None) -> None:
    assert percent(promise, "7.34", baseline) is None


@pytest.mark.parametrize(
    ("level", "change", "baseline", "form", "expected"),
    [
        ("17.66", "-4", "21.62", Form.CHANGE_POINTS, "0.04"),
        ("17.66", "-3.96", "21.62", Form.CHANGE_POINTS, None),
        ("17.62", "-4", "21.62", Form.CHANGE_POINTS, None),
        ("53.85", "12.7", "47.78", Form.CHANGE_PERCENT, None),
        ("53.85", "13", "47.78", Form.CHANGE_PERCENT, "-0.14"),
        ("1.85", "1.85", "1", Form.TIMES, None),
        ("110", "10", "100", Form.INCREMENT, None),
        ("17.66", "17.6", "0", Form.LEVEL, "0.06"),
    ],
)
def test_level_and_change_of_one_target(
    level: str, change: str, baseline: str, form: Form, expected: str | None
) -> None:
    difference = companion_disagreement(
        Decimal(level), Decimal(change), Decimal(baseline), form=form
    )

    assert difference == (None if expected is None else Decimal(expected))
