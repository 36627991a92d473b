"""Where a reader of each language finds a sentence."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from news import citing, quoting
from news.citing import Citation
from news.models import Article, Passage
from tests import builders
from tests.factories import GROWTH_EN, GROWTH_VI, NOW, body_of

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)


def original(number: int = 1) -> Passage:
    article = builders.draft_article(GROWTH_VI, slug=f"tang-truong-{number}")
    passage = quoting.quote(article, GROWTH_VI)
    builders.publish(article)
    return passage


def translation(passage: Passage, number: int = 1, *, published: bool = True) -> Passage:
    article = builders.draft_article(
        GROWTH_EN,
        language="en",
        slug=f"growth-{number}",
        translation_group=passage.article.translation_group,
    )
    translated = quoting.quote(article, GROWTH_EN)
    translated.translation_of = passage
    translated.save()
    if published:
        builders.publish(article)
    return translated


def lose(passage: Passage) -> None:
    """Somebody published the article without the sentence, past the guard."""
    article = Article.objects.get(pk=passage.article_id)
    own = {"quote": passage.quote, "prefix": passage.prefix, "suffix": passage.suffix}
    Passage.objects.filter(pk=passage.pk).update(quote="Một câu khác.", prefix="", suffix="")
    article.body = body_of("Một câu khác.")
    article.save()
    builders.publish(article, at=LATER)
    Passage.objects.filter(pk=passage.pk).update(**own)


def cite(passage: Passage, language: str) -> Citation:
    return citing.citations([passage], language=language)[passage.pk]


def test_reader_of_its_language_finds_the_original() -> None:
    passage = original()

    citation = cite(passage, "vi")

    assert citation.url("target-1") == "/vi/news/tang-truong-1/#target-1"
    assert citation.url() == f"/vi/news/tang-truong-1/#passage-{passage.pk}"
    assert (citation.language, citation.is_translation) == ("vi", False)
    assert citation.title == passage.article.title


def test_reader_of_the_other_language_finds_the_translated_sentence() -> None:
    passage = original()
    translated = translation(passage)

    citation = cite(passage, "en")

    assert citation.quoted == translated
    assert citation.url("target-1") == f"/en/news/growth-1/#passage-{translated.pk}"
    assert (citation.language, citation.is_translation) == ("en", True)


def test_reader_finds_the_original_where_there_is_no_translation() -> None:
    passage = original()

    citation = cite(passage, "en")

    assert citation.url("target-1") == "/vi/news/tang-truong-1/#target-1"


def test_translation_that_is_a_draft_or_withdrawn_is_not_cited() -> None:
    waiting, taken_back = original(1), original(2)
    translation(waiting, 1, published=False)
    builders.withdraw(translation(taken_back, 2).article)

    urls = [cite(passage, "en").url("x") for passage in (waiting, taken_back)]

    assert urls == ["/vi/news/tang-truong-1/#x", "/vi/news/tang-truong-2/#x"]


def test_lost_sentence_is_found_in_the_last_revision_that_holds_it() -> None:
    passage = original()
    article = Article.objects.get(pk=passage.article_id)
    article.body = body_of("Mở đầu.", GROWTH_VI)
    article.save()
    builders.publish(article)
    lose(passage)

    citation = cite(passage, "vi")

    assert citation.revision is not None
    assert citation.revision.number == 2
    assert citation.url("target-1") == "/vi/news/tang-truong-1/revisions/2/#target-1"


def test_translated_sentence_that_is_lost_is_found_in_its_own_older_revision() -> None:
    passage = original()
    translated = translation(passage)
    lose(translated)

    citation = cite(passage, "en")

    assert citation.url("x") == f"/en/news/growth-1/revisions/1/#passage-{translated.pk}"


def test_sentence_of_a_draft_is_cited_without_a_revision() -> None:
    passage = quoting.quote(builders.draft_article(GROWTH_VI, slug="nhap"), GROWTH_VI)

    citation = cite(passage, "vi")

    assert (citation.revision, citation.url("x")) == (None, "/vi/news/nhap/#x")


def test_title_is_the_one_that_was_published() -> None:
    passage = original()
    published = passage.article.title
    Article.objects.filter(pk=passage.article_id).update(title="Đang viết lại")

    assert cite(passage, "vi").title == published


def test_nothing_is_cited_of_nothing() -> None:
    assert citing.citations([], language="vi") == {}


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_queries_does_not_grow_with_the_passages(
    count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    passages = []
    for number in range(count):
        passage = original(number)
        lose(translation(passage, number))
        passages.append(passage)

    with django_assert_max_num_queries(4):
        citations = citing.citations(passages, language="en")
        addresses = {citation.url("x") for citation in citations.values()}

    assert len(addresses) == count
