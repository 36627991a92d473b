"""The database's last line of defence holds, whatever goes round the application."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models import BaseConstraint

from assignments.statuses import Status
from portal.apps import OWN_APPS
from tests.builders import assignment_in
from tests.constraints import breaks, world
from tests.constraints.breaking import Copy, Raw, existing, refusal, update

STEPS = [
    pytest.param(name, step, id=f"{name}-{number}")
    for name, steps in breaks.BROKEN.items()
    for number, step in enumerate(steps)
]


pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def rows(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """One world for all: each test takes its statement back."""
    with django_db_blocker.unblock(), transaction.atomic():
        world.make()
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize(("name", "step"), STEPS)
def test_constraint_holds_underneath_the_application(name: str, step: Copy | Raw) -> None:
    refused_by = refusal(step)

    assert refused_by == name


@pytest.mark.parametrize("name", breaks.IMPLIED)
def test_constraint_that_others_imply_holds_by_them(name: str) -> None:
    other, step = breaks.IMPLIED[name]

    refused_by = refusal(step)

    assert refused_by == other


def test_every_constraint_of_the_database_is_broken_here() -> None:
    names = existing()

    assert names == set(breaks.BROKEN) | set(breaks.IMPLIED)


@pytest.mark.parametrize(
    "constraint",
    [
        pytest.param(constraint, id=constraint.name)
        for app in OWN_APPS
        for model in apps.get_app_config(app).get_models()
        for constraint in model._meta.constraints
    ],
)
def test_constraint_speaks_to_people(constraint: BaseConstraint) -> None:
    message = str(constraint.violation_error_message)

    assert message != str(constraint.default_violation_error_message)
    assert message.endswith(".")


def test_assignments_follow_the_mode_of_their_task() -> None:
    given = assignment_in(Status.IN_PROGRESS)

    with connection.cursor() as cursor:
        cursor.execute("UPDATE assignments_task SET mode = 'each' WHERE id = %s", [given.task_id])

    given.refresh_from_db()
    assert given.mode == "each"


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("indicators_targetversion", "known = tstzrange(lower(known), now() + interval '1 day')"),
        ("indicators_targetversion", "known = tstzrange(lower(known), now())"),
        ("indicators_observation", "known = tstzrange(lower(known), now())"),
        ("indicators_plan", "name_en = 'Another name'"),
    ],
)
def test_what_is_public_may_still_end(table: str, change: str) -> None:
    assert refusal(update(table, change)) is None


@pytest.mark.parametrize("table", ["indicators_targetversion", "indicators_observation"])
def test_end_that_has_passed_does_not_move(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET known = tstzrange(lower(known), now())")

    again = refusal(update(table, "known = tstzrange(lower(known), NULL)"))

    assert again == f"{table.removeprefix('indicators_')}_append_only"
