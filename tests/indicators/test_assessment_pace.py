"""A year that has not ended, and several years as one."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from indicators.assessment import (
    Aggregation,
    Comparator,
    Direction,
    Figure,
    FigureStatus,
    Form,
    Margins,
    Measure,
    Pace,
    Progress,
    Promise,
    aggregate,
    may_sum_areas,
    mean_share,
    needed_rate,
    progress_to_date,
)

REVENUE = Promise(
    comparator=Comparator.GTE,
    value=Decimal(2000),
    direction=Direction.HIGHER,
    measure=Measure.FLOW,
    unit_is_percent_like=False,
    decimals=0,
)
GRDP = replace(
    REVENUE,
    comparator=Comparator.GT,
    value=Decimal("8.5"),
    measure=Measure.RATE,
    unit_is_percent_like=True,
    decimals=2,
)


def progress(
    promise: Promise,
    value: str,
    *,
    elapsed: str = "0.5",
    weight: str | None = None,
    last_year: str | None = None,
    form: Form = Form.LEVEL,
) -> Progress | None:
    figure = Figure(
        value=Decimal(value), form=form, status=FigureStatus.ESTIMATE, as_of=date(2025, 6, 30)
    )
    return progress_to_date(
        promise,
        figure,
        margins=Margins(),
        elapsed=Decimal(elapsed),
        weight=None if weight is None else Decimal(weight),
        same_period_last_year=None if last_year is None else Decimal(last_year),
    )


@pytest.mark.parametrize(
    ("value", "pace"),
    [
        ("1100", Pace.ON_TRACK),
        ("950", Pace.ON_TRACK),
        ("949", Pace.AT_RISK),
        ("800", Pace.AT_RISK),
        ("799", Pace.BEHIND),
    ],
)
def test_a_flow_is_expected_pro_rata(value: str, pace: Pace) -> None:
    found = progress(REVENUE, value)

    assert found is not None
    assert (found.pace, found.expected) == (pace, Decimal(1000))


@pytest.mark.parametrize(
    ("value", "pace"),
    [
        ("1050", Pace.ON_TRACK),
        ("1051", Pace.AT_RISK),
        ("1200", Pace.AT_RISK),
        ("1201", Pace.BEHIND),
    ],
)
def test_a_flow_to_keep_low_is_mirrored(value: str, pace: Pace) -> None:
    promise = replace(REVENUE, direction=Direction.LOWER, comparator=Comparator.LTE)

    found = progress(promise, value)

    assert found is not None
    assert found.pace == pace


def test_a_flow_shows_percent_of_plan_and_growth_on_last_year() -> None:
    found = progress(REVENUE, "1278", last_year="1200")

    assert found == Progress(
        pace=Pace.ON_TRACK,
        expected=Decimal(1000),
        percent_of_expected=Decimal("127.8"),
        percent_of_plan=Decimal("63.9"),
        growth_on_last_year=Decimal("6.5"),
    )


def test_a_disbursed_share_is_expected_pro_rata() -> None:
    promise = replace(
        REVENUE, value=Decimal(100), measure=Measure.SHARE, unit_is_percent_like=True, decimals=2
    )

    found = progress(promise, "44.33", elapsed="0.75")

    assert found is not None
    assert (found.pace, found.percent_of_plan) == (Pace.BEHIND, Decimal("44.3"))


@pytest.mark.parametrize(
    ("promise", "value", "elapsed"),
    [
        (replace(REVENUE, value=Decimal(0)), "10", "0.5"),
        (replace(REVENUE, value=None), "10", "0.5"),
        (REVENUE, "10", "0"),
        (replace(REVENUE, form=Form.COMPLETION, value=None), "10", "0.5"),
    ],
)
def test_no_pace_without_something_to_expect(promise: Promise, value: str, elapsed: str) -> None:
    assert progress(promise, value, elapsed=elapsed) is None


@pytest.mark.parametrize(("target", "needed"), [("8.5", "12.6"), ("10.5", "19.2")])
def test_grdp_after_nine_months_needs_in_the_fourth_quarter(target: str, needed: str) -> None:
    found = progress(replace(GRDP, value=Decimal(target)), "6.76", weight="0.70")

    assert found == Progress(pace=None, needed_rate=Decimal(needed))


def test_a_rate_that_satisfies_is_on_track() -> None:
    assert progress(GRDP, "8.6", weight="0.7") == Progress(pace=Pace.ON_TRACK)


@pytest.mark.parametrize("weight", [None, "1"])
def test_a_rate_that_is_behind_without_a_weight_says_nothing(weight: str | None) -> None:
    assert progress(GRDP, "6.76", weight=weight) == Progress()


def test_growth_of_a_flow_is_never_pro_rata() -> None:
    promise = replace(REVENUE, form=Form.CHANGE_PERCENT, value=Decimal(10))

    assert progress(promise, "8", weight="0.5", form=Form.CHANGE_PERCENT) == Progress(
        needed_rate=Decimal("12.0")
    )
    assert progress(promise, "1000") is None


@pytest.mark.parametrize("measure", [Measure.STOCK, Measure.RANK, Measure.SCORE, Measure.MILESTONE])
def test_nothing_is_said_between_two_measurements(measure: Measure) -> None:
    assert progress(replace(REVENUE, measure=measure), "1000") is None


def test_a_rate_that_cannot_be_judged_says_nothing() -> None:
    assert progress(replace(GRDP, direction=Direction.LOWER), "6") is None


def test_mean_share_is_of_the_last_three_years() -> None:
    shares = [Decimal("0.9"), Decimal("0.3"), Decimal("0.4"), Decimal("0.5")]

    assert mean_share(shares) == Decimal("0.4")
    assert mean_share([]) is None


def test_needed_rate_of_a_year_that_is_over() -> None:
    assert needed_rate(Decimal(8), so_far=Decimal(6), weight=Decimal(1)) is None


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        (Aggregation.END, "8"),
        (Aggregation.SUM, "18"),
        (Aggregation.MEAN, "6"),
        (Aggregation.GEOMETRIC, "5.99"),
    ],
)
def test_years_as_one_number(how: Aggregation, expected: str) -> None:
    number = aggregate([Decimal(4), Decimal(6), Decimal(8)], how)

    assert number is not None
    assert round(number, 2) == Decimal(expected)


@pytest.mark.parametrize("how", list(Aggregation))
def test_no_years_no_number(how: Aggregation) -> None:
    assert aggregate([], how) is None


def test_geometric_mean_of_a_year_that_loses_all() -> None:
    assert aggregate([Decimal(5), Decimal(-100)], Aggregation.GEOMETRIC) is None


@pytest.mark.parametrize(
    ("measure", "percent_like", "may"),
    [
        (Measure.FLOW, False, True),
        (Measure.STOCK, False, True),
        (Measure.STOCK, True, False),
        (Measure.RATE, True, False),
        (Measure.RATE, False, False),
        (Measure.SHARE, True, False),
        (Measure.RANK, False, False),
        (Measure.SCORE, False, False),
    ],
)
def test_only_flows_and_counts_add_up_over_communes(
    measure: Measure, percent_like: bool, may: bool
) -> None:
    assert may_sum_areas(measure, unit_is_percent_like=percent_like) is may
