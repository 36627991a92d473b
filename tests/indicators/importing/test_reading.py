"""Numbers, days and headers of a file of figures."""

import io
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from departments.models import User
from indicators.models import ImportBatch, Indicator, Observation
from tests.indicators.importing.desk import HEAD, ClientOf, choose, confirm, csv, errors, row

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("convention", "text", "value"),
    [
        ("vi", "15.292", "15292"),
        ("en", "15.292", "15.292"),
        ("vi", '"15.292,791"', "15292.791"),
        ("en", '"15,292.791"', "15292.791"),
        ("vi", "15.292.791", "15292791"),
        ("vi", '"-0,5"', "-0.5"),
        ("en", "−0.5", "-0.5"),
    ],
)
@pytest.mark.parametrize("page_language", ["vi", "en"])
def test_convention_of_the_file_decides_and_not_the_page(  # noqa: PLR0917 - fixtures and cases
    client_of: ClientOf, statistician: User, growth: Indicator, settings: Any,
    convention: str, text: str, value: str, page_language: str,
) -> None:  # fmt: skip
    settings.LANGUAGE_CODE = page_language
    client = client_of(statistician)

    confirm(client, choose(client, csv(row(text)), convention=convention))

    assert Observation.objects.get().value == Decimal(value)


@pytest.mark.parametrize(
    ("convention", "text"),
    [("vi", "15292.791"), ("en", '"15.292,791"'), ("en", '"7,34"'), ("vi", "7.34"), ("en", "7.34%"),
     ("en", "1e3"), ("en", "7.3412345"), ("en", "1 000")],
)  # fmt: skip
def test_number_of_the_other_convention_is_refused(
    client_of: ClientOf, statistician: User, growth: Indicator, convention: str, text: str
) -> None:
    page = choose(client_of(statistician), csv(row(text)), convention=convention)

    assert len(errors(page)) == 1
    assert "Column “value”" in errors(page)[0]


@pytest.mark.parametrize("convention", ["", "xx"])
def test_convention_has_to_be_chosen(
    client_of: ClientOf, statistician: User, growth: Indicator, convention: str
) -> None:
    page = choose(client_of(statistician), csv(row()), convention=convention)

    assert "convention" in page.context["form"].errors
    assert "ticket" not in page.context


@pytest.mark.parametrize(
    "text",
    ["01/02/2025", "2025-02-01", "1/2/2025", " 01/02/2025 "],
)
def test_first_of_february(
    client_of: ClientOf, statistician: User, growth: Indicator, text: str
) -> None:
    client = client_of(statistician)

    confirm(client, choose(client, csv(f"grdp,2025,so,7,official,{text}")))

    assert Observation.objects.get().as_of == date(2025, 2, 1)


@pytest.mark.parametrize(
    "text", ["02/13/2025", "1.2.2025", "01/02/25", "Feb 1 2025", "45689", "20250201"]
)
def test_other_days_are_refused(
    client_of: ClientOf, statistician: User, growth: Indicator, text: str
) -> None:
    page = choose(client_of(statistician), csv(f"grdp,2025,so,7,official,{text}"))

    assert "is not a day" in errors(page)[0]


def test_percentage_cell_is_refused_with_what_to_write(
    client_of: ClientOf, statistician: User, growth: Indicator
) -> None:
    book = openpyxl.Workbook()
    book.active.append(HEAD.split(","))
    book.active.append(["grdp", "2025", "so", 0.0734, "estimate", "31/12/2025"])
    book.active["D2"].number_format = "0.00%"
    file = io.BytesIO()
    book.save(file)

    page = choose(client_of(statistician), SimpleUploadedFile("x.xlsx", file.getvalue()))

    assert errors(page) == [
        "Column “value”: The cell is formatted as a percentage, so it stores 0.0734. Format it as "
        "a number and write 7.34."
    ]


def test_release_time_ahead(client_of: ClientOf, statistician: User, growth: Indicator) -> None:
    client = client_of(statistician)
    ahead = timezone.localtime() + timedelta(days=3)
    text = ahead.strftime("%d/%m/%Y 09:30")

    page = choose(client, csv(f"{row()},{text}", head=f"{HEAD},released at"))
    confirm(client, page)

    assert page.context["new"][0].notes == (f"Released at {text}.",)
    figure = Observation.objects.get()
    assert figure.known.lower == ahead.replace(hour=9, minute=30, second=0, microsecond=0)


def test_entered_afterwards(client_of: ClientOf, statistician: User, growth: Indicator) -> None:
    client = client_of(statistician)

    files = [csv(f"{row()},06/01/2025", head=f"{HEAD},released at") for _ in range(2)]

    refused = choose(client, files[0])
    confirm(client, choose(client, files[1], entered_afterwards="on"))

    assert "Mark the batch as entered afterwards" in errors(refused)[0]
    assert ImportBatch.objects.get().entered_afterwards
    assert Observation.objects.get().known.lower.date() == date(2025, 1, 5)  # in UTC


def test_vietnamese_and_decomposed_headers_and_other_order(
    client_of: ClientOf, statistician: User, growth: Indicator
) -> None:
    client = client_of(statistician)
    head = "GIA\u0301 TRI\u0323;trạng thái;kỳ;mã chỉ tiêu;nguồn;tính đến;ghi chú;tên chỉ tiêu"

    confirm(client, choose(
        client, csv("7,34;sơ bộ;2025;grdp;so;31/12/2025;x;bỏ qua", head=head), convention="vi"
    ))  # fmt: skip

    figure = Observation.objects.get()
    assert (figure.value, figure.status, figure.note) == (Decimal("7.34"), "preliminary", "x")


@pytest.mark.parametrize(
    ("head", "sentence"),
    [
        ("indicator,period,source,value,status", "These columns are missing: as of."),
        ("indicator,kỳ", "These columns are missing: source, value, status, as of."),
        (f"{HEAD},Giá trị", "These columns are there twice: value."),
        (f"{HEAD},{HEAD}", "there twice: as of, indicator, period, source, status, value."),
        (f"{HEAD},weather,màu", "These columns are unknown: “weather”, “màu”."),
    ],
)
def test_header_that_cannot_be_read(
    client_of: ClientOf, statistician: User, growth: Indicator, head: str, sentence: str
) -> None:
    page = choose(client_of(statistician), csv("x", head=head))

    assert sentence in errors(page)[0]


def test_header_twice_in_the_file(
    client_of: ClientOf, statistician: User, growth: Indicator
) -> None:
    page = choose(client_of(statistician), csv(HEAD, row()))

    assert [line.number for line in page.context["wrong"]] == [2]


@pytest.mark.parametrize("content", [b"", b"\xff\xfea\0", b"a\0b", b"PK\x03\x04x", b"a,b"])
def test_file_that_cannot_be_read_leaves_a_sentence(
    client_of: ClientOf, statistician: User, growth: Indicator, content: bytes
) -> None:
    page = choose(client_of(statistician), SimpleUploadedFile("x.csv", content))

    assert page.status_code == 200
    assert len(errors(page)) == 1


def test_file_that_is_too_large(client_of: ClientOf, statistician: User, growth: Indicator) -> None:
    page = choose(client_of(statistician), SimpleUploadedFile("x.csv", b"x" * (5 * 1024**2 + 1)))

    assert errors(page) == ["The file is larger than 5 MB. Split it into several files."]
