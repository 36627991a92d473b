"""How assignments and tasks stand in time on a day. Rows must be loaded by `with_parts`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assignments import statuses, urgency
from assignments.models import Assignment, Task
from assignments.models.assignment import AssignmentQuerySet
from assignments.models.task import TaskQuerySet
from assignments.statuses import Actor, Role, Status, Step, TimeClass, TimeCounts
from assignments.urgency import Urgency
from departments.vietnamese import sort_key


@dataclass(frozen=True)
class Standing:
    assignment: Assignment
    time_class: TimeClass
    days_late: int
    days_left: int | None

    @property
    def status(self) -> Status:
        return Status(self.assignment.status)

    @property
    def is_lead(self) -> bool:
        return self.assignment.role == Role.LEAD

    @property
    def urgency(self) -> Urgency:
        return urgency.urgency(self.status, self.time_class)

    @property
    def is_to_be_reported(self) -> bool:
        """Whether the department has something to receive or to report."""
        return statuses.may_report(Role(self.assignment.role)) and any(
            statuses.may(self.status, step, Actor.DEPARTMENT) for step in Step
        )

    @property
    def first_deadline(self) -> date | None:
        """Only if the deadline was changed."""
        original = self.assignment.original_deadline
        return original if original != self.assignment.deadline else None

    @property
    def time_note(self) -> str:
        """In words: how late, or how much time is left; empty where no time runs."""
        if self.days_late:
            return ngettext("%(days)d day late", "%(days)d days late", self.days_late) % {
                "days": self.days_late
            }
        if self.days_left == 0:
            return _("last day today")
        if self.days_left is not None:
            return ngettext("%(days)d day left", "%(days)d days left", self.days_left) % {
                "days": self.days_left
            }
        return ""


@dataclass(frozen=True)
class TaskStanding:
    """A task with its parts, leading departments first."""

    task: Task
    parts: tuple[Standing, ...]

    @property
    def leads(self) -> list[Standing]:
        return [part for part in self.parts if part.is_lead]

    @property
    def time_class(self) -> TimeClass:
        return urgency.of_task(part.time_class for part in self.leads)

    @property
    def decisive(self) -> Standing | None:
        """The leading department's part that gives the task its class; the latest of them."""
        decisive = [part for part in self.leads if part.time_class == self.time_class]
        return max(
            decisive, key=lambda part: (part.days_late, -(part.days_left or 0)), default=None
        )

    @property
    def deadline(self) -> date | None:
        return self.decisive.assignment.deadline if self.decisive else self.task.deadline

    @property
    def time_note(self) -> str:
        return self.decisive.time_note if self.decisive else ""

    @property
    def urgency_key(self) -> tuple[int, int, date, str]:
        """Worst first, and within a class the latest first."""
        late = self.decisive.days_late if self.decisive else 0
        return urgency.RANK[self.time_class], -late, self.deadline_key, self.task.code

    @property
    def deadline_key(self) -> date:
        return self.deadline or date.max

    @property
    def title_key(self) -> str:
        return sort_key(self.task.title)

    @property
    def departments_key(self) -> str:
        return " ".join(part.assignment.department.sort_key for part in self.leads) or "~"

    @property
    def group_key(self) -> tuple[str, int]:
        group = self.task.group
        return (self.task.plan.slug, group.position) if group else ("~", 0)


def standing(assignment: Assignment, *, today: date) -> Standing:
    status = Status(assignment.status)
    deadline, reported_on = assignment.deadline, assignment.reported_on
    return Standing(
        assignment=assignment,
        time_class=statuses.time_class(
            status, deadline=deadline, reported_on=reported_on, today=today
        ),
        days_late=statuses.days_late(
            status, deadline=deadline, reported_on=reported_on, today=today
        ),
        days_left=statuses.days_left(status, deadline=deadline, today=today),
    )


def task_standing(task: Task, *, today: date) -> TaskStanding:
    parts = [standing(part, today=today) for part in task.assignments.all()]
    return TaskStanding(task=task, parts=tuple(sorted(parts, key=lambda part: not part.is_lead)))


def with_parts(tasks: TaskQuerySet) -> TaskQuerySet:
    """Everything a list of tasks shows, in two queries whatever their number."""
    parts = Assignment.objects.select_related("department").order_by("department__sort_key", "pk")
    return tasks.select_related("group", "plan", "source").prefetch_related(
        Prefetch("assignments", parts)
    )


def task_standings(tasks: TaskQuerySet, *, today: date) -> list[TaskStanding]:
    """Worst first. Two queries."""
    standings = [task_standing(task, today=today) for task in with_parts(tasks)]
    return sorted(standings, key=lambda standing: standing.urgency_key)


def standings(assignments: AssignmentQuerySet, *, today: date) -> list[Standing]:
    """Most urgent first, and within a class by deadline. One query."""
    rows = assignments.select_related("task__source", "task__plan", "department")
    found = [standing(assignment, today=today) for assignment in rows]
    return sorted(
        found,
        key=lambda part: (
            urgency.ORDER[part.urgency],
            part.assignment.deadline or date.max,
            part.assignment.pk,
        ),
    )


def counts(standings: Iterable[Standing | TaskStanding]) -> TimeCounts:
    return statuses.counts(standing.time_class for standing in standings)
