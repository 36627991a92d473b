"""What the public could know of targets, figures, mentions and claims, and when."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import models

from indicators import setting
from indicators.assessment import Comparator, Figure, FigureStatus, Form
from indicators.models import (
    Claim,
    Indicator,
    Mention,
    Observation,
    Responsibility,
    Target,
    TargetVersion,
)
from indicators.periods import PROVINCE_TIME, parse
from indicators.setting import Reading
from news.models import Article
from tests import builders, factories
from tests.factories import GROWTH_VI, NOW, TODAY

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
EARLIER = NOW - 3 * HOUR
MOMENTS = [NOW + step * HOUR for step in (-2, -1, 0, 1, 2)]
REPORTED = "Tăng trưởng GRDP năm 2025 đạt 7,34%."


def draft() -> Article:
    return builders.draft_article(GROWTH_VI, REPORTED)


def with_everything(article: Article) -> list[models.Model]:
    """A version, its target, a mention, a figure and a claim that rest on the article."""
    version = builders.target_version(article)
    mention = setting.mention(
        version.target,
        passage=builders.passage_of(article, GROWTH_VI),
        words="trên 10,5%",
        role=Mention.Role.REPEATS,
        reading=Reading(Comparator.GT, Decimal("10.5")),
        by=version.recorded_by,
    )
    figure = builders.figure_from(article, REPORTED, version.target.indicator, "7.34", at=EARLIER)
    claim = Claim.objects.create(
        target_set=factories.TargetSetFactory.create(),
        stated_part=1,
        stated_total=1,
        as_of=TODAY,
        passage=builders.passage_of(article, REPORTED),
        words="7,34%",
        source=factories.SourceFactory.create(),
    )
    return [version, version.target, mention, figure, claim]


def waiting(article: Article) -> Article:
    return article


def published(article: Article) -> Article:
    return builders.publish(article)


def published_ahead(article: Article) -> Article:
    return builders.publish(article, at=NOW + HOUR)


def withdrawn(article: Article) -> Article:
    return builders.withdraw(builders.publish(article, at=NOW - HOUR), at=NOW + HOUR)


@pytest.mark.parametrize("step", [waiting, published, published_ahead, withdrawn])
def test_what_rests_on_an_article_is_known_exactly_while_the_article_is(
    step: Callable[[Article], Article],
) -> None:
    article = draft()
    rows = with_everything(article)

    step(article)

    table = {
        (type(row).__name__, moment): _known(row, moment) for row in rows for moment in MOMENTS
    }
    assert table == {
        (type(row).__name__, moment): article.is_known_on(moment)
        for row in rows
        for moment in MOMENTS
    }


@pytest.mark.parametrize("is_public", [True, False])
def test_only_what_is_not_confidential_is_released(is_public: bool) -> None:
    article = draft()
    rows = with_everything(article)
    Indicator.objects.update(is_public=is_public)

    builders.publish(article)

    released = {type(row).__name__ for row in rows if _released(row, NOW)}
    always = {"Claim"}
    assert released == ({type(row).__name__ for row in rows} if is_public else always)
    assert Indicator.objects.public().exists() is is_public


def _known(row: Any, moment: datetime) -> bool:
    found: bool = type(row).objects.known_on(moment).filter(pk=row.pk).exists()
    return found


def _released(row: Any, moment: datetime) -> bool:
    found: bool = type(row).objects.released(moment).filter(pk=row.pk).exists()
    return found


def test_row_is_known_at_a_moment_as_its_range_says() -> None:
    version = builders.published_target()
    builders.withdraw(version.article, at=NOW + HOUR)
    version.refresh_from_db()

    for moment in MOMENTS:
        assert _known(version, moment) is (moment in version.known)


def test_drafts_are_the_rows_that_wait_for_their_article() -> None:
    builders.published_target()
    waits = builders.target_version(draft())

    assert list(TargetVersion.objects.drafts()) == [waits]


def test_versions_stand_in_the_order_of_their_force() -> None:
    first = builders.published_target(in_force_from=date(2025, 7, 8))
    earlier = builders.published_target(
        indicator=first.target.indicator, in_force_from=date(2025, 1, 10)
    )

    assert list(TargetVersion.objects.in_order()) == [earlier, first]


@pytest.mark.parametrize(
    ("deadline", "due_on"), [(None, date(2025, 12, 31)), (date(2025, 6, 30), date(2025, 6, 30))]
)
def test_target_is_due_by_its_deadline_else_at_the_end_of_its_period(
    deadline: date | None, due_on: date
) -> None:
    version = TargetVersion(target=Target(period=parse("2025")), deadline=deadline)

    assert version.due_on == due_on


def test_period_is_stored_as_its_code_and_read_as_a_period() -> None:
    target = factories.TargetFactory.create(period="2025-9M")

    target.refresh_from_db()

    assert target.period == parse("2025-9M")
    assert target.period_end == date(2025, 9, 30)
    assert Target.objects.get(period=parse("2025-9M")) == target
    assert Target.objects.get(period="2025-9M") == target


def test_period_end_follows_the_period() -> None:
    target = factories.TargetFactory.create()

    target.period = parse("2021-2025")
    target.save()

    target.refresh_from_db()
    assert target.period_end == date(2025, 12, 31)


@pytest.mark.parametrize("code", ["năm 2025", "2025-Q5", "25", "2025-13M"])
def test_wrong_period_is_refused_in_words(code: str) -> None:
    target = factories.TargetFactory.build(period=code, plan=factories.PlanFactory.create())

    with pytest.raises(ValidationError) as caught:
        target.clean_fields(exclude=["indicator", "area"])

    assert "is not a period" in caught.value.message_dict["period"][0]


def test_target_exists_once() -> None:
    first = factories.TargetFactory.create()
    again = factories.TargetFactory.build(
        indicator=first.indicator, plan=first.plan, area=first.area, period=first.period
    )

    with pytest.raises(ValidationError, match="This target exists already"):
        again.full_clean()


def test_figure_is_what_the_rules_read() -> None:
    observation = Observation(
        value=Decimal("-1.5"),
        upper_value=Decimal("-1.0"),
        form="change_points",
        status="preliminary",
        as_of=date(2025, 12, 31),
    )

    assert observation.figure == Figure(
        value=Decimal("-1.5"),
        upper=Decimal("-1.0"),
        form=Form.CHANGE_POINTS,
        status=FigureStatus.PRELIMINARY,
        as_of=date(2025, 12, 31),
    )


@pytest.mark.parametrize(
    ("day", "leads"),
    [(date(2025, 2, 28), False), (date(2025, 3, 1), True), (date(2025, 7, 1), False)],
)
def test_department_leads_an_indicator_on_the_days_of_its_responsibility(
    day: date, leads: bool
) -> None:
    held = factories.ResponsibilityFactory.create(
        starts_on=date(2025, 3, 1), ends_on=date(2025, 7, 1)
    )
    factories.ResponsibilityFactory.create()

    found = Indicator.objects.led_by([held.department], on=day)

    assert list(found) == ([held.indicator] if leads else [])


def test_second_department_that_leads_is_refused_in_words() -> None:
    held = factories.ResponsibilityFactory.create()
    second = Responsibility(
        indicator=held.indicator, department=factories.DepartmentFactory.create(), starts_on=TODAY
    )

    with pytest.raises(ValidationError, match="Another department leads it"):
        second.full_clean()


@pytest.mark.parametrize(
    ("kind", "percent_like"),
    [("percent", True), ("points", True), ("money", False), ("times", False), ("rank", False)],
)
def test_unit_is_percent_like_by_its_kind(kind: str, percent_like: bool) -> None:
    assert factories.UnitFactory.build(kind=kind).is_percent_like is percent_like


def test_released_ahead_of_time_is_known_from_then() -> None:
    indicator = factories.IndicatorFactory.create()
    first = builders.figure(indicator, "7", at=NOW)
    tomorrow = datetime(2025, 11, 21, 8, 0, tzinfo=PROVINCE_TIME)
    second = builders.figure(indicator, "8", at=NOW + HOUR, released_at=tomorrow)

    known = {
        moment: [row.value for row in Observation.objects.known_on(moment)]
        for moment in (NOW, tomorrow - HOUR, tomorrow)
    }

    assert known == {
        NOW: [first.value],
        tomorrow - HOUR: [first.value],
        tomorrow: [second.value],
    }
