"""What the list of news shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from news.listing import Story, as_stories, stories
from news.models import Article, Category

STORIES: Final = 20


@dataclass(frozen=True, kw_only=True)
class CategoryLink:
    name: str
    url: str
    count: int
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class ArticleList:
    title: str
    list_url: str
    all_url: str
    categories: Sequence[CategoryLink]
    articles: Sequence[Story]
    previous_url: str
    next_url: str
    first: int
    last: int
    total: int


def article_list(
    category: Category | None, *, page: str | None, language: str, at: datetime
) -> ArticleList:
    """Four queries. What is no page is the first, and beyond the end is the last."""
    found = stories(language=language, at=at, category=category)
    shown = Paginator(found, STORIES).get_page(page)
    all_url = reverse("news:articles")
    list_url = category.get_absolute_url() if category else all_url
    return ArticleList(
        title=category.name if category else _("News"),
        list_url=list_url,
        all_url=all_url,
        categories=category_links(category, at=at),
        articles=as_stories(list(shown), language=language),
        previous_url=_page_url(list_url, shown, by=-1) if shown.has_previous() else "",
        next_url=_page_url(list_url, shown, by=1) if shown.has_next() else "",
        first=shown.start_index(),
        last=shown.end_index(),
        total=shown.paginator.count,
    )


def category_links(chosen: Category | None, *, at: datetime) -> list[CategoryLink]:
    """Categories with their number of stories; the empty ones are left out. Two queries."""
    rows = Article.objects.known_on(at).order_by().values_list("category")
    counts = dict(rows.annotate(stories=Count("translation_group", distinct=True)))
    return [
        CategoryLink(
            name=category.name,
            url=category.get_absolute_url(),
            count=counts.get(category.pk, 0),
            chosen=category == chosen,
        )
        for category in Category.objects.all()
        if category.pk in counts or category == chosen
    ]


def _page_url(list_url: str, shown: Page[Article], *, by: int) -> str:
    return f"{list_url}?page={shown.number + by}"
