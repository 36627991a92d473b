import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from assignments.resources import TaskResource
from assignments.statuses import Role
from departments.models import Department, User
from tests import builders, factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]

Browser = Callable[[User], Client]
EXPORT = "/admin/assignments/task/export/"
CSV, XLSX = 0, 1


def exported(browser: Client, file_format: int = CSV, **query: str) -> Any:
    fields = {f"taskresource_{name}": "on" for name in TaskResource.fields}
    return browser.post(
        EXPORT,
        {"format": file_format, "resource": "0", **fields},
        query_params=query,
    )


def rows_of(response: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_export_of_a_task_as_it_stands(
    client_of: Browser, editor: User, department_a: Department, department_b: Department
) -> None:
    task = factories.TaskFactory.create(deadline=date(2025, 11, 1))
    builders.assignment(task, department=department_a)
    builders.assignment(task, department=department_b, role=Role.COOPERATING)

    [row] = rows_of(exported(client_of(editor)))

    assert (row["task"], row["led by"], row["with"], row["deadline"], row["state"]) == (
        task.code, "STC", "SYT (cooperating)", "2025-11-01", "overdue",
    )  # fmt: skip
    assert (row["days late"], row["percent done"]) == ("19", "0")


@pytest.mark.parametrize(
    ("who", "number"), [("coordinator", 2), ("auditor", 2), ("officer_a", 2), ("officer_b", 1)]
)
def test_export_holds_what_the_person_sees(
    request: pytest.FixtureRequest, client_of: Browser, department_a: Department, who: str,
    number: int,
) -> None:  # fmt: skip
    factories.TaskFactory.create()
    builders.assignment(
        factories.TaskFactory.create(visibility="confidential"), department=department_a
    )

    rows = rows_of(exported(client_of(request.getfixturevalue(who))))

    assert len(rows) == number


def test_export_follows_the_filters(client_of: Browser, editor: User) -> None:
    task = factories.TaskFactory.create(title_vi="Trồng rừng")
    factories.TaskFactory.create()

    rows = rows_of(exported(client_of(editor), q="trong rung"))

    assert [row["task"] for row in rows] == [task.code]


@pytest.mark.parametrize("title", ["=1+1", "+84", "-1+1", "@SUM(A1)", "\t=1+1"])
def test_export_writes_no_live_formula(client_of: Browser, editor: User, title: str) -> None:
    factories.TaskFactory.create(title_vi=title)

    [row] = rows_of(exported(client_of(editor)))
    workbook = load_workbook(io.BytesIO(exported(client_of(editor), XLSX).content))
    cells = [cell for cells in workbook.active.iter_rows(min_row=2) for cell in cells]

    assert row["title in Vietnamese"][0] not in "=+-@\t\r"
    assert "f" not in {cell.data_type for cell in cells}


@pytest.mark.parametrize("who", ["statistician", "moderator", "administrator"])
def test_export_is_closed_to_those_without_the_permission(
    request: pytest.FixtureRequest, client_of: Browser, who: str
) -> None:
    browser = client_of(request.getfixturevalue(who))

    assert (browser.get(EXPORT).status_code, exported(browser).status_code) == (403, 403)


def test_export_asks_strangers_to_sign_in(client: Client) -> None:
    assert exported(client).status_code == 302


def test_export_queries_do_not_grow(client_of: Browser, editor: User) -> None:
    browser = client_of(editor)

    def queries() -> int:
        builders.assignment()
        with CaptureQueriesContext(connection) as captured:
            exported(browser)
        return len(captured)

    numbers = [queries() for _rows in (1, 2, 3)]

    assert len(set(numbers)) == 1
