"""An article's way to the public, and back."""

from datetime import timedelta
from unicodedata import normalize

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from departments.models import User
from departments.versions import EditConflict
from news import publishing, quoting
from news.models import Article, Revision
from news.publishing import CannotPublish, PassagesLost
from tests import builders
from tests.factories import GROWTH_VI, NOW, body_of

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)
MAY_EDIT = {"editor", "chief_editor"}
EVERYBODY = [
    "editor",
    "chief_editor",
    "statistician",
    "coordinator",
    "officer_a",
    "moderator",
    "administrator",
    "auditor",
    "visitor",
]


def test_published_article_has_its_text_as_the_first_revision(editor: User) -> None:
    article = builders.draft_article("Một.", "Hai.", title="Tiêu đề", lead="Mở đầu.")

    revision = publishing.publish(article, by=editor, at=NOW)

    article.refresh_from_db()
    assert article.status == Article.Status.PUBLISHED
    assert article.published_revision == revision
    assert (article.published_at, article.entered_afterwards) == (NOW, False)
    assert (revision.number, revision.title, revision.lead) == (1, "Tiêu đề", "Mở đầu.")
    assert revision.text == "Tiêu đề\n\nMở đầu.\n\nMột.\n\nHai."
    assert (revision.published_at, revision.published_by) == (NOW, editor)


def test_correction_is_the_next_revision_and_the_first_one_stays(editor: User) -> None:
    article = builders.published_article("Một.", by=editor)
    article.body = body_of("Hai.")
    article.save()

    publishing.publish(article, by=editor, at=LATER, note="Sửa một câu.")

    bodies = [(r.number, r.body, r.note) for r in article.revisions.all()]
    assert bodies == [(1, "<p>Một.</p>", ""), (2, "<p>Hai.</p>", "Sửa một câu.")]
    assert article.published_at == NOW


def test_revision_is_clean_and_composed(editor: User) -> None:
    article = builders.draft_article(title=normalize("NFD", "Điện Biên"))
    article.body = normalize("NFD", '<p onclick="x()">Tốt.</p><script>y()</script>')

    revision = publishing.publish(article, by=editor, at=NOW)

    revision.refresh_from_db()
    assert (revision.title, revision.body) == ("Điện Biên", "<p>Tốt.</p>")
    assert revision.text == normalize("NFC", revision.text)


def test_publication_entered_afterwards_says_so(editor: User) -> None:
    article = builders.draft_article("Một.")

    publishing.publish(article, by=editor, at=NOW, entered_afterwards=True)
    publishing.publish(article, by=editor, at=LATER)

    article.refresh_from_db()
    assert (article.published_at, article.entered_afterwards) == (NOW, True)


def test_passages_of_a_draft_begin_with_its_first_revision(editor: User) -> None:
    article = builders.draft_article(GROWTH_VI)
    passage = quoting.quote(article, GROWTH_VI)

    first = publishing.publish(article, by=editor, at=NOW)
    publishing.publish(article, by=editor, at=LATER)

    passage.refresh_from_db()
    assert passage.first_revision == first


def test_text_that_lost_a_passage_is_refused_naming_the_sentence(editor: User) -> None:
    article = builders.draft_article(GROWTH_VI, "Câu hai.", "Câu ba.")
    passages = [quoting.quote(article, words) for words in (GROWTH_VI, "Câu ba.")]
    publishing.publish(article, by=editor, at=NOW)
    article.body = body_of("Câu hai.")
    article.save()

    with pytest.raises(PassagesLost) as caught:
        publishing.publish(article, by=editor, at=LATER)

    assert caught.value.passages == passages
    assert f"“{GROWTH_VI}”; “Câu ba.”" in str(caught.value)
    article.refresh_from_db()
    assert Revision.objects.count() == 1
    assert article.version == 2


def test_sentence_put_back_lets_the_text_be_published(editor: User) -> None:
    article = builders.draft_article(GROWTH_VI)
    quoting.quote(article, GROWTH_VI)
    article.body = body_of("Câu hai.")
    with pytest.raises(PassagesLost):
        publishing.publish(Article.objects.get(pk=save(article).pk), by=editor, at=NOW)

    article = save(Article.objects.get(pk=article.pk), body=body_of("Câu hai.", GROWTH_VI))
    revision = publishing.publish(article, by=editor, at=NOW)

    assert revision.number == 1


