"""CSV files: UTF-8, with commas, semicolons or tabs between the cells."""

import csv
import io

from django.utils.translation import gettext as _

from indicators.spreadsheets.sheet import (
    MAX_COLUMNS,
    MAX_ROWS,
    Cell,
    Sheet,
    SpreadsheetRefused,
    build,
    clean,
    too_many_columns,
    too_many_rows,
)

UTF_16 = (b"\xff\xfe", b"\xfe\xff")
SEPARATORS = ",;\t"


def read(data: bytes) -> Sheet:
    text = _decode(data)
    first_line = text.lstrip("\r\n").partition("\n")[0]
    separator = max(SEPARATORS, key=first_line.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[tuple[int, list[Cell]]] = []
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if len(rows) > MAX_ROWS:
                raise too_many_rows()
            if not any(cells):
                continue
            if len(cells) > MAX_COLUMNS and any(cells[MAX_COLUMNS:]):
                raise too_many_columns()
            rows.append((number, [clean(cell) if cell else None for cell in cells]))
    except csv.Error as error:
        raise SpreadsheetRefused(
            _(
                "The file cannot be read after row %(row)s. Check the quotation marks there: each "
                "that opens a cell must be closed."
            )
            % {"row": number}
        ) from error
    return build(rows, unread=[])


def _decode(data: bytes) -> str:
    if data.startswith(UTF_16):
        raise SpreadsheetRefused(
            _("The file is written in UTF-16. Save it as “CSV UTF-8” or as an Excel workbook.")
        )
    if b"\0" in data:
        raise SpreadsheetRefused(
            _(
                "The file holds zero bytes, so it is no text. Choose a CSV file in UTF-8 or an "
                "Excel workbook (.xlsx)."
            )
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        raise SpreadsheetRefused(
            _(
                "The file is not written in UTF-8 throughout: see row %(row)s. Save it as “CSV "
                "UTF-8” or as an Excel workbook."
            )
            % {"row": row}
        ) from error
