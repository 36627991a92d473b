from datetime import date

import pytest
from django.test import Client

from departments.models import Department, Succession
from tests.factories import NOW, DepartmentFactory, DepartmentNameFactory
from tests.visiting import BOTH, STRANGE, address, queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW, tick=False)]

DEPARTMENTS = "/en/departments/"


def close(department: Department, *, on: date, **heirs: Department) -> None:
    """The heirs by their field of work."""
    Department.objects.filter(pk=department.pk).update(closed_on=on)
    for field, heir in heirs.items():
        Succession.objects.create(
            predecessor=department, successor=heir, field_en=field, field_vi=field, effective_on=on
        )


def names(client: Client, query: str = "") -> list[str]:
    rows = client.get(f"{DEPARTMENTS}?{query}").context["table"].data
    return [row.department.name_vi for row in rows]


@BOTH
def test_departments_in_both_languages(client: Client, language: str) -> None:
    department = DepartmentFactory.create(name_vi="Sở Y tế", name_en="Department of Health")

    response = client.get(address(language, "departments:departments"))

    name = {"vi": department.name_vi, "en": department.name_en}[language]
    assert f'<a href="/{language}/departments/{department.slug}/">{name}</a>' in str(
        response.content, "utf-8"
    )


def test_departments_without_any(client: Client) -> None:
    response = client.get(DEPARTMENTS)

    assert "No department matches." in str(response.content, "utf-8")


def test_departments_refuse_to_be_written(client: Client) -> None:
    assert client.post(DEPARTMENTS).status_code == 405


@STRANGE
def test_departments_with_a_strange_query(client: Client, query: str) -> None:
    DepartmentFactory.create_batch(2)

    assert client.get(f"{DEPARTMENTS}?{query}").status_code == 200


def test_departments_in_vietnamese_order(client: Client) -> None:
    for name in ("Sở Ẩn", "Ban Dân tộc", "Sở Ăn", "Đài Phát thanh"):
        DepartmentFactory.create(name_vi=name)

    rows = client.get("/vi/departments/").context["page"].rows

    assert [row.department.name_vi for row in rows] == [
        "Ban Dân tộc", "Đài Phát thanh", "Sở Ăn", "Sở Ẩn",
    ]  # fmt: skip


def test_departments_in_english_order(client: Client) -> None:
    DepartmentFactory.create(name_vi="A", name_en="Department of Health")
    DepartmentFactory.create(name_vi="B", name_en="department of Finance")

    assert names(client) == ["B", "A"]


@pytest.mark.parametrize("column", ["name", "kind", "parent", "opened_on"])
def test_departments_sorted_up_and_down(client: Client, column: str) -> None:
    whole = DepartmentFactory.create(name_vi="A", name_en="A", kind="office", opened_on=None)
    DepartmentFactory.create(name_vi="B", name_en="B", kind="board", parent=whole)

    up, down = names(client, f"sort={column}"), names(client, f"sort=-{column}")

    assert up == down[::-1]
    assert sorted(up) == ["A", "B"]


def test_departments_closed_stand_apart_with_their_heirs_by_field(client: Client) -> None:
    closed = DepartmentFactory.create(name_en="Department of Transport")
    roads, schools = DepartmentFactory.create_batch(2)
    close(closed, on=date(2025, 3, 1), roads=roads, schools=schools)

    response = client.get(DEPARTMENTS)

    [apart] = response.context["page"].closed
    assert (apart.name, apart.closed_on) == ("Department of Transport", date(2025, 3, 1))
    assert [(heir.url, heir.field) for heir in apart.heirs] == [
        (f"/en/departments/{roads.slug}/", "roads"),
        (f"/en/departments/{schools.slug}/", "schools"),
    ]
    assert {row.department for row in response.context["page"].rows} == {roads, schools}


@pytest.mark.parametrize(
    ("opened_on", "closed_on", "place"),
    [
        (None, None, "open"),
        (date(2025, 11, 20), None, "open"),
        (date(2025, 11, 21), None, "nowhere"),
        (None, date(2025, 11, 21), "open"),
        (None, date(2025, 11, 20), "closed"),
    ],
)
def test_departments_open_on_the_day(
    client: Client, opened_on: date | None, closed_on: date | None, place: str
) -> None:
    DepartmentFactory.create(opened_on=opened_on, closed_on=closed_on)

    page = client.get(DEPARTMENTS).context["page"]

    assert len(page.rows) == (place == "open")
    assert len(page.closed) == (place == "closed")


def test_departments_found_without_diacritics_and_by_an_earlier_name(client: Client) -> None:
    DepartmentFactory.create(name_vi="Sở Y tế")
    renamed = DepartmentFactory.create(name_vi="Sở Nội vụ")
    DepartmentNameFactory.create(department=renamed, name_vi="Sở Lao động")

    assert names(client, "q=y+te") == ["Sở Y tế"]
    assert names(client, "q=lao+dong") == ["Sở Nội vụ"]


def test_departments_of_one_kind(client: Client) -> None:
    DepartmentFactory.create(name_vi="Ban Quản lý", kind=Department.Kind.BOARD)
    DepartmentFactory.create()

    assert names(client, "kind=board") == ["Ban Quản lý"]


def test_departments_beyond_the_last_page_show_the_last_one(client: Client) -> None:
    DepartmentFactory.create_batch(26)

    table = client.get(f"{DEPARTMENTS}?page=9").context["table"]

    assert (table.page.number, len(table.page)) == (2, 1)


def test_departments_ask_as_often_for_three_as_for_one(client: Client) -> None:
    heir = DepartmentFactory.create()
    close(DepartmentFactory.create(parent=heir), on=date(2025, 3, 1), all=heir)
    asked = queries_of(client, DEPARTMENTS)
    for department in DepartmentFactory.create_batch(2, parent=heir):
        close(department, on=date(2025, 3, 1), all=heir)
    DepartmentFactory.create_batch(2, parent=heir)

    assert queries_of(client, DEPARTMENTS) == asked
