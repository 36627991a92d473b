"""What an article promised and reported becomes known with it, and is taken back with it."""

from datetime import datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import QuerySet

from indicators.models import Observation, TargetVersion
from indicators.recording import supersede
from indicators.setting import close
from news.models import Article


@transaction.atomic
def release(article: Article, *, at: datetime) -> None:
    """The article's waiting versions and figures are known from now, and replace what was."""
    for version in article.target_versions.filter(known=None).select_related("target"):
        same_day = TargetVersion.objects.filter(
            target=version.target, in_force_from=version.in_force_from,
            known__isnull=False, known__endswith=None,
        )  # fmt: skip
        close(list(same_day), at=at)
        version.known = DateTimeTZRange(at, None)
        version.save(update_fields=["known"])
    waiting = Observation.objects.filter(passage__article=article, known=None)
    for observation in waiting:
        begins = max(at, observation.released_at)
        supersede([(old, begins) for old in _current_like(observation)])
        observation.known = DateTimeTZRange(begins, None)
        observation.save(update_fields=["known"])


@transaction.atomic
def retract(article: Article, *, at: datetime) -> None:
    """Nothing that rested on the article is known any more; what it had replaced is known again."""
    close(list(article.target_versions.filter(known__endswith=None, known__isnull=False)), at=at)
    for observation in Observation.objects.filter(
        passage__article=article, known__isnull=False, known__endswith=None
    ):
        before = _predecessor(observation)
        supersede([(observation, at)])
        if before is not None:
            before.pk = None
            before.known = DateTimeTZRange(at, None)
            before.save(force_insert=True)


def _current_like(observation: Observation) -> list[Observation]:
    return list(_same_key(observation).filter(known__isnull=False, known__endswith=None))


def _predecessor(observation: Observation) -> Observation | None:
    earlier = _same_key(observation).filter(known__endswith=observation.known.lower)
    return earlier.exclude(passage__article__withdrawn_at__isnull=False).last()


def _same_key(observation: Observation) -> QuerySet[Observation]:
    return Observation.objects.filter(
        indicator=observation.indicator_id, period=observation.period,
        area=observation.area_id, source=observation.source_id,
    ).exclude(pk=observation.pk)  # fmt: skip
