"""Tasks as short lists beside a target or a department."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assignments import standings, urgency
from assignments.models import Assignment, Task
from assignments.models.task import TaskQuerySet
from assignments.statuses import Role, Status, TimeClass
from portal import wording

FEW = 3
"""Departments named in a list; one more than these is named too."""


@dataclass(frozen=True, kw_only=True)
class ServingTask:
    name: str
    url: str
    lead: str
    time_class: str
    note: str
    illustrative: bool


def serving_tasks(tasks: TaskQuerySet, *, on: date) -> list[ServingTask]:
    """Two queries, whatever the number of tasks."""
    loaded = tasks.select_related("source").prefetch_related("assignments__department")
    return [
        ServingTask(
            name=task.title,
            url=task.get_absolute_url(),
            lead=some_of([assignment.department.name for assignment in leads]),
            time_class=class_of_leads(leads, on=on),
            note=note_of_leads(leads, on=on),
            illustrative=task.source.is_illustrative,
        )
        for task, leads in ((task, leads_of(task)) for task in loaded)
    ]


def some_of(names: Sequence[str]) -> str:
    """The first three and how many more; the task's own page names them all."""
    if len(names) <= FEW + 1:
        return ", ".join(names)
    more = len(names) - FEW
    return ngettext("%(names)s and %(n)s more", "%(names)s and %(n)s more", more) % {
        "names": ", ".join(names[:FEW]),
        "n": more,
    }


def leads_of(task: Task) -> list[Assignment]:
    """The assignments that lead; no query when `assignments` are prefetched."""
    return [each for each in task.assignments.all() if each.role == Role.LEAD]


def class_of(assignment: Assignment, *, on: date) -> TimeClass:
    return standings.standing(assignment, today=on).time_class


def class_of_leads(assignments: Iterable[Assignment], *, on: date) -> str:
    """The task's class, as on its own page; empty when nobody leads it."""
    classes = [class_of(assignment, on=on) for assignment in assignments]
    return urgency.of_task(classes) if classes else ""


def note_of(assignment: Assignment, *, on: date) -> str:
    late = standings.standing(assignment, today=on).days_late
    if late:
        return ngettext("%(days)s day late", "%(days)s days late", late) % {"days": late}
    if assignment.status == Status.COMPLETED and assignment.reported_on is not None:
        return _("reported %(day)s") % {"day": wording.day(assignment.reported_on, short=True)}
    if assignment.deadline is not None:
        return _("due %(day)s") % {"day": wording.day(assignment.deadline, short=True)}
    return ""


def note_of_leads(assignments: Sequence[Assignment], *, on: date) -> str:
    return note_of(assignments[0], on=on) if len(assignments) == 1 else ""
