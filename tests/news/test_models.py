"""Articles, documents and passages: what the public could read when."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.utils.translation import override

from news.models import Article, Passage
from tests import builders, factories
from tests.factories import GROWTH_VI, NOW

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
MOMENTS = [NOW + step * HOUR for step in (-2, -1, 0, 1, 2)]


def draft() -> Article:
    return builders.draft_article(GROWTH_VI)


def published() -> Article:
    return builders.published_article(GROWTH_VI)


def published_ahead() -> Article:
    return builders.published_article(GROWTH_VI, at=NOW + HOUR)


def withdrawn() -> Article:
    return builders.withdraw(builders.published_article(GROWTH_VI, at=NOW - HOUR), at=NOW + HOUR)


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize(
    ("make", "known"),
    [
        (draft, []),
        (published, MOMENTS[2:]),
        (published_ahead, MOMENTS[3:]),
        (withdrawn, MOMENTS[1:3]),
    ],
)
def test_article_is_known_at_a_moment_as_the_query_says(
    make: Callable[[], Article], known: list[datetime], moment: datetime
) -> None:
    article = make()
    article.refresh_from_db()

    found = Article.objects.known_on(moment).filter(pk=article.pk).exists()

    assert found is article.is_known_on(moment)
    assert found is (moment in known)


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("make", [draft, published, published_ahead, withdrawn])
def test_passage_is_known_with_its_article(make: Callable[[], Article], moment: datetime) -> None:
    article = make()
    passage = builders.passage_of(article, GROWTH_VI)

    found = Passage.objects.known_on(moment).filter(pk=passage.pk).exists()

    assert found is article.is_known_on(moment)


def test_published_articles_are_those_that_say_so() -> None:
    articles = [draft(), published(), withdrawn()]

    found = set(Article.objects.published())

    assert found == {article for article in articles if article.is_published}
    assert len(found) == 1


@pytest.mark.parametrize(
    ("event_on", "published_on", "decided_on"),
    [("10/1", "11/1", "10/1"), (None, "11/1", "11/1"), (None, None, None)],
)
def test_day_of_decision_is_the_event_else_the_publication(
    event_on: str | None, published_on: str | None, decided_on: str | None
) -> None:
    article = Article(event_on=event_on, published_on=published_on)

    assert article.decided_on == decided_on


def test_article_has_its_address_in_its_own_language() -> None:
    article = factories.ArticleFactory.build(language="vi", slug="hoi-nghi")

    with override("en"):
        assert article.get_absolute_url() == "/vi/news/hoi-nghi/"


def test_second_translation_into_one_language_is_refused_in_words() -> None:
    first = factories.ArticleFactory.create()
    second = factories.ArticleFactory.build(
        translation_group=first.translation_group, category=first.category
    )

    with pytest.raises(ValidationError, match="a translation into this language already"):
        second.full_clean()


def test_document_is_recorded_once() -> None:
    first = factories.DocumentFactory.create()
    again = factories.DocumentFactory.build(number_symbol=first.number_symbol)

    with pytest.raises(ValidationError, match="recorded already"):
        again.full_clean()


def test_article_with_a_passage_is_not_deleted() -> None:
    article = draft()
    builders.passage_of(article, GROWTH_VI)

    with pytest.raises(ProtectedError):
        article.delete()


def test_passage_on_which_nothing_rests_is_removed() -> None:
    passage = builders.passage_of(draft(), GROWTH_VI)

    passage.delete()

    assert not Passage.objects.exists()


def test_passage_on_which_a_target_rests_is_not_removed() -> None:
    version = builders.published_target()

    with pytest.raises(ProtectedError):
        version.passage.delete()


def test_document_is_titled_in_the_language_of_the_reader() -> None:
    both = factories.DocumentFactory.build(title_vi="Về kế hoạch", title_en="On the plan")
    one = factories.DocumentFactory.build(title_vi="Về kế hoạch", title_en="")

    assert (both.title, one.title) == ("On the plan", "Về kế hoạch")
    with override("vi"):
        assert both.title == "Về kế hoạch"


def test_long_passage_is_named_by_its_beginning() -> None:
    assert str(Passage(quote="a" * 80)) == "a" * 80
    assert str(Passage(quote="a" * 81)) == "a" * 79 + "…"
