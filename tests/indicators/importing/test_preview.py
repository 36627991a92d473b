"""A file of figures is looked at before it is recorded."""

import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from departments.models import User
from indicators.assessment import FigureStatus
from indicators.models import ImportBatch, Indicator, Observation
from tests import builders, factories
from tests.indicators.importing.desk import ClientOf, choose, confirm, csv, errors, messages, row

pytestmark = pytest.mark.django_db


def test_figures_are_recorded_after_they_were_confirmed(
    client_of: ClientOf, statistician: User, growth: Indicator, folder: Path
) -> None:
    client = client_of(statistician)

    page = choose(client, csv(row(), name="số liệu.csv"), note="Công văn 12")
    before = Observation.objects.count()
    after = confirm(client, page)

    assert before == 0
    assert messages(after) == ["1 figure recorded."]
    figure = Observation.objects.get()
    assert (figure.value, figure.period.code, figure.area.code) == (
        Decimal("7.34"),
        "2025",
        "dien-bien",
    )
    batch = ImportBatch.objects.get()
    assert (batch.door, batch.file_name, batch.note) == (
        "spreadsheet",
        "số liệu.csv",
        "Công văn 12",
    )
    assert batch.recorded_by == statistician
    assert list(folder.iterdir()) == []


def test_workbook_is_recorded_with_native_numbers_and_days(
    client_of: ClientOf, statistician: User, growth: Indicator
) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Chỉ tiêu", "Kỳ", "Nguồn", "Giá trị", "Trạng thái", "Tính đến"])
    book.active.append(["grdp", 2025, "so", 0.1 + 0.2, "Ước thực hiện", date(2025, 12, 31)])
    file = io.BytesIO()
    book.save(file)
    client = client_of(statistician)

    confirm(client, choose(client, SimpleUploadedFile("so.xlsx", file.getvalue())))

    figure = Observation.objects.get()
    assert (figure.value, figure.as_of) == (Decimal("0.3"), date(2025, 12, 31))


def test_preview_shows_old_and_new_and_what_stays(
    client_of: ClientOf, statistician: User, growth: Indicator
) -> None:
    source = factories.SourceFactory.create(code="so")
    for period, value in (("2023", "7.1"), ("2024", "8.51")):
        builders.figure(growth, value, period=period, source=source, as_of=date(2025, 12, 31),
                        status=FigureStatus.ESTIMATE, by=statistician)  # fmt: skip

    page = choose(
        client_of(statistician),
        csv(row("7.1", period="2023"), row("8.6", period="2024"), row("7.34")),
    )

    assert [line.number for line in page.context["unchanged"]] == [2]
    [changed] = page.context["changed"]
    assert (changed.old, changed.new) == (
        "8.51\xa0%, Estimate, 31/12/2025", "8.6\xa0%, Estimate, 31/12/2025",
    )  # fmt: skip
    assert [line.number for line in page.context["new"]] == [4]
    assert "8.51\xa0%, Estimate" in page.content.decode()
    assert Observation.objects.count() == 2


def test_all_rows_with_their_errors_are_shown_and_nothing_can_be_confirmed(
    client_of: ClientOf, statistician: User, growth: Indicator, folder: Path
) -> None:
    page = choose(
        client_of(statistician),
        csv(
            row("x"),
            row(),
            row(period="2025-13"),
            row("9"),
            "nothing,2025,nowhere,1,final,1/13/2025",
        ),
    )

    assert [line.number for line in page.context["wrong"]] == [2, 4, 5, 6]
    assert errors(page) == [
        "Column “value”: “x” is not a number. Write it like 15,292.791, without spaces, units or "
        "percent signs.",
        "Column “period”: “2025-13” is not a period. Write one like 2025, 2025-H1, 2025-Q3, "
        "2025-M07, 2025-9M, 2021-2025, T2020-2025, 2025-10-31.",
        "Row 3 holds the same figure already.",
        "Column “indicator”: No record has the code “nothing”.",
        "Column “source”: No record has the code “nowhere”.",
        "Column “status”: “final” is not known here. Write one of: forecast, dự báo, estimate, "
        "ước, ước tính, ước thực hiện, preliminary, sơ bộ, official, chính thức.",
        "Column “as of”: “1/13/2025” is not a day. Write day/month/year with four digits for the "
        "year, like 31/12/2025.",
    ]
    assert page.context["found"].unknown_indicators == ["nothing"]
    assert page.context["found"].unknown_sources == ["nowhere"]
    assert "ticket" not in page.context
    assert not folder.exists()


def test_figures_that_are_all_on_record_leave_nothing_to_confirm(
    client_of: ClientOf, statistician: User, growth: Indicator
) -> None:
    client = client_of(statistician)
    confirm(client, choose(client, csv(row())))

    page = choose(client, csv(row()))

    assert "ticket" not in page.context
    assert b"There is nothing to record." in page.content
