"""Assignments in the admin: every address, for those who may and those who may not."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assignments import assigning, workflow
from assignments.models import Assignment, ProgressReport, Transition
from assignments.statuses import Role, Status, Step
from departments.models import Department, User
from tests import builders, factories
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]

Browser = Callable[[User], Client]
LIST = "/admin/assignments/assignment/"


def change_page(assignment: Assignment) -> str:
    return f"{LIST}{assignment.pk}/change/"


def step_page(assignment: Assignment, step: str) -> str:
    return f"{LIST}{assignment.pk}/steps/{step}/"


def terms(assignment: Assignment, **changed: Any) -> dict[str, Any]:
    """What the form of the office sends."""
    return {
        "responsible_post": assignment.responsible_post,
        "deadline": assignment.deadline.strftime("%d/%m/%Y") if assignment.deadline else "",
        "deliverable_vi": assignment.deliverable_vi,
        "authority": assignment.authority,
        "officer": "",
        "opened_version": assignment.version,
    } | changed


@pytest.fixture
def public(department_a: Department) -> Assignment:
    return builders.assignment(department=department_a)


@pytest.fixture
def secret(department_a: Department) -> Assignment:
    task = factories.TaskFactory.create(title_vi="Diễn tập phòng thủ", visibility="confidential")
    return builders.assignment(task, department=department_a)


def test_list_shows_own_and_public_assignments(
    client_of: Browser, officer_a: User, officer_b: User, public: Assignment, secret: Assignment
) -> None:
    shown = {
        user.name: set(client_of(user).get(LIST).context["cl"].queryset)
        for user in (officer_a, officer_b)
    }

    assert shown == {officer_a.name: {public, secret}, officer_b.name: {public}}


@pytest.mark.parametrize(
    "query",
    [
        {"q": "dien tap"},
        {"status__exact": "not_yet_received"},
        {"state": "in_time"},
        {"role__exact": "lead"},
        {"deadline__year": "2025"},
        {"o": "1"},
        {"all": ""},
    ],
)
def test_list_by_any_query_leads_a_stranger_to_nothing_confidential(
    client_of: Browser, officer_b: User, secret: Assignment, query: dict[str, str]
) -> None:
    response = client_of(officer_b).get(LIST, query)

    assert secret not in set(response.context["cl"].queryset)
    assert "Diễn tập" not in response.content.decode()


def test_list_finds_without_diacritics(
    client_of: Browser, officer_a: User, public: Assignment, secret: Assignment
) -> None:
    found = client_of(officer_a).get(LIST, {"q": "dien tap phong thu"}).context["cl"].queryset

    assert list(found) == [secret]


def test_list_by_time_class(client_of: Browser, officer_a: User, public: Assignment) -> None:
    late = builders.assignment(
        factories.TaskFactory.create(deadline=date(2025, 11, 19)), department=public.department
    )

    found = client_of(officer_a).get(LIST, {"state": "overdue"}).context["cl"].queryset

    assert list(found) == [late]


@pytest.mark.parametrize("page", ["change", "history", "delete"])
def test_pages_of_a_confidential_assignment_are_not_there_for_strangers(
    client_of: Browser, officer_b: User, editor: User, secret: Assignment, page: str
) -> None:
    answers = {
        (user.name, method): getattr(client_of(user), method)(
            f"{LIST}{secret.pk}/{page}/"
        ).status_code
        for user in (officer_b, editor)
        for method in ("get", "post")
    }

    assert set(answers.values()) == {404}


@pytest.mark.parametrize("step", [step.value for step in Step])
def test_steps_by_strangers(
    client_of: Browser, officer_b: User, public: Assignment, secret: Assignment, step: str
) -> None:
    browser = client_of(officer_b)
    said = {"version": 1, "text": "x", "percent": 5, "reason": "x"}

    answers = [browser.post(step_page(given, step), said).status_code for given in (public, secret)]

    assert answers == [403, 404]
    assert not Transition.objects.exists()


def test_stranger_reads_a_public_assignment_but_not_its_reports(
    client_of: Browser, officer_a: User, officer_b: User, public: Assignment
) -> None:
    workflow.report_progress(public, by=officer_a, at=NOW, version=1, percent=40, text="Đã họp.")

    response = client_of(officer_b).get(change_page(public))

    assert response.status_code == 200
    assert not response.context["has_change_permission"]
    assert "Đã họp." not in response.content.decode()
    assert response.context["page"].offers == []


@pytest.mark.parametrize("who", ["officer_a", "officer_b", "auditor", "editor"])
def test_terms_are_for_the_office(
    request: pytest.FixtureRequest, client_of: Browser, public: Assignment, who: str
) -> None:
    browser = client_of(request.getfixturevalue(who))

    response = browser.post(change_page(public), terms(public, deliverable_vi="Đề án"))

    public.refresh_from_db()
    assert response.status_code == 403
    assert (public.deliverable_vi, public.version) == ("", 1)


def test_office_changes_the_terms(
    client_of: Browser, coordinator: User, public: Assignment
) -> None:
    said = terms(
        public, deliverable_vi="Đề án", deadline="31/01/2026", status="completed", percent=9
    )

    response = client_of(coordinator).post(change_page(public), said)

    public.refresh_from_db()
    assert response.status_code == 302
    assert (public.deliverable_vi, public.deadline, public.version) == (
        "Đề án", date(2026, 1, 31), 2,
    )  # fmt: skip
    assert (public.status, public.percent) == (Status.NOT_YET_RECEIVED, 0)


def test_officer_who_left_stays_named_when_other_terms_change(
    client_of: Browser, coordinator: User, officer_a: User, department_a: Department
) -> None:
    given = builders.assignment(department=department_a, officer=officer_a)
    officer_a.is_active = False
    officer_a.save()
    client = client_of(coordinator)

    offered = client.get(change_page(given)).context["adminform"].form.fields["officer"].queryset
    client.post(change_page(given), terms(given, officer=officer_a.pk, authority="UBND"))

    given.refresh_from_db()
    assert list(offered) == [officer_a]
    assert (given.officer, given.authority) == (officer_a, "UBND")


def test_second_saver_of_the_terms_sees_both(
    client_of: Browser, coordinator: User, public: Assignment
) -> None:
    said = terms(public, deliverable_vi="Kế hoạch")
    assigning.change(public, by=coordinator, version=1, deliverable_vi="Đề án")

    response = client_of(coordinator).post(change_page(public), said)

    shown = response.content.decode()
    public.refresh_from_db()
    assert response.status_code == 200
    assert "Đề án" in shown
    assert "Kế hoạch" in shown
    assert public.deliverable_vi == "Đề án"


def test_terms_of_a_continuous_task_have_no_deadline(client_of: Browser, coordinator: User) -> None:
    given = builders.assignment(factories.TaskFactory.create(is_continuous=True, deadline=None))

    response = client_of(coordinator).post(change_page(given), terms(given, deadline="31/01/2026"))

    assert response.status_code == 200
    assert list(response.context["adminform"].form.errors) == ["deadline"]


def test_officer_takes_the_steps_of_the_own_department(
    client_of: Browser, officer_a: User, public: Assignment
) -> None:
    browser = client_of(officer_a)

    answers = [
        browser.post(step_page(public, "receive"), {"version": 1}),
        browser.post(
            step_page(public, "report_progress"), {"version": 2, "text": "Đã họp.", "percent": 40}
        ),
        browser.post(step_page(public, "report_done"), {"version": 3, "text": "Đã xong."}),
    ]

    public.refresh_from_db()
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [
        (302, change_page(public))
    ] * 3
    assert (public.status, ProgressReport.objects.count()) == (Status.AWAITING_CONFIRMATION, 2)


def test_coordinator_confirms_and_returns(
    client_of: Browser, officer_a: User, coordinator: User, public: Assignment
) -> None:
    workflow.report_done(public, by=officer_a, at=NOW, version=1, text="Đã xong.")
    browser = client_of(coordinator)

    without_reason = browser.post(step_page(public, "return"), {"version": 2, "reason": ""})
    browser.post(step_page(public, "return"), {"version": 2, "reason": "Thiếu phụ lục."})
    workflow.report_done(public, by=officer_a, at=NOW, version=3, text="Đã bổ sung.")
    browser.post(step_page(public, "confirm"), {"version": 4})

    public.refresh_from_db()
    assert without_reason.status_code == 200
    assert "reason" in without_reason.context["page"].tried.form.errors
    assert public.status == Status.COMPLETED


def test_buttons_are_those_that_would_succeed(
    client_of: Browser, officer_a: User, coordinator: User, public: Assignment
) -> None:
    pages = {
        user.name: client_of(user).get(change_page(public)).content.decode()
        for user in (officer_a, coordinator)
    }

    assert step_page(public, "report_done") in pages[officer_a.name]
    assert "/steps/" not in pages[coordinator.name]


def test_second_saver_of_a_step_sees_both_texts(
    client_of: Browser, officer_a: User, department_a: Department, public: Assignment
) -> None:
    colleague = builders.person(department=department_a)
    workflow.report_progress(
        public, by=colleague, at=NOW, version=1, percent=50, text="Bản của Mai."
    )

    response = client_of(officer_a).post(
        step_page(public, "report_progress"),
        {"version": 1, "seen": "", "text": "Bản của tôi.", "percent": "60"},
    )

    shown = response.content.decode()
    public.refresh_from_db()
    assert response.status_code == 409
    assert "Bản của Mai." in shown
    assert "Bản của tôi." in shown
    assert 'name="version" value="2"' in shown
    assert (public.percent, public.version) == (50, 2)


@pytest.mark.parametrize("method", ["get", "put"])
def test_step_refuses_the_wrong_method(
    client_of: Browser, officer_a: User, public: Assignment, method: str
) -> None:
    assert getattr(client_of(officer_a), method)(step_page(public, "receive")).status_code == 405


def test_step_that_is_none_is_not_there(
    client_of: Browser, officer_a: User, public: Assignment
) -> None:
    response = client_of(officer_a).post(step_page(public, "erase"), {"version": 1})

    assert response.status_code == 404


@pytest.mark.parametrize("page", ["", "add/"])
def test_list_is_closed_to_those_without_the_permission(
    client_of: Browser, statistician: User, page: str
) -> None:
    assert client_of(statistician).get(LIST + page).status_code == 403


def test_nobody_adds_or_deletes_here(
    client_of: Browser, coordinator: User, public: Assignment
) -> None:
    browser = client_of(coordinator)

    answers = [
        browser.get(f"{LIST}add/").status_code,
        browser.post(f"{LIST}{public.pk}/delete/", {"post": "yes"}).status_code,
    ]
    browser.post(LIST, {"action": "delete_selected", "_selected_action": [public.pk]})

    assert answers == [403, 403]
    assert Assignment.objects.filter(pk=public.pk).exists()


def test_queries_of_the_list_do_not_grow(
    client_of: Browser, officer_a: User, public: Assignment
) -> None:
    browser = client_of(officer_a)

    def queries() -> int:
        builders.assignment(department=public.department)
        builders.assignment(public.task, role=Role.COOPERATING)
        with CaptureQueriesContext(connection) as captured:
            browser.get(reverse("admin:assignments_assignment_changelist"))
        return len(captured)

    numbers = [queries() for _rows in (1, 2, 3)]

    assert len(set(numbers)) == 1
