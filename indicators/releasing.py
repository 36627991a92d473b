"""What an article promised and reported becomes known with it, and is taken back with it."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q, QuerySet

from indicators import chaining
from indicators.chaining import PastIsClosed
from indicators.models import Indicator, Observation, TargetVersion
from news.models import Article
from news.publishing import CannotPublish

ALWAYS_OVER = datetime.max.replace(tzinfo=UTC)


@transaction.atomic
def release(article: Article, *, at: datetime) -> None:
    """The article's waiting versions and figures are known from now, and replace what was.

    A figure that may be known only later begins then. Raises `CannotPublish` when the article is
    dated back to a time for which something else is on record.
    """
    versions = list(article.target_versions.filter(known=None).select_related("target__indicator"))
    figures = list(_figures(article).filter(known=None).select_related("indicator"))
    _lock([*(version.target.indicator_id for version in versions), *_indicators(figures)])
    # Dated back, the article must not cut short anything that has an end already.
    now = ALWAYS_OVER if article.entered_afterwards else at
    for version in versions:
        _begin(version, _versions_like(version), begins=at, at=now)
    for figure in figures:
        begins = at if article.entered_afterwards else max(at, figure.released_at)
        figure.released_at = min(begins, figure.released_at)
        _begin(figure, _figures_like(figure), begins=begins, at=now)


@transaction.atomic
def retract(article: Article, *, at: datetime) -> None:
    """Nothing that rested on the article is known any more; what it had replaced is known again.

    What was restored bears the time of the withdrawal; what had rested on another withdrawn
    article stays away.
    """
    versions = _known_still(article.target_versions.select_related("target"), at=at)
    figures = _known_still(_figures(article), at=at)
    _lock([*(version.target.indicator_id for version in versions), *_indicators(figures)])
    for version in versions:
        _take_back(version, _versions_like(version).filter(_article_stands("article")), at=at)
    for figure in figures:
        others = _figures_like(figure).filter(_article_stands("passage__article"))
        _take_back(figure, others, at=at)


def _begin(row: Any, others: QuerySet[Any], *, begins: datetime, at: datetime) -> None:
    try:
        slot = chaining.slot(others, begins=begins, at=at)
    except PastIsClosed as error:
        raise CannotPublish(f"{row}: {error}") from error
    if slot.before is not None:
        chaining.end([(slot.before, begins)])
    row.known = slot.known
    row.save()


def _take_back(row: Any, others: QuerySet[Any], *, at: datetime) -> None:
    row.refresh_from_db(fields=["known"])
    begins = max(at, row.known.lower)
    gap = DateTimeTZRange(begins, row.known.upper)
    chaining.end([(row, begins)])
    chaining.fill(gap, others, at=at)


def _known_still(rows: QuerySet[Any], *, at: datetime) -> list[Any]:
    lasting = Q(known__endswith=None) | Q(known__endswith__gt=at)
    return chaining.in_order(rows.filter(lasting, known__isnull=False, known__isempty=False))


def _article_stands(path: str) -> Q:
    """Rows that rest on no withdrawn article."""
    return Q(**{f"{path}__withdrawn_at": None})


def _figures(article: Article) -> QuerySet[Observation]:
    return Observation.objects.filter(passage__article=article).order_by("pk")


def _figures_like(figure: Observation) -> QuerySet[Observation]:
    return Observation.objects.filter(
        indicator=figure.indicator_id,
        period=figure.period,
        area=figure.area_id,
        source=figure.source_id,
    ).exclude(pk=figure.pk)


def _versions_like(version: TargetVersion) -> QuerySet[TargetVersion]:
    same = TargetVersion.objects.filter(
        target=version.target_id, in_force_from=version.in_force_from
    )
    return same.exclude(pk=version.pk)


def _indicators(figures: Iterable[Observation]) -> list[int]:
    return [figure.indicator_id for figure in figures]


def _lock(indicators: list[int]) -> None:
    """Keep recorders out until the transaction ends; always in the same order."""
    locked = Indicator.objects.select_for_update(no_key=True).filter(pk__in=indicators)
    list(locked.order_by("pk").values_list("pk", flat=True))
