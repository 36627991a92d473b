"""XLSX files: the values of the first visible sheet, read in one pass with little memory.

A formula counts as the value that was last saved with it. A number is the decimal that the cell
shows: 15 significant digits, as Excel itself computes, so that 0.1+0.2 is 0.3.
"""

import posixpath
import re
from datetime import datetime, timedelta
from decimal import Context, Decimal

from django.utils.translation import gettext as _

from indicators.spreadsheets.archive import Archive, Attributes, damaged
from indicators.spreadsheets.sheet import (
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_TEXT,
    Cell,
    PercentCell,
    Sheet,
    SpreadsheetRefused,
    Unreadable,
    build,
    clean,
    too_many_columns,
    too_many_rows,
)
from indicators.spreadsheets.styles import Styles, read_styles

MAX_SHEETS = 100
MAX_SHARED_TEXTS = 400_000
SHOWN = Context(prec=15)
REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
ROW = re.compile(r"[1-9][0-9]{0,6}")
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
DAY_ZERO = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}  # noqa: DTZ001 - cells have no time zone
LAST_SERIAL = 200_000  # in the year 2447

Rows = list[tuple[int, list[Cell]]]


def read(data: bytes) -> Sheet:
    archive = Archive(data)
    book = _Book(archive)
    texts = _SharedTexts(archive, book.part_of("sharedStrings")).texts
    styles = read_styles(archive, book.part_of("styles"))
    first = next((name for name in book.sheets if name not in book.hidden), None)
    if first is None:
        raise damaged()
    grid = _Grid(archive, book.parts[book.sheets[first]], texts, styles, book.is_1904)
    others = [name for name in book.sheets if name != first]
    return build(grid.rows, name=first, unread=others)


class _Book:
    """Which sheets there are, and in which part each stands."""

    def __init__(self, archive: Archive) -> None:
        self.sheets: dict[str, str] = {}
        self.hidden: set[str] = set()
        self.is_1904 = False
        self.parts: dict[str, str] = {}
        self._kinds: dict[str, str] = {}
        self._base = "xl"
        archive.parse("xl/_rels/workbook.xml.rels", start=self._relation)
        archive.parse("xl/workbook.xml", start=self._element)
        if any(key not in self.parts for key in self.sheets.values()):
            raise damaged()

    def part_of(self, kind: str) -> str | None:
        return self._kinds.get(kind)

    def _relation(self, tag: str, attributes: Attributes) -> None:
        if tag != "Relationship" or attributes.get("TargetMode") == "External":
            return
        target = attributes.get("Target", "")
        part = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
        self.parts[attributes.get("Id", "")] = part
        self._kinds[attributes.get("Type", "").rpartition("/")[2]] = part

    def _element(self, tag: str, attributes: Attributes) -> None:
        if tag == "sheet":
            key = next((value for name, value in attributes.items() if name.endswith(":id")), "")
            name = attributes.get("name", "")[:100]
            self.sheets[name] = key
            if attributes.get("state", "visible") != "visible":
                self.hidden.add(name)
            if len(self.sheets) > MAX_SHEETS:
                raise damaged()
        elif tag == "workbookPr":
            self.is_1904 = attributes.get("date1904") in {"1", "true"}


class _SharedTexts:
    """The texts that cells refer to by number. Readings aids (`rPh`) are left out."""

    def __init__(self, archive: Archive, part: str | None) -> None:
        self.texts: list[str] = []
        self._pieces: list[str] = []
        self._reading = False
        self._aside = False
        if part is not None:
            archive.parse(part, start=self._start, end=self._end, text=self._text)

    def _start(self, tag: str, attributes: Attributes) -> None:
        if tag == "si":
            self._pieces = []
        elif tag == "rPh":
            self._aside = True
        self._reading = tag == "t" and not self._aside

    def _end(self, tag: str) -> None:
        self._reading = False
        if tag == "rPh":
            self._aside = False
        elif tag == "si":
            if len(self.texts) >= MAX_SHARED_TEXTS:
                raise damaged()
            self.texts.append("".join(self._pieces))

    def _text(self, text: str) -> None:
        if self._reading:
            self._pieces.append(text)


