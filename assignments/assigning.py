"""Tasks, and who gets them."""

import re
from collections.abc import Sequence
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assignments.models import Assignment, Task
from assignments.statuses import Role
from departments.access import Role as PortalRole
from departments.access import has_role
from departments.models import Department, User
from departments.versions import advance
from indicators.models import Plan, Target
from news import quoting

CHANGEABLE = (
    "responsible_post", "officer", "deadline", "deliverable_vi", "deliverable_en", "authority",
)  # fmt: skip


def may_assign(user: User) -> bool:
    return has_role(user, PortalRole.COORDINATOR)


def check_assign(user: User) -> None:
    if not may_assign(user):
        raise PermissionDenied(_("Only coordinators may assign tasks."))


def may_create(user: User) -> bool:
    return has_role(user, PortalRole.COORDINATOR, PortalRole.EDITOR, PortalRole.CHIEF_EDITOR)


def check_create(user: User, task: Task) -> None:
    if not may_create(user):
        raise PermissionDenied(_("Only editors and coordinators may record tasks."))
    if not task.is_public and not may_assign(user):
        raise PermissionDenied(_("Only coordinators may record confidential tasks."))


def may_edit(user: User, task: Task) -> bool:
    """By the task as it is on record, before anything in it is changed."""
    return may_assign(user) or (may_create(user) and task.is_public)


def check_edit(user: User, task: Task) -> None:
    """As `check_create`, and nobody else makes a confidential task public. Queries."""
    check_create(user, task)
    if Task.objects.filter(pk=task.pk).confidential().exists() and not may_assign(user):
        raise PermissionDenied(_("Only coordinators may record confidential tasks."))


@transaction.atomic
def create(task: Task, *, by: User, targets: Sequence[Target] = ()) -> Task:
    """Record what was decided, with the sentence or the document that says so.

    A task that names nobody stays without assignments; nobody is invented.
    """
    check_create(by, task)
    check_basis(task)
    task.full_clean()
    task.save()
    task.targets.set(targets)
    return task


@transaction.atomic
def remove(task: Task, *, by: User) -> None:
    """Take out a task that nobody has seen. Raises `ValidationError` once somebody may have."""
    check_create(by, task)
    is_draft = task.passage is not None and task.passage.article.published_at is None
    if not is_draft or task.assignments.exists():
        raise ValidationError(
            _("The task is public or was handed on already; it is not removed any more.")
        )
    task.targets.clear()
    task.delete()


@transaction.atomic
def edit(task: Task, *, by: User, version: int) -> Task:
    """Save what was changed in the task.

    Raises `EditConflict` when somebody saved it since `version`; nothing is written then.
    """
    check_edit(by, task)
    check_basis(task)
    check_parts(task)
    task.full_clean()
    advance(task, expected=version)
    task.save()
    return task


def free_code(plan: Plan) -> str:
    """The next number within the plan's period: "2025-041". Queries once."""
    start = f"{plan.period.code}-"
    codes = Task.objects.filter(code__startswith=start).values_list("code", flat=True)
    numbers = [
        int(code[len(start) :]) for code in codes if re.fullmatch(r"\d+", code[len(start) :])
    ]
    return f"{start}{max(numbers, default=0) + 1:03}"


def check_basis(task: Task) -> None:
    """The words of the task stand in its sentence. Raises `ValidationError`."""
    if task.passage is not None:
        try:
            quoting.check_words(task.passage, task.words)
        except ValidationError as error:
            raise ValidationError({"words": error.messages}) from error


def check_parts(task: Task) -> None:
    """The assignments it has fit its mode and its kind. Queries. Raises `ValidationError`."""
    if task.mode == Task.Mode.EACH and task.assignments.exclude(role=Role.LEAD).exists():
        raise ValidationError(
            {"mode": _("Departments cooperate in this task; it stays a joint one.")}
        )
    if task.mode == Task.Mode.JOINT and task.assignments.filter(role=Role.LEAD).count() > 1:
        raise ValidationError(
            {"mode": _("Several departments lead; each of them answers for its own.")}
        )
    if task.is_continuous and task.assignments.exclude(deadline=None).exists():
        raise ValidationError(
            {"is_continuous": _("Departments have a deadline; take it from them first.")}
        )


def check_deadline(task: Task, deadline: date | None) -> None:
    """Raises `ValidationError`."""
    if task.is_continuous and deadline is not None:
        raise ValidationError({"deadline": _("A continuous task has no deadline.")})


def check_open(department: Department, task: Task) -> None:
    """Nothing is handed to a department that is gone. Raises `ValidationError`, naming who came
    after. Queries if it closed.
    """
    if not (department.closed_on and task.assigned_on and department.closed_on <= task.assigned_on):
        return
    heirs = Department.objects.filter(inheritances__predecessor=department).distinct()
    raise ValidationError(
        {
            "department": _("%(department)s closed on %(day)s. Its work went to: %(heirs)s.")
            % {
                "department": department,
                "day": date_format(department.closed_on, "SHORT_DATE_FORMAT"),
                "heirs": ", ".join(str(heir) for heir in heirs) or "–",
            }
        }
    )


@transaction.atomic
def assign(
    task: Task,
    *,
    department: Department,
    by: User,
    role: Role = Role.LEAD,
    deadline: date | None = None,
    responsible_post: str = "",
    officer: User | None = None,
    deliverable_vi: str = "",
    deliverable_en: str = "",
    authority: str = "",
) -> Assignment:
    """Give a department its part. The deadline is the task's unless one is given."""
    check_assign(by)
    check_deadline(task, deadline)
    check_open(department, task)
    due = deadline or task.deadline
    assignment = Assignment(
        task=task,
        mode=task.mode,
        department=department,
        role=role,
        deadline=due,
        original_deadline=due,
        responsible_post=responsible_post,
        officer=officer,
        deliverable_vi=deliverable_vi,
        deliverable_en=deliverable_en,
        authority=authority,
    )
    assignment.full_clean()
    assignment.save()
    return assignment


@transaction.atomic
def change(assignment: Assignment, *, by: User, version: int, **changes: object) -> Assignment:
    """Change the terms of an assignment.

    Raises `EditConflict` when somebody saved it since `version`; nothing is written then.
    """
    check_assign(by)
    unknown = set(changes) - set(CHANGEABLE)
    if unknown:
        raise TypeError(f"not terms of an assignment: {sorted(unknown)}")
    advance(assignment, expected=version)
    for name, value in changes.items():
        setattr(assignment, name, value)
    check_deadline(assignment.task, assignment.deadline)
    assignment.full_clean()
    assignment.save(update_fields=list(changes))
    return assignment
