"""Which figure counts: the real before the invented, a forecast never, of all years or none."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from indicators import standings
from indicators.assessment import Aggregation, Comparator, FigureStatus, Reason, Verdict
from indicators.models import Plan, Target, TargetVersion
from indicators.periods import PROVINCE_TIME, parse
from indicators.setting import Terms
from indicators.standings import Standing
from tests import builders, factories

pytestmark = pytest.mark.django_db

JANUARY = datetime(2025, 1, 10, 9, 0, tzinfo=PROVINCE_TIME)
NEXT_YEAR = datetime(2026, 1, 31, 9, 0, tzinfo=PROVINCE_TIME)
YEARS = ["2021", "2022", "2023", "2024", "2025"]


def stood(target: Target) -> Standing:
    standing = standings.standing(target, at=NEXT_YEAR + timedelta(days=40))
    assert standing is not None
    return standing


def five_years(aggregation: Aggregation) -> TargetVersion:
    plan = factories.PlanFactory.create(kind=Plan.Kind.FIVE_YEAR, period=parse("2021-2025"))
    return builders.published_target(
        "Bình quân 5 năm đạt 8%.", value="8", comparator=Comparator.EQ, plan=plan,
        terms=Terms(aggregation=aggregation), at=JANUARY,
    )  # fmt: skip


@pytest.mark.parametrize("aggregation", [Aggregation.MEAN, Aggregation.END])
def test_forecast_of_the_whole_period_does_not_hide_its_years(aggregation: Aggregation) -> None:
    target = five_years(aggregation).target
    builders.figure(target.indicator, "9", period="2021-2025", status=FigureStatus.FORECAST,
                    at=JANUARY)  # fmt: skip
    for year in YEARS:
        builders.figure(target.indicator, "8", period=year, at=NEXT_YEAR)

    standing = stood(target)

    assert (standing.verdict, standing.assessment.compared) == (Verdict.MET, Decimal(8))


def test_forecast_of_the_whole_period_is_named_where_there_is_nothing_else() -> None:
    target = five_years(Aggregation.MEAN).target
    builders.figure(target.indicator, "9", period="2021-2025", status=FigureStatus.FORECAST,
                    at=JANUARY)  # fmt: skip

    standing = stood(target)

    assert standing.verdict is Verdict.NO_DATA
    assert standing.assessment.reason is Reason.FORECAST_ONLY


def test_invented_figure_never_takes_the_place_of_a_real_one() -> None:
    target = builders.published_target(at=JANUARY).target
    builders.figure(target.indicator, "12", at=NEXT_YEAR,
                    source=factories.IllustrativeSourceFactory.create())  # fmt: skip
    real = builders.figure(target.indicator, "7.34", status=FigureStatus.ESTIMATE, at=NEXT_YEAR)

    standing = stood(target)

    assert standing.judged_by == (real,)
    assert (standing.verdict, standing.is_illustrative) == (Verdict.MISSED, False)


def test_real_forecast_does_not_hide_an_invented_figure() -> None:
    target = builders.published_target(at=JANUARY).target
    invented = builders.figure(target.indicator, "12", at=NEXT_YEAR,
                               source=factories.IllustrativeSourceFactory.create())  # fmt: skip
    builders.figure(target.indicator, "7", status=FigureStatus.FORECAST, at=NEXT_YEAR)

    standing = stood(target)

    assert standing.judged_by == (invented,)
    assert standing.is_illustrative


def test_invented_year_never_takes_the_place_of_a_real_one() -> None:
    target = five_years(Aggregation.MEAN).target
    for year in YEARS:
        builders.figure(target.indicator, "8", period=year, status=FigureStatus.ESTIMATE,
                        at=NEXT_YEAR)  # fmt: skip
    builders.figure(target.indicator, "99", period="2023", at=NEXT_YEAR,
                    source=factories.IllustrativeSourceFactory.create())  # fmt: skip

    standing = stood(target)

    assert (standing.assessment.compared, standing.is_illustrative) == (Decimal(8), False)


def test_adopted_target_goes_with_the_article_that_set_it() -> None:
    version = builders.published_target(at=JANUARY)
    movement = factories.PlanFactory.create(slug="movement", kind=Plan.Kind.MOVEMENT)
    version.target.adopted_by.add(movement)
    builders.withdraw(version.article, at=NEXT_YEAR)

    found = standings.standings(Target.objects.filter(adopted_by=movement), at=NEXT_YEAR)

    assert found == []
