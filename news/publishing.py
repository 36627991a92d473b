"""An article's way to the public, and back."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from departments.access import Role, has_role
from departments.models import User
from departments.versions import advance
from news import html, quoting
from news.models import Article, Passage, Revision


class CannotPublish(Exception):
    """The state of the article forbids it; the message says what to do."""


class PassagesLost(CannotPublish):
    """Sentences on which something rests no longer stand in the text."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.passages = list(passages)
        sentences = "; ".join(f"“{passage.quote}”" for passage in passages)
        super().__init__(
            _(
                "Not published: targets, figures or tasks rest on sentences that no longer stand "
                "in the text. Put them back as they were: %(sentences)s"
            )
            % {"sentences": sentences}
        )


def may_edit(user: User) -> bool:
    return has_role(user, Role.EDITOR, Role.CHIEF_EDITOR)


def check_edit(user: User) -> None:
    if not may_edit(user):
        raise PermissionDenied(_("Only editors may do this."))


def check_publish(article: Article, *, by: User) -> None:
    """Raises `PermissionDenied`, or `CannotPublish` with what to do first."""
    check_edit(by)
    if article.status == Article.Status.WITHDRAWN:
        raise CannotPublish(_("A withdrawn article stays withdrawn. Write a new one instead."))
    if not article.title.strip() or not html.blocks(article.body):
        raise CannotPublish(_("An article needs a title and a text before it is published."))


@transaction.atomic
def publish(
    article: Article, *, by: User, at: datetime, note: str = "", entered_afterwards: bool = False
) -> Revision:
    """Make the working copy the public text, as the next revision.

    Raises `PassagesLost` naming the sentences that no longer stand in the text, and `EditConflict`
    when somebody saved the article meanwhile.
    """
    check_publish(article, by=by)
    advance(article, expected=article.version)
    text = quoting.working_text(article)
    lost = quoting.lost(article, text)
    if lost:
        raise PassagesLost(lost)
    number = (article.revisions.aggregate(last=Max("number"))["last"] or 0) + 1
    revision = Revision.objects.create(
        article=article,
        number=number,
        title=article.title,
        lead=article.lead,
        body=html.clean(article.body),
        text=text,
        note=note,
        published_at=at,
        published_by=by,
    )
    article.passages.filter(first_revision=None).update(first_revision=revision)
    article.published_revision = revision
    article.status = Article.Status.PUBLISHED
    if article.published_at is None:
        article.published_at = at
        article.entered_afterwards = entered_afterwards
    article.save(
        update_fields=["published_revision", "status", "published_at", "entered_afterwards"]
    )
    return revision


def check_withdraw(article: Article, *, by: User, reason: str) -> None:
    if not has_role(by, Role.CHIEF_EDITOR):
        raise PermissionDenied(_("Only a chief editor may withdraw an article."))
    if not article.is_published:
        raise CannotPublish(_("Only a published article can be withdrawn."))
    if not reason.strip():
        raise CannotPublish(_("Say why the article is withdrawn; readers see the reason."))


@transaction.atomic
def withdraw(article: Article, *, by: User, at: datetime, reason: str) -> None:
    """Take the article back. Its address stays and says why; nothing is deleted."""
    check_withdraw(article, by=by, reason=reason)
    advance(article, expected=article.version)
    article.status = Article.Status.WITHDRAWN
    article.withdrawn_at = at
    article.withdrawal_reason = reason.strip()
    article.save(update_fields=["status", "withdrawn_at", "withdrawal_reason"])
