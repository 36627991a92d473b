"""What the pages of tasks and assignments show, put together from the records."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Max
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from assignments import forms, visibility
from assignments.forms import Offer, Tried
from assignments.models import Assignment, Task, Transition
from assignments.standings import Standing, TaskStanding, standing, standings, task_standing
from assignments.statuses import Status, Step
from assignments.urgency import Urgency
from departments.access import Role, departments_of, has_role
from departments.models import Department, User
from indicators.models import Target
from indicators.periods import day_in_province
from indicators.standings import Standing as TargetStanding
from indicators.standings import standings as target_standings
from news.citing import Citation, citations

PARTS: Final = ("department", "officer", "task__plan", "task__group", "task__source",
                "task__document", "task__passage")  # fmt: skip
"""What a page needs of an assignment, in one query."""


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A day stands before the text, in the reader's way of writing days."""

    label: str
    text: str = ""
    url: str = ""
    day: date | None = None


@dataclass(frozen=True, kw_only=True)
class TaskPage:
    standing: TaskStanding
    citation: Citation | None
    citation_url: str
    facts: Sequence[Fact]
    targets: Sequence[TargetStanding]
    on: date

    @property
    def task(self) -> Task:
        return self.standing.task


@dataclass(frozen=True, kw_only=True)
class Group:
    urgency: Urgency
    count: int
    parts: Sequence[Standing]
    is_chosen: bool

    @property
    def is_folded(self) -> bool:
        """What is done makes the longest list, and nothing in it waits for anybody."""
        return self.urgency == Urgency.DONE and bool(self.parts) and not self.is_chosen


@dataclass(frozen=True, kw_only=True)
class WorkspacePage:
    departments: Sequence[Department]
    groups: Sequence[Group]
    chosen: str
    total: int
    overdue: int
    confirms: bool
    queue: Sequence[Standing]
    on: date


@dataclass(frozen=True, kw_only=True)
class AssignmentPage:
    standing: Standing
    citation: Citation | None
    citation_url: str
    facts: Sequence[Fact]
    partners: Sequence[Standing]
    reads_reports: bool
    history: Sequence[Transition]
    offers: Sequence[Offer]
    tried: Tried | None
    is_public: bool
    on: date

    @property
    def assignment(self) -> Assignment:
        return self.standing.assignment

    @property
    def awaited(self) -> Transition | None:
        """The report that the reader may confirm or return."""
        confirms = any(Step.RETURN in offer.steps for offer in self.offers)
        return self.history[0] if confirms and self.history else None

    @property
    def kept(self) -> Tried | None:
        """What was typed for a step that nobody can take any more."""
        shown = any(self.tried and offer.form is self.tried.form for offer in self.offers)
        return None if shown else self.tried


def task_page(task: Task, *, at: datetime, language: str) -> TaskPage:
    """A public task; needs what `standings.with_parts` loads. Constant number of queries."""
    today = day_in_province(at)
    citation = _citation(task, language=language)
    return TaskPage(
        standing=task_standing(task, today=today),
        citation=citation,
        citation_url=citation.url(f"task-{task.pk}") if citation else "",
        facts=_facts_of_task(task),
        targets=target_standings(Target.objects.released(at).filter(tasks=task), at=at),
        on=today,
    )


def workspace(reader: User, *, at: datetime, chosen: str) -> WorkspacePage:
    """Constant number of queries, whatever the number of assignments."""
    today = day_in_province(at)
    own = visibility.own_assignments(reader, on=today).annotate(
        last_report_at=Max("reports__reported_at")
    )
    parts = standings(own, today=today)
    confirms = has_role(reader, Role.COORDINATOR)
    waiting = Assignment.objects.filter(status=Status.AWAITING_CONFIRMATION)
    queue = standings(waiting, today=today) if confirms else []
    return WorkspacePage(
        departments=list(departments_of(reader, on=today)),
        groups=_groups(parts, chosen=chosen),
        chosen=chosen,
        total=len(parts),
        overdue=sum(part.urgency == Urgency.OVERDUE for part in parts),
        confirms=confirms,
        queue=sorted(queue, key=lambda part: (part.assignment.reported_on, part.assignment.pk)),
        on=today,
    )


def _groups(parts: Sequence[Standing], *, chosen: str) -> list[Group]:
    groups = []
    for urgency in Urgency:
        own = [part for part in parts if part.urgency == urgency]
        is_shown = chosen in ("", urgency)
        groups.append(
            Group(
                urgency=urgency,
                count=len(own),
                parts=own if is_shown else [],
                is_chosen=chosen == urgency,
            )
        )
    return groups


def assignment_page(
    assignment: Assignment,
    *,
    reader: User,
    at: datetime,
    language: str,
    tried: Tried | None = None,
) -> AssignmentPage:
    """Constant number of queries. The history is newest first."""
    today = day_in_province(at)
    task = assignment.task
    citation = _citation(task, language=language)
    history = list(
        assignment.transitions.select_related("report", "made_by").order_by("-made_at", "-pk")
    )
    others = Assignment.objects.filter(task=task).exclude(pk=assignment.pk)
    is_public = Task.objects.released(at).filter(pk=task.pk).exists()
    return AssignmentPage(
        standing=standing(assignment, today=today),
        citation=citation,
        citation_url=citation.url(f"task-{task.pk}") if citation and is_public else "",
        facts=_facts_of_assignment(assignment),
        partners=standings(others, today=today),
        reads_reports=visibility.may_read_reports(reader, assignment, on=today),
        history=history,
        offers=forms.offers(assignment, by=reader, at=at, seen=_latest(history), tried=tried),
        tried=tried,
        is_public=is_public,
        on=today,
    )


def _latest(history: Sequence[Transition]) -> int | None:
    return max((transition.pk for transition in history), default=None)


def _citation(task: Task, *, language: str) -> Citation | None:
    if task.passage is None:
        return None
    return citations([task.passage], language=language)[task.passage.pk]


def _facts_of_task(task: Task) -> list[Fact]:
    facts = [
        Fact(label=_("Code"), text=task.code),
        Fact(label=_("Plan"), text=task.plan.name, url=task.plan.get_absolute_url()),
        Fact(label=_("Group"), text=str(task.group or "")),
        Fact(label=_("Addressee as written"), text=task.addressee_as_written),
        Fact(label=_("Mode"), text=capfirst(task.get_mode_display())),
        Fact(label=_("Expected result"), text=task.expected_result),
        Fact(label=_("Assigned on"), day=task.assigned_on),
        Fact(label=_("Deadline"), day=task.deadline, text=_deadline(task)),
        Fact(label=_("Source"), text=task.source.name),
    ]
    return [fact for fact in facts if fact.text or fact.day]


def _facts_of_assignment(assignment: Assignment) -> list[Fact]:
    facts = [
        Fact(label=_("Role"), text=assignment.get_role_display()),
        Fact(label=_("Responsible post"), text=assignment.responsible_post),
        Fact(label=_("Responsible officer"), text=str(assignment.officer or "")),
        Fact(label=_("Deliverable"), text=assignment.deliverable),
        Fact(label=_("Authority"), text=assignment.authority),
    ]
    return [fact for fact in facts if fact.text]


def _deadline(task: Task) -> str:
    if task.is_continuous:
        return _("none, it is continuous")
    return f"“{task.deadline_as_written}”" if task.deadline_as_written else ""
