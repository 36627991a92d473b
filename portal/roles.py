"""What each role may do in the admin, in one table. Memberships decide for which department.

The rules behind the buttons are in the actions; this table only opens the doors of the admin.
"""

from collections.abc import Iterable
from typing import Final

from django.contrib.auth.models import Group, Permission

from departments.access import Role

VIEW: Final = ("view",)
WRITE: Final = ("view", "add", "change")
ALL: Final = ("view", "add", "change", "delete")

OFFICERS: Final = "officer"
"""The group of everybody who reports for a department; which one, memberships say."""

EDITORIAL: Final[dict[str, tuple[str, ...]]] = {
    "news.article": (*WRITE, "publish"),
    "news.category": VIEW,
    "news.document": WRITE,
    "news.passage": ALL,
    "news.revision": VIEW,
    "indicators.target": WRITE,
    "indicators.targetversion": ALL,
    "indicators.mention": ALL,
    "indicators.observation": (*WRITE,),
    "indicators.claim": ALL,
    "indicators.plan": WRITE,
    "indicators.perspective": ALL,
    "indicators.targetset": WRITE,
    "indicators.indicator": VIEW,
    "indicators.source": WRITE,
    "indicators.unitofmeasure": VIEW,
    "assignments.task": WRITE,
    "assignments.taskgroup": WRITE,
    "assignments.assignment": VIEW,
    "departments.department": VIEW,
    "departments.area": VIEW,
}

READABLE: Final = (
    "news.article",
    "news.revision",
    "news.passage",
    "news.document",
    "indicators.indicator",
    "indicators.target",
    "indicators.targetversion",
    "indicators.mention",
    "indicators.observation",
    "indicators.importbatch",
    "indicators.claim",
    "indicators.plan",
    "indicators.source",
    "assignments.task",
    "assignments.assignment",
    "assignments.progressreport",
    "assignments.transition",
    "departments.user",
    "departments.department",
    "departments.membership",
    "departments.succession",
)
"""What an auditor reads: everything that was decided, said or done."""

PERMISSIONS: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    Role.EDITOR: EDITORIAL,
    Role.CHIEF_EDITOR: {
        **EDITORIAL,
        "news.article": (*WRITE, "publish", "withdraw"),
        "news.category": WRITE,
    },
    Role.STATISTICIAN: {
        "indicators.indicator": WRITE,
        "indicators.seriesbreak": ALL,
        "indicators.responsibility": ALL,
        "indicators.unitofmeasure": WRITE,
        "indicators.source": WRITE,
        "indicators.observation": (*WRITE, "import"),
        "indicators.importbatch": VIEW,
        "indicators.target": WRITE,
        "indicators.targetversion": WRITE,
        "indicators.mention": ALL,
        "indicators.claim": ALL,
        "indicators.targetset": WRITE,
        "indicators.plan": VIEW,
        "departments.area": WRITE,
        "departments.department": VIEW,
        "news.article": VIEW,
        "news.document": VIEW,
        "news.passage": VIEW,
    },
    Role.COORDINATOR: {
        "assignments.task": WRITE,
        "assignments.taskgroup": WRITE,
        "assignments.assignment": (*WRITE, "confirm"),
        "assignments.progressreport": VIEW,
        "assignments.transition": VIEW,
        "departments.department": WRITE,
        "departments.area": VIEW,
        "departments.departmentname": WRITE,
        "departments.succession": WRITE,
        "indicators.target": VIEW,
        "indicators.indicator": VIEW,
        "indicators.plan": VIEW,
        "indicators.source": VIEW,
        "news.article": VIEW,
        "news.document": WRITE,
        "news.passage": VIEW,
    },
    Role.MODERATOR: {"news.article": VIEW},
    Role.ADMINISTRATOR: {
        "departments.user": WRITE,
        "departments.membership": WRITE,
        "departments.department": WRITE,
        "departments.departmentname": WRITE,
        "departments.succession": WRITE,
        "departments.area": WRITE,
        "auth.group": VIEW,
    },
    Role.AUDITOR: dict.fromkeys(READABLE, VIEW),
    OFFICERS: {
        "assignments.assignment": ("view", "report"),
        "assignments.task": VIEW,
        "assignments.progressreport": VIEW,
        "assignments.transition": VIEW,
    },
}  # fmt: skip


def grant() -> None:
    """Give the groups the permissions of the table, and take away what it no longer holds."""
    permissions = {
        (p.content_type.app_label, p.codename): p
        for p in Permission.objects.select_related("content_type")
    }
    for role, doors in PERMISSIONS.items():
        group, _made = Group.objects.get_or_create(name=str(role))
        group.permissions.set(permissions[key] for key in _codenames(doors))


def _codenames(doors: dict[str, tuple[str, ...]]) -> Iterable[tuple[str, str]]:
    for model, actions in doors.items():
        app_label, name = model.split(".")
        for action in actions:
            yield app_label, f"{action}_{name}"
