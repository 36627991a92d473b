"""Who may see which tasks. Every page, table, export and admin list starts from here."""

from datetime import date, datetime

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q

from assignments.models import Assignment, Task
from assignments.models.assignment import AssignmentQuerySet
from assignments.models.task import TaskQuerySet
from departments.access import Role, acts_for, departments_of, has_role
from departments.models import User


def tasks(user: User | AnonymousUser, *, on: date, at: datetime) -> TaskQuerySet:
    """What the public sees, and the tasks of the person's own departments.

    Coordinators and auditors see all. Editors also see what is not published yet, as they record
    it, but like everybody else no confidential task of other departments.
    """
    if has_role(user, Role.COORDINATOR, Role.AUDITOR):
        return Task.objects.all()
    own = own_assignments(user, on=on).order_by().values("task")
    if has_role(user, Role.EDITOR, Role.CHIEF_EDITOR):
        return Task.objects.filter(Q(visibility=Task.Visibility.PUBLIC) | Q(pk__in=own))
    released = Task.objects.released(at).order_by().values("pk")
    return Task.objects.filter(Q(pk__in=released) | Q(pk__in=own))


def assignments(user: User | AnonymousUser, *, on: date, at: datetime) -> AssignmentQuerySet:
    """The assignments of the tasks that the person may see."""
    visible = tasks(user, on=on, at=at).order_by().values("pk")
    return Assignment.objects.filter(task__in=visible)


def own_assignments(user: User | AnonymousUser, *, on: date) -> AssignmentQuerySet:
    """The assignments of the departments for which the person acts."""
    return Assignment.objects.of_departments(departments_of(user, on=on).order_by().values("pk"))


def signed_in(user: User | AnonymousUser) -> User:
    """Raises `PermissionDenied` for a stranger."""
    if isinstance(user, User):
        return user
    raise PermissionDenied


def may_read_reports(user: User | AnonymousUser, assignment: Assignment, *, on: date) -> bool:
    """Whether the person may read what the department reported: it is not published. Queries."""
    return has_role(user, Role.COORDINATOR, Role.AUDITOR) or acts_for(
        user, assignment.department, on=on
    )
