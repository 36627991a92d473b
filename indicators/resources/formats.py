"""Files as they are written: no formula runs, numbers stay numbers, days are unambiguous."""

import re
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.utils.timezone import localtime
from import_export.formats import base_formats
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from indicators.spreadsheets import escape

UNSHOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""Signs that XML cannot hold."""

EXCEL_DIGITS = 15
"""Significant digits of a number that Excel keeps."""


class CSV(base_formats.CSV):  # type: ignore[misc] # import-export has no annotations
    """UTF-8 with a byte order mark, which Excel asks for; 15292.791 and 2025-12-31."""

    def export_data(self, dataset: Any, **kwargs: Any) -> str:
        converted = type(dataset)(headers=dataset.headers)
        for row in dataset:
            converted.append([written(value) for value in row])
        return str(super().export_data(converted, **kwargs))


class XLSX(base_formats.XLSX):  # type: ignore[misc] # import-export has no annotations
    """Numbers and days as such; a number with too many digits for Excel as text."""

    def export_data(self, dataset: Any, **kwargs: Any) -> bytes:
        book = Workbook(write_only=True)
        sheet = book.create_sheet()
        sheet.freeze_panes = "A2"
        for row in (dataset.headers, *dataset):
            sheet.append([_cell(sheet, native(value)) for value in row])
        file = BytesIO()
        book.save(file)
        return file.getvalue()


def written(value: Any) -> str:
    """A value as text that reads back as the same value by the English convention."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return _digits(value)
    if isinstance(value, datetime):
        return localtime(value).replace(tzinfo=None).isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    return escape(str(value))


def native(value: Any) -> Any:
    """A value as the cell of a workbook. Its times have no time zone: they are the province's."""
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, Decimal):
        trimmed = Decimal(_digits(value))
        return trimmed if len(trimmed.as_tuple().digits) <= EXCEL_DIGITS else _digits(value)
    if isinstance(value, datetime):
        return localtime(value).replace(tzinfo=None, microsecond=0)
    if isinstance(value, date):
        return value
    return escape(UNSHOWN.sub("\ufffd", str(value)))


def _cell(sheet: Any, value: Any) -> Any:
    """A day is shown day first, whatever the language of the program."""
    if not isinstance(value, date):
        return value
    cell = WriteOnlyCell(sheet, value=value)
    cell.number_format = "dd/mm/yyyy hh:mm" if isinstance(value, datetime) else "dd/mm/yyyy"
    return cell


def _digits(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
