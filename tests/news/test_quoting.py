"""A passage is found exactly, or it needs review."""

from unicodedata import normalize

import pytest
from django.core.exceptions import ValidationError

from news import quoting
from news.models import Article, Passage
from tests import builders
from tests.factories import GROWTH_VI, body_of

pytestmark = pytest.mark.django_db

TWICE = "Các sở thực hiện nghiêm."


def edit(article: Article, *sentences: str) -> Article:
    article.body = body_of(*sentences)
    article.save()
    return article


def test_sentence_is_quoted_with_what_stands_around_it() -> None:
    article = builders.draft_article("Một câu.", GROWTH_VI, "Câu cuối.")

    passage = quoting.quote(article, f"  {GROWTH_VI} ")

    assert passage.quote == GROWTH_VI
    assert passage.prefix.endswith("Một câu.\n\n")
    assert passage.suffix == "\n\nCâu cuối."
    assert passage.first_revision is None


def test_sentence_is_quoted_once() -> None:
    article = builders.draft_article(GROWTH_VI)

    first = quoting.quote(article, GROWTH_VI)
    again = quoting.quote(article, normalize("NFD", GROWTH_VI))

    assert first == again
    assert Passage.objects.count() == 1


def test_passage_stays_the_same_when_its_neighbours_change() -> None:
    article = builders.draft_article("Một câu.", GROWTH_VI)
    first = quoting.quote(article, GROWTH_VI)

    again = quoting.quote(edit(article, "Một câu khác.", GROWTH_VI), GROWTH_VI)

    assert again == first


def test_sentence_that_stands_twice_is_two_passages() -> None:
    article = builders.draft_article("Mở đầu.", TWICE, "Ở giữa.", TWICE, "Kết thúc.")

    first, second = (quoting.quote(article, TWICE, occurrence=place) for place in (0, 1))

    assert first != second
    text = quoting.working_text(article)
    spans = [quoting.locate(text, passage) for passage in (first, second)]
    assert spans[0] is not None
    assert spans[1] is not None
    assert spans[0].start < spans[1].start


@pytest.mark.parametrize(
    "words",
    ["Tỉnh phấn đấu đạt trên 10%.", "tỉnh phấn đấu", "0,5%", "", "GRDP  năm"],
)
def test_words_that_do_not_stand_in_the_article_are_refused(words: str) -> None:
    article = builders.draft_article(GROWTH_VI)

    with pytest.raises(ValidationError, match="do not stand in the article"):
        quoting.quote(article, words)


def test_third_occurrence_of_two_is_refused() -> None:
    article = builders.draft_article(TWICE, "Ở giữa.", TWICE)

    with pytest.raises(ValidationError, match="do not stand in the article"):
        quoting.quote(article, TWICE, occurrence=2)


@pytest.mark.parametrize(
    ("words", "stand"),
    [
        (GROWTH_VI, True),
        ("trên 10,5%", True),
        ("10,5", True),
        (normalize("NFD", "tốc độ tăng trưởng"), True),
        ("0,5%", False),
        ("năm 202", False),
        ("Tốc độ", False),
        ("", False),
    ],
)
def test_words_stand_in_the_sentence_whole_or_not_at_all(words: str, stand: bool) -> None:
    passage = quoting.quote(builders.draft_article(GROWTH_VI), GROWTH_VI)

    if stand:
        quoting.check_words(passage, words)
        return
    with pytest.raises(ValidationError, match="Copy the words exactly"):
        quoting.check_words(passage, words)


def test_passage_in_a_text_that_was_changed_needs_review() -> None:
    article = builders.draft_article(GROWTH_VI)
    passage = quoting.quote(article, GROWTH_VI)

    changed = edit(article, GROWTH_VI.replace("10,5%", "8,5%"))

    assert quoting.lost(changed, quoting.working_text(changed)) == [passage]


def test_passage_that_now_stands_twice_is_told_apart_by_its_neighbours() -> None:
    article = builders.draft_article("Mở đầu.", TWICE, "Kết thúc.")
    passage = quoting.quote(article, TWICE)

    same = edit(article, "Mở đầu.", TWICE, "Kết thúc.", TWICE, "Hết.")

    span = quoting.locate(quoting.working_text(same), passage)
    assert span is not None
    assert quoting.working_text(same)[: span.start].endswith("Mở đầu.\n\n")


def test_passage_that_stands_twice_between_strangers_needs_review() -> None:
    article = builders.draft_article("Mở đầu.", TWICE, "Kết thúc.")
    passage = quoting.quote(article, TWICE)

    strange = edit(article, "Một.", TWICE, "Hai.", TWICE, "Ba.")

    assert quoting.locate(quoting.working_text(strange), passage) is None


def test_sentence_of_a_public_text_is_public_at_once() -> None:
    article = builders.published_article(GROWTH_VI)

    passage = quoting.quote(article, GROWTH_VI)

    assert passage.first_revision == article.published_revision


def test_sentence_that_is_not_yet_published_has_no_revision() -> None:
    article = edit(builders.published_article(GROWTH_VI), GROWTH_VI, "Câu mới.")

    passage = quoting.quote(article, "Câu mới.")

    assert passage.first_revision is None
