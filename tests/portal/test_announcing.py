"""Publishing and withdrawing an article with what rests on it, in one transaction."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from departments.models import User
from departments.versions import EditConflict
from indicators import setting
from indicators.assessment import Comparator
from indicators.models import Indicator, Observation, Target, TargetVersion
from news.models import Article, Revision
from news.publishing import PassagesLost
from portal import announcing
from tests import builders, factories
from tests.factories import GROWTH_VI, NOW, body_of

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
AGAIN = "Mục tiêu nay là 8,5%."
REPORTED = "Tăng trưởng GRDP năm 2025 đạt 7,34%."
TOLD_BEFORE = "Tăng trưởng GRDP năm 2025 ước đạt 7,5%."


def promised(moment: datetime = NOW) -> list[str]:
    """The values that the public knew as targets."""
    versions = TargetVersion.objects.known_on(moment).order_by("value")
    return [f"{version.value.normalize()}" for version in versions]


def reported(moment: datetime = NOW) -> list[str]:
    figures = Observation.objects.known_on(moment).order_by("value")
    return [f"{figure.value.normalize()}" for figure in figures]


@pytest.fixture
def indicator(db: None) -> Indicator:
    return factories.IndicatorFactory.create()


def test_publication_makes_targets_and_figures_known(indicator: Indicator, editor: User) -> None:
    article = builders.draft_article(GROWTH_VI, REPORTED)
    builders.target_version(article, indicator=indicator, at=NOW - HOUR)
    builders.figure_from(article, REPORTED, indicator, "7.34", at=NOW - HOUR)

    revision = announcing.publish(article, by=editor, at=NOW)

    assert revision.number == 1
    before = NOW - timedelta(seconds=1)
    assert (promised(before), reported(before)) == ([], [])
    assert (promised(), reported()) == (["10.5"], ["7.34"])


def test_publication_ahead_of_time_makes_them_known_then(
    indicator: Indicator, editor: User
) -> None:
    article = builders.draft_article(GROWTH_VI, REPORTED)
    builders.target_version(article, indicator=indicator)
    builders.figure_from(article, REPORTED, indicator, "7.34")

    announcing.publish(article, by=editor, at=NOW + HOUR)

    assert (promised(), reported()) == ([], [])
    assert (promised(NOW + HOUR), reported(NOW + HOUR)) == (["10.5"], ["7.34"])


def test_what_is_added_before_a_publication_ahead_waits_for_it(
    indicator: Indicator, editor: User
) -> None:
    article = builders.draft_article(GROWTH_VI, REPORTED)
    announcing.publish(article, by=editor, at=NOW + HOUR)

    builders.target_version(article, indicator=indicator)
    builders.figure_from(article, REPORTED, indicator, "7.34")

    assert (promised(), reported()) == ([], [])
    assert (promised(NOW + HOUR), reported(NOW + HOUR)) == (["10.5"], ["7.34"])


def test_figure_replaces_the_one_before_at_its_publication(
    indicator: Indicator, editor: User
) -> None:
    builders.figure(indicator, "7.5", at=NOW - HOUR)
    article = builders.draft_article(REPORTED)
    builders.figure_from(article, REPORTED, indicator, "7.34", at=NOW - HOUR)
    assert reported(NOW - HOUR) == ["7.5"]

    announcing.publish(article, by=editor, at=NOW)

    assert reported(NOW - timedelta(seconds=1)) == ["7.5"]
    assert reported() == ["7.34"]


def test_version_of_one_day_replaces_the_one_before_and_of_another_day_stands_beside(
    indicator: Indicator, editor: User
) -> None:
    builders.published_target(indicator=indicator, at=NOW - HOUR)
    for day in (date(2025, 1, 10), date(2025, 7, 8)):
        article = builders.draft_article(AGAIN)
        builders.target_version(
            article,
            AGAIN,
            value="8.5",
            comparator=Comparator.EQ,
            indicator=indicator,
            in_force_from=day,
        )
        announcing.publish(article, by=editor, at=NOW)

    days = {version.in_force_from for version in TargetVersion.objects.known_on(NOW)}
    assert promised(NOW - HOUR) == ["10.5"]
    assert promised() == ["8.5", "8.5"]
    assert days == {date(2025, 1, 10), date(2025, 7, 8)}


def test_withdrawal_makes_known_again_what_was_replaced(
    indicator: Indicator, editor: User, chief_editor: User
) -> None:
    before = builders.draft_article(GROWTH_VI, TOLD_BEFORE)
    builders.target_version(before, indicator=indicator, at=NOW - 2 * HOUR)
    builders.figure_from(before, TOLD_BEFORE, indicator, "7.5", at=NOW - 2 * HOUR)
    announcing.publish(before, by=editor, at=NOW - HOUR)
    article = builders.draft_article(AGAIN, REPORTED)
    builders.target_version(article, AGAIN, value="8.5", indicator=indicator, at=NOW - HOUR)
    builders.figure_from(article, REPORTED, indicator, "7.34", at=NOW - HOUR)
    announcing.publish(article, by=editor, at=NOW)

    announcing.withdraw(article, by=chief_editor, at=NOW + HOUR, reason="Sai.")

    steps = [NOW - HOUR, NOW, NOW + HOUR]
    assert [promised(moment) for moment in steps] == [["10.5"], ["8.5"], ["10.5"]]
    assert [reported(moment) for moment in steps] == [["7.5"], ["7.34"], ["7.5"]]


def test_withdrawal_of_what_had_replaced_nothing_leaves_nothing(
    indicator: Indicator, chief_editor: User
) -> None:
    version = builders.published_target(indicator=indicator)

    announcing.withdraw(version.article, by=chief_editor, at=NOW + HOUR, reason="Sai.")

    assert (promised(), promised(NOW + HOUR)) == (["10.5"], [])
    assert not Target.objects.known_on(NOW + HOUR).exists()


def test_withdrawal_takes_back_a_correction_too(indicator: Indicator, chief_editor: User) -> None:
    version = builders.published_target(indicator=indicator, value="105")
    setting.correct(version, by=chief_editor, at=NOW + HOUR, value=Decimal("10.5"))

    announcing.withdraw(Article.objects.get(), by=chief_editor, at=NOW + 2 * HOUR, reason="Sai.")

    assert promised(NOW + HOUR) == ["10.5"]
    assert promised(NOW + 2 * HOUR) == []


def test_draft_versions_are_invisible(indicator: Indicator) -> None:
    builders.target_version(builders.draft_article(GROWTH_VI), indicator=indicator)

    assert promised(NOW + 9999 * HOUR) == []


def test_text_that_lost_its_sentence_releases_nothing(indicator: Indicator, editor: User) -> None:
    article = builders.draft_article(GROWTH_VI)
    builders.target_version(article, indicator=indicator)
    article.body = body_of("Một câu khác.")
    article.save()

    with pytest.raises(PassagesLost):
        announcing.publish(article, by=editor, at=NOW)

    assert promised(NOW + HOUR) == []
    assert not Revision.objects.exists()


def test_second_of_two_publishers_releases_nothing_again(
    indicator: Indicator, editor: User, chief_editor: User
) -> None:
    article = builders.draft_article(GROWTH_VI)
    builders.target_version(article, indicator=indicator)
    stale = Article.objects.get(pk=article.pk)
    announcing.publish(article, by=editor, at=NOW)

    with pytest.raises(EditConflict):
        announcing.publish(stale, by=chief_editor, at=NOW + HOUR)

    [version] = TargetVersion.objects.all()
    assert (version.known.lower, version.known.upper) == (NOW, None)


def test_nothing_is_taken_back_by_somebody_who_may_not(indicator: Indicator, editor: User) -> None:
    version = builders.published_target(indicator=indicator)

    with pytest.raises(PermissionDenied):
        announcing.withdraw(version.article, by=editor, at=NOW + HOUR, reason="Sai.")

    assert promised(NOW + HOUR) == ["10.5"]


def test_article_entered_afterwards_is_known_from_its_day(
    indicator: Indicator, editor: User
) -> None:
    article = builders.draft_article(GROWTH_VI, REPORTED)
    builders.target_version(article, indicator=indicator)
    builders.figure_from(article, REPORTED, indicator, "7.34")

    announcing.publish(article, by=editor, at=NOW - 99 * HOUR, entered_afterwards=True)

    assert (promised(NOW - 99 * HOUR), reported(NOW - 99 * HOUR)) == (["10.5"], ["7.34"])
