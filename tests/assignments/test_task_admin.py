"""Tasks in the admin: every address, for those who may and those who may not."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assignments import assigning
from assignments.models import Assignment, Task
from assignments.statuses import Role
from departments.models import Department, User
from tests import builders, factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]

Browser = Callable[[User], Client]
LIST = "/admin/assignments/task/"
GIVEN, NEW = "assignments", "assignments-2"


def change_page(task: Task) -> str:
    return f"{LIST}{task.pk}/change/"


def rows(prefix: str, *filled: dict[str, Any], initial: int = 0) -> dict[str, Any]:
    data: dict[str, Any] = {
        f"{prefix}-TOTAL_FORMS": len(filled),
        f"{prefix}-INITIAL_FORMS": initial,
        f"{prefix}-MIN_NUM_FORMS": 0,
        f"{prefix}-MAX_NUM_FORMS": 1000,
    }
    for number, row in enumerate(filled):
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


def said(task: Task, **changed: Any) -> dict[str, Any]:
    """What the form sends for the task as it is."""
    fields = {
        "code": task.code, "plan": task.plan_id, "group": task.group_id or "",
        "title_vi": task.title_vi, "title_en": task.title_en, "passage": task.passage_id or "",
        "words": task.words, "document": task.document_id or "", "source": task.source_id,
        "content_vi": "", "content_en": "", "expected_result": "", "addressee_as_written": "",
        "mode": task.mode, "assigned_on": "10/01/2025", "deadline": "31/12/2025",
        "deadline_as_written": "", "visibility": task.visibility, "opened_version": task.version,
    }  # fmt: skip
    return fields | changed


def new_row(department: Department, **terms: Any) -> dict[str, Any]:
    return {"department": department.pk, "role": "lead", "deadline": "", **terms}


def given_row(given: Assignment, **terms: Any) -> dict[str, Any]:
    return {
        "id": given.pk, "task": given.task_id, "responsible_post": given.responsible_post,
        "deadline": "31/12/2025", "deliverable_vi": given.deliverable_vi,
        "authority": given.authority, "opened_version": given.version, **terms,
    }  # fmt: skip


@pytest.fixture
def secret(department_a: Department) -> Task:
    task = factories.TaskFactory.create(title_vi="Diễn tập phòng thủ", visibility="confidential")
    builders.assignment(task, department=department_a)
    return task


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("coordinator", True), ("auditor", True), ("officer_a", True), ("officer_b", False),
        ("editor", False), ("chief_editor", False),
    ],
)  # fmt: skip
def test_confidential_task_by_person(
    request: pytest.FixtureRequest, client_of: Browser, secret: Task, who: str, *, sees: bool
) -> None:
    browser = client_of(request.getfixturevalue(who))

    listed = secret in set(browser.get(LIST).context["cl"].queryset)
    pages = {
        browser.get(f"{LIST}{secret.pk}/{page}/").status_code for page in ("change", "history")
    }

    assert listed is sees
    assert pages == ({200} if sees else {404})


@pytest.mark.parametrize("page", ["change", "history", "delete"])
def test_confidential_task_is_not_there_for_strangers(
    client_of: Browser, officer_b: User, editor: User, secret: Task, page: str
) -> None:
    answers = {
        getattr(client_of(user), method)(f"{LIST}{secret.pk}/{page}/").status_code
        for user in (officer_b, editor)
        for method in ("get", "post")
    }

    assert answers == {404}


@pytest.mark.parametrize(
    "query",
    [{"q": "dien tap"}, {"visibility__exact": "confidential"}, {"deadline__year": "2025"},
     {"mode__exact": "joint"}],
)  # fmt: skip
def test_list_by_any_query_leads_a_stranger_to_nothing_confidential(
    client_of: Browser, officer_b: User, secret: Task, query: dict[str, str]
) -> None:
    response = client_of(officer_b).get(LIST, query)

    assert secret not in set(response.context["cl"].queryset)
    assert "Diễn tập" not in response.content.decode()


def test_list_finds_without_diacritics(client_of: Browser, editor: User) -> None:
    task = factories.TaskFactory.create(title_vi="Trồng rừng ở Điện Biên Đông")
    factories.TaskFactory.create()

    found = client_of(editor).get(LIST, {"q": "rung o dien bien"}).context["cl"].queryset

    assert list(found) == [task]


def test_autocomplete_finds_only_what_the_person_sees(
    client_of: Browser, officer_a: User, officer_b: User, secret: Task
) -> None:
    address = "/admin/autocomplete/"
    query = {
        "app_label": "assignments", "model_name": "assignment", "field_name": "task",
        "term": "dien tap",
    }  # fmt: skip

    found = {
        user.name: len(client_of(user).get(address, query).json()["results"])
        for user in (officer_a, officer_b)
    }

    assert found == {officer_a.name: 1, officer_b.name: 0}


@pytest.mark.parametrize("who", ["officer_a", "officer_b", "auditor"])
def test_readers_change_nothing(
    request: pytest.FixtureRequest, client_of: Browser, department_a: Department, who: str
) -> None:
    task = factories.TaskFactory.create()
    builders.assignment(task, department=department_a)
    browser = client_of(request.getfixturevalue(who))
    data = said(task, title_vi="Khác") | rows(GIVEN) | rows(NEW)

    answers = [browser.post(change_page(task), data), browser.post(f"{LIST}add/", data)]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert Task.objects.get().title_vi == task.title_vi


def test_editor_adds_a_task_that_rests_on_a_sentence(client_of: Browser, editor: User) -> None:
    sentence = "Các sở được giao xây dựng kế hoạch chi tiết trước ngày 31/3/2025."
    passage = builders.passage_of(builders.draft_article(), sentence)
    task = factories.TaskFactory.build(
        plan=factories.PlanFactory.create(), source=factories.SourceFactory.create(),
        document=None, passage=passage, words="xây dựng kế hoạch",
    )  # fmt: skip

    response = client_of(editor).post(f"{LIST}add/", said(task) | rows(GIVEN) | rows(NEW))

    saved = Task.objects.get()
    assert response.status_code == 302
    assert (saved.words, saved.passage, saved.deadline) == (
        "xây dựng kế hoạch", passage, date(2025, 12, 31),
    )  # fmt: skip


def test_words_that_are_not_in_the_sentence_are_refused_at_their_field(
    client_of: Browser, editor: User
) -> None:
    passage = builders.passage_of(builders.draft_article("Các sở rà soát."), "Các sở rà soát.")
    task = factories.TaskFactory.build(
        plan=factories.PlanFactory.create(), source=factories.SourceFactory.create(),
        document=None, passage=passage, words="trồng rừng",
    )  # fmt: skip

    response = client_of(editor).post(f"{LIST}add/", said(task) | rows(GIVEN) | rows(NEW))

    assert list(response.context["adminform"].form.errors) == ["words"]
    assert not Task.objects.exists()


def test_editor_cannot_make_a_task_confidential(client_of: Browser, editor: User) -> None:
    task = factories.TaskFactory.create()

    response = client_of(editor).post(change_page(task), said(task, visibility="confidential"))

    task.refresh_from_db()
    assert list(response.context["adminform"].form.errors) == ["visibility"]
    assert task.is_public


def test_editor_of_the_department_reads_its_confidential_task_but_never_lays_it_open(
    client_of: Browser, editor: User, secret: Task, department_a: Department
) -> None:
    factories.MembershipFactory.create(user=editor, department=department_a)
    client = client_of(editor)

    shown = client.get(change_page(secret))
    refused = client.post(change_page(secret), said(secret, visibility="public"))

    secret.refresh_from_db()
    assert (shown.status_code, refused.status_code) == (200, 403)
    assert not shown.context["has_change_permission"]
    assert not secret.is_public


def test_coordinator_assigns_to_departments(
    client_of: Browser, coordinator: User, department_a: Department, department_b: Department
) -> None:
    task = factories.TaskFactory.create()
    data = said(task) | rows(GIVEN) | rows(
        NEW,
        new_row(department_a, deliverable_vi="Đề án"),
        new_row(department_b, role="cooperating", deadline="30/11/2025"),
    )  # fmt: skip

    response = client_of(coordinator).post(change_page(task), data)

    assert response.status_code == 302
    assert list(
        task.assignments.order_by("pk").values_list(
            "department", "role", "deadline", "deliverable_vi"
        )
    ) == [
        (department_a.pk, "lead", date(2025, 12, 31), "Đề án"),
        (department_b.pk, "cooperating", date(2025, 11, 30), ""),
    ]


def test_task_without_a_code_gets_the_next_one(client_of: Browser, coordinator: User) -> None:
    task = factories.TaskFactory.build(
        plan=factories.PlanFactory.create(),
        source=factories.SourceFactory.create(),
        document=factories.DocumentFactory.create(),
    )

    response = client_of(coordinator).post(f"{LIST}add/", said(task, code="") | rows("assignments"))

    assert response.status_code == 302
    assert Task.objects.get().code == f"{task.plan.period.code}-001"


def test_second_lead_is_refused_at_its_row_and_nothing_is_saved(
    client_of: Browser, coordinator: User, department_a: Department, department_b: Department
) -> None:
    task = factories.TaskFactory.create()
    data = said(task) | rows(GIVEN) | rows(NEW, new_row(department_a), new_row(department_b))

    response = client_of(coordinator).post(change_page(task), data)

    assert response.status_code == 200
    faults = [row.errors for row in response.context["inline_admin_formsets"][1].formset.forms]
    assert [list(fault) for fault in faults] == [[], ["__all__"]]
    assert not task.assignments.exists()


def test_editor_has_no_way_to_assign(
    client_of: Browser, editor: User, department_a: Department
) -> None:
    task = factories.TaskFactory.create()
    data = said(task, title_vi="Khác")

    for prefix in (GIVEN, NEW):
        client_of(editor).post(change_page(task), data | rows(prefix, new_row(department_a)))

    assert not Assignment.objects.exists()


def test_coordinator_changes_terms_in_the_row(
    client_of: Browser, coordinator: User, department_a: Department
) -> None:
    task = factories.TaskFactory.create()
    given = builders.assignment(task, department=department_a)
    data = said(task) | rows(NEW)
    data |= rows(GIVEN, given_row(given, deliverable_vi="Đề án", status="completed"), initial=1)

    response = client_of(coordinator).post(change_page(task), data)

    given.refresh_from_db()
    assert response.status_code == 302
    assert (given.deliverable_vi, given.version, given.status) == ("Đề án", 2, "not_yet_received")


def test_second_saver_of_a_row_sees_both(
    client_of: Browser, coordinator: User, department_a: Department
) -> None:
    task = factories.TaskFactory.create()
    given = builders.assignment(task, department=department_a)
    data = said(task) | rows(NEW)
    data |= rows(GIVEN, given_row(given, deliverable_vi="Kế hoạch"), initial=1)
    assigning.change(given, by=coordinator, version=1, deliverable_vi="Đề án")

    response = client_of(coordinator).post(change_page(task), data)

    shown = response.content.decode()
    given.refresh_from_db()
    assert response.status_code == 200
    assert "Đề án" in shown
    assert "Kế hoạch" in shown
    assert given.deliverable_vi == "Đề án"


def test_second_saver_of_a_task_sees_both(
    client_of: Browser, editor: User, coordinator: User
) -> None:
    task = factories.TaskFactory.create()
    data = said(task, title_vi="Bản của tôi") | rows(GIVEN) | rows(NEW)
    theirs = Task.objects.get(pk=task.pk)
    theirs.title_vi = "Bản của Mai"
    assigning.edit(theirs, by=coordinator, version=1)

    response = client_of(editor).post(change_page(task), data)

    shown = response.content.decode()
    assert response.status_code == 200
    assert "Bản của Mai" in shown
    assert "Bản của tôi" in shown
    assert Task.objects.get().title_vi == "Bản của Mai"


def test_mode_that_does_not_fit_the_assignments_is_refused(
    client_of: Browser, coordinator: User, department_a: Department
) -> None:
    task = factories.TaskFactory.create()
    given = builders.assignment(task, department=department_a, role=Role.COOPERATING)
    data = said(task, mode="each") | rows(NEW) | rows(GIVEN, given_row(given), initial=1)

    response = client_of(coordinator).post(change_page(task), data)

    assert list(response.context["adminform"].form.errors) == ["mode"]


def test_reader_sees_only_public_targets_of_a_task(
    client_of: Browser, officer_a: User, coordinator: User, secret: Task
) -> None:
    indicator = factories.IndicatorFactory.create(
        name_vi="Quân dự bị", name_en="Quân dự bị", is_public=False
    )
    secret.targets.add(builders.published_target(indicator=indicator).target)

    pages = {
        user.name: "Quân dự bị" in client_of(user).get(change_page(secret)).content.decode()
        for user in (officer_a, coordinator)
    }

    assert pages == {officer_a.name: False, coordinator.name: True}


def test_nobody_deletes(client_of: Browser, coordinator: User) -> None:
    task = factories.TaskFactory.create()
    browser = client_of(coordinator)

    answer = browser.post(f"{LIST}{task.pk}/delete/", {"post": "yes"}).status_code
    browser.post(LIST, {"action": "delete_selected", "_selected_action": [task.pk]})

    assert answer == 403
    assert Task.objects.exists()


@pytest.mark.parametrize("page", ["", "add/", "export/"])
def test_list_is_closed_to_those_without_the_permission(
    client_of: Browser, statistician: User, page: str
) -> None:
    assert client_of(statistician).get(LIST + page).status_code == 403


def test_queries_do_not_grow(client_of: Browser, coordinator: User) -> None:
    browser = client_of(coordinator)
    task = factories.TaskFactory.create()

    def queries() -> tuple[int, int]:
        builders.assignment(task, role=Role.COOPERATING)
        builders.assignment()
        with CaptureQueriesContext(connection) as of_list:
            browser.get(LIST)
        with CaptureQueriesContext(connection) as of_page:
            browser.get(change_page(task))
        return len(of_list), len(of_page)

    numbers = [queries() for _rows in (1, 2, 3)]

    assert len(set(numbers)) == 1
