"""Exports: for those who may see, without live formulas, and readable again."""

import csv
import io
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
import tablib
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from departments.access import Role
from departments.models import Membership, User
from indicators.models import Indicator, Observation, Target
from indicators.resources import CSV, XLSX, IndicatorResource, ObservationResource, TargetResource
from tests import builders, factories
from tests.factories import GROWTH_VI, NOW

EXPORT = "/admin/indicators/observation/export/"
CSV_FORMAT, XLSX_FORMAT = "0", "1"
ClientOf = Callable[[Any], Client]
FORMULA = '=HYPERLINK("http://x","y")'


@pytest.fixture(autouse=True)
def english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"


def rows(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def written(dataset: tablib.Dataset) -> list[list[str]]:
    return list(csv.reader(io.StringIO(CSV().export_data(dataset))))


def cells(dataset: tablib.Dataset) -> list[list[Any]]:
    book = openpyxl.load_workbook(io.BytesIO(XLSX().export_data(dataset)))
    return [[(cell.value, cell.data_type) for cell in row] for row in book.active.iter_rows()]


# The files


@pytest.mark.parametrize("text", ["=1+1", "+1", "@x", "\t=1", "\r=1", "-1", "-x", " =1", FORMULA])
def test_text_that_would_run_is_escaped_in_both_formats(text: str) -> None:
    dataset = tablib.Dataset([text], headers=["a"])

    assert written(dataset)[1] == [f"'{text}"]
    [[(value, kind)]] = cells(dataset)[1:]
    assert (value[0], kind) == ("'", "s")


@pytest.mark.parametrize(
    ("value", "in_csv", "in_xlsx"),
    [
        (Decimal("-7.340000"), "-7.34", (-7.34, "n")),
        (Decimal("15292.791000"), "15292.791", (15292.791, "n")),
        (Decimal("8500.000000"), "8500", (8500, "n")),
        (Decimal("0.000000"), "0", (0, "n")),
        (
            Decimal("123456789012345678.123456"),
            "123456789012345678.123456",
            ("123456789012345678.123456", "s"),
        ),
        (date(2025, 2, 1), "2025-02-01", (datetime(2025, 2, 1), "d")),  # noqa: DTZ001 - of a cell
        (None, "", (None, "n")),
        (5, "5", (5, "n")),
        ("Điện Biên", "Điện Biên", ("Điện Biên", "s")),
    ],
)
def test_values_stay_what_they_are(value: Any, in_csv: str, in_xlsx: tuple[Any, str]) -> None:
    dataset = tablib.Dataset([value, "x"], headers=["a", "b"])

    assert written(dataset)[1][0] == in_csv
    assert cells(dataset)[1][0] == in_xlsx


def test_times_are_those_of_the_province() -> None:
    dataset = tablib.Dataset([NOW], headers=["a"])

    assert written(dataset)[1] == ["2025-11-20 09:00"]
    assert cells(dataset)[1][0][0] == datetime(2025, 11, 20, 9, 0)  # noqa: DTZ001 - of a cell


@given(st.text(max_size=30))
def test_any_text_can_be_written_and_none_is_a_formula(text: str) -> None:
    dataset = tablib.Dataset([text], headers=["a"])

    [[(_value, kind)]] = cells(dataset)[1:]

    assert kind != "f"


# The admin


@pytest.fixture
def growth(province: object) -> Indicator:
    return factories.IndicatorFactory.create(code="grdp", name_en="GRDP growth")


def test_list_as_it_is_filtered_is_exported(
    client_of: ClientOf, statistician: User, growth: Indicator
) -> None:
    for period, value in (("2024", "8.51"), ("2025", "7.34")):
        builders.figure(growth, value, period=period, note=FORMULA)

    answer = client_of(statistician).post(
        f"{EXPORT}?q=grdp&as_of__year=2025", {"format": CSV_FORMAT}
    )

    assert answer["Content-Type"] == "text/csv"
    assert "observation-" in answer["Content-Disposition"]
    assert rows(answer) == [
        {
            "indicator": "grdp", "indicator name": "GRDP growth", "unit": "%", "period": "2025",
            "area": "dien-bien", "source": "statistics-office", "value": "7.34", "upper value": "",
            "form": "level", "status": "official", "as of": "2025-12-31", "note": f"'{FORMULA}",
            "known from": "2025-11-20 09:00", "known until": "",
            "batch": str(Observation.objects.get(period="2025").batch_id),
        }
    ]  # fmt: skip


@pytest.mark.parametrize("file_format", [CSV_FORMAT, XLSX_FORMAT])
def test_export_can_be_imported_again(
    client_of: ClientOf, statistician: User, growth: Indicator, file_format: str
) -> None:
    for period, value in (("2023", "-1.234"), ("2024", "1234.567"), ("2025", "7.34")):
        builders.figure(growth, value, period=period, note=FORMULA)
    client = client_of(statistician)
    exported = client.post(EXPORT, {"format": file_format}).content

    page = client.post(
        "/admin/indicators/observation/import/",
        {"import_file": SimpleUploadedFile("x", exported), "convention": "en"},
    )

    assert [len(page.context[kind]) for kind in ("wrong", "changed", "new", "unchanged")] == [
        0, 0, 0, 3,
    ]  # fmt: skip


def test_confidential_figures_go_to_those_who_may_see_them(
    client_of: ClientOf, statistician: User, department_a: Any, department_b: Any, auditor: User
) -> None:
    secret = factories.IndicatorFactory.create(is_public=False)
    builders.figure(secret, "1")
    factories.ResponsibilityFactory.create(
        indicator=secret, department=department_a, starts_on=date(2020, 1, 1)
    )
    insider = builders.person(Role.STATISTICIAN, department=department_a)
    outsider = builders.person(Role.STATISTICIAN, department=department_b)
    Membership.objects.update(starts_on=date(2020, 1, 1))

    seen = {
        name: len(rows(client_of(user).post(EXPORT, {"format": CSV_FORMAT})))
        for name, user in {
            "statistician": statistician, "insider": insider, "outsider": outsider,
            "auditor": auditor, "editor": builders.person(Role.EDITOR),
        }.items()
    }  # fmt: skip

    assert seen == {"statistician": 1, "insider": 1, "outsider": 0, "auditor": 1, "editor": 0}


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.MODERATOR, Role.ADMINISTRATOR, Role.COORDINATOR])
def test_who_may_not_view_may_not_export(client_of: ClientOf, role: Role) -> None:
    client = client_of(builders.person(role))

    assert client.get(EXPORT).status_code == 403
    assert client.post(EXPORT, {"format": CSV_FORMAT}).status_code == 403


