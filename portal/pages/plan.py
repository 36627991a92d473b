"""A plan's page: perspectives, targets with verdicts, claims recomputed, groups of tasks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assignments.models import Task
from assignments.statuses import TimeClass
from indicators.assessment import Verdict
from indicators.models import Indicator, Plan
from indicators.periods import Period, day_in_province
from news.citing import citations, in_language
from news.models import Article
from portal import wording
from portal.pages.claims import ClaimBox, claim_boxes
from portal.pages.rows import TargetRow, target_rows, worst_first
from portal.pages.scoreboard import scoreboard
from portal.pages.tasks import class_of_leads, leads_of


@dataclass(frozen=True, kw_only=True)
class Group:
    name: str
    rows: Sequence[TargetRow]


@dataclass(frozen=True, kw_only=True)
class TaskGroupRow:
    name: str
    url: str
    tasks: int
    overdue: int
    illustrative: bool


@dataclass(frozen=True, kw_only=True)
class PlanPage:
    title: str
    lead: str
    illustrative: bool
    period: Period
    known_on: date
    plan_url: str
    article_title: str
    article_url: str
    announced_on: date | None
    counts: dict[str, int]
    kept: int
    total: int
    left_out: int
    confidential: int
    perspectives: Sequence[str]
    perspectives_url: str
    perspectives_illustrative: bool
    claims: Sequence[ClaimBox]
    chosen: str
    groups: Sequence[Group]
    task_groups: Sequence[TaskGroupRow]
    tasks_on: date
    tasks_confidential: int
    margins: Sequence[str]


def plan_page(plan: Plan, *, at: datetime, verdict: str = "") -> PlanPage:
    """`verdict` narrows the targets to one class; what is no verdict narrows nothing."""
    today = day_in_province(at)
    board = scoreboard(plan, at=at)
    chosen = verdict if verdict in Verdict else ""
    shown = [each for each in board.standings if not chosen or each.verdict == chosen]
    rows = target_rows(worst_first(shown), on=today, within=plan.period)
    article = _announcement(plan)
    perspectives = list(plan.perspectives.released(at).select_related("passage", "source"))
    resting = [each.passage for each in perspectives if each.passage is not None]
    sentences = citations(resting[:1], language=get_language() or "vi") if resting else {}
    return PlanPage(
        title=plan.name,
        lead=_("What was promised for %(period)s, how each promise stands, and who works on it.")
        % {"period": wording.period(plan.period)},
        illustrative=plan.source.is_illustrative,
        period=plan.period,
        known_on=today,
        plan_url=plan.get_absolute_url(),
        article_title=str(article.published_revision.title)
        if article and article.published_revision
        else "",
        article_url=article.get_absolute_url() if article else "",
        announced_on=article.decided_on if article else None,
        counts=board.counts,
        kept=board.kept,
        total=board.total,
        left_out=board.left_out,
        confidential=board.confidential,
        perspectives=[each.text for each in perspectives],
        perspectives_url=sentences[resting[0].pk].url() if sentences else "",
        perspectives_illustrative=any(each.source.is_illustrative for each in perspectives),
        claims=claim_boxes(plan, board.standings, at=at),
        chosen=chosen,
        groups=[
            Group(name=str(group.label), rows=in_group)
            for group in Indicator.Group
            if (in_group := [row for row in rows if row.group == str(group.label)])
        ],
        task_groups=task_groups(plan, at=at),
        tasks_on=today,
        tasks_confidential=Task.objects.known_on(at).confidential().filter(plan=plan).count(),
        margins=margins(plan),
    )


def task_groups(plan: Plan, *, at: datetime) -> list[TaskGroupRow]:
    """Three queries, whatever the number of groups. A task counts under those who lead it."""
    today = day_in_province(at)
    tasks = Task.objects.released(at).filter(plan=plan).prefetch_related("assignments__department")
    groups = plan.task_groups.select_related("source").prefetch_related(
        Prefetch("tasks", queryset=tasks)
    )
    return [
        TaskGroupRow(
            name=group.name,
            url=f"{reverse('assignments:tasks')}?group={group.pk}",
            tasks=len(group.tasks.all()),
            overdue=sum(
                class_of_leads(leads_of(task), on=today) == TimeClass.OVERDUE
                for task in group.tasks.all()
            ),
            illustrative=group.source.is_illustrative,
        )
        for group in groups
    ]


def margins(plan: Plan) -> list[str]:
    """The plan's margins in sentences, as they are frozen with its first public verdict."""
    points, percent = _("points"), "%"
    return [
        _("A rate or share counts as nearly met within %(margin)s.")
        % {"margin": wording.amount(plan.nearly_points.normalize(), points)},
        _("Another number counts as nearly met within %(margin)s of the target.")
        % {"margin": wording.amount(plan.nearly_percent.normalize(), percent)},
        _("A rank counts as nearly met within %(margin)s.")
        % {"margin": wording.amount(plan.nearly_places.normalize(), _("places"))},
        _("“About” reaches %(points)s for rates and shares, %(percent)s of the target otherwise.")
        % {
            "points": wording.amount(plan.tolerance_points.normalize(), points),
            "percent": wording.amount(plan.tolerance_percent.normalize(), percent),
        },
        _(
            "“Over” and “below” are exceeded from %(percent)s of the target beyond it, for rates "
            "and shares at the latest from %(points)s."
        )
        % {
            "points": wording.amount(plan.exceeded_points.normalize(), points),
            "percent": wording.amount(plan.exceeded_percent.normalize(), percent),
        },
    ]


def _announcement(plan: Plan) -> Article | None:
    """The article that announced the plan, in the reader's language if it can be."""
    article = plan.article
    if article is None or not article.is_published:
        return None
    return in_language(article, language=get_language() or "vi")
