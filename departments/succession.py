"""Departments get another name, merge, split and close. What they were called stays on record."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from departments.access import Role, has_role
from departments.models import Department, DepartmentName, Succession, User
from departments.versions import advance
from departments.vietnamese import nfc


class Heir(NamedTuple):
    """Who takes over which field of work; an empty field is everything."""

    department: Department
    field_vi: str = ""
    field_en: str = ""


class ClosedAlready(Exception):
    """The department no longer exists, so nothing of it changes."""


def may_reorganise(user: User) -> bool:
    return has_role(user, Role.ADMINISTRATOR, Role.COORDINATOR)


def check_reorganise(user: User) -> None:
    if not may_reorganise(user):
        raise PermissionDenied(_("Only administrators and coordinators may reorganise."))


@transaction.atomic
def rename(
    department: Department, *, name_vi: str, name_en: str, on: date, by: User
) -> DepartmentName:
    """Call the department otherwise from that day on. Its code and its address stay.

    Raises `ClosedAlready`, `EditConflict`, and `ValidationError` by field.
    """
    check_reorganise(by)
    _check_open(department)
    named = {"name_vi": nfc(name_vi).strip(), "name_en": nfc(name_en).strip()}
    if (department.name_vi, department.name_en) == tuple(named.values()):
        raise ValidationError({"name_vi": _("The department is called so already.")})
    _check_day(department, on)
    advance(department, expected=department.version)
    _end_name(department, on)
    name = DepartmentName(department=department, starts_on=on, **named)
    name.full_clean()
    name.save()
    department.name_vi, department.name_en = name.name_vi, name.name_en
    department.full_clean()
    department.save()
    return name


@transaction.atomic
def close(
    department: Department, *, on: date, by: User, successors: Sequence[Heir] = ()
) -> list[Succession]:
    """End the department; `on` is the first day on which it is gone. Its page and records stay.

    A merger is several departments closing for one heir, a split one department closing for
    several, each with its field of work. Raises `ClosedAlready`, `EditConflict`, and
    `ValidationError` by field.
    """
    check_reorganise(by)
    _check_open(department)
    _check_day(department, on)
    for heir in successors:
        if not heir.department.exists_on(on):
            raise ValidationError(
                {
                    "successors": _("“%(name)s” does not exist on that day.")
                    % {"name": heir.department.name}
                }
            )
    advance(department, expected=department.version)
    _end_name(department, on)
    department.closed_on = on
    department.full_clean()
    department.save()
    return [_hand_over(department, heir, on) for heir in successors]


def _hand_over(department: Department, heir: Heir, on: date) -> Succession:
    succession = Succession(
        predecessor=department,
        successor=heir.department,
        field_vi=heir.field_vi,
        field_en=heir.field_en,
        effective_on=on,
    )
    succession.full_clean()
    succession.save()
    return succession


def _check_open(department: Department) -> None:
    if department.closed_on is not None:
        raise ClosedAlready(
            _("“%(name)s” was closed on %(day)s.")
            % {"name": department.name, "day": f"{department.closed_on:%d/%m/%Y}"}
        )


def _check_day(department: Department, on: date) -> None:
    """After the day on which the department opened, and on which it got its present name."""
    begun = [department.opened_on, *department.names.values_list("starts_on", flat=True)]
    latest = max((day for day in begun if day is not None), default=None)
    if latest is not None and on <= latest:
        raise ValidationError(
            {
                "on": _("Choose a day after %(day)s, when it opened or got its present name.")
                % {"day": f"{latest:%d/%m/%Y}"}
            }
        )


def _end_name(department: Department, on: date) -> None:
    """The present name ends; one that was never written down begins with the department."""
    present = department.names.filter(ends_on=None).first()
    if present is None:
        present = DepartmentName(
            department=department,
            name_vi=department.name_vi,
            name_en=department.name_en,
            starts_on=max(
                (day for day in department.names.values_list("ends_on", flat=True) if day),
                default=department.opened_on,
            ),
        )
    present.ends_on = on
    present.full_clean()
    present.save()
