from datetime import timedelta

import pytest
from django.test import Client

from news.models import Document
from tests.builders import draft_article, published_article, withdraw
from tests.factories import NOW, CategoryFactory, DocumentFactory
from tests.visiting import BOTH, STRANGE, address, queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW, tick=False)]

NEWS = "/en/news/"


def titles(client: Client, url: str = NEWS) -> list[str]:
    return [story.title for story in client.get(url).context["page"].articles]


@BOTH
def test_news_in_both_languages(client: Client, language: str) -> None:
    article = published_article(language=language, title="Hội nghị")

    response = client.get(address(language, "news:articles"))

    link = f'<a href="/{language}/news/{article.slug}/">Hội nghị</a>'
    assert link in str(response.content, "utf-8")


def test_news_without_any(client: Client) -> None:
    response = client.get(NEWS)

    assert "Nothing has been published here yet." in str(response.content, "utf-8")


@pytest.mark.parametrize("name", ["articles", "category"])
def test_news_refuse_to_be_written(client: Client, name: str) -> None:
    args = [CategoryFactory.create().slug] if name == "category" else []

    assert client.post(address("en", f"news:{name}", *args)).status_code == 405


@STRANGE
def test_news_with_a_strange_query(client: Client, query: str) -> None:
    published_article()

    assert client.get(f"{NEWS}?{query}").status_code == 200


def test_news_newest_first(client: Client) -> None:
    for days in (2, 3, 1):
        published_article(title=f"{days} days ago", at=NOW - timedelta(days=days))

    assert titles(client) == ["1 days ago", "2 days ago", "3 days ago"]


def test_news_hold_neither_drafts_nor_what_was_withdrawn(client: Client) -> None:
    draft_article(title="Draft")
    withdraw(published_article(title="Withdrawn", at=NOW - timedelta(days=1)))
    published_article(title="Published")

    assert titles(client) == ["Published"]


def test_news_show_a_story_once_in_the_language_of_the_reader(client: Client) -> None:
    original = published_article(language="vi", title="Hội nghị")
    published_article(
        language="en", title="Conference", translation_group=original.translation_group
    )

    assert titles(client, "/en/news/") == ["Conference"]
    assert titles(client, "/vi/news/") == ["Hội nghị"]


def test_news_name_the_language_of_a_story_without_translation(client: Client) -> None:
    published_article(language="vi", title="Hội nghị")

    response = client.get("/en/news/")

    [story] = response.context["page"].articles
    assert story.lang == "vi"
    assert "<br>in Vietnamese</p>" in str(response.content, "utf-8")
    assert client.get("/vi/news/").context["page"].articles[0].lang == ""


def test_news_of_one_category(client: Client) -> None:
    economy = CategoryFactory.create()
    society = CategoryFactory.create(slug="society", name_vi="Xã hội", name_en="Society")
    CategoryFactory.create(slug="sport", name_vi="Thể thao", name_en="Sport")
    published_article(title="Economy", category=economy)
    published_article(title="Society", category=society)

    page = client.get("/en/news/category/society/").context["page"]

    assert [story.title for story in page.articles] == ["Society"]
    assert [(link.name, link.count, link.chosen) for link in page.categories] == [
        ("Economy", 1, False),
        ("Society", 1, True),
    ]


def test_news_count_a_story_in_two_languages_once(client: Client) -> None:
    original = published_article(language="vi")
    published_article(language="en", translation_group=original.translation_group)

    [economy] = client.get(NEWS).context["page"].categories

    assert economy.count == 1


@BOTH
def test_news_of_an_unknown_category(client: Client, language: str) -> None:
    assert client.get(address(language, "news:category", "nothing")).status_code == 404


def test_news_stand_on_pages_of_twenty(client: Client) -> None:
    for number in range(21):
        published_article(title=f"Story {number}", at=NOW - timedelta(days=number))

    first = client.get(NEWS).context["page"]
    last = client.get(f"{NEWS}?page=9").context["page"]

    assert (first.first, first.last, first.total) == (1, 20, 21)
    assert (first.previous_url, first.next_url) == ("", "/en/news/?page=2")
    assert [story.title for story in last.articles] == ["Story 20"]
    assert (last.previous_url, last.next_url) == ("/en/news/?page=1", "")


def test_news_ask_as_often_for_three_as_for_one(client: Client) -> None:
    published_article()
    asked = queries_of(client, NEWS)
    for slug in ("society", "sport"):
        published_article(category=CategoryFactory.create(slug=slug))

    assert queries_of(client, NEWS) == asked


@BOTH
def test_document_in_both_languages(client: Client, language: str) -> None:
    document = DocumentFactory.create(number_symbol="57/NQ-HĐND", signer="Lò Văn A")

    response = client.get(address(language, "news:document", document.pk))

    page = response.context["page"]
    assert page.title == {"vi": document.title_vi, "en": document.title_en}[language]
    assert "57/NQ-HĐND" in str(response.content, "utf-8")
    assert "Lò Văn A" in str(response.content, "utf-8")


def test_document_without_translation_says_its_language(client: Client) -> None:
    document = DocumentFactory.create(title_en="")

    page = client.get(document.get_absolute_url().replace("/vi/", "/en/")).context["page"]

    assert (page.title, page.lang) == (document.title_vi, "vi")


def test_document_with_nothing_but_a_title(client: Client) -> None:
    document = Document.objects.create(kind="plan", title_vi="Kế hoạch", issuer="Tỉnh")

    assert client.get(address("en", "news:document", document.pk)).status_code == 200


@pytest.mark.parametrize("pk", [0, 1, 10**30])
def test_document_that_is_absent(client: Client, pk: int) -> None:
    assert client.get(address("en", "news:document", pk)).status_code == 404


def test_document_refuses_to_be_written(client: Client) -> None:
    assert client.post(DocumentFactory.create().get_absolute_url()).status_code == 405
