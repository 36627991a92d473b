"""Spreadsheets from outside, read within bounds, and texts that no spreadsheet runs as formulas."""

from indicators.spreadsheets.formulas import escape, unescape
from indicators.spreadsheets.reading import is_workbook, read
from indicators.spreadsheets.sheet import (
    MAX_BYTES,
    MAX_COLUMNS,
    MAX_ROWS,
    Cell,
    Line,
    PercentCell,
    Sheet,
    SpreadsheetRefused,
    Unreadable,
)

__all__ = [
    "MAX_BYTES",
    "MAX_COLUMNS",
    "MAX_ROWS",
    "Cell",
    "Line",
    "PercentCell",
    "Sheet",
    "SpreadsheetRefused",
    "Unreadable",
    "escape",
    "is_workbook",
    "read",
    "unescape",
]