def test_rows_chosen_by_hand_are_scoped_too(
    client_of: ClientOf, department_b: Any, growth: Indicator
) -> None:
    secret = builders.figure(factories.IndicatorFactory.create(is_public=False), "1")
    user = builders.person(Role.STATISTICIAN, department=department_b)

    answer = client_of(user).post(EXPORT, {"format": CSV_FORMAT, "export_items": [secret.pk]})

    assert b"growth" not in answer.content


def test_filter_that_does_not_exist_is_dropped(client_of: ClientOf, statistician: User) -> None:
    answer = client_of(statistician).get(f"{EXPORT}?nothing=1")

    assert answer.status_code == 302


def test_queries_of_an_export_do_not_grow(
    client_of: ClientOf, statistician: User, growth: Indicator
) -> None:
    client = client_of(statistician)
    client.post(EXPORT, {"format": CSV_FORMAT})
    counts = []
    for period in ("2021", "2022", "2023"):
        builders.figure(growth, "1", period=period)
        with CaptureQueriesContext(connection) as queries:
            client.post(EXPORT, {"format": CSV_FORMAT})
        counts.append(len(queries))

    assert len(set(counts)) == 1


# Indicators and targets


def exported(resource: type[Any], model: Any, by: User) -> list[dict[str, Any]]:
    dataset = resource(by=by, at=NOW).export(model.objects.all())
    return [dict(row) for row in dataset.dict]


def test_indicators_with_the_department_that_leads_them(
    statistician: User, department_a: Any
) -> None:
    indicator = factories.IndicatorFactory.create(code="grdp", aliases=["GRDP", "growth"])
    factories.ResponsibilityFactory.create(indicator=indicator, department=department_a)

    [row] = exported(IndicatorResource, Indicator, statistician)

    assert (row["code"], row["unit"], row["department"]) == ("grdp", "percent", "STC")
    assert (row["other names"], row["decimals"], row["public"]) == ("GRDP; growth", 2, True)


def test_targets_with_each_version_that_stands(statistician: User) -> None:
    version = builders.published_target(GROWTH_VI, value="10.5")

    [row] = exported(TargetResource, Target, statistician)

    assert (row["indicator"], row["period"]) == (version.target.indicator.code, "2025")
    assert (row["comparator"], row["value"], row["words"]) == ("gt", Decimal("10.5"), GROWTH_VI)
    assert (row["article"], row["known from"]) == (version.article.slug, NOW)


@pytest.mark.parametrize("resource", [IndicatorResource, TargetResource, ObservationResource])
def test_confidential_records_are_left_out(resource: type[Any], department_b: Any) -> None:
    secret = factories.IndicatorFactory.create(is_public=False)
    builders.figure(secret, "1")
    builders.published_target(indicator=secret)
    by = builders.person(Role.STATISTICIAN, department=department_b)
    model = {IndicatorResource: Indicator, TargetResource: Target}.get(resource, Observation)

    assert exported(resource, model, by) == []


@pytest.mark.parametrize("resource", [IndicatorResource, TargetResource, ObservationResource])
@pytest.mark.django_db
def test_nothing_is_imported_past_the_actions(resource: type[Any], statistician: User) -> None:
    with pytest.raises(NotImplementedError):
        resource(by=statistician, at=NOW).import_data(tablib.Dataset())
