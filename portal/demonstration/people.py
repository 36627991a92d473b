"""The people of the demonstration, all invented, and their sign-ins."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from departments.access import Role
from departments.models import Department, Membership, User
from portal.demonstration.world import World
from portal.roles import OFFICERS

DOMAIN: Final = "dienbien.example"
PASSWORD: Final = "only-a-demonstration"  # noqa: S105 public on purpose, refused in production
LONG_AGO: Final = date(2015, 1, 1)
"""Membership of departments of which the opening day is not known."""


@dataclass(frozen=True)
class Account:
    """A sign-in that the demonstration offers. `tries` says what to do with it."""

    key: str
    name: str
    tries: str
    roles: tuple[str, ...] = ()
    department: str = ""
    is_head: bool = False

    @property
    def email(self) -> str:
        return f"{self.key}@{DOMAIN}"

    @property
    def roles_shown(self) -> str:
        shown = [role for role in self.roles if role != OFFICERS]
        return ", ".join([*shown, "head"] if self.is_head else shown) or "officer"


ACCOUNTS: Final = (
    Account(
        key="editor",
        name="Biên tập viên Ví Dụ",
        roles=(Role.EDITOR,),
        tries="Admin, Articles: write a draft, pick a sentence, set a target by it, publish.",
    ),
    Account(
        key="chief-editor",
        name="Tổng biên tập Ví Dụ",
        roles=(Role.CHIEF_EDITOR,),
        tries="Admin, Articles: withdraw an article and give the reason.",
    ),
    Account(
        key="statistician",
        name="Thống kê viên Ví Dụ",
        roles=(Role.STATISTICIAN,),
        tries="Admin, Figures: import a spreadsheet; figures of every indicator.",
    ),
    Account(
        key="statistician.agriculture",
        name="Thống kê viên Nông Nghiệp",
        roles=(Role.STATISTICIAN,),
        department="SNNMT",
        tries="The same import; only indicators that the department is responsible for.",
    ),
    Account(
        key="coordinator",
        name="Chuyên viên Điều Phối",
        roles=(Role.COORDINATOR,),
        department="VPUBND",
        tries="Admin, Assignments: assign a task; confirm or return what awaits confirmation.",
    ),
    Account(
        key="officer.finance",
        name="Cán bộ Tài Chính",
        roles=(OFFICERS,),
        department="STC",
        tries="/workspace/: report progress on an overdue assignment, report it done.",
    ),
    Account(
        key="head.finance",
        name="Giám đốc Tài Chính",
        roles=(OFFICERS,),
        department="STC",
        is_head=True,
        tries="/workspace/: the same assignments as the officer of Finance.",
    ),
    Account(
        key="officer.agriculture",
        name="Cán bộ Nông Nghiệp",
        roles=(OFFICERS,),
        department="SNNMT",
        tries="/workspace/: a report that was returned; nothing of Finance can be changed.",
    ),
    Account(
        key="head.agriculture",
        name="Giám đốc Nông Nghiệp",
        roles=(OFFICERS,),
        department="SNNMT",
        is_head=True,
        tries="/workspace/: the same assignments as the officer of Agriculture.",
    ),
    Account(
        key="officer.military",
        name="Cán bộ Quân Sự",
        roles=(OFFICERS,),
        department="BCHQS",
        tries="/workspace/: a confidential task that no other department sees.",
    ),
    Account(
        key="administrator",
        name="Quản trị viên Ví Dụ",
        roles=(Role.ADMINISTRATOR,),
        tries="Admin, People: who acts for which department; no article, no figure.",
    ),
    Account(
        key="auditor",
        name="Kiểm toán viên Ví Dụ",
        roles=(Role.AUDITOR,),
        tries="Admin: read everything, change nothing.",
    ),
    Account(
        key="moderator",
        name="Kiểm duyệt viên Ví Dụ",
        roles=(Role.MODERATOR,),
        tries="Admin: read the articles.",
    ),
)


def load(world: World) -> str:
    """The accounts, and for each other department an officer who cannot sign in."""
    hashed = make_password(PASSWORD)
    for account in ACCOUNTS:
        world.people[account.key] = _person(world, account, hashed)
    for code, department in world.departments.items():
        world.officers[code] = _listed_officer(world, code) or _silent_officer(department)
    return f"{User.objects.count()} people, {len(ACCOUNTS)} of them with a sign-in"


def _listed_officer(world: World, code: str) -> User | None:
    keys = [a.key for a in ACCOUNTS if a.department == code and a.roles == (OFFICERS,)]
    return world.people[keys[0]] if keys else None


def _person(world: World, account: Account, hashed: str) -> User:
    user = User(email=account.email, name=account.name, password=hashed, is_staff=True)
    user.full_clean()
    user.save()
    user.groups.set(Group.objects.filter(name__in=[str(role) for role in account.roles]))
    if account.department:
        _join(
            user,
            world.departments[account.department],
            Membership.Role.HEAD if account.is_head else Membership.Role.OFFICER,
        )
    return user


def _silent_officer(department: Department) -> User:
    """Reports for the department; has no password that could be used."""
    user = User.objects.create_user(
        f"{department.slug}@{DOMAIN}", name=f"Cán bộ ví dụ, {department.name_vi}"
    )
    user.groups.set(Group.objects.filter(name=OFFICERS))
    _join(user, department, Membership.Role.OFFICER)
    return user


def _join(user: User, department: Department, role: Membership.Role) -> None:
    membership = Membership(
        user=user,
        department=department,
        role=role,
        starts_on=department.opened_on or LONG_AGO,
        ends_on=department.closed_on,
    )
    membership.full_clean()
    membership.save()
