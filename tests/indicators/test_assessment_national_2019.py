"""The national targets of 2019 and their results, judged by the rules of this portal."""

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
    Margins,
    Measure,
    Promise,
    Reason,
    Rule,
    Verdict,
    judge,
)

HIGHER, LOWER = Direction.HIGHER, Direction.LOWER
RATE, SHARE, STOCK = Measure.RATE, Measure.SHARE, Measure.STOCK


def in_percent(
    comparator: Comparator,
    value: str,
    *,
    direction: Direction,
    measure: Measure,
    upper: str | None = None,
    form: Form = Form.LEVEL,
) -> Promise:
    return Promise(
        form=form,
        comparator=comparator,
        value=Decimal(value),
        upper=None if upper is None else Decimal(upper),
        direction=direction,
        measure=measure,
        unit_is_percent_like=True,
        decimals=2,
    )


def official(value: str, upper: str | None = None, form: Form = Form.LEVEL) -> Figure:
    return Figure(
        value=Decimal(value),
        upper=None if upper is None else Decimal(upper),
        form=form,
        status=FigureStatus.OFFICIAL,
        as_of=date(2020, 1, 15),
    )


GDP_GROWTH = in_percent(Comparator.RANGE, "6.6", upper="6.8", direction=HIGHER, measure=RATE)
INFLATION = in_percent(Comparator.ABOUT, "4", direction=LOWER, measure=RATE)
EXPORT_GROWTH = in_percent(Comparator.RANGE, "7", upper="8", direction=HIGHER, measure=RATE)
TRADE_DEFICIT = in_percent(Comparator.LT, "3", direction=LOWER, measure=SHARE)
INVESTMENT = in_percent(Comparator.RANGE, "33", upper="34", direction=HIGHER, measure=SHARE)
POVERTY = in_percent(
    Comparator.RANGE,
    "-1.5",
    upper="-1.0",
    direction=LOWER,
    measure=STOCK,
    form=Form.CHANGE_POINTS,
)
UNEMPLOYMENT = in_percent(Comparator.LT, "4", direction=LOWER, measure=SHARE)
TRAINED = in_percent(Comparator.RANGE, "60", upper="62", direction=HIGHER, measure=SHARE)
BEDS = Promise(
    comparator=Comparator.EQ,
    value=Decimal(27),
    direction=HIGHER,
    measure=STOCK,
    unit_is_percent_like=False,
    decimals=1,
)
INSURED = in_percent(Comparator.EQ, "88.1", direction=HIGHER, measure=SHARE)
TREATMENT = in_percent(Comparator.EQ, "89", direction=HIGHER, measure=SHARE)
FOREST = in_percent(Comparator.EQ, "41.85", direction=HIGHER, measure=STOCK)

TABLE = [
    pytest.param(GDP_GROWTH, official("7.02"), Verdict.EXCEEDED, id="gdp_growth"),
    pytest.param(INFLATION, official("2.79"), Verdict.EXCEEDED, id="inflation"),
    pytest.param(EXPORT_GROWTH, official("8.1"), Verdict.EXCEEDED, id="export_growth"),
    pytest.param(TRADE_DEFICIT, official("-0.1"), Verdict.EXCEEDED, id="trade_surplus"),
    pytest.param(INVESTMENT, official("33.9"), Verdict.MET, id="investment_to_gdp"),
    pytest.param(POVERTY, official("-1.1", form=Form.CHANGE_POINTS), Verdict.MET, id="poverty"),
    pytest.param(UNEMPLOYMENT, official("3.1"), Verdict.EXCEEDED, id="urban_unemployment"),
    pytest.param(TRAINED, official("60", "62"), Verdict.CANNOT_BE_JUDGED, id="trained_workers"),
    pytest.param(BEDS, official("27.5"), Verdict.EXCEEDED, id="hospital_beds"),
    pytest.param(INSURED, official("89.3"), Verdict.EXCEEDED, id="insured"),
    pytest.param(TREATMENT, official("89"), Verdict.MET, id="zones_with_treatment"),
    pytest.param(FOREST, official("41.85"), Verdict.MET, id="forest_cover"),
]


@pytest.mark.parametrize(("promise", "figure", "verdict"), TABLE)
def test_national_target_of_2019(promise: Promise, figure: Figure, verdict: Verdict) -> None:
    assessment = judge(promise, figure, Margins())

    assert assessment.verdict == verdict


def test_a_figure_that_is_a_range_says_so() -> None:
    assessment = judge(TRAINED, official("60", "62"), Margins())

    assert (assessment.rule, assessment.reason) == (Rule.NOT_JUDGEABLE, Reason.FIGURE_IS_A_RANGE)
    assert assessment.compared is None


def test_poverty_from_the_levels_of_two_years() -> None:
    promise = in_percent(
        Comparator.RANGE,
        "-1.0",
        upper="-1.5",
        direction=LOWER,
        measure=STOCK,
        form=Form.CHANGE_POINTS,
    )

    assessment = judge(replace(promise, baseline=Decimal("5.35")), official("4.25"), Margins())

    assert assessment.verdict == Verdict.MET
    assert assessment.compared == Decimal("-1.10")
    assert (assessment.lower_edge, assessment.upper_edge) == (Decimal("-1.5"), Decimal("-1.0"))
