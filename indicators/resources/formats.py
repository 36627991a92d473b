"""Files as they are written: no formula runs, numbers stay numbers, days are unambiguous."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.timezone import localtime
from import_export.formats import base_formats

from indicators.spreadsheets import escape

UNSHOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""Signs that XML cannot hold."""

EXCEL_DIGITS = 15
"""Significant digits of a number that Excel keeps."""


class CSV(base_formats.CSV):  # type: ignore[misc] # import-export has no annotations
    """UTF-8 with a byte order mark, which Excel asks for; 15292.791 and 2025-12-31."""

    def export_data(self, dataset: Any, **kwargs: Any) -> str:
        return str(super().export_data(_converted(dataset, written), **kwargs))


class XLSX(base_formats.XLSX):  # type: ignore[misc] # import-export has no annotations
    """Numbers and days as such; a number with too many digits for Excel as text."""

    def export_data(self, dataset: Any, **kwargs: Any) -> bytes:
        return bytes(super().export_data(_converted(dataset, native), **kwargs))


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


def _digits(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _converted(dataset: Any, convert: Any) -> Any:
    converted = type(dataset)(headers=dataset.headers, title=dataset.title)
    for row in dataset:
        converted.append([convert(value) for value in row])
    return converted
