"""One door for files from outside: which kind it is decides the content, never the name."""

from django.utils.translation import gettext as _

from indicators.spreadsheets import delimited, workbook
from indicators.spreadsheets.sheet import MAX_BYTES, Sheet, SpreadsheetRefused

ZIP = (b"PK\x03\x04", b"PK\x05\x06")
OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # .xls, and workbooks with a password


def is_workbook(data: bytes) -> bool:
    return data.startswith(ZIP)


def read(data: bytes) -> Sheet:
    """The first visible sheet of an XLSX file, or a CSV file in UTF-8.

    Raises `SpreadsheetRefused` with a sentence that says what to do.
    """
    if len(data) > MAX_BYTES:
        raise SpreadsheetRefused(
            _("The file is larger than %(most)s MB. Split it into several files.")
            % {"most": MAX_BYTES // 1024**2}
        )
    if not data.strip():
        raise SpreadsheetRefused(_("The file is empty. Choose one with a header and figures."))
    if is_workbook(data):
        return workbook.read(data)
    if data.startswith(OLD_OFFICE):
        raise SpreadsheetRefused(
            _("This is an old Excel file or has a password. Save it as .xlsx without password.")
        )
    return delimited.read(data)
