from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assignments.models import Assignment
from assignments.statuses import Role, Status
from assignments.urgency import Urgency
from departments.models import Department, User
from tests import builders, factories
from tests.factories import NOW, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]

WORKSPACE = "/en/workspace/"
Browser = Callable[[User], Client]


def one_of_each(department: Department, officer: User) -> dict[Urgency, Assignment]:
    days = {
        Urgency.DONE: (Status.COMPLETED, TODAY - timedelta(days=9)),
        Urgency.AWAITING: (Status.AWAITING_CONFIRMATION, TODAY - timedelta(days=9)),
        Urgency.CONTINUOUS: (Status.IN_PROGRESS, None),
        Urgency.IN_TIME: (Status.IN_PROGRESS, TODAY + timedelta(days=30)),
        Urgency.NOT_YET_RECEIVED: (Status.NOT_YET_RECEIVED, TODAY + timedelta(days=30)),
        Urgency.RETURNED: (Status.RETURNED, TODAY + timedelta(days=30)),
        Urgency.DUE_SOON: (Status.RETURNED, TODAY),
        Urgency.OVERDUE: (Status.NOT_YET_RECEIVED, TODAY - timedelta(days=1)),
    }
    return {
        urgency: builders.assignment_in(
            status,
            task=factories.TaskFactory.create(deadline=day, is_continuous=day is None),
            department=department,
            officer=officer,
        )
        for urgency, (status, day) in days.items()
    }


def test_workspace_most_urgent_first(
    client_of: Browser, officer_a: User, department_a: Department
) -> None:
    given = one_of_each(department_a, officer_a)
    builders.assignment()

    groups = client_of(officer_a).get(WORKSPACE).context["page"].groups

    assert [group.urgency for group in groups] == list(Urgency)
    assert [part.assignment for group in groups for part in group.parts] == [
        given[urgency] for urgency in Urgency
    ]


@pytest.mark.parametrize("urgency", list(Urgency))
def test_workspace_narrowed_to_a_class(
    client_of: Browser, officer_a: User, department_a: Department, urgency: Urgency
) -> None:
    given = one_of_each(department_a, officer_a)

    page = client_of(officer_a).get(WORKSPACE, {"class": urgency.value}).context["page"]

    assert [part.assignment for group in page.groups for part in group.parts] == [given[urgency]]
    assert sum(group.count for group in page.groups) == page.total == 8


def test_workspace_of_a_class_that_is_none_shows_all(
    client_of: Browser, officer_a: User, department_a: Department
) -> None:
    builders.assignment(department=department_a)

    page = client_of(officer_a).get(WORKSPACE, {"class": "late"}).context["page"]

    assert sum(len(group.parts) for group in page.groups) == 1


def test_workspace_shows_confidential_tasks_to_their_department_only(
    client_of: Browser, officer_a: User, officer_b: User, department_a: Department
) -> None:
    task = factories.TaskFactory.create(title_en="Defence exercise", visibility="confidential")
    builders.assignment(task, department=department_a)

    own = client_of(officer_a).get(WORKSPACE).content.decode()
    other = client_of(officer_b).get(WORKSPACE).content.decode()

    assert "Defence exercise" in own
    assert "Not public" in own
    assert "Defence exercise" not in other


def test_workspace_of_a_coordinator_has_the_queue_oldest_first(
    client_of: Browser, coordinator: User
) -> None:
    later = builders.assignment_in(Status.AWAITING_CONFIRMATION, at=NOW)
    earlier = builders.assignment_in(
        Status.AWAITING_CONFIRMATION, at=NOW - timedelta(days=2), coordinator=coordinator
    )
    builders.assignment_in(Status.IN_PROGRESS)

    page = client_of(coordinator).get(WORKSPACE).context["page"]

    assert [part.assignment for part in page.queue] == [earlier, later]


def test_workspace_of_an_officer_has_no_queue(client_of: Browser, officer_a: User) -> None:
    builders.assignment_in(Status.AWAITING_CONFIRMATION)

    response = client_of(officer_a).get(WORKSPACE)

    assert response.context["page"].queue == []
    assert "Awaiting your confirmation" not in response.content.decode()


def test_workspace_after_the_membership_ended_is_empty(
    client_of: Browser, officer_a: User, department_a: Department
) -> None:
    builders.assignment(department=department_a)
    officer_a.memberships.update(ends_on=TODAY)

    page = client_of(officer_a).get(WORKSPACE).context["page"]

    assert (page.total, list(page.departments)) == (0, [])


@pytest.mark.parametrize("language", ["vi", "en"])
def test_workspace_asks_strangers_to_sign_in(client: Client, language: str) -> None:
    response = client.get(f"/{language}/workspace/")

    assert response.status_code == 302
    assert response["Location"] == f"/admin/login/?next=/{language}/workspace/"


def test_workspace_queries_do_not_grow(
    client_of: Browser, officer_a: User, coordinator: User, department_a: Department
) -> None:
    browser = client_of(coordinator)
    factories.MembershipFactory.create(user=coordinator, department=department_a)

    def queries() -> int:
        builders.assignment(department=department_a)
        builders.assignment(department=department_a, role=Role.COOPERATING)
        builders.assignment_in(
            Status.AWAITING_CONFIRMATION, department=department_a, officer=officer_a
        )
        with CaptureQueriesContext(connection) as captured:
            browser.get(WORKSPACE)
        return len(captured)

    numbers = [queries() for _rows in (1, 2, 3)]

    assert len(set(numbers)) == 1


def test_workspace_refuses_the_wrong_method(client_of: Browser, officer_a: User) -> None:
    assert client_of(officer_a).post(WORKSPACE).status_code == 405


def test_workspace_is_kept_by_no_cache(client_of: Browser, officer_a: User) -> None:
    response = client_of(officer_a).get(WORKSPACE)

    assert "no-store" in response["Cache-Control"]
