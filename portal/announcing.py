"""Publishing and withdrawing an article with everything that rests on it."""

from datetime import datetime

from django.db import transaction

from departments.models import User
from indicators import releasing
from news import publishing
from news.models import Article, Revision


@transaction.atomic
def publish(
    article: Article, *, by: User, at: datetime, note: str = "", entered_afterwards: bool = False
) -> Revision:
    """Publish the article; its targets and figures are known from that moment."""
    revision = publishing.publish(
        article, by=by, at=at, note=note, entered_afterwards=entered_afterwards
    )
    releasing.release(article, at=at)
    return revision


@transaction.atomic
def withdraw(article: Article, *, by: User, at: datetime, reason: str) -> None:
    """Withdraw the article; what rested on it is no longer known."""
    publishing.withdraw(article, by=by, at=at, reason=reason)
    releasing.retract(article, at=at)
