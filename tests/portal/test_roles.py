"""What each role may do: the doors of the admin, and the actions behind them."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.core.exceptions import PermissionDenied
from django.db import transaction

from assignments import assigning, workflow
from assignments.statuses import Status
from departments import succession
from departments.access import Role
from departments.models import Department, Membership
from indicators import recording, setting
from indicators.assessment import Comparator
from indicators.models import ImportBatch, Mention
from indicators.recording import Row, RowsRefused
from indicators.setting import Reading
from news import publishing
from portal import announcing, roles
from tests import builders, factories
from tests.factories import GROWTH_VI, NOW

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)
CAST = [
    "editor",
    "chief_editor",
    "statistician",
    "coordinator",
    "officer_a",
    "officer_b",
    "moderator",
    "administrator",
    "auditor",
    "visitor",
]
EDITORS = {"editor", "chief_editor"}
SETTERS = {*EDITORS, "statistician"}
OFFICE = {"coordinator"}
OWN = {"officer_a"}
REORGANISERS = {"administrator", "coordinator"}

Act = Callable[[Any, Department], object]


def publish(by: Any, _own: Department) -> object:
    return publishing.publish(builders.draft_article(GROWTH_VI), by=by, at=NOW)


def withdraw(by: Any, _own: Department) -> object:
    article = builders.published_article(GROWTH_VI)
    return publishing.withdraw(article, by=by, at=LATER, reason="Sai.")


def announce(by: Any, _own: Department) -> object:
    return announcing.publish(builders.draft_article(GROWTH_VI), by=by, at=NOW)


def take_back(by: Any, _own: Department) -> object:
    article = builders.published_target().article
    return announcing.withdraw(article, by=by, at=LATER, reason="Sai.")


def set_target(by: Any, _own: Department) -> object:
    return builders.target_version(builders.draft_article(GROWTH_VI), by=by)


def correct(by: Any, _own: Department) -> object:
    return setting.correct(builders.published_target(), by=by, at=LATER, value=Decimal(9))


def edit_draft(by: Any, _own: Department) -> object:
    version = builders.target_version(builders.draft_article(GROWTH_VI))
    return setting.edit_draft(version, by=by, value=Decimal(9))


def remove_draft(by: Any, _own: Department) -> object:
    return setting.remove_draft(builders.target_version(builders.draft_article(GROWTH_VI)), by=by)


def mention(by: Any, _own: Department) -> object:
    version = builders.published_target()
    return setting.mention(
        version.target,
        passage=version.passage,
        words="10,5%",
        role=Mention.Role.REPEATS,
        reading=Reading(Comparator.EQ, Decimal("10.5")),
        by=by,
    )


def record(by: Any, _own: Department) -> object:
    row = Row(
        indicator=factories.IndicatorFactory.create(),
        period=factories.PlanFactory.create().period,
        area=factories.AreaFactory.create(),
        source=factories.SourceFactory.create(),
        value=Decimal("7.34"),
        as_of=date(2025, 12, 31),
    )
    return recording.record(row, by=by, at=NOW, door=ImportBatch.Door.FORM)


def create_task(by: Any, _own: Department) -> object:
    return builders.task_from(builders.draft_article(GROWTH_VI), GROWTH_VI, by=by)


def create_confidential_task(by: Any, _own: Department) -> object:
    article = builders.draft_article(GROWTH_VI)
    return builders.task_from(article, GROWTH_VI, by=by, visibility="confidential")


def edit_task(by: Any, _own: Department) -> object:
    task = factories.TaskFactory.create()
    return assigning.edit(task, by=by, version=task.version)


def assign(by: Any, own: Department) -> object:
    return assigning.assign(factories.TaskFactory.create(), department=own, by=by)


def change_assignment(by: Any, own: Department) -> object:
    given = builders.assignment(department=own)
    return assigning.change(given, by=by, version=given.version, responsible_post="Giám đốc")


def receive(by: Any, own: Department) -> object:
    given = builders.assignment(department=own)
    return workflow.receive(given, by=by, at=NOW, version=given.version)


def report_progress(by: Any, own: Department) -> object:
    given = builders.assignment(department=own)
    return workflow.report_progress(
        given, by=by, at=NOW, version=given.version, percent=50, text="Một nửa."
    )


def report_done(by: Any, own: Department) -> object:
    given = builders.assignment(department=own)
    return workflow.report_done(given, by=by, at=NOW, version=given.version, text="Xong.")


def confirm(by: Any, own: Department) -> object:
    given = builders.assignment_in(Status.AWAITING_CONFIRMATION, department=own)
    return workflow.confirm(given, by=by, at=NOW, version=given.version)


def return_report(by: Any, own: Department) -> object:
    given = builders.assignment_in(Status.AWAITING_CONFIRMATION, department=own)
    return workflow.return_report(given, by=by, at=NOW, version=given.version, reason="Thiếu.")


def rename(by: Any, own: Department) -> object:
    return succession.rename(own, name_vi="Sở Mới", name_en="New", on=date(2025, 3, 1), by=by)


def close(by: Any, own: Department) -> object:
    return succession.close(own, on=date(2025, 3, 1), by=by)


ACTIONS: dict[Act, set[str]] = {
    publish: EDITORS,
    withdraw: {"chief_editor"},
    announce: EDITORS,
    take_back: {"chief_editor"},
    set_target: SETTERS,
    correct: SETTERS,
    edit_draft: SETTERS,
    remove_draft: SETTERS,
    mention: SETTERS,
    record: {"statistician"},
    create_task: EDITORS | OFFICE,
    create_confidential_task: OFFICE,
    edit_task: EDITORS | OFFICE,
    assign: OFFICE,
    change_assignment: OFFICE,
    receive: OWN,
    report_progress: OWN,
    report_done: OWN,
    confirm: OFFICE,
    return_report: OFFICE,
    rename: REORGANISERS,
    close: REORGANISERS,
}


def succeeds(action: Act, by: Any, own: Department) -> bool:
    """Whether the action lets the person. What it wrote is taken back."""
    try:
        with transaction.atomic():
            action(by, own)
            transaction.set_rollback(True)
    except (PermissionDenied, RowsRefused):
        return False
    except ValueError:
        # A visitor is no person whose name could stand under a report.
        if isinstance(by, AnonymousUser):
            return False
        raise
    own.refresh_from_db()
    return True


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.__name__)
def test_only_who_has_the_role_may_act(
    action: Act, department_a: Department, request: pytest.FixtureRequest
) -> None:
    people = {who: request.getfixturevalue(who) for who in CAST}

    allowed = {who for who, user in people.items() if succeeds(action, user, department_a)}

    assert allowed == ACTIONS[action]


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.__name__)
def test_nobody_may_act_without_a_role_or_after_leaving(
    action: Act, department_a: Department
) -> None:
    root = factories.UserFactory.create(is_superuser=True, is_staff=True)
    gone = builders.person(*Role, department=department_a, is_active=False)

    assert not succeeds(action, root, department_a)
    assert not succeeds(action, gone, department_a)


@pytest.mark.parametrize("action", [receive, report_progress, report_done])
def test_officer_whose_membership_ended_may_not_report(
    action: Act, department_a: Department
) -> None:
    former = builders.person(department=department_a)
    Membership.objects.update(ends_on=NOW.date())

    with pytest.raises(PermissionDenied):
        action(former, department_a)


def test_groups_are_the_roles_and_the_officers() -> None:
    names = set(Group.objects.values_list("name", flat=True))

    assert names == {role.value for role in Role} | {roles.OFFICERS}
    assert names == {str(role) for role in roles.PERMISSIONS}


@pytest.mark.parametrize("role", [str(role) for role in roles.PERMISSIONS])
def test_group_holds_the_permissions_of_the_table_after_migrating(role: str) -> None:
    doors = {str(name): table for name, table in roles.PERMISSIONS.items()}[role]

    held = Permission.objects.filter(group__name=role).select_related("content_type")

    assert {f"{p.content_type.app_label}.{p.codename}" for p in held} == {
        f"{model.split('.')[0]}.{action}_{model.split('.')[1]}"
        for model, actions in doors.items()
        for action in actions
    }


def test_granting_again_takes_away_what_the_table_does_not_hold() -> None:
    auditors = Group.objects.get(name=Role.AUDITOR)
    auditors.permissions.add(Permission.objects.get(codename="delete_article"))

    roles.grant()

    assert not auditors.permissions.filter(codename="delete_article").exists()


def test_granting_makes_a_group_that_was_lost() -> None:
    Group.objects.filter(name=Role.EDITOR).delete()

    roles.grant()

    assert Group.objects.get(name=Role.EDITOR).permissions.exists()


def test_auditor_only_looks() -> None:
    assert set(roles.PERMISSIONS[Role.AUDITOR].values()) == {roles.VIEW}


def test_administrator_has_no_part_in_the_content() -> None:
    apps = {model.split(".")[0] for model in roles.PERMISSIONS[Role.ADMINISTRATOR]}

    assert apps == {"departments", "auth"}


@pytest.mark.parametrize(
    "model",
    [
        "news.article",
        "news.revision",
        "indicators.target",
        "indicators.observation",
        "indicators.importbatch",
        "indicators.indicator",
        "indicators.plan",
        "assignments.task",
        "assignments.assignment",
        "assignments.progressreport",
        "assignments.transition",
        "departments.user",
        "departments.department",
        "departments.departmentname",
    ],
)
def test_nobody_deletes_what_was_public(model: str) -> None:
    held = [doors.get(model, ()) for doors in roles.PERMISSIONS.values()]

    assert not any("delete" in actions for actions in held)


@pytest.mark.parametrize(
    ("permission", "who"),
    [
        ("news.publish_article", {"editor", "chief_editor"}),
        ("news.withdraw_article", {"chief_editor"}),
        ("indicators.import_observation", {"statistician"}),
        ("assignments.confirm_assignment", {"coordinator"}),
        ("assignments.report_assignment", {"officer_a", "officer_b"}),
        ("departments.change_user", {"administrator"}),
    ],
)
def test_special_permission_is_of_its_role_only(
    permission: str, who: set[str], request: pytest.FixtureRequest
) -> None:
    holders = {name for name in CAST if request.getfixturevalue(name).has_perm(permission)}

    assert holders == who
