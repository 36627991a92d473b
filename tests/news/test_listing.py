"""Lists of news carry titles and leads, never the texts."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from news import citing, listing
from tests import builders
from tests.factories import GROWTH_VI, NOW

pytestmark = pytest.mark.django_db

TEXTS = ('"news_article"."body"', '"news_revision"."body"', '"news_revision"."text"')


def test_list_loads_no_texts() -> None:
    article = builders.published_article()

    with CaptureQueriesContext(connection) as queries:
        [story] = listing.latest(language="vi", at=NOW)

    assert (story.title, story.lead) == (article.title, article.lead)
    assert [text for text in TEXTS if text in queries[0]["sql"]] == []
    assert len(queries) == 1


def test_citations_of_one_article_load_its_text_once() -> None:
    sentences = [GROWTH_VI, "Câu hai của bài.", "Câu ba của bài."]
    article = builders.published_article(*sentences)
    passages = [builders.passage_of(article, sentence) for sentence in sentences]

    with CaptureQueriesContext(connection) as queries:
        citations = citing.citations(passages, language="vi")

    assert len(citations) == len(sentences)
    asked = [text for query in queries for text in TEXTS if text in query["sql"]]
    assert asked == ['"news_revision"."text"']
    assert "news_passage" not in next(q["sql"] for q in queries if TEXTS[2] in q["sql"])
