"""The plain desk: addresses, translations, what may be deleted, the editor's text."""

from typing import Any

import pytest
from django.urls import reverse

from departments.models import User
from news.admin import free_slug
from news.models import Article
from tests import builders, factories
from tests.desk import desk, standing
from tests.factories import GROWTH_VI
from tests.visiting import queries_of

pytestmark = pytest.mark.django_db

ADD = reverse("admin:news_article_add")
LIST = reverse("admin:news_article_changelist")


def change(article: Article) -> str:
    return reverse("admin:news_article_change", args=[article.pk])


def typed(client: Any, **fields: Any) -> dict[str, Any]:
    category = factories.CategoryFactory.create()
    return standing(client.get(ADD)) | {
        "language": "vi", "title": "Điện Biên đổi mới", "body": "<p>Một câu.</p>",
        "category": category.pk,
    } | fields  # fmt: skip


def test_empty_address_is_made_from_the_title_and_numbered(editor: User) -> None:
    client = desk(editor)

    for _each in range(3):
        client.post(ADD, typed(client))

    slugs = sorted(Article.objects.values_list("slug", flat=True))
    assert slugs == ["dien-bien-doi-moi", "dien-bien-doi-moi-2", "dien-bien-doi-moi-3"]


def test_free_slug_leaves_an_article_its_own() -> None:
    article = factories.ArticleFactory.create(title="Một tựa", slug="mot-tua")

    assert free_slug("Một tựa", article=article) == "mot-tua"


def test_title_without_a_letter_is_asked_for_another(editor: User) -> None:
    client = desk(editor)

    response = client.post(ADD, typed(client, title="!!!"))

    assert list(response.context["adminform"].form.errors) == ["title"]


def test_public_address_stays(editor: User) -> None:
    article = builders.published_article()
    client = desk(editor)

    client.post(change(article), standing(client.get(change(article))) | {"slug": "khac"})

    assert Article.objects.get().slug == article.slug


def test_text_is_cleaned_before_it_is_stored(editor: User) -> None:
    client = desk(editor)
    body = '<p onclick="x()">Một <b>câu</b>.<script>alert(1)</script></p>'

    client.post(ADD, typed(client, body=body))

    assert Article.objects.get().body == "<p>Một <strong>câu</strong>.</p>"


def test_translation_joins_the_group_of_its_original(editor: User) -> None:
    original = builders.published_article()
    client = desk(editor)

    client.post(ADD, typed(client, language="en", translation_of=original.pk))

    translation = Article.objects.get(language="en")
    assert translation.translation_group == original.translation_group
    page = client.get(change(translation))
    assert page.context["adminform"].form.initial["translation_of"] == original


def test_second_translation_into_a_language_is_refused(editor: User) -> None:
    original = builders.published_article()
    factories.ArticleFactory.create(language="en", translation_group=original.translation_group)
    client = desk(editor)

    response = client.post(ADD, typed(client, language="en", translation_of=original.pk))

    assert response.context["adminform"].form.errors == {
        "translation_of": ["There is a translation into this language already."]
    }


def test_emptied_translation_leaves_the_group(editor: User) -> None:
    original = builders.published_article()
    group = original.translation_group
    translation = factories.ArticleFactory.create(language="en", translation_group=group)
    client = desk(editor)

    fields = standing(client.get(change(translation))) | {"translation_of": ""}
    client.post(change(translation), fields)

    translation.refresh_from_db()
    assert translation.translation_group != group


@pytest.mark.parametrize("kind", ["with a sentence", "published"])
def test_article_on_which_something_rests_is_not_deleted(kind: str) -> None:
    root = User.objects.create_superuser("root@example.vn", name="Root")
    article = builders.draft_article(GROWTH_VI)
    builders.passage_of(article, GROWTH_VI)
    if kind == "published":
        article.passages.all().delete()
        builders.publish(article)

    answer = desk(root).post(reverse("admin:news_article_delete", args=[article.pk]))

    assert answer.status_code == 403
    assert Article.objects.filter(pk=article.pk).exists()


def test_no_article_is_deleted_from_the_list() -> None:
    root = User.objects.create_superuser("root@example.vn", name="Root")
    article = factories.ArticleFactory.create()
    chosen = {"action": "delete_selected", "_selected_action": article.pk, "post": "yes"}

    desk(root).post(LIST, chosen)

    assert Article.objects.filter(pk=article.pk).exists()


@pytest.mark.parametrize("words", ["dien bien", "ĐIỆN BIÊN", "dien bien doi"])
def test_articles_are_found_without_diacritics(words: str, editor: User) -> None:
    article = factories.ArticleFactory.create(title="Điện Biên đổi mới")
    factories.ArticleFactory.create(title="Một tựa khác")

    response = desk(editor).get(LIST, {"q": words})

    assert list(response.context["cl"].queryset) == [article]


def test_editor_module_carries_the_nonce_of_the_answer(editor: User) -> None:
    response = desk(editor).get(ADD)

    policy = response.headers["Content-Security-Policy"]
    nonce = policy.partition("'nonce-")[2].partition("'")[0]
    assert nonce
    assert f'<script type="importmap" nonce="{nonce}">' in response.content.decode()


def test_sentences_are_only_looked_up(editor: User) -> None:
    passage = builders.passage_of(builders.draft_article(GROWTH_VI), GROWTH_VI)
    url = reverse("admin:news_passage_change", args=[passage.pk])
    client = desk(editor)

    looked, posted = client.get(url), client.post(url, {"quote": "x"})

    assert (looked.status_code, posted.status_code) == (200, 403)


def test_lists_cost_the_same_whatever_their_length(editor: User) -> None:
    client = desk(editor)
    lists = [
        LIST,
        reverse("admin:news_passage_changelist"),
        reverse("admin:news_document_changelist"),
    ]
    builders.passage_of(builders.draft_article(GROWTH_VI), GROWTH_VI)
    factories.DocumentFactory.create()
    one = [queries_of(client, url) for url in lists]
    for _each in range(2):
        builders.passage_of(builders.draft_article(GROWTH_VI), GROWTH_VI)
        factories.DocumentFactory.create()

    assert [queries_of(client, url) for url in lists] == one


def test_line_breaks_of_the_browser_are_no_change(editor: User) -> None:
    article = builders.published_article(body="<p>Một câu.</p>\n<p>Hai câu.</p>")
    client = desk(editor)
    sent = standing(client.get(change(article)))

    client.post(change(article), sent | {"body": sent["body"].replace("\n", "\r\n")})

    article.refresh_from_db()
    assert article.body == "<p>Một câu.</p>\n<p>Hai câu.</p>"
    assert article.version == 2
