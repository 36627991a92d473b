"""What a spreadsheet holds once it is read, and how much of it is read at most."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from departments.vietnamese import nfc
from indicators.spreadsheets.formulas import unescape

MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS = 20_000  # below the header
MAX_COLUMNS = 50
MAX_TEXT = 2_000  # characters in a cell
UNSHOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


class SpreadsheetRefused(Exception):
    """The file cannot be read, or not within bounds; the message says what to do."""


@dataclass(frozen=True)
class PercentCell:
    """A number that is shown a hundred times as large: 0.0734 as 7.34%."""

    stored: Decimal


@dataclass(frozen=True)
class Unreadable:
    """A cell that holds nothing that can be used; the sentence says what to do."""

    sentence: str


Cell = str | Decimal | date | datetime | bool | PercentCell | Unreadable | None
"""Text is stripped and in NFC; None is an empty cell. Numbers are those that the cell shows."""


@dataclass(frozen=True)
class Line:
    """A row with its number in the file, from 1 on; as many cells as the header.

    `has_more`: it held further cells, to the right of the header.
    """

    number: int
    cells: tuple[Cell, ...]
    has_more: bool = False


@dataclass(frozen=True)
class Sheet:
    """A header and the lines below it; empty lines are left out."""

    header: tuple[str, ...]
    lines: tuple[Line, ...]
    name: str = ""
    unread: tuple[str, ...] = field(default=())
    """Names of the sheets of the workbook that were not read."""

    def __len__(self) -> int:
        return len(self.lines)


def build(rows: list[tuple[int, list[Cell]]], *, name: str = "", unread: list[str]) -> Sheet:
    """A sheet of numbered rows; the first that is not empty is the header."""
    filled = [(number, cells) for number, cells in rows if any(cell is not None for cell in cells)]
    if not filled:
        raise SpreadsheetRefused(_("The file is empty. Choose one with a header and figures."))
    header = _header(filled[0][1])
    if len(filled) == 1:
        raise SpreadsheetRefused(_("There is nothing below the header. Add a row for each figure."))
    if len(filled) - 1 > MAX_ROWS:
        raise too_many_rows()
    width = len(header)
    lines = []
    for number, cells in filled[1:]:
        padded = [*cells[:width], *[None] * (width - len(cells))]
        has_more = any(cell is not None for cell in cells[width:])
        lines.append(Line(number, tuple(padded), has_more))
    return Sheet(header, tuple(lines), name, tuple(unread))


def clean(text: str) -> str | Unreadable | None:
    """The text as a cell holds it."""
    if len(text) > MAX_TEXT:
        return Unreadable(
            _("The cell holds more than %(most)s characters. Shorten the text.")
            % {"most": MAX_TEXT}
        )
    if UNSHOWN.search(text):
        return Unreadable(_("The cell holds signs that cannot be shown. Write the text again."))
    if "\ufffd" in text:
        return Unreadable(
            _(
                "Letters were lost when the file was saved in a wrong encoding. Save it again from "
                "the original, as “CSV UTF-8” or as an Excel workbook."
            )
        )
    return unescape(nfc(text).strip()) or None


def too_many_rows() -> SpreadsheetRefused:
    return SpreadsheetRefused(
        _(
            "The file goes beyond %(most)s rows. Delete empty formatted rows below the figures, or "
            "split it into several files."
        )
        % {"most": MAX_ROWS}
    )


def too_many_columns() -> SpreadsheetRefused:
    return SpreadsheetRefused(
        _(
            "The file goes beyond %(most)s columns. Delete what stands to the right of the "
            "figures, also empty formatted cells."
        )
        % {"most": MAX_COLUMNS}
    )


def _header(cells: list[Cell]) -> tuple[str, ...]:
    last = max(index for index, cell in enumerate(cells) if cell is not None)
    if last >= MAX_COLUMNS:
        raise too_many_columns()
    names = []
    for index, cell in enumerate(cells[: last + 1], start=1):
        if not isinstance(cell, str):
            raise SpreadsheetRefused(
                _(
                    "Column %(column)s has no name in the first row. Write a name there, or delete "
                    "what stands in the column."
                )
                % {"column": index}
            )
        names.append(cell)
    return tuple(names)
