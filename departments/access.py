"""Who may act for whom. Every door asks here; nothing else reads groups or memberships."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from departments.models import Department, User


class Role(models.TextChoices):
    """Roles across departments: groups of this name, made by the first migration.

    Officer and head are roles within one department: a `Membership`.
    """

    EDITOR = "editor", _("editor")
    CHIEF_EDITOR = "chief editor", _("chief editor")
    STATISTICIAN = "statistician", _("statistician")
    COORDINATOR = "coordinator", _("coordinator")
    MODERATOR = "moderator", _("moderator")
    ADMINISTRATOR = "administrator", _("administrator")
    AUDITOR = "auditor", _("auditor")


def has_role(user: User | AnonymousUser, *roles: Role) -> bool:
    """Whether the person is active and in one of these groups. One query a person, then cached."""
    if not isinstance(user, User) or not user.is_active:
        return False
    if not hasattr(user, "_role_names"):
        user._role_names = frozenset(user.groups.values_list("name", flat=True))  # type: ignore[attr-defined] # cache for the request
    return bool(user._role_names & {role.value for role in roles})  # type: ignore[attr-defined] # set above


def choose_language(user: User, *, language: User.Language) -> None:
    """The language in which the portal speaks to the person where no address names one."""
    user.language = language
    user.save(update_fields=["language"])


def departments_of(user: User | AnonymousUser, *, on: date) -> models.QuerySet[Department]:
    """The departments for which the person may act on this day."""
    if not isinstance(user, User) or not user.is_active:
        return Department.objects.none()
    memberships = user.memberships.valid_on(on).values("department")
    return Department.objects.filter(pk__in=memberships)


def acts_for(user: User | AnonymousUser, department: Department, *, on: date) -> bool:
    """Whether the person is an officer or head of the department on this day."""
    return departments_of(user, on=on).filter(pk=department.pk).exists()
