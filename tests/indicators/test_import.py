"""Import of figures in the admin: choose, look, confirm."""

import io
import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from departments.access import Role
from departments.models import Membership, User
from indicators.admin import uploads
from indicators.assessment import FigureStatus
from indicators.models import ImportBatch, Indicator, Observation
from tests import builders, factories

pytestmark = pytest.mark.django_db

IMPORT = "/admin/indicators/observation/import/"
CONFIRM = "/admin/indicators/observation/process_import/"
EXPORT = "/admin/indicators/observation/export/"
HEAD = "indicator,period,source,value,status,as of"
ClientOf = Callable[[Any], Client]


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    """Where uploads lie."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "imports"


@pytest.fixture(autouse=True)
def english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def growth(province: object) -> Indicator:
    factories.SourceFactory.create(code="so")
    return factories.IndicatorFactory.create(code="grdp", name_en="GRDP growth")


def csv(*rows: str, head: str = HEAD, name: str = "figures.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, "\n".join([head, *rows]).encode())


def row(value: str = "7.34", *, indicator: str = "grdp", period: str = "2025") -> str:
    return f"{indicator},{period},so,{value},estimate,31/12/2025"


def choose(client: Client, file: Any, *, convention: str = "en", **more: Any) -> Any:
    return client.post(IMPORT, {"import_file": file, "convention": convention, **more})


def confirm(client: Client, page: Any) -> Any:
    return client.post(CONFIRM, {"ticket": page.context["ticket"]}, follow=True)


def errors(page: Any) -> list[str]:
    """Of the file, else of its rows."""
    of_file = page.context["form"].errors.get("import_file", [])
    return [*of_file, *(e for line in page.context.get("wrong") or [] for e in line.errors)]


def messages(page: Any) -> list[str]:
    return [str(message) for message in page.context["messages"]]


# Choosing, looking, confirming


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


# Numbers and days


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


# Headers


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


# Who may


def test_every_step_asks_for_permission(
    client_of: ClientOf, statistician: User, officer_a: User, growth: Indicator
) -> None:
    ticket = choose(client_of(statistician), csv(row())).context["ticket"]
    client = client_of(officer_a)

    answers = [
        client.get(IMPORT).status_code,
        choose(client, csv(row())).status_code,
        client.get(CONFIRM).status_code,
        client.post(CONFIRM, {"ticket": ticket}).status_code,
        client.get(EXPORT).status_code,
        client.post(EXPORT, {"format": "0"}).status_code,
    ]

    assert answers == [403] * 6
    assert not Observation.objects.exists()


@pytest.mark.parametrize("role", [None, *Role])
def test_only_statisticians_import(client_of: ClientOf, role: Role | None) -> None:
    user = builders.person(*([role] if role else []))

    answer = client_of(user).get(IMPORT)

    assert answer.status_code == (200 if role == Role.STATISTICIAN else 403)


@pytest.mark.parametrize("fields", [{"is_superuser": True}, {}])
def test_permission_without_the_role_is_not_enough(
    client_of: ClientOf, fields: dict[str, Any]
) -> None:
    user = builders.person(**fields)
    user.user_permissions.add(Permission.objects.get(codename="import_observation"))

    assert client_of(user).get(IMPORT).status_code == 403


def test_anonymous_is_asked_to_sign_in(client: Client) -> None:
    assert client.get(IMPORT).status_code == 302
    assert client.post(CONFIRM, {"ticket": "x"}).status_code == 302


def test_confirmation_is_a_post(client_of: ClientOf, statistician: User) -> None:
    assert client_of(statistician).get(CONFIRM).status_code == 405


def test_rows_of_other_departments_are_refused_whole(
    client_of: ClientOf, department_a: Any, growth: Indicator
) -> None:
    user = builders.person(Role.STATISTICIAN, department=department_a)
    own = factories.IndicatorFactory.create(code="own")
    Membership.objects.update(starts_on=date(2020, 1, 1))
    factories.ResponsibilityFactory.create(indicator=own, department=department_a)
    client = client_of(user)

    page = choose(client, csv(row(indicator="own"), row()))
    confirm(client, choose(client, csv(row(indicator="own"))))

    assert errors(page) == ["Your department is not responsible for “GRDP growth”."]
    assert [figure.indicator for figure in Observation.objects.all()] == [own]


def test_confidential_indicator_of_others_is_as_if_unknown(
    client_of: ClientOf, department_a: Any, growth: Indicator
) -> None:
    user = builders.person(Role.STATISTICIAN, department=department_a)
    Indicator.objects.update(is_public=False)

    page = choose(client_of(user), csv(row()))

    assert errors(page) == ["Column “indicator”: No record has the code “grdp”."]


# What binds the confirmation


def test_ticket_of_somebody_else_is_refused(
    client_of: ClientOf, statistician: User, growth: Indicator
) -> None:
    page = choose(client_of(statistician), csv(row()))
    other = client_of(builders.person(Role.STATISTICIAN))

    answer = confirm(other, page)

    assert "Choose the file again" in messages(answer)[0]
    assert not Observation.objects.exists()


@pytest.mark.parametrize("ticket", ["", "x", "../../../../etc/passwd", "x" * 10_000])
def test_ticket_of_nobody_is_refused(client_of: ClientOf, statistician: User, ticket: str) -> None:
    answer = client_of(statistician).post(CONFIRM, {"ticket": ticket}, follow=True)

    assert "Choose the file again" in messages(answer)[0]


def test_file_that_was_exchanged_is_refused(
    client_of: ClientOf, statistician: User, growth: Indicator, folder: Path
) -> None:
    client = client_of(statistician)
    page = choose(client, csv(row()))
    [path] = folder.iterdir()
    path.write_bytes(path.read_bytes().replace(b"7.34", b"9.99"))

    confirm(client, page)

    assert not Observation.objects.exists()


def test_second_confirmation_records_nothing(
    client_of: ClientOf, statistician: User, growth: Indicator
) -> None:
    client = client_of(statistician)
    page = choose(client, csv(row()))
    confirm(client, page)

    answer = confirm(client, page)

    assert "Choose the file again" in messages(answer)[0]
    assert Observation.objects.count() == 1


def test_ticket_and_file_last_an_hour(
    client_of: ClientOf, statistician: User, growth: Indicator, folder: Path
) -> None:
    client = client_of(statistician)
    began = timezone.now()
    page = choose(client, csv(row()))

    with time_machine.travel(began + timedelta(minutes=61), tick=False):
        answer = confirm(client, page)
        choose(client, csv(row("8")))

    assert "too old" in messages(answer)[0]
    assert len(list(folder.iterdir())) == 1


def test_kept_file_cannot_be_guessed_or_read_by_others(folder: Path) -> None:
    name, _digest = uploads.keep(b"x")

    assert re.fullmatch("[0-9a-f]{64}", name)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / name).stat().st_mode & 0o777 == 0o600


def test_figure_that_moved_since_the_preview_is_shown_again(
    client_of: ClientOf, statistician: User, growth: Indicator
) -> None:
    client = client_of(statistician)
    page = choose(client, csv(row()))
    source = factories.SourceFactory.create(code="so")
    builders.figure(growth, "9", source=source, at=timezone.now())

    again = confirm(client, page)
    values = [figure.value for figure in Observation.objects.filter(known__endswith=None)]
    after = confirm(client, again)

    assert "Somebody recorded one of these figures meanwhile" in messages(again)[0]
    assert values == [9]
    assert again.context["changed"][0].old.startswith("9\xa0%")
    assert messages(after) == ["1 figure recorded."]


def test_right_that_was_lost_since_the_preview_counts(
    client_of: ClientOf, department_a: Any, growth: Indicator
) -> None:
    user = builders.person(Role.STATISTICIAN, department=department_a)
    Membership.objects.update(starts_on=date(2020, 1, 1))
    lead = factories.ResponsibilityFactory.create(indicator=growth, department=department_a)
    client = client_of(user)
    page = choose(client, csv(row()))
    lead.delete()

    again = confirm(client, page)

    assert errors(again) == ["Your department is not responsible for “GRDP growth”."]
    assert not Observation.objects.exists()


def test_code_that_was_renamed_since_the_preview_counts(
    client_of: ClientOf, statistician: User, growth: Indicator
) -> None:
    client = client_of(statistician)
    page = choose(client, csv(row()))
    Indicator.objects.update(code="gdp")

    again = confirm(client, page)

    assert again.context["found"].unknown_indicators == ["grdp"]
    assert not Observation.objects.exists()


def test_queries_do_not_grow_with_the_rows(
    client_of: ClientOf, statistician: User, growth: Indicator
) -> None:
    client = client_of(statistician)
    choose(client, csv(row()))
    counts = []
    for size in (1, 3, 12):
        rows = [row(period=f"2025-M{month:02}") for month in range(1, size + 1)]
        with CaptureQueriesContext(connection) as queries:
            choose(client, csv(*rows))
        counts.append(len(queries))

    assert len(set(counts)) == 1


def test_page_obeys_the_strict_policy(
    client_of: ClientOf, statistician: User, growth: Indicator
) -> None:
    client = client_of(statistician)

    for page in (client.get(IMPORT), choose(client, csv(row(), row("x"))), client.get(EXPORT)):
        html = page.content.decode()
        assert " style=" not in html
        assert not re.search(r" on\w+=", html)
        assert not re.search(r"<script(?![^>]*\bsrc=)", html)


def test_texts_of_the_file_are_shown_as_texts(
    client_of: ClientOf, statistician: User, growth: Indicator
) -> None:
    page = choose(
        client_of(statistician), csv(row("<b>7</b>"), row(indicator="<script>x</script>"))
    )

    assert b"<b>7" not in page.content
    assert b"<script>x" not in page.content
