"""From a spreadsheet to rows of figures, with the errors of every cell."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from departments.models import Area
from indicators.assessment import Form
from indicators.models import Source
from indicators.models.indicator import IndicatorQuerySet
from indicators.numbers import Convention
from indicators.recording import Row
from indicators.resources import cells
from indicators.resources.columns import FORMS, STATUSES, Column, match
from indicators.spreadsheets import Cell, Line, PercentCell, Sheet, Unreadable


@dataclass(frozen=True)
class Fault:
    """Why a line cannot be read; `column` is its name in the file, empty for the whole line."""

    line: int
    column: str
    sentence: str


@dataclass(frozen=True)
class FileRows:
    """The rows that could be read, what could not, and the codes that no record has.

    `raw` holds the cells of the lines with faults, by line and column, to show them again.
    """

    rows: list[Row]
    faults: list[Fault]
    raw: dict[int, dict[str, str]]
    unknown_indicators: list[str]
    unknown_areas: list[str]
    unknown_sources: list[str]


class Codes:
    """Finds records by their codes, and remembers the codes that none has."""

    def __init__(self, records: Iterable[Any]) -> None:
        self.records = {record.code: record for record in records}
        self.unknown: set[str] = set()

    def __call__(self, cell: Cell) -> Any:
        code = cells.code(cell)
        if code not in self.records:
            self.unknown.add(code[:60])
            raise ValueError(_("No record has the code “%(code)s”.") % {"code": code[:60]})
        return self.records[code]


def read_rows(
    sheet: Sheet, *, indicators: IndicatorQuerySet, convention: Convention | None
) -> FileRows:
    """The figures of the sheet. `indicators` are those that the reader may know of.

    An area that is left empty is the province. Three queries, whatever the number of rows. Raises
    `SpreadsheetRefused` when the header is wrong.
    """
    columns = match(sheet.header)
    known = Codes(indicators.select_related("unit"))
    areas, sources = Codes(Area.objects.all()), Codes(Source.objects.all())
    readers: dict[str, Callable[[Cell], Any]] = {
        "indicator": known,
        "period": cells.period,
        "area": areas,
        "source": sources,
        "value": partial(cells.number, convention=convention),
        "upper_value": partial(cells.number, convention=convention),
        "form": partial(cells.choice, choices=FORMS),
        "status": partial(cells.choice, choices=STATUSES),
        "as_of": cells.day,
        "released_at": cells.moment,
        "note": cells.words,
    }
    provinces = [area for area in areas.records.values() if area.kind == Area.Kind.PROVINCE]
    defaults = {"form": Form.LEVEL, **({"area": provinces[0]} if provinces else {})}
    rows: list[Row] = []
    faults: list[Fault] = []
    raw: dict[int, dict[str, str]] = {}
    for line in sheet.lines:
        values, wrong = _read(line, sheet.header, columns, readers)
        faults += wrong
        if wrong:
            raw[line.number] = _raw(line, columns)
        else:
            rows.append(Row(**{**defaults, **values}, line=line.number))
    return FileRows(
        rows, faults, raw, sorted(known.unknown), sorted(areas.unknown), sorted(sources.unknown)
    )


def _raw(line: Line, columns: list[Column]) -> dict[str, str]:
    """The cells as texts, cut to what a table can show."""
    return {
        column.key: _text(cell)
        for column, cell in zip(columns, line.cells, strict=True)
        if isinstance(cell, str | Decimal | date | PercentCell)
    }


def _text(cell: str | Decimal | date | PercentCell) -> str:
    number = cell.stored if isinstance(cell, PercentCell) else cell
    return f"{number:f}" if isinstance(number, Decimal) else str(number)[:60]


def _read(
    line: Line,
    header: tuple[str, ...],
    columns: list[Column],
    readers: dict[str, Callable[[Cell], Any]],
) -> tuple[dict[str, Any], list[Fault]]:
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    if line.has_more:
        sentence = _("The row has more cells than the header. Quote texts that hold the separator.")
        faults.append(Fault(line.number, "", sentence))
    for name, column, cell in zip(header, columns, line.cells, strict=True):
        if not column.is_read:
            continue
        if cell is None:
            if column.is_required:
                faults.append(Fault(line.number, name, _("The cell is empty. Fill it in.")))
            continue
        if isinstance(cell, Unreadable):
            faults.append(Fault(line.number, name, cell.sentence))
            continue
        try:
            values[column.key] = readers[column.key](cell)
        except ValueError as error:
            faults.append(Fault(line.number, name, str(error)))
    return values, faults