def save(article: Article, **fields: str) -> Article:
    for name, value in fields.items():
        setattr(article, name, value)
    article.save()
    return article


@pytest.mark.parametrize(
    ("title", "body"),
    [("", "<p>Một.</p>"), ("  ", "<p>Một.</p>"), ("Tiêu đề", ""), ("Tiêu đề", "<p> </p>")],
)
def test_article_without_title_or_text_is_refused(title: str, body: str, editor: User) -> None:
    article = builders.draft_article()
    article.title, article.body = title, body

    with pytest.raises(CannotPublish, match="needs a title and a text"):
        publishing.publish(article, by=editor, at=NOW)


def test_second_of_two_publishers_is_told(editor: User, chief_editor: User) -> None:
    article = builders.draft_article("Một.")
    stale = Article.objects.get(pk=article.pk)
    publishing.publish(article, by=editor, at=NOW)

    with pytest.raises(EditConflict) as caught:
        publishing.publish(stale, by=chief_editor, at=NOW)

    assert caught.value.current == article
    assert Revision.objects.count() == 1


def test_withdrawn_article_keeps_its_text_and_says_why(chief_editor: User) -> None:
    article = builders.published_article("Một.")

    publishing.withdraw(article, by=chief_editor, at=LATER, reason=" Sai số liệu. ")

    article.refresh_from_db()
    assert article.status == Article.Status.WITHDRAWN
    assert (article.withdrawn_at, article.withdrawal_reason) == (LATER, "Sai số liệu.")
    assert article.published_revision is not None


def test_withdrawn_article_is_not_published_again(chief_editor: User) -> None:
    article = builders.withdraw(builders.published_article("Một."), by=chief_editor)

    with pytest.raises(CannotPublish, match="stays withdrawn"):
        publishing.publish(article, by=chief_editor, at=LATER)


def test_withdrawal_without_a_reason_is_refused(chief_editor: User) -> None:
    article = builders.published_article("Một.")

    with pytest.raises(CannotPublish, match="Say why"):
        publishing.withdraw(article, by=chief_editor, at=LATER, reason="  ")


def test_draft_is_not_withdrawn(chief_editor: User) -> None:
    with pytest.raises(CannotPublish, match="Only a published article"):
        publishing.withdraw(builders.draft_article("Một."), by=chief_editor, at=NOW, reason="Sai.")


def test_withdrawal_of_a_text_that_was_corrected_meanwhile_is_told(chief_editor: User) -> None:
    article = builders.published_article("Một.")
    stale = Article.objects.get(pk=article.pk)
    publishing.publish(article, by=chief_editor, at=LATER)

    with pytest.raises(EditConflict):
        publishing.withdraw(stale, by=chief_editor, at=LATER, reason="Sai.")


@pytest.mark.parametrize("who", EVERYBODY)
def test_only_editors_publish(who: str, request: pytest.FixtureRequest) -> None:
    user: User | AnonymousUser = request.getfixturevalue(who)
    article = builders.draft_article("Một.")

    assert publishing.may_edit(user) is (who in MAY_EDIT)  # type: ignore[arg-type] # a visitor too
    if who in MAY_EDIT:
        publishing.publish(article, by=user, at=NOW)  # type: ignore[arg-type] # an editor
        return
    with pytest.raises(PermissionDenied):
        publishing.publish(article, by=user, at=NOW)  # type: ignore[arg-type] # a visitor too


@pytest.mark.parametrize("who", EVERYBODY)
def test_only_chief_editors_withdraw(who: str, request: pytest.FixtureRequest) -> None:
    user: User | AnonymousUser = request.getfixturevalue(who)
    article = builders.published_article("Một.")

    if who == "chief_editor":
        publishing.withdraw(article, by=user, at=LATER, reason="Sai.")  # type: ignore[arg-type] # the chief editor
        return
    with pytest.raises(PermissionDenied):
        publishing.withdraw(article, by=user, at=LATER, reason="Sai.")  # type: ignore[arg-type] # a visitor too
