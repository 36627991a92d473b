"""Each promise against its figures: the one way to a verdict."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from indicators import standings
from indicators.assessment import (
    Aggregation,
    Comparator,
    Direction,
    FigureStatus,
    Form,
    Measure,
    Rule,
    Verdict,
)
from indicators.models import Plan, Target, TargetVersion
from indicators.periods import PROVINCE_TIME, parse
from indicators.setting import Reading, Terms
from indicators.standings import Standing
from tests import builders, factories
from tests.factories import GROWTH_VI, NOW

pytestmark = pytest.mark.django_db

JANUARY = datetime(2025, 1, 10, 9, 0, tzinfo=PROVINCE_TIME)
JULY = datetime(2025, 7, 8, 9, 0, tzinfo=PROVINCE_TIME)
NEXT_YEAR = datetime(2026, 1, 31, 9, 0, tzinfo=PROVINCE_TIME)
LOWERED = "Tỉnh điều chỉnh tăng trưởng GRDP cả năm 2025 còn 8,5%."


def stood(target: Target, *, at: datetime = NEXT_YEAR) -> Standing:
    standing = standings.standing(target, at=at)
    assert standing is not None
    return standing


def growth() -> TargetVersion:
    """Over 10.5 % from January, 8.5 % from July."""
    first = builders.published_target(at=JANUARY, terms=Terms(decimals_written=1))
    builders.published_target(
        LOWERED,
        value="8.5",
        comparator=Comparator.EQ,
        indicator=first.target.indicator,
        terms=Terms(decimals_written=1),
        article={"event_on": date(2025, 7, 8)},
        at=JULY,
    )
    return first


def test_growth_of_2025_is_missed_against_both_of_its_targets() -> None:
    target = growth().target
    builders.figure(target.indicator, "7.34", at=NEXT_YEAR)

    standing = stood(target)

    assert [version.value for version in standing.versions] == [Decimal("10.5"), Decimal("8.5")]
    assert standing.was_changed
    assert standing.in_force == standing.versions[1]
    assert standing.first == standing.versions[0]
    assert [each.verdict for each in standing.assessments] == [Verdict.MISSED, Verdict.MISSED]
    assert [each.difference for each in standing.assessments] == [
        Decimal("-3.16"),
        Decimal("-1.16"),
    ]
    assert standing.verdict is Verdict.MISSED
    assert standing.first_assessment.verdict is Verdict.MISSED
    assert standing.observation is not None
    assert standing.observation.value == Decimal("7.34")


def test_growth_stands_as_the_public_knew_it_in_spring() -> None:
    target = growth().target

    standing = stood(target, at=JULY - timedelta(days=1))

    assert [version.value for version in standing.versions] == [Decimal("10.5")]
    assert not standing.was_changed
    assert standing.verdict is Verdict.NOT_DUE


def test_target_of_which_nobody_knew_has_no_standing() -> None:
    target = growth().target

    assert standings.standing(target, at=JANUARY - timedelta(seconds=1)) is None


def test_target_of_a_draft_has_no_standing() -> None:
    version = builders.target_version(builders.draft_article(GROWTH_VI))

    assert standings.standing(version.target, at=NEXT_YEAR) is None


def test_poverty_of_2025_is_missed_by_a_tenth_of_a_point_and_a_bit() -> None:
    poverty = factories.IndicatorFactory.create(
        direction=Direction.LOWER, measure=Measure.SHARE, name_en="Poverty rate"
    )
    sentence = "Tỷ lệ hộ nghèo giảm còn 17,66%."
    target = builders.published_target(
        sentence, value="17.66", comparator=Comparator.EQ, indicator=poverty, at=JANUARY
    ).target
    builders.figure(poverty, "17.78", at=NEXT_YEAR)

    standing = stood(target)

    assert standing.verdict is Verdict.MISSED
    assert standing.assessment.rule is Rule.BEYOND_NEARLY_MARGIN
    assert standing.assessment.gap == Decimal("0.12")
    assert standing.assessment.margin == Decimal("0.1")


def test_figure_that_was_corrected_gives_another_verdict_from_then_on() -> None:
    target = growth().target
    builders.figure(target.indicator, "7.34", status=FigureStatus.ESTIMATE, at=NEXT_YEAR)
    corrected_at = NEXT_YEAR + timedelta(days=60)
    builders.figure(target.indicator, "8.6", status=FigureStatus.OFFICIAL, at=corrected_at)

    before, after = stood(target), stood(target, at=corrected_at)

    assert before.verdict is Verdict.MISSED
    assert before.assessment.by_estimate
    assert after.verdict is Verdict.EXCEEDED


@pytest.mark.parametrize(
    ("at", "verdict"),
    [
        (datetime(2025, 12, 31, 23, 59, tzinfo=PROVINCE_TIME), Verdict.NOT_DUE),
        (datetime(2026, 1, 31, 23, 59, tzinfo=PROVINCE_TIME), Verdict.NOT_DUE),
        (datetime(2026, 2, 1, 0, 0, tzinfo=PROVINCE_TIME), Verdict.NO_DATA),
    ],
)
def test_day_is_the_day_in_the_province(at: datetime, verdict: Verdict) -> None:
    target = growth().target

    assert stood(target, at=at).verdict is verdict


def test_estimate_before_the_deadline_is_provisional() -> None:
    target = growth().target
    builders.figure(target.indicator, "11", status=FigureStatus.ESTIMATE, at=NOW)

    standing = stood(target, at=NOW)

    assert standing.verdict is Verdict.NOT_DUE
    assert standing.assessment.provisional is Verdict.EXCEEDED


def test_figure_of_another_area_period_or_indicator_does_not_count() -> None:
    target = growth().target
    indicator = target.indicator
    builders.figure(indicator, "11", area=factories.CommuneFactory.create(), at=NEXT_YEAR)
    builders.figure(indicator, "11", period="2025-9M", at=NEXT_YEAR)
    builders.figure(indicator, "11", period="2024", at=NEXT_YEAR)
    builders.figure(factories.IndicatorFactory.create(), "11", at=NEXT_YEAR)

    standing = stood(target)

    assert standing.verdict is Verdict.NOT_DUE
    assert [row.period.code for row in standing.series] == ["2024", "2025-9M"]


@pytest.mark.parametrize(
    ("aggregation", "values", "value", "verdict"),
    [
        (Aggregation.MEAN, ["6", "7", "8", "9", "10"], "8", Verdict.MET),
        (Aggregation.MEAN, ["6", "7", "8", "9", "9.5"], "7.9", Verdict.NEARLY_MET),
        (Aggregation.END, ["0", "0", "0", "0", "8"], "8", Verdict.MET),
        (Aggregation.SUM, ["1", "2", "1", "2", "2"], "8", Verdict.MET),
        (Aggregation.GEOMETRIC, ["8", "8", "8", "8", "8"], "8", Verdict.MET),
        (Aggregation.MEAN, ["6", "7", "8", "9"], None, Verdict.NO_DATA),
        (Aggregation.END, ["6", "7", "8", "9"], None, Verdict.NO_DATA),
    ],
)
def test_target_over_five_years_takes_them_together(
    aggregation: Aggregation, values: list[str], value: str | None, verdict: Verdict
) -> None:
    version = five_years(Terms(aggregation=aggregation))
    for year, number in zip(range(2021, 2026), values, strict=False):
        builders.figure(version.target.indicator, number, period=str(year), at=NEXT_YEAR)

    standing = stood(version.target, at=NEXT_YEAR + timedelta(days=31))

    assert standing.verdict is verdict
    assert standing.assessment.compared == (None if value is None else Decimal(value))


def test_figure_of_the_whole_period_comes_before_its_years() -> None:
    version = five_years(Terms(aggregation=Aggregation.MEAN))
    for year in range(2021, 2026):
        builders.figure(version.target.indicator, "1", period=str(year), at=NEXT_YEAR)
    whole = builders.figure(version.target.indicator, "8", period="2021-2025", at=NEXT_YEAR)

    standing = stood(version.target)

    assert standing.judged_by == (whole,)
    assert standing.verdict is Verdict.MET


def test_mean_with_a_year_that_is_a_range_is_not_made() -> None:
    version = five_years(Terms(aggregation=Aggregation.MEAN))
    for year in range(2021, 2026):
        builders.figure(
            version.target.indicator,
            "8",
            period=str(year),
            upper_value=Decimal(9) if year == 2023 else None,
            at=NEXT_YEAR,
        )

    assert stood(version.target).judged_by == ()


def test_mean_is_as_sure_as_its_least_sure_year() -> None:
    version = five_years(Terms(aggregation=Aggregation.MEAN))
    for year in range(2021, 2026):
        status = FigureStatus.PRELIMINARY if year == 2024 else FigureStatus.OFFICIAL
        builders.figure(version.target.indicator, "8", period=str(year), status=status,
                        at=NEXT_YEAR)  # fmt: skip

    assert stood(version.target).assessment.status is FigureStatus.PRELIMINARY


@pytest.mark.parametrize("year", [None, "2022"])
def test_mean_with_an_illustrative_year_is_illustrative(year: str | None) -> None:
    version = five_years(Terms(aggregation=Aggregation.MEAN))
    for each in range(2021, 2026):
        invented = factories.IllustrativeSourceFactory.create() if str(each) == year else None
        builders.figure(version.target.indicator, "8", period=str(each), source=invented,
                        at=NEXT_YEAR)  # fmt: skip

    standing = stood(version.target)

    assert standing.is_illustrative is (year is not None)
    assert standing.observation is None
    assert len(standing.judged_by) == 5


@pytest.mark.parametrize("promise", [False, True])
@pytest.mark.parametrize("figure", [False, True])
def test_what_is_invented_is_illustrative(promise: bool, figure: bool) -> None:
    invented, real = factories.IllustrativeSourceFactory.create(), factories.SourceFactory.create()
    version = builders.published_target(source=invented if promise else real, at=JANUARY)
    builders.figure(version.target.indicator, "11", source=invented if figure else real,
                    at=NEXT_YEAR)  # fmt: skip

    assert stood(version.target).is_illustrative is (promise or figure)


@pytest.mark.parametrize(
    ("day", "value"),
    [
        (date(2025, 1, 1), "10.5"),
        (date(2025, 1, 10), "10.5"),
        (date(2025, 7, 7), "10.5"),
        (date(2025, 7, 8), "8.5"),
        (date(2026, 1, 1), "8.5"),
    ],
)
def test_version_in_force_is_the_latest_begun_else_the_first(day: date, value: str) -> None:
    versions = stood(growth().target).versions

    assert standings.in_force_on(versions, day).value == Decimal(value)


def test_version_after_the_period_does_not_judge_it() -> None:
    target = growth().target
    builders.published_target(
        "Sau kỳ, chỉ tiêu được nói là 7%.",
        value="7",
        indicator=target.indicator,
        in_force_from=date(2026, 1, 5),
        at=NEXT_YEAR,
    )
    builders.figure(target.indicator, "7.34", at=NEXT_YEAR)

    standing = stood(target)

    assert standing.in_force.value == Decimal("8.5")
    assert len(standing.versions) == 3


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_queries_does_not_grow_with_the_targets(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        version = builders.published_target(at=JANUARY)
        builders.figure(version.target.indicator, "11", at=NEXT_YEAR)

    with django_assert_num_queries(3):
        found = standings.standings(Target.objects.all(), at=NEXT_YEAR)
        for standing in found:
            _ = (standing.verdict, standing.is_illustrative, standing.target.plan.source.name,
                 standing.in_force.article.slug, standing.in_force.passage.quote,
                 standing.observation and standing.observation.batch.door)  # fmt: skip

    assert len(found) == count


def test_verdicts_partition_any_set_of_targets() -> None:
    population = every_kind()
    assert {standing.verdict for standing in population} == set(Verdict)

    @given(st.lists(st.sampled_from(population)))
    def partition(some: list[Standing]) -> None:
        counts = standings.counts(some)
        each = {verdict: getattr(counts, verdict.value) for verdict in Verdict}
        assert sum(each.values()) == counts.total == len(some)
        assert each == {
            verdict: sum(standing.verdict is verdict for standing in some) for verdict in Verdict
        }
        assert counts.with_class == counts.exceeded + counts.met + counts.not_met

    partition()


def five_years(terms: Terms) -> TargetVersion:
    """A mean, sum or last value of 8 or more over the years 2021 to 2025."""
    plan = factories.PlanFactory.create(kind=Plan.Kind.FIVE_YEAR, period=parse("2021-2025"))
    return builders.published_target(
        "Bình quân 5 năm đạt 8%.",
        value="8",
        comparator=Comparator.EQ,
        plan=plan,
        terms=terms,
        at=JANUARY,
    )


def every_kind() -> list[Standing]:
    """Targets with each comparator and form, against figures on every side, and against none."""
    for comparator in (Comparator.GTE, Comparator.EQ, Comparator.LTE):
        for figure in ("5", "9.95", "10", "11", None):
            version = promised(Reading(comparator, Decimal(10)))
            if figure is not None:
                builders.figure(version.target.indicator, figure, at=NEXT_YEAR)
    promised(Reading(Comparator.GTE, Decimal(10)), deadline=date(2026, 6, 30))
    change = promised(Reading(Comparator.GTE, Decimal(10), form=Form.CHANGE_PERCENT))
    builders.figure(change.target.indicator, "11", at=NEXT_YEAR)
    return standings.standings(Target.objects.all(), at=NEXT_YEAR + timedelta(days=1))


def promised(reading: Reading, **terms: Any) -> TargetVersion:
    return builders.published_target(reading=reading, terms=Terms(**terms), at=JANUARY)
