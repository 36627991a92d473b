"""Who may see which tasks. Every page, table, export and admin list starts from here."""

from datetime import date, datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from assignments.models import Assignment, Task
from assignments.models.assignment import AssignmentQuerySet
from assignments.models.task import TaskQuerySet
from departments.access import Role, departments_of, has_role
from departments.models import User


def tasks(user: User | AnonymousUser, *, on: date, at: datetime) -> TaskQuerySet:
    """What the public sees, and the tasks of the person's own departments.

    Coordinators and auditors see all; nobody else sees a confidential task.
    """
    if has_role(user, Role.COORDINATOR, Role.AUDITOR):
        return Task.objects.all()
    released = Task.objects.released(at).order_by().values("pk")
    own = Assignment.objects.filter(
        department__in=departments_of(user, on=on).order_by().values("pk")
    )
    return Task.objects.filter(
        Q(pk__in=released) | Q(pk__in=own.order_by().values("task"))
    )


def assignments(user: User | AnonymousUser, *, on: date, at: datetime) -> AssignmentQuerySet:
    """The assignments of the tasks that the person may see."""
    visible = tasks(user, on=on, at=at).order_by().values("pk")
    return Assignment.objects.filter(task__in=visible)