class _Grid:
    """The cells of one sheet, refused as soon as one lies out of bounds."""

    def __init__(
        self, archive: Archive, part: str, texts: list[str], styles: Styles, is_1904: bool
    ) -> None:
        self.rows: Rows = []
        self._texts = texts
        self._cleaned: dict[str, Cell] = {}  # a text of many cells is looked at once
        self._styles = styles
        self._day_zero = DAY_ZERO[is_1904]
        self._row = self._column = 0
        self._cells: dict[int, Cell] = {}
        self._attributes: Attributes = {}
        self._pieces: list[str] = []
        self._reading = False
        self._aside = False
        archive.parse(part, start=self._start, end=self._end, text=self._text)

    def _start(self, tag: str, attributes: Attributes) -> None:
        if tag == "row":
            self._begin_row(attributes.get("r"))
        elif tag == "c":
            self._begin_cell(attributes)
        elif tag == "rPh":
            self._aside = True
        self._reading = tag == "v" or (tag == "t" and not self._aside)

    def _begin_row(self, number: str | None) -> None:
        if number and not ROW.fullmatch(number):
            raise damaged()
        row = int(number) if number else self._row + 1
        if row <= self._row:
            raise damaged()
        if row > MAX_ROWS + 1:
            raise too_many_rows()
        self._row, self._column, self._cells = row, 0, {}

    def _begin_cell(self, attributes: Attributes) -> None:
        if "r" in attributes:
            match = REFERENCE.fullmatch(attributes["r"])
            if match is None or int(match[2]) != self._row:
                raise self._out_of_place(match)
            column = _number_of(match[1])
        else:
            column = self._column + 1
        if column <= self._column:
            raise damaged()
        if column > MAX_COLUMNS:
            raise too_many_columns()
        self._column, self._attributes, self._pieces = column, attributes, []

    def _out_of_place(self, match: "re.Match[str] | None") -> SpreadsheetRefused:
        if match is not None and int(match[2]) > MAX_ROWS + 1:
            return too_many_rows()
        return damaged()

    def _text(self, text: str) -> None:
        if self._reading:
            self._pieces.append(text)

    def _end(self, tag: str) -> None:
        self._reading = False
        if tag == "rPh":
            self._aside = False
        elif tag == "c":
            self._cells[self._column] = self._value("".join(self._pieces))
        elif tag == "row" and self._cells:
            last = max(self._cells)
            self.rows.append((self._row, [self._cells.get(i) for i in range(1, last + 1)]))

    def _value(self, raw: str) -> Cell:
        kind = self._attributes.get("t", "n")
        if kind in {"str", "inlineStr"}:
            return self._words(raw)
        if not raw:
            return None
        readers = {"s": self._shared, "b": _truth, "e": _error, "d": _iso}
        return readers.get(kind, self._number)(raw)

    def _shared(self, raw: str) -> Cell:
        if not raw.isdecimal() or len(raw) > 9 or int(raw) >= len(self._texts):
            raise damaged()
        if raw not in self._cleaned:
            self._cleaned[raw] = self._words(self._texts[int(raw)])
        return self._cleaned[raw]

    def _words(self, raw: str) -> Cell:
        if len(raw) > 7 * MAX_TEXT:  # a sign is escaped by seven at most
            raw = raw[: 7 * MAX_TEXT]
        return clean(ESCAPED.sub(lambda match: chr(int(match[1], 16)), raw))

    def _number(self, raw: str) -> Cell:
        try:
            number = shown(raw)
        except (ArithmeticError, ValueError) as error:
            raise damaged() from error
        style = self._attributes.get("s", "0")
        if style in self._styles.percents:
            return PercentCell(number)
        if style in self._styles.days:
            if not 0 < number < LAST_SERIAL:
                return Unreadable(_("The cell shows no day. Write it again, like 31/12/2025."))
            seconds = round(number * 86400)
            return _day_or_moment(self._day_zero + timedelta(seconds=seconds))
        return number


def shown(raw: str) -> Decimal:
    """The number of a cell without binary noise, to 15 significant digits."""
    if len(raw) > 40:
        raise ValueError(raw[:40])
    number = SHOWN.create_decimal(Decimal(raw))
    if not number.is_finite() or abs(number.adjusted()) > 300:
        raise ValueError(raw)
    whole = number.to_integral_value()
    return (
        whole.quantize(Decimal(1))
        if number == whole and abs(number) < 10**27
        else number.normalize()
    )


def _truth(raw: str) -> Cell:
    return raw == "1"


def _error(raw: str) -> Cell:
    return Unreadable(
        _("The cell holds the error %(error)s. Mend the formula or write the number.")
        % {"error": raw[:20]}
    )


def _iso(raw: str) -> Cell:
    try:
        return _day_or_moment(datetime.fromisoformat(raw).replace(tzinfo=None))
    except ValueError as error:
        raise damaged() from error


def _day_or_moment(moment: datetime) -> Cell:
    return moment.date() if moment.time() == datetime.min.time() else moment


def _number_of(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
