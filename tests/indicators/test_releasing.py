"""What rests on an article becomes known with it, and is taken back with it."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from departments.models import User
from indicators.models import Indicator, Observation, TargetVersion
from news.publishing import CannotPublish
from tests import builders, factories
from tests.factories import GROWTH_VI, NOW

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
SECOND = "Cả năm đạt 7,34%."


@pytest.fixture
def growth(province: object) -> Indicator:
    return factories.IndicatorFactory.create()


def chain(indicator: Indicator) -> list[tuple[Decimal, Any, Any]]:
    """Value, begin and end of each figure that is or was or will be known, in order."""
    rows = Observation.objects.filter(indicator=indicator, known__isempty=False)
    return [(o.value, o.known.lower, o.known.upper) for o in rows.order_by("known")]


def reported(indicator: Indicator, value: str, **fields: Any) -> Any:
    """A draft article that reports the figure."""
    article = builders.draft_article(GROWTH_VI, SECOND)
    builders.figure_from(article, GROWTH_VI, indicator, value, **fields)
    return article


def test_figure_of_a_draft_is_known_from_publication(growth: Indicator) -> None:
    article = reported(growth, "7.34")

    waiting = list(Observation.objects.known_on(NOW))
    builders.publish(article, at=NOW + DAY)

    assert waiting == []
    assert chain(growth) == [(Decimal("7.34"), NOW + DAY, None)]


def test_published_figure_replaces_the_one_before(growth: Indicator) -> None:
    builders.figure(growth, "7.2")
    article = reported(growth, "7.34")

    builders.publish(article, at=NOW + DAY)

    assert chain(growth) == [
        (Decimal("7.2"), NOW, NOW + DAY),
        (Decimal("7.34"), NOW + DAY, None),
    ]


def test_figure_released_later_than_its_article_waits_until_then(growth: Indicator) -> None:
    article = reported(growth, "7.34", released_at=NOW + 9 * DAY)

    builders.publish(article, at=NOW + DAY)

    assert chain(growth) == [(Decimal("7.34"), NOW + 9 * DAY, None)]


def test_article_entered_afterwards_dates_its_figures_back(growth: Indicator) -> None:
    article = reported(growth, "7.34")

    builders.publish(article, at=NOW - 300 * DAY, entered_afterwards=True)

    assert chain(growth) == [(Decimal("7.34"), NOW - 300 * DAY, None)]
    assert Observation.objects.get().released_at == NOW - 300 * DAY


def test_article_dated_back_stands_before_what_came_later(growth: Indicator) -> None:
    builders.figure(growth, "7.2")
    article = reported(growth, "7.34")

    builders.publish(article, at=NOW - 300 * DAY, entered_afterwards=True)

    assert chain(growth) == [
        (Decimal("7.34"), NOW - 300 * DAY, NOW),
        (Decimal("7.2"), NOW, None),
    ]


def test_article_dated_back_into_what_was_known_is_not_published(growth: Indicator) -> None:
    at = timezone.now()
    builders.figure(growth, "7.1", at=at - 9 * DAY)
    builders.figure(growth, "7.2", at=at - 3 * DAY)
    article = reported(growth, "7.34")

    with pytest.raises(CannotPublish, match="not rewritten"):
        builders.publish(article, at=at - 6 * DAY, entered_afterwards=True)

    article.refresh_from_db()
    assert article.published_at is None


def test_withdrawal_brings_back_what_was_replaced(growth: Indicator) -> None:
    builders.figure(growth, "7.2")
    article = builders.publish(reported(growth, "7.34"), at=NOW + DAY)

    builders.withdraw(article, at=NOW + 2 * DAY)

    assert chain(growth) == [
        (Decimal("7.2"), NOW, NOW + DAY),
        (Decimal("7.34"), NOW + DAY, NOW + 2 * DAY),
        (Decimal("7.2"), NOW + 2 * DAY, None),
    ]


def test_row_that_came_back_bears_the_time_when_it_did(growth: Indicator) -> None:
    first = builders.figure(growth, "7.2")
    article = builders.publish(reported(growth, "7.34"), at=NOW + DAY)

    builders.withdraw(article, at=NOW + 2 * DAY)

    back = Observation.objects.get(known__endswith=None)
    assert back.batch == first.batch
    assert back.recorded_at >= first.recorded_at
    assert back.pk != first.pk


def test_withdrawal_of_the_only_figure_leaves_none(growth: Indicator) -> None:
    article = builders.publish(reported(growth, "7.34"), at=NOW + DAY)

    builders.withdraw(article, at=NOW + 2 * DAY)

    assert chain(growth) == [(Decimal("7.34"), NOW + DAY, NOW + 2 * DAY)]


def test_withdrawal_brings_nothing_back_that_rested_on_a_withdrawn_article(
    growth: Indicator,
) -> None:
    builders.figure(growth, "7.0")
    first = builders.publish(reported(growth, "7.2"), at=NOW + DAY)
    second = builders.publish(reported(growth, "7.34"), at=NOW + 2 * DAY)
    builders.withdraw(first, at=NOW + 3 * DAY)

    builders.withdraw(second, at=NOW + 4 * DAY)

    assert chain(growth)[-1] == (Decimal("7.0"), NOW + 4 * DAY, None)


def test_withdrawal_does_not_touch_what_replaced_the_figure_already(
    growth: Indicator, statistician: User
) -> None:
    article = builders.publish(reported(growth, "7.34"), at=NOW + DAY)
    builders.figure(growth, "7.5", at=NOW + 2 * DAY, by=statistician)
    before = chain(growth)

    builders.withdraw(article, at=NOW + 3 * DAY)

    assert chain(growth) == before


def test_withdrawal_before_the_release_takes_the_figure_out(growth: Indicator) -> None:
    at = timezone.now()
    builders.figure(growth, "7.2", at=at)
    article = builders.publish(reported(growth, "7.34", released_at=at + 9 * DAY), at=at + DAY)
    between = chain(growth)

    builders.withdraw(article, at=at + 2 * DAY)

    assert between[0] == (Decimal("7.2"), at, at + 9 * DAY)
    assert chain(growth) == [(Decimal("7.2"), at, None)]


def test_withdrawal_keeps_what_is_released_later(growth: Indicator, statistician: User) -> None:
    at = timezone.now()
    builders.figure(growth, "7.2", at=at)
    article = builders.publish(reported(growth, "7.34"), at=at + DAY)
    builders.figure(growth, "8", at=at + DAY, released_at=at + 9 * DAY, by=statistician)

    builders.withdraw(article, at=at + 2 * DAY)

    assert chain(growth) == [
        (Decimal("7.2"), at, at + DAY),
        (Decimal("7.34"), at + DAY, at + 2 * DAY),
        (Decimal("7.2"), at + 2 * DAY, at + 9 * DAY),
        (Decimal("8"), at + 9 * DAY, None),
    ]


def test_version_of_a_target_is_known_with_its_article_and_taken_back_with_it() -> None:
    version = builders.published_target(at=NOW)

    builders.withdraw(version.article, at=NOW + DAY)

    version.refresh_from_db()
    assert (version.known.lower, version.known.upper) == (NOW, NOW + DAY)
    assert not TargetVersion.objects.known_on(NOW + 2 * DAY).exists()


def test_version_of_the_same_day_comes_back_when_the_one_after_is_withdrawn() -> None:
    first = builders.published_target(at=NOW)
    target = first.target
    article = builders.draft_article(GROWTH_VI)
    builders.target_version(
        article, value="8.5", indicator=target.indicator, plan=target.plan,
        in_force_from=first.in_force_from,
    )  # fmt: skip
    builders.publish(article, at=NOW + DAY)

    builders.withdraw(article, at=NOW + 2 * DAY)

    known = TargetVersion.objects.known_on(NOW + 3 * DAY)
    assert [version.value for version in known] == [Decimal("10.5")]


def test_batch_and_withdrawal_in_turn_leave_one_figure_known(
    growth: Indicator, statistician: User
) -> None:
    for day, value in enumerate(("7.1", "7.2", "7.3")):
        at = NOW + day * DAY
        article = builders.publish(reported(growth, value), at=at)
        builders.withdraw(article, at=at + DAY / 4)
        builders.figure(growth, f"{value}5", at=at + DAY / 2, by=statistician)

    moments = [NOW + hours * DAY / 24 for hours in range(1, 100)]

    assert all(Observation.objects.known_on(moment).count() <= 1 for moment in moments)
    assert [row.value for row in Observation.objects.filter(known__endswith=None)] == [
        Decimal("7.35")
    ]
