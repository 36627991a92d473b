"""Clauses 1 to 4: every kind of target, both sides of every edge by one step."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from indicators.assessment import (
    Assessment,
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
    StepCode,
    UnitKind,
    Verdict,
    compared_value,
    judge,
)

GT, GTE, EQ = Comparator.GT, Comparator.GTE, Comparator.EQ
LTE, LT = Comparator.LTE, Comparator.LT
RANGE, ABOUT = Comparator.RANGE, Comparator.ABOUT
HIGHER, LOWER, NONE = Direction.HIGHER, Direction.LOWER, Direction.NONE
EXCEEDED, MET = Verdict.EXCEEDED, Verdict.MET
NEARLY, MISSED = Verdict.NEARLY_MET, Verdict.MISSED

GRDP = Promise(
    comparator=GT,
    value=Decimal("10.5"),
    direction=HIGHER,
    measure=Measure.RATE,
    unit_is_percent_like=True,
    decimals=2,
)
POVERTY = Promise(
    comparator=EQ,
    value=Decimal("17.66"),
    direction=LOWER,
    measure=Measure.STOCK,
    unit_is_percent_like=True,
    decimals=2,
    baseline=Decimal("21.62"),
)
TRAINEES = Promise(
    comparator=EQ,
    value=Decimal(8500),
    direction=HIGHER,
    measure=Measure.FLOW,
    unit_is_percent_like=False,
    decimals=0,
)
PCI_RANK = Promise(
    comparator=LTE,
    value=Decimal(30),
    direction=LOWER,
    measure=Measure.RANK,
    unit_is_percent_like=False,
    decimals=0,
)


def figure(value: str | Decimal, form: Form = Form.LEVEL) -> Figure:
    return Figure(
        value=Decimal(value), form=form, status=FigureStatus.OFFICIAL, as_of=date(2026, 1, 31)
    )


def judged(promise: Promise, value: str | Decimal, form: Form = Form.LEVEL) -> Assessment:
    return judge(promise, figure(value, form), Margins())


GTE_10 = replace(GRDP, comparator=GTE, value=Decimal(10))
LTE_4 = replace(GTE_10, comparator=LTE, value=Decimal(4), direction=LOWER)
LT_4 = replace(LTE_4, comparator=LT)
BAND = replace(GTE_10, comparator=RANGE, value=Decimal(7), upper=Decimal(8))
ABOUT_4 = replace(LTE_4, comparator=ABOUT)
BALANCE = replace(GTE_10, comparator=EQ, value=Decimal(50), direction=NONE)
VISITS = replace(TRAINEES, comparator=GT, value=Decimal(1000))
ABOUT_1000 = replace(TRAINEES, comparator=ABOUT, value=Decimal(1000))
OVERDUE = replace(TRAINEES, value=Decimal(0), direction=LOWER)

EDGES = [
    # over T, in percent: T is excluded, exceeded from 0.5 points beyond (5 % of T is more)
    (GRDP, "10.39", MISSED),
    (GRDP, "10.40", NEARLY),
    (GRDP, "10.49", NEARLY),
    (GRDP, "10.50", NEARLY),
    (GRDP, "10.51", MET),
    (GRDP, "10.99", MET),
    (GRDP, "11.00", EXCEEDED),
    # at least T, in percent
    (GTE_10, "9.89", MISSED),
    (GTE_10, "9.90", NEARLY),
    (GTE_10, "9.99", NEARLY),
    (GTE_10, "10.00", MET),
    (GTE_10, "10.01", EXCEEDED),
    # at most T, in percent
    (LTE_4, "4.11", MISSED),
    (LTE_4, "4.10", NEARLY),
    (LTE_4, "4.01", NEARLY),
    (LTE_4, "4.00", MET),
    (LTE_4, "3.99", EXCEEDED),
    # below T, in percent: exceeded from 5 % of T beyond (0.2, less than half a point)
    (LT_4, "4.10", NEARLY),
    (LT_4, "4.00", NEARLY),
    (LT_4, "3.99", MET),
    (LT_4, "3.81", MET),
    (LT_4, "3.80", EXCEEDED),
    (LT_4, "3.1", EXCEEDED),
    # a ceiling to reach
    (POVERTY, "17.77", MISSED),
    (POVERTY, "17.76", NEARLY),
    (POVERTY, "17.67", NEARLY),
    (POVERTY, "17.66", MET),
    (POVERTY, "17.65", EXCEEDED),
    # a range: nothing inside it is exceeded
    (BAND, "6.89", MISSED),
    (BAND, "6.90", NEARLY),
    (BAND, "6.99", NEARLY),
    (BAND, "7.00", MET),
    (BAND, "8.00", MET),
    (BAND, "8.01", EXCEEDED),
    (replace(BAND, direction=LOWER), "6.99", EXCEEDED),
    (replace(BAND, direction=LOWER), "8.01", NEARLY),
    (replace(BAND, direction=NONE), "6.90", NEARLY),
    (replace(BAND, direction=NONE), "8.10", NEARLY),
    (replace(BAND, direction=NONE), "8.11", MISSED),
    # about: half a point around, or the target's own tolerance
    (ABOUT_4, "3.49", EXCEEDED),
    (ABOUT_4, "3.50", MET),
    (ABOUT_4, "4.50", MET),
    (ABOUT_4, "4.51", NEARLY),
    (ABOUT_4, "4.60", NEARLY),
    (ABOUT_4, "4.61", MISSED),
    (replace(ABOUT_4, tolerance=Decimal(1)), "5.00", MET),
    (replace(ABOUT_4, tolerance=Decimal(1)), "5.01", NEARLY),
    (replace(ABOUT_4, direction=NONE), "3.49", NEARLY),
    (replace(ABOUT_4, direction=NONE), "3.39", MISSED),
    # about, in a unit of its own: 2 % around, and 2 % of the edge missed
    (ABOUT_1000, "960", MISSED),
    (ABOUT_1000, "961", NEARLY),
    (ABOUT_1000, "979", NEARLY),
    (ABOUT_1000, "980", MET),
    (ABOUT_1000, "1020", MET),
    (ABOUT_1000, "1021", EXCEEDED),
    # exactly T where neither side is better
    (BALANCE, "49.39", MISSED),
    (BALANCE, "49.40", NEARLY),
    (BALANCE, "49.50", MET),
    (BALANCE, "50.50", MET),
    (BALANCE, "50.51", NEARLY),
    (BALANCE, "50.61", MISSED),
    # no direction: the comparator says which side is better
    (replace(GTE_10, direction=NONE), "10.01", EXCEEDED),
    (replace(LTE_4, direction=NONE), "3.99", EXCEEDED),
    # a unit of its own: nearly met to 2 % of T
    (TRAINEES, "8329", MISSED),
    (TRAINEES, "8330", NEARLY),
    (TRAINEES, "8499", NEARLY),
    (TRAINEES, "8500", MET),
    (TRAINEES, "8501", EXCEEDED),
    (VISITS, "980", NEARLY),
    (VISITS, "979", MISSED),
    (VISITS, "1000", NEARLY),
    (VISITS, "1001", MET),
    (VISITS, "1049", MET),
    (VISITS, "1050", EXCEEDED),
    # none overdue: no margin is left around zero
    (OVERDUE, "0", MET),
    (OVERDUE, "1", MISSED),
    # "top 30" cannot be exceeded, "rank 30" can
    (PCI_RANK, "32", MISSED),
    (PCI_RANK, "31", NEARLY),
    (PCI_RANK, "30", MET),
    (PCI_RANK, "29", MET),
    (PCI_RANK, "1", MET),
    (replace(PCI_RANK, comparator=EQ), "32", MISSED),
    (replace(PCI_RANK, comparator=EQ), "31", NEARLY),
    (replace(PCI_RANK, comparator=EQ), "30", MET),
    (replace(PCI_RANK, comparator=EQ), "29", EXCEEDED),
]


@pytest.mark.parametrize(("promise", "value", "verdict"), EDGES)
def test_verdict_on_both_sides_of_an_edge(promise: Promise, value: str, verdict: Verdict) -> None:
    assert judged(promise, value).verdict == verdict


@pytest.mark.parametrize(
    ("value", "gap"), [("10.5", "3.16"), ("8.5", "1.16")], ids=["original", "revised"]
)
@pytest.mark.parametrize("comparator", [GT, EQ])
def test_grdp_2025_is_missed_against_both_targets(
    comparator: Comparator, value: str, gap: str
) -> None:
    promise = replace(GRDP, comparator=comparator, value=Decimal(value))

    assessment = judged(promise, "7.34")

    assert assessment.verdict == MISSED
    assert assessment.difference == -Decimal(gap)
    assert assessment.gap == Decimal(gap)
    assert assessment.difference_kind == UnitKind.PERCENT_POINTS


def test_poverty_2025_shows_both_numbers_and_the_rule() -> None:
    assessment = judged(POVERTY, "17.78")

    assert assessment == Assessment(
        verdict=MISSED,
        rule=Rule.BEYOND_NEARLY_MARGIN,
        figure=figure("17.78"),
        compared=Decimal("17.78"),
        lower_edge=None,
        upper_edge=Decimal("17.66"),
        difference=Decimal("0.12"),
        gap=Decimal("0.12"),
        margin=Decimal("0.1"),
        exceeded_margin=Decimal("0.01"),
        absolute_change=Decimal("-3.84"),
        decimals=2,
        unit_kind=UnitKind.PERCENT,
        steps=assessment.steps,
    )
    assert [(step.code, step.value) for step in assessment.steps] == [
        (StepCode.FIGURE, Decimal("17.78")),
        (StepCode.UPPER_EDGE, Decimal("17.66")),
        (StepCode.EXCEEDED_MARGIN, Decimal("0.01")),
        (StepCode.NEARLY_MARGIN, Decimal("0.1")),
    ]


@pytest.mark.parametrize(
    ("promise", "value", "rule"),
    [
        (GRDP, "10.5", Rule.ON_EXCLUDED_EDGE),
        (GRDP, "10.45", Rule.WITHIN_NEARLY_MARGIN),
        (GRDP, "7.34", Rule.BEYOND_NEARLY_MARGIN),
        (GRDP, "10.8", Rule.INSIDE),
        (GRDP, "11.2", Rule.INSIDE_BEYOND_EDGE),
        (BAND, "8.1", Rule.OUTSIDE_GOOD_SIDE),
        (replace(BAND, capped=True), "8.1", Rule.OUTSIDE_GOOD_SIDE_CAPPED),
        (PCI_RANK, "30", Rule.INSIDE),
        (PCI_RANK, "20", Rule.INSIDE_CAPPED),
    ],
)
def test_rule_names_the_clause_that_decided(promise: Promise, value: str, rule: Rule) -> None:
    assert judged(promise, value).rule == rule


@pytest.mark.parametrize(
    ("promise", "value", "difference"),
    [
        (GRDP, "11.2", "0.7"),
        (GRDP, "10.5", "0"),
        (BAND, "7.4", "0"),
        (BAND, "8.1", "0.1"),
        (BAND, "6.5", "-0.5"),
        (ABOUT_4, "2.79", "-0.71"),
    ],
)
def test_difference_is_from_the_edge_of_the_target(
    promise: Promise, value: str, difference: str
) -> None:
    assert judged(promise, value).difference == Decimal(difference)


@pytest.mark.parametrize(
    "promise",
    [
        replace(GTE_10, value=Decimal(100), measure=Measure.SHARE),
        replace(GTE_10, comparator=EQ, value=Decimal(100), measure=Measure.STOCK),
        replace(GTE_10, capped=True),
    ],
)
def test_all_of_something_cannot_be_exceeded(promise: Promise) -> None:
    assessment = judged(promise, "100.4")

    assert (assessment.verdict, assessment.rule) == (MET, Rule.INSIDE_CAPPED)


def test_growth_by_100_percent_can_be_exceeded() -> None:
    assert judged(replace(GTE_10, value=Decimal(100)), "100.4").verdict == EXCEEDED


@pytest.mark.parametrize(
    ("decimals", "written", "value", "compared", "verdict"),
    [
        (2, 0, "10.504", "10.50", NEARLY),
        (2, 0, "10.505", "10.51", MET),
        (0, 1, "10.55", "10.6", MET),
        (0, 3, "10.5004", "10.500", NEARLY),
    ],
)
def test_compared_at_the_decimals_of_the_indicator_or_as_written(
    decimals: int, written: int, value: str, compared: str, verdict: Verdict
) -> None:
    assessment = judged(replace(GRDP, decimals=decimals, decimals_written=written), value)

    assert str(assessment.compared) == compared
    assert assessment.verdict == verdict


def test_compared_value_is_rounded_once_half_away_from_zero() -> None:
    promise = replace(CUT_BY_4, baseline=Decimal("21.6250"))

    assert compared_value(promise, figure("17.5000")) == Decimal("-4.13")


def test_nearly_margin_is_no_finer_than_the_step_compared() -> None:
    promise = replace(GTE_10, decimals=0)

    assert judged(promise, "9").verdict == NEARLY
    assert judged(promise, "8").verdict == MISSED


def test_decimals_stored_but_empty_are_not_written() -> None:
    assert judged(replace(GTE_10, decimals=0, value=Decimal("10.000000")), "9").decimals == 0


CUT_BY_4 = replace(POVERTY, form=Form.CHANGE_POINTS, value=Decimal(-4))
GROWTH_BY_10 = replace(
    TRAINEES, form=Form.CHANGE_PERCENT, comparator=GTE, value=Decimal(10), baseline=Decimal(42)
)
NEARLY_DOUBLE = replace(
    TRAINEES, form=Form.TIMES, comparator=GTE, value=Decimal("1.85"), baseline=Decimal(1000)
)
ADDED = replace(
    TRAINEES,
    form=Form.INCREMENT,
    comparator=GTE,
    value=Decimal(10),
    baseline=Decimal(100),
    measure=Measure.STOCK,
)
HOUSES = replace(TRAINEES, form=Form.COMPLETION, value=Decimal(7365))
HOUSES_PERCENT = replace(HOUSES, value=None, unit_is_percent_like=True)
LEFT = replace(HOUSES, value=Decimal(10), direction=LOWER, baseline=Decimal(2310))


@pytest.mark.parametrize(
    ("promise", "published", "compared", "kind", "verdict"),
    [
        (CUT_BY_4, figure("17.78"), "-3.84", UnitKind.PERCENT_POINTS, MISSED),
        (CUT_BY_4, figure("17.72"), "-3.90", UnitKind.PERCENT_POINTS, NEARLY),
        (CUT_BY_4, figure("-4.06", Form.CHANGE_POINTS), "-4.06", UnitKind.PERCENT_POINTS, EXCEEDED),
        (GROWTH_BY_10, figure("46.199"), "10.00", UnitKind.PERCENT, MET),
        (GROWTH_BY_10, figure("46.2021"), "10.01", UnitKind.PERCENT, EXCEEDED),
        (GROWTH_BY_10, figure("46.1"), "9.76", UnitKind.PERCENT, MISSED),
        (GROWTH_BY_10, figure("9.9", Form.CHANGE_PERCENT), "9.90", UnitKind.PERCENT, NEARLY),
        (GROWTH_BY_10, figure("1.12", Form.TIMES), "12.00", UnitKind.PERCENT, EXCEEDED),
        (NEARLY_DOUBLE, figure("1850"), "1.85", UnitKind.TIMES, MET),
        (NEARLY_DOUBLE, figure("1820"), "1.82", UnitKind.TIMES, NEARLY),
        (NEARLY_DOUBLE, figure("1810"), "1.81", UnitKind.TIMES, MISSED),
        (NEARLY_DOUBLE, figure("88", Form.CHANGE_PERCENT), "1.88", UnitKind.TIMES, EXCEEDED),
        (ADDED, figure("110"), "10", UnitKind.UNIT, MET),
        (ADDED, figure("12", Form.INCREMENT), "12", UnitKind.UNIT, EXCEEDED),
        (replace(ADDED, measure=Measure.FLOW), figure("9"), "9", UnitKind.UNIT, MISSED),
        (HOUSES, figure("7365"), "100.00", UnitKind.PERCENT, MET),
        (HOUSES, figure("7400"), "100.48", UnitKind.PERCENT, MET),
        (HOUSES, figure("7358"), "99.90", UnitKind.PERCENT, NEARLY),
        (LEFT, figure("700"), "70.00", UnitKind.PERCENT, MISSED),
        (LEFT, figure("10"), "100.00", UnitKind.PERCENT, MET),
        (HOUSES_PERCENT, figure("99.95"), "99.95", UnitKind.PERCENT, NEARLY),
        (
            replace(HOUSES_PERCENT, value=Decimal(80)),
            figure("81"),
            "81.00",
            UnitKind.PERCENT,
            EXCEEDED,
        ),
        (HOUSES, figure("99.63", Form.COMPLETION), "99.63", UnitKind.PERCENT, MISSED),
        (POVERTY, figure("-3.96", Form.CHANGE_POINTS), "17.66", UnitKind.PERCENT, MET),
        (TRAINEES, figure("8600", Form.INCREMENT), "8600", UnitKind.UNIT, EXCEEDED),
        (PCI_RANK, figure("31"), "31", UnitKind.PLACES, NEARLY),
    ],
)
def test_figure_is_brought_to_the_form_of_the_target(
    promise: Promise, published: Figure, compared: str, kind: UnitKind, verdict: Verdict
) -> None:
    assessment = judge(promise, published, Margins())

    assert str(assessment.compared) == compared
    assert (assessment.unit_kind, assessment.verdict) == (kind, verdict)


@pytest.mark.parametrize(
    ("promise", "kind"),
    [
        (CUT_BY_4, UnitKind.PERCENT_POINTS),
        (GROWTH_BY_10, UnitKind.PERCENT_POINTS),
        (replace(CUT_BY_4, measure=Measure.SCORE, unit_is_percent_like=False), UnitKind.POINTS),
        (NEARLY_DOUBLE, UnitKind.TIMES),
        (PCI_RANK, UnitKind.PLACES),
        (TRAINEES, UnitKind.UNIT),
    ],
)
def test_unit_of_a_difference(promise: Promise, kind: UnitKind) -> None:
    assert judged(promise, "30").difference_kind == kind


def test_places_gained_in_a_ranking() -> None:
    promise = replace(
        PCI_RANK, form=Form.CHANGE_POINTS, value=Decimal(-31), baseline=Decimal(62), comparator=EQ
    )

    assert judged(promise, "31").verdict == MET
    assert judged(promise, "32").verdict == NEARLY
    assert judged(promise, "33").verdict == MISSED
    assert judged(promise, "30").verdict == EXCEEDED


def test_derived_numbers_are_shown_in_the_working() -> None:
    assessment = judged(replace(GROWTH_BY_10, baseline=Decimal(3)), "4")

    assert [step.code for step in assessment.steps[:4]] == [
        StepCode.FIGURE,
        StepCode.BASELINE,
        StepCode.DERIVED,
        StepCode.ROUNDED,
    ]
    assert assessment.compared == Decimal("33.33")


@pytest.mark.parametrize(
    ("promise", "reason"),
    [
        (replace(GTE_10, direction=LOWER), Reason.COMPARATOR_AGAINST_DIRECTION),
        (replace(GRDP, direction=LOWER), Reason.COMPARATOR_AGAINST_DIRECTION),
        (replace(LTE_4, direction=HIGHER), Reason.COMPARATOR_AGAINST_DIRECTION),
        (replace(LT_4, direction=HIGHER), Reason.COMPARATOR_AGAINST_DIRECTION),
        (replace(BAND, upper=None), Reason.RANGE_INCOMPLETE),
        (replace(BAND, value=None), Reason.RANGE_INCOMPLETE),
        (replace(GRDP, value=None), Reason.NO_VALUE),
        (replace(CUT_BY_4, baseline=None), Reason.NO_BASELINE),
        (replace(GROWTH_BY_10, baseline=None), Reason.NO_BASELINE),
        (replace(NEARLY_DOUBLE, baseline=None), Reason.NO_BASELINE),
        (replace(ADDED, baseline=None), Reason.NO_BASELINE),
        (replace(GROWTH_BY_10, baseline=Decimal(0)), Reason.BASELINE_NOT_POSITIVE),
        (replace(GROWTH_BY_10, baseline=Decimal(-5)), Reason.BASELINE_NOT_POSITIVE),
        (replace(NEARLY_DOUBLE, baseline=Decimal(0)), Reason.BASELINE_NOT_POSITIVE),
        (replace(HOUSES, value=None), Reason.NO_VALUE),
        (replace(HOUSES, value=Decimal(0)), Reason.FORM_NOT_COMPARABLE),
        (replace(LEFT, baseline=None), Reason.NO_BASELINE),
        (replace(LEFT, baseline=Decimal(10)), Reason.FORM_NOT_COMPARABLE),
        (replace(HOUSES, comparator=RANGE, upper=Decimal(8000)), Reason.FORM_NOT_COMPARABLE),
    ],
)
def test_what_cannot_be_judged_says_why(promise: Promise, reason: Reason) -> None:
    assessment = judged(promise, "12")

    assert (assessment.verdict, assessment.reason) == (Verdict.CANNOT_BE_JUDGED, reason)


@pytest.mark.parametrize(
    ("promise", "form", "reason"),
    [
        (POVERTY, Form.COMPLETION, Reason.FORM_NOT_COMPARABLE),
        (GRDP, Form.CHANGE_POINTS, Reason.NO_BASELINE),
        (
            replace(TRAINEES, baseline=Decimal(0)),
            Form.CHANGE_PERCENT,
            Reason.BASELINE_NOT_POSITIVE,
        ),
    ],
)
def test_a_figure_of_another_form_may_not_be_comparable(
    promise: Promise, form: Form, reason: Reason
) -> None:
    assert judged(promise, "5", form).reason == reason


def test_a_negative_baseline_still_shows_the_absolute_change() -> None:
    assessment = judged(replace(GROWTH_BY_10, baseline=Decimal(-5)), "12")

    assert assessment.absolute_change == Decimal(17)


def test_a_negative_baseline_does_not_hinder_a_change_by_points() -> None:
    promise = replace(GTE_10, form=Form.CHANGE_POINTS, value=Decimal(2), baseline=Decimal(-1))

    assert judged(promise, "1").verdict == MET


def test_a_forecast_never_gives_a_class() -> None:
    forecast = replace(figure("12"), status=FigureStatus.FORECAST)

    assessment = judge(GRDP, forecast, Margins())

    assert (assessment.verdict, assessment.reason) == (
        Verdict.CANNOT_BE_JUDGED,
        Reason.FORECAST_ONLY,
    )


def test_a_range_of_one_number_is_a_number() -> None:
    single = replace(figure("10"), upper=Decimal("10.0"))

    assert judge(GTE_10, single, Margins()).verdict == MET


MILESTONE = Promise(
    form=Form.COMPLETION,
    comparator=EQ,
    value=None,
    direction=NONE,
    measure=Measure.MILESTONE,
    unit_is_percent_like=False,
    decimals=0,
)


@pytest.mark.parametrize(
    ("value", "reached_on", "verdict", "rule"),
    [
        ("1", date(2025, 12, 30), MET, Rule.INSIDE),
        ("1", date(2025, 12, 31), MET, Rule.INSIDE),
        ("1", date(2026, 1, 1), MISSED, Rule.REACHED_LATE),
        ("0", date(2025, 12, 31), MISSED, Rule.BEYOND_NEARLY_MARGIN),
    ],
)
def test_a_milestone_is_judged_by_its_date(
    value: str, reached_on: date, verdict: Verdict, rule: Rule
) -> None:
    reached = replace(figure(value), as_of=reached_on)

    assessment = judge(MILESTONE, reached, Margins(), deadline=date(2025, 12, 31))

    assert (assessment.verdict, assessment.rule) == (verdict, rule)


def test_margins_of_the_plan_decide() -> None:
    wide = Margins(nearly_points=Decimal("0.2"))

    assert judge(POVERTY, figure("17.78"), wide).verdict == NEARLY
