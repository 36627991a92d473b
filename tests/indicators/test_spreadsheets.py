"""Files from outside are read within bounds, or refused with a sentence that says what to do."""

# ruff: noqa: DTZ001 - the cells of a workbook have no time zone

import contextlib
import io
import time
import tracemalloc
import zipfile
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from departments.vietnamese import nfc
from indicators import spreadsheets
from indicators.spreadsheets import (
    MAX_BYTES,
    MAX_COLUMNS,
    MAX_ROWS,
    PercentCell,
    SpreadsheetRefused,
    Unreadable,
    escape,
    unescape,
)

HEAD = "indicator,value\n"
SHEET = "xl/worksheets/sheet1.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"


def workbook(*rows: list[Any], formats: dict[str, str] | None = None) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cell, number_format in (formats or {}).items():
        book.active[cell].number_format = number_format
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def changed(data: bytes, parts: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The same archive with some parts replaced or added."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", method) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name, old.read(name)))
        for name in parts.keys() - set(old.namelist()):
            new.writestr(name, parts[name])
    return file.getvalue()


def sheet_of(cells: str) -> bytes:
    """A workbook whose sheet holds this XML."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    xml = f'<worksheet xmlns="{space}"><sheetData>{cells}</sheetData></worksheet>'
    return changed(workbook(["a"], ["b"]), {SHEET: xml.encode()})


def with_shared_texts(data: bytes, texts: str, *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The workbook with these `si` elements as its shared texts."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        relations = archive.read(RELATIONS)
    one = (
        b'<Relationship Type="x/sharedStrings" Target="sharedStrings.xml" Id="s"/></Relationships>'
    )
    parts = {
        RELATIONS: relations.replace(b"</Relationships>", one),
        "xl/sharedStrings.xml": f"<sst>{texts}</sst>".encode(),
    }
    return changed(data, parts, method=method)


def refusal(data: bytes) -> str:
    with pytest.raises(SpreadsheetRefused) as refused:
        spreadsheets.read(data)
    return str(refused.value)


def cells(data: bytes) -> list[tuple[Any, ...]]:
    return [line.cells for line in spreadsheets.read(data).lines]


# CSV


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_csv_in_utf_8_is_read(mark: bytes, separator: str, newline: str) -> None:
    text = newline.join([f"chỉ tiêu{separator}giá trị", "", f" grdp {separator}10", ""])

    sheet = spreadsheets.read(mark + text.encode())

    assert sheet.header == ("chỉ tiêu", "giá trị")
    assert [(line.number, line.cells) for line in sheet.lines] == [(3, ("grdp", "10"))]


def test_decomposed_letters_are_composed() -> None:
    text = "ghi chu\u0301\nđiê\u0323n\n"

    sheet = spreadsheets.read(text.encode())

    assert sheet.header == ("ghi chú",)
    assert sheet.lines[0].cells == ("điện",)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b",,\n,,\n", "empty"),
        (HEAD.encode(), "nothing below the header"),
        (HEAD.encode("utf-16"), "UTF-16"),
        (HEAD.encode("utf-16-be"), "zero bytes"),
        (b"a,b\n1,\0\n", "zero bytes"),
        ("a\nđ\n".encode() + "é".encode("latin-1"), "see row 3"),
        (b'a,b\n"x,1\n2,3\n', "quotation marks"),
        (b"a,,b\n1,2,3\n", "Column 2 has no name"),
        (b"a\n" + b"1\n" * (MAX_ROWS + 1), "beyond 20000 rows"),
        (b"," * MAX_COLUMNS + b"a\n1\n", "beyond 50 columns"),
        (b"x" * (MAX_BYTES + 1), "larger than 5 MB"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel file"),
        (b"PK\x03\x04rubbish", "damaged"),
    ],
)  # fmt: skip
def test_bad_file_is_refused_with_what_to_do(data: bytes, sentence: str) -> None:
    assert sentence in refusal(data)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("đi\ufffdn", "Letters were lost"),
        ("\x07", "cannot be shown"),
        ("x" * 2001, "more than 2000 characters"),
    ],
)
def test_text_that_cannot_be_used_is_marked_at_its_cell(text: str, sentence: str) -> None:
    [(cell,)] = cells(f"a\n{text}\n".encode())

    assert isinstance(cell, Unreadable)
    assert sentence in cell.sentence


def test_row_that_is_wider_than_the_header_is_marked() -> None:
    sheet = spreadsheets.read(b"a,b\n1,2\n1,2,3\n1,2,\n")

    assert [line.has_more for line in sheet.lines] == [False, True, False]


def test_as_many_rows_as_allowed_are_read() -> None:
    sheet = spreadsheets.read(b"a\n" + b"1\n" * MAX_ROWS)

    assert len(sheet) == MAX_ROWS


# XLSX


def test_native_values_are_taken_as_they_are() -> None:
    data = workbook(
        ["a", "b", "c", "d", "e", "f"],
        [7.34, 0.1 + 0.2, -15292.791, date(2025, 2, 1), datetime(2025, 2, 1, 9, 30), True],
    )

    assert cells(data) == [
        (
            Decimal("7.34"),
            Decimal("0.3"),
            Decimal("-15292.791"),
            date(2025, 2, 1),
            datetime(2025, 2, 1, 9, 30),
            True,
        )
    ]


def test_shared_texts_with_parts_reading_aids_and_escapes() -> None:
    texts = (
        "<si><t>a</t></si>"
        "<si><r><t>Điện</t></r><r><rPr/><t> Biên</t></r><rPh><t>aside</t></rPh></si>"
        "<si><t>x_x0009_y</t></si>"
    )
    rows = "".join(f'<row r="{i + 1}"><c r="A{i + 1}" t="s"><v>{i}</v></c></row>' for i in range(3))

    assert cells(with_shared_texts(sheet_of(rows), texts)) == [("Điện Biên",), ("x\ty",)]


def test_days_of_the_other_epoch() -> None:
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active.append(["day"])
    book.active.append([date(2025, 12, 31)])

    assert cells(saved(book)) == [(date(2025, 12, 31),)]


@pytest.mark.parametrize("number_format", ["0%", "0.00%", '0.0"x"%'])
def test_percentage_says_what_is_stored(number_format: str) -> None:
    data = workbook(["a"], [0.0734], formats={"A2": number_format})

    assert cells(data) == [(PercentCell(Decimal("0.0734")),)]


@pytest.mark.parametrize(
    "number_format", ['0.0"%"', "0.00", '#,##0 "ngày"', "[Red]0.0", '0"d"', "General", "[$đ-42A] 0"]
)
def test_number_formats_that_are_no_days_and_no_percentages(number_format: str) -> None:
    data = workbook(["a"], [45000], formats={"A2": number_format})

    assert cells(data) == [(Decimal(45000),)]


@pytest.mark.parametrize(
    "number_format", ["dd/mm/yyyy", "yyyy\\-mm\\-dd", '"ngày" d/m', "[$-42A]d mmm yy"]
)
def test_formats_of_days(number_format: str) -> None:
    data = workbook(["a"], [46022], formats={"A2": number_format})

    assert cells(data) == [(date(2025, 12, 31),)]


def test_formula_counts_as_the_value_saved_with_it() -> None:
    row = '<row r="1"><c r="A1" t="str"><v>a</v></c></row>'
    data = sheet_of(row + '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c></row>')

    assert cells(data) == [(Decimal(2),)]


def test_formula_without_a_saved_value_is_an_empty_cell() -> None:
    assert "nothing below the header" in refusal(workbook(["a"], ["=1+1"]))


def test_error_of_a_formula_is_marked_at_its_cell() -> None:
    row = '<row r="1"><c r="A1" t="str"><v>a</v></c></row>'
    data = sheet_of(row + '<row r="2"><c r="A2" t="e"><v>#DIV/0!</v></c></row>')

    [(cell,)] = cells(data)
    assert isinstance(cell, Unreadable)
    assert "#DIV/0!" in cell.sentence


def test_first_visible_sheet_is_read_and_the_others_named() -> None:
    book = openpyxl.Workbook()
    book.active.title = "Ẩn"
    book.active.sheet_state = "hidden"
    for title in ("Số liệu", "Ghi chú"):
        book.create_sheet(title).append(["a"])
    book["Số liệu"].append([1])

    sheet = spreadsheets.read(saved(book))

    assert (sheet.name, sheet.unread) == ("Số liệu", ("Ẩn", "Ghi chú"))


def test_row_numbers_are_those_that_the_program_shows() -> None:
    sheet = spreadsheets.read(workbook([None], ["a"], [None], [1]))

    assert [(line.number, line.cells) for line in sheet.lines] == [(4, (Decimal(1),))]


PLAIN = st.one_of(
    st.none(),
    st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), max_size=20),
    st.integers(-(10**14), 10**14),
    st.decimals(-(10**8), 10**8, places=6),
    st.dates(date(1950, 1, 1), date(2090, 1, 1)),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(PLAIN, min_size=3, max_size=3), min_size=1, max_size=6))
def test_another_reader_reads_the_same(rows: list[list[Any]]) -> None:
    data = workbook(["a", "b", "c"], ["x", "y", "z"], *rows)

    ours = [["" if cell is None else cell for cell in row] for row in cells(data)]

    theirs = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    read = [[_as_ours(cell) for cell in row] for row in theirs[1:]]
    assert ours == [row for row in read if any(cell != "" for cell in row)]


def _as_ours(cell: Any) -> Any:
    if isinstance(cell, float):
        return Decimal(repr(cell))
    return unescape(nfc(cell).strip()) if isinstance(cell, str) else cell


# Bounds


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ('<row r="1"><c r="A1"/></row><row r="1048576"><c r="XFD1048576"/></row>', "rows"),
        ('<row r="1"><c r="XFD1"><v>1</v></c></row>', "columns"),
        ('<row r="1"><c r="A1048576"><v>1</v></c></row>', "rows"),
        ('<row r="1"><c r="A7"><v>1</v></c></row>', "damaged"),
        ('<row r="2"/><row r="1"/>', "damaged"),
        (f'<row r="{"9" * 5000}"/>', "damaged"),
        ('<row r="1"><c r="B1"/><c r="A1"/></row>', "damaged"),
        ('<row r="1"><c r="A1" t="s"><v>999</v></c></row>', "damaged"),
        ('<row r="1"><c r="A1"><v>abc</v></c></row>', "damaged"),
        ('<row r="1"><c r="A1"><v>1e999999999</v></c></row>', "damaged"),
        ("<row/>" * (MAX_ROWS + 2), "rows"),
        ("<row>" + "<c/>" * (MAX_COLUMNS + 1) + "</row>", "columns"),
    ],
)
def test_cells_out_of_bounds_are_refused_at_once(cells: str, sentence: str) -> None:
    data = sheet_of(cells)
    tracemalloc.start()
    began = time.monotonic()

    said = refusal(data)

    seconds, (_now, peak) = time.monotonic() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sentence in said
    assert seconds < 2
    assert peak < 20 * 1024**2


def test_small_file_with_one_far_cell() -> None:
    book = openpyxl.Workbook()
    book.active["XFD1048576"] = 1
    data = saved(book)

    assert len(data) < 6000
    assert "beyond 20000 rows" in refusal(data)


@pytest.mark.parametrize("size", [31 * 1024**2, 8 * 1024**2])
def test_bomb_is_refused_by_its_directory(size: int) -> None:
    data = changed(workbook(["a"], ["b"]), {SHEET: b" " * size})

    began = time.monotonic()

    assert "unpacks to far more" in refusal(data)
    assert time.monotonic() - began < 1


def test_directory_that_lies_about_sizes() -> None:
    data = bytearray(changed(workbook(["a"], ["b"]), {SHEET: b" " * 900_000}))
    true, false = (900_000).to_bytes(4, "little"), (100).to_bytes(4, "little")

    lying = bytes(data).replace(true, false)

    assert refusal(lying)


def test_many_cells_with_one_long_text_stay_small() -> None:
    row = "<row>" + '<c t="s"><v>0</v></c>' * 50 + "</row>"
    text = "<si><t>" + "x" * 1900 + "</t></si>"
    data = with_shared_texts(sheet_of(row * 4000), text, method=zipfile.ZIP_STORED)
    tracemalloc.start()

    spreadsheets.read(data)

    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 60 * 1024**2


ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'


@pytest.mark.parametrize(
    "part", [SHEET, "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"]
)
def test_entities_are_refused(part: str) -> None:
    data = changed(workbook(["a"], ["b"]), {part: ENTITIES})

    assert "entities" in refusal(data)


def test_two_parts_of_one_name_are_refused() -> None:
    data = changed(workbook(["a"], ["b"]), {"xl/worksheets/SHEET1.XML": b"<x/>"})

    assert "damaged" in refusal(data)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_of_packing_are_refused(method: int) -> None:
    assert "damaged" in refusal(changed(workbook(["a"], ["b"]), {}, method=method))


@pytest.mark.parametrize("encoding", ["nonsense", "utf-7", "gb2312", "rot13", "undefined"])
def test_part_in_an_encoding_that_cannot_be_read(encoding: str) -> None:
    xml = f'<?xml version="1.0" encoding="{encoding}"?><worksheet/>'.encode()

    said = refusal(changed(workbook(["a"], ["b"]), {SHEET: xml}))

    assert "damaged" in said


def test_directory_that_points_before_the_file() -> None:
    data = bytearray(workbook(["a"], ["b"]))
    place = data.rindex(b"PK\x05\x06") + 16  # where the directory says that it begins
    data[place : place + 4] = (60_000).to_bytes(4, "little")

    assert "damaged" in refusal(bytes(data))


def test_archive_that_is_no_workbook() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")

    assert "damaged" in refusal(file.getvalue())


WHOLE = workbook(["a", "b"], ["x", 1.5], [date(2025, 1, 1), "y"])
"""Written once: it holds the time at which it was written."""


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_damaged_workbook_is_read_or_refused_and_nothing_else(data: st.DataObject) -> None:
    whole = bytearray(WHOLE)
    for _time in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))

    with contextlib.suppress(SpreadsheetRefused):
        spreadsheets.read(bytes(whole))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_and_nothing_else(data: bytes) -> None:
    with contextlib.suppress(SpreadsheetRefused):
        spreadsheets.read(data)


# Formulas


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1",
        "＝1",
        "'=1",
        "''=1",
        "-",
        "+84",
    ],
)
def test_what_would_run_is_escaped(text: str) -> None:
    assert escape(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "a=1", "1-2", "'tis", "điện", "(1)", "1", "2025-10-31"])
def test_other_texts_stay(text: str) -> None:
    assert escape(text) == text


@given(st.text(max_size=20))
def test_escaping_is_undone(text: str) -> None:
    assert unescape(escape(text)) == text
