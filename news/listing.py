"""Published articles as lists show them: one a story, in the reader's language if it can be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, IntegerField, Value, When
from django.utils.timezone import localdate

from news.models import Article, ArticleQuerySet, Category


@dataclass(frozen=True, kw_only=True)
class Story:
    title: str
    url: str
    lead: str
    category: str
    category_url: str
    on: date | None
    lang: str
    illustrative: bool


def stories(*, language: str, at: datetime, category: Category | None = None) -> ArticleQuerySet:
    """One article of each translation group, newest first; the reader's language goes first."""
    articles = Article.objects.known_on(at)
    if category is not None:
        articles = articles.filter(category=category)
    in_language = Case(
        When(language=language, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    chosen = articles.order_by("translation_group", in_language, "pk").distinct("translation_group")
    return (
        Article.objects.filter(pk__in=chosen.values("pk"))
        .select_related("published_revision", "category")
        .defer("body", "lead", "published_revision__body", "published_revision__text")
        .order_by("-published_at", "-pk")
    )


def as_stories(articles: Sequence[Article], *, language: str) -> list[Story]:
    return [
        Story(
            title=article.published_revision.title,
            url=article.get_absolute_url(),
            lead=article.published_revision.lead,
            category=article.category.name,
            category_url=article.category.get_absolute_url(),
            on=article.published_on or _day_of(article.published_at),
            lang="" if article.language == language else article.language,
            illustrative=article.is_illustrative,
        )
        for article in articles
        if article.published_revision is not None
    ]


def latest(*, language: str, at: datetime, count: int = 5) -> list[Story]:
    """The newest stories."""
    return as_stories(list(stories(language=language, at=at)[:count]), language=language)


def _day_of(moment: datetime | None) -> date | None:
    return localdate(moment) if moment else None
