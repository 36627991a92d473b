"""What becomes public together with an article, and what stands in its way."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from assignments.models import Task
from indicators.models import Claim, Mention, Observation, TargetVersion
from news import html, quoting
from news.models import Article, Passage


@dataclass(frozen=True)
class Waiting:
    """Records on an article that the public does not know yet."""

    versions: Sequence[TargetVersion]
    mentions: Sequence[Mention]
    figures: Sequence[Observation]
    claims: Sequence[Claim]
    tasks: Sequence[Task]

    @property
    def count(self) -> int:
        """Of the records."""
        return sum(map(len, (self.versions, self.mentions, self.figures, self.claims, self.tasks)))


def waiting(article: Article, *, tasks: QuerySet[Any], indicators: QuerySet[Any]) -> Waiting:
    """`tasks` and `indicators` are those that the person may see. Five queries."""
    versions = article.target_versions.filter(known=None, target__indicator__in=indicators)
    figures = Observation.objects.filter(
        passage__article=article, known=None, indicator__in=indicators
    )
    mentions = Mention.objects.filter(target__indicator__in=indicators)
    is_new = article.published_at is None
    return Waiting(
        versions=list(versions.select_related("target__indicator__unit", "target__plan")),
        mentions=_of(mentions.select_related("target__indicator"), article, wanted=is_new),
        figures=list(figures.select_related("indicator__unit", "source")),
        claims=_of(Claim.objects.select_related("target_set"), article, wanted=is_new),
        tasks=_of(tasks.filter(visibility=Task.Visibility.PUBLIC), article, wanted=is_new),
    )


def _of(rows: QuerySet[Any], article: Article, *, wanted: bool) -> list[Any]:
    return list(rows.filter(passage__article=article)) if wanted else []


def resting(article: Article, *, tasks: QuerySet[Any]) -> dict[str, int]:
    """How many records of each kind the public loses with a withdrawal. Five queries."""
    current = {"known__isnull": False, "known__endswith": None}
    return {
        "versions": article.target_versions.filter(**current).count(),
        "figures": Observation.objects.filter(passage__article=article, **current).count(),
        "tasks": tasks.filter(passage__article=article).count(),
        "claims": Claim.objects.filter(passage__article=article).count(),
        "mentions": Mention.objects.filter(passage__article=article).count(),
    }


def lost(article: Article) -> list[Passage]:
    """Sentences on which something rests, and which no longer stand in the working text."""
    return quoting.lost(article, quoting.working_text(article))


def differs(article: Article) -> bool:
    """Whether the working copy says anything else than readers see. May query the revision."""
    revision = article.published_revision
    return revision is None or (revision.title, revision.lead, revision.body) != (
        article.title, article.lead, html.clean(article.body),
    )  # fmt: skip


def remove_idle(article: Article) -> int:
    """Remove the sentences of a draft on which nothing rests any more. Returns their number."""
    idle = article.passages.filter(
        first_revision=None, target_versions=None, mentions=None, observations=None, claims=None,
        tasks=None, perspectives=None, translations=None, translation_of=None,
    )  # fmt: skip
    keys = list(idle.values_list("pk", flat=True))
    Passage.objects.filter(pk__in=keys).delete()
    return len(keys)
