from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assignments import workflow
from assignments.models import Assignment
from assignments.statuses import Role, Status, Step
from departments.models import Department, User
from tests import builders, factories
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]

Browser = Callable[[User], Client]
Cast = Callable[[str], User]
REPORT: dict[str, Any] = {
    "text": "Đã họp.",
    "percent": 40,
    "difficulties": "Thiếu người.",
    "proposals": "",
}


def address(assignment: Assignment) -> str:
    return f"/en/workspace/assignments/{assignment.pk}/"


def department_of(user: User) -> Department:
    return user.memberships.get().department


def steps_on(page: Any) -> set[Step]:
    return {step for offer in page.offers for step in offer.steps}


WORK = {Step.RECEIVE, Step.REPORT_PROGRESS, Step.REPORT_DONE}


@pytest.mark.parametrize(
    ("status", "of_officer", "of_coordinator"),
    [
        (Status.NOT_YET_RECEIVED, WORK, set()),
        (Status.IN_PROGRESS, WORK - {Step.RECEIVE}, set()),
        (Status.AWAITING_CONFIRMATION, set(), {Step.CONFIRM, Step.RETURN}),
        (Status.RETURNED, WORK - {Step.RECEIVE}, set()),
        (Status.COMPLETED, set(), set()),
    ],
)
def test_assignment_page_offers_the_steps_that_would_succeed(
    client_of: Browser, named: Cast, status: Status, of_officer: set[Step],
    of_coordinator: set[Step],
) -> None:  # fmt: skip
    officer = named("officer_a")
    given = builders.assignment_in(status, department=department_of(officer), officer=officer)

    offered = {
        name: steps_on(client_of(named(name)).get(address(given)).context["page"])
        for name in ("officer_a", "officer_b", "coordinator")
    }

    assert offered == {
        "officer_a": of_officer, "officer_b": set(), "coordinator": of_coordinator
    }  # fmt: skip


def test_assignment_page_of_a_monitor_offers_nothing(
    client_of: Browser, officer_a: User, department_a: Department
) -> None:
    given = builders.assignment(department=department_a, role=Role.MONITOR)

    page = client_of(officer_a).get(address(given)).context["page"]

    assert page.offers == []


def test_assignment_page_does_not_offer_to_confirm_the_own_report(
    client_of: Browser, coordinator: User, department_a: Department
) -> None:
    factories.MembershipFactory.create(user=coordinator, department=department_a)
    given = builders.assignment_in(
        Status.AWAITING_CONFIRMATION, department=department_a, officer=coordinator
    )

    page = client_of(coordinator).get(address(given)).context["page"]

    assert steps_on(page) == {Step.RETURN}


def test_assignment_page_shows_reports_to_those_concerned(client_of: Browser, named: Cast) -> None:
    officer = named("officer_a")
    given = builders.assignment(department=department_of(officer))
    workflow.report_progress(given, by=officer, at=NOW, version=1, **REPORT)

    readers = {
        name: "Thiếu người." in client_of(named(name)).get(address(given)).content.decode()
        for name in ("officer_a", "coordinator", "auditor", "officer_b", "editor")
    }

    assert readers == {
        "officer_a": True, "coordinator": True, "auditor": True, "officer_b": False,
        "editor": False,
    }  # fmt: skip


def test_assignment_page_of_a_confidential_task(client_of: Browser, named: Cast) -> None:
    task = factories.TaskFactory.create(visibility="confidential")
    given = builders.assignment(task, department=department_of(named("officer_a")))

    answers = {
        name: client_of(named(name)).get(address(given)).status_code
        for name in ("officer_a", "coordinator", "auditor", "officer_b", "editor", "statistician")
    }

    assert answers == {
        "officer_a": 200, "coordinator": 200, "auditor": 200, "officer_b": 404, "editor": 404,
        "statistician": 404,
    }  # fmt: skip


def test_assignment_page_of_a_draft_shows_the_sentence_without_a_link(
    client_of: Browser, officer_a: User, officer_b: User, department_a: Department
) -> None:
    sentence = "Các sở được giao xây dựng kế hoạch chi tiết trước ngày 31/3/2025."
    task = builders.task_from(builders.draft_article(), sentence)
    given = builders.assignment(task, department=department_a)

    page = client_of(officer_a).get(address(given)).content.decode()

    assert "xây dựng kế hoạch chi tiết" in page
    assert "/vi/news/" not in page.split("<main")[1].split("</main>")[0]
    assert client_of(officer_b).get(address(given)).status_code == 404


def test_assignment_page_asks_strangers_to_sign_in(client: Client) -> None:
    given = builders.assignment()

    response = client.get(address(given))

    assert response["Location"] == f"/admin/login/?next={address(given)}"


def test_assignment_page_that_is_absent(client_of: Browser, officer_a: User) -> None:
    assert client_of(officer_a).get("/en/workspace/assignments/999999/").status_code == 404


def test_assignment_page_queries_do_not_grow(
    client_of: Browser, officer_a: User, department_a: Department
) -> None:
    given = builders.assignment(department=department_a)
    browser = client_of(officer_a)

    def queries() -> int:
        workflow.report_progress(given, by=officer_a, at=NOW, version=given.version, **REPORT)
        builders.assignment(given.task, role=Role.COOPERATING)
        with CaptureQueriesContext(connection) as captured:
            browser.get(address(given))
        return len(captured)

    numbers = [queries() for _rows in (1, 2, 3)]

    assert len(set(numbers)) == 1


def test_assignment_page_refuses_the_wrong_method(
    client_of: Browser, officer_a: User, department_a: Department
) -> None:
    given = builders.assignment(department=department_a)

    assert client_of(officer_a).post(address(given)).status_code == 405
