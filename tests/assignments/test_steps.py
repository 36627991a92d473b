"""Steps sent from the workspace."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from assignments import assigning, workflow
from assignments.models import Assignment, ProgressReport, Transition
from assignments.statuses import Role, Status, Step
from departments.models import Department, User
from tests import builders, factories
from tests.factories import NOW, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]

Browser = Callable[[User], Client]


def page_of(assignment: Assignment) -> str:
    return f"/en/workspace/assignments/{assignment.pk}/"


def send(browser: Client, assignment: Assignment, step: str, **said: Any) -> Any:
    data = {"version": assignment.version, **said}
    return browser.post(f"{page_of(assignment)}{step}/", data)


def typed(**said: Any) -> dict[str, Any]:
    return {"text": "Đã rà soát 39 xã.", "percent": "80", "difficulties": ""} | said


@pytest.fixture
def given(department_a: Department) -> Assignment:
    return builders.assignment(department=department_a)


def test_receive(client_of: Browser, officer_a: User, given: Assignment) -> None:
    response = send(client_of(officer_a), given, "receive")

    given.refresh_from_db()
    assert (response.status_code, response["Location"]) == (302, page_of(given))
    assert (given.status, given.version) == (Status.IN_PROGRESS, 2)


def test_report_progress(client_of: Browser, officer_a: User, given: Assignment) -> None:
    said = typed(difficulties="Sạt lở.", proposals="Gửi trực tuyến.")

    response = send(client_of(officer_a), given, "report_progress", **said)

    report = given.reports.get()
    given.refresh_from_db()
    assert response.status_code == 302
    assert (given.status, given.percent) == (Status.IN_PROGRESS, 80)
    assert (report.text, report.percent, report.difficulties, report.proposals) == (
        "Đã rà soát 39 xã.", 80, "Sạt lở.", "Gửi trực tuyến.",
    )  # fmt: skip
    assert (report.reported_by, report.reported_at) == (officer_a, NOW)


def test_report_done(client_of: Browser, officer_a: User, given: Assignment) -> None:
    response = send(client_of(officer_a), given, "report_done", text="Đã xong.", percent="60")

    given.refresh_from_db()
    assert response.status_code == 302
    assert (given.status, given.percent, given.reported_on) == (
        Status.AWAITING_CONFIRMATION, 100, TODAY,
    )  # fmt: skip


def test_confirm_and_return(
    client_of: Browser, officer_a: User, coordinator: User, given: Assignment
) -> None:
    browser = client_of(coordinator)
    workflow.report_done(given, by=officer_a, at=NOW, version=1, text="Đã xong.")

    send(browser, given, "return", reason="Thiếu bảng số liệu.")
    given.refresh_from_db()
    after_return = (given.status, given.reported_on)
    workflow.report_done(given, by=officer_a, at=NOW, version=given.version, text="Đã bổ sung.")
    send(browser, given, "confirm")

    given.refresh_from_db()
    assert after_return == (Status.RETURNED, None)
    assert given.status == Status.COMPLETED
    assert given.transitions.get(step=Step.RETURN).reason == "Thiếu bảng số liệu."


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("report_progress", {"text": ""}),
        ("report_progress", {"percent": "8O"}),
        ("report_progress", {"percent": "101"}),
        ("report_progress", {"percent": ""}),
        ("report_done", {"text": "   "}),
    ],
)
def test_report_that_is_incomplete_is_shown_again(
    client_of: Browser, officer_a: User, given: Assignment, step: str, said: dict[str, str]
) -> None:
    response = send(client_of(officer_a), given, step, **typed(difficulties="Sạt lở.", **said))

    assert response.status_code == 200
    assert list(response.context["page"].tried.form.errors) == list(said)
    assert "Sạt lở." in response.content.decode()
    assert not ProgressReport.objects.exists()


def test_return_without_a_reason_is_shown_again(
    client_of: Browser, officer_a: User, coordinator: User, given: Assignment
) -> None:
    workflow.report_done(given, by=officer_a, at=NOW, version=1, text="Đã xong.")

    response = send(client_of(coordinator), given, "return", reason=" ")

    given.refresh_from_db()
    assert list(response.context["page"].tried.form.errors) == ["reason"]
    assert given.status == Status.AWAITING_CONFIRMATION


def test_second_of_two_savers_sees_both_texts_and_can_send_again(
    client_of: Browser, officer_a: User, department_a: Department, given: Assignment
) -> None:
    colleague = builders.person(department=department_a, name="Vàng Thị Mai")
    first, second = client_of(colleague), client_of(officer_a)
    opened = second.get(page_of(given)).context["page"].offers[1].form.initial
    send(first, given, "report_progress", text="Bản của Mai.", percent="50", difficulties="Mưa.")

    late = second.post(
        f"{page_of(given)}report_progress/",
        {**typed(difficulties="Sạt lở."), "version": opened["version"], "seen": ""},
    )
    form = late.context["page"].tried.form
    shown = late.content.decode()
    again = second.post(
        f"{page_of(given)}report_progress/",
        {name: form[name].value() or "" for name in form.fields},
    )

    given.refresh_from_db()
    assert late.status_code == 409
    for text in ("Bản của Mai.", "Mưa.", "Vàng Thị Mai", "Đã rà soát 39 xã.", "Sạt lở."):
        assert text in shown
    assert again.status_code == 302
    assert [report.text for report in given.reports.all()] == ["Bản của Mai.", "Đã rà soát 39 xã."]
    assert (given.percent, given.version) == (80, 3)


def test_second_saver_whose_step_is_past_keeps_the_text(
    client_of: Browser, officer_a: User, department_a: Department, given: Assignment
) -> None:
    colleague = builders.person(department=department_a)
    send(client_of(colleague), given, "report_done", text="Đã xong cả.")

    late = send(client_of(officer_a), given, "report_progress", **typed(proposals="Thêm xe."))

    given.refresh_from_db()
    shown = late.content.decode()
    assert late.status_code == 409
    assert late.context["page"].offers == []
    for text in ("Đã xong cả.", "Đã rà soát 39 xã.", "Thêm xe.", "What you typed, not sent:"):
        assert text in shown
    assert (given.status, given.percent) == (Status.AWAITING_CONFIRMATION, 100)


def test_conflict_with_changed_terms_says_so(
    client_of: Browser, officer_a: User, coordinator: User, given: Assignment
) -> None:
    browser = client_of(officer_a)
    assigning.change(given, by=coordinator, version=1, deadline=date(2026, 1, 31))
    given.version = 1

    late = send(browser, given, "report_progress", **typed())

    shown = late.content.decode()
    assert late.status_code == 409
    assert "The terms were changed" in shown
    assert "31 January 2026" in shown.replace("\xa0", " ")
    assert "Đã rà soát 39 xã." in shown


def test_step_that_the_status_forbids_is_said(
    client_of: Browser, officer_a: User, given: Assignment
) -> None:
    workflow.receive(given, by=officer_a, at=NOW, version=1)

    response = send(client_of(officer_a), given, "receive")

    assert response.status_code == 409
    assert "is not possible while" in response.content.decode()
    assert Transition.objects.count() == 1


@pytest.mark.parametrize("step", [step.value for step in Step])
def test_step_of_a_stranger_on_a_public_task_is_refused(
    client_of: Browser, officer_b: User, given: Assignment, step: str
) -> None:
    response = send(client_of(officer_b), given, step, **typed(reason="x"))

    assert response.status_code == 403
    assert not Transition.objects.exists()


@pytest.mark.parametrize("step", [step.value for step in Step])
def test_step_of_a_stranger_on_a_confidential_task_is_not_there(
    client_of: Browser, officer_b: User, department_a: Department, step: str
) -> None:
    task = factories.TaskFactory.create(visibility="confidential")
    given = builders.assignment(task, department=department_a)

    response = send(client_of(officer_b), given, step, **typed(reason="x"))

    assert response.status_code == 404
    assert not Transition.objects.exists()


def test_steps_of_the_office_are_refused_to_officers(
    client_of: Browser, officer_a: User, given: Assignment
) -> None:
    workflow.report_done(given, by=officer_a, at=NOW, version=1, text="Đã xong.")
    browser = client_of(officer_a)

    answers = [
        send(browser, given, "confirm").status_code,
        send(browser, given, "return", reason="x").status_code,
    ]

    assert answers == [403, 403]


def test_coordinator_does_not_confirm_the_own_report(
    client_of: Browser, coordinator: User, department_a: Department, given: Assignment
) -> None:
    factories.MembershipFactory.create(user=coordinator, department=department_a)
    workflow.report_done(given, by=coordinator, at=NOW, version=1, text="Đã xong.")

    response = send(client_of(coordinator), given, "confirm")

    given.refresh_from_db()
    assert response.status_code == 403
    assert (given.status, given.version) == (Status.AWAITING_CONFIRMATION, 2)


def test_monitor_reports_nothing(
    client_of: Browser, officer_a: User, department_a: Department
) -> None:
    given = builders.assignment(department=department_a, role=Role.MONITOR)

    assert send(client_of(officer_a), given, "report_done", **typed()).status_code == 403


def test_step_asks_strangers_to_sign_in_and_leads_to_the_page(
    client: Client, given: Assignment
) -> None:
    response = send(client, given, "receive")

    given.refresh_from_db()
    assert response["Location"] == f"/admin/login/?next={page_of(given)}"
    assert given.status == Status.NOT_YET_RECEIVED


@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_step_refuses_the_wrong_method(
    client_of: Browser, officer_a: User, given: Assignment, method: str
) -> None:
    response = getattr(client_of(officer_a), method)(f"{page_of(given)}receive/")

    assert response.status_code == 405


def test_step_that_is_none_is_not_there(
    client_of: Browser, officer_a: User, given: Assignment
) -> None:
    assert send(client_of(officer_a), given, "erase").status_code == 404


def test_step_needs_the_token(officer_a: User, given: Assignment) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(officer_a)

    assert send(browser, given, "receive").status_code == 403
