"""The parts of an XLSX file, unpacked within bounds and parsed without entities."""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any
from xml.parsers import expat

from django.utils.translation import gettext as _

from indicators.spreadsheets.sheet import SpreadsheetRefused

MAX_PARTS = 500
MAX_UNPACKED = 30 * 1024 * 1024
MAX_RATIO = 150  # what people write packs 5 to 30 times smaller
HARMLESS = 1024 * 1024  # unpacked bytes below which the ratio says nothing
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
CHUNK = 64 * 1024

Attributes = dict[str, str]


class Archive:
    """The parts by name. Opening it checks the directory; nothing is unpacked before."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            parts = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise damaged() from error
        unpacked = sum(part.file_size for part in parts)
        packed = sum(part.compress_size for part in parts)
        names = [part.filename.lower() for part in parts]
        if (
            len(parts) > MAX_PARTS
            or unpacked > MAX_UNPACKED
            or unpacked > max(packed * MAX_RATIO, HARMLESS)
        ):
            raise bloated()
        if len(set(names)) < len(names):
            raise damaged()
        if any(part.flag_bits & 1 for part in parts):
            raise SpreadsheetRefused(_("The file has a password. Save it without one."))
        if any(part.compress_type not in METHODS for part in parts):
            raise damaged()
        self._parts = {part.filename: part for part in parts}

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def parse(
        self,
        name: str,
        *,
        start: Callable[[str, Attributes], None],
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        """Call back for each element by its local name. Raises `SpreadsheetRefused`."""
        if name not in self:
            raise damaged()
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_entities
        parser.StartElementHandler = lambda tag, attributes: start(_local(tag), attributes)
        if end is not None:
            leave = end
            parser.EndElementHandler = lambda tag: leave(_local(tag))
        if text is not None:
            parser.CharacterDataHandler = text
        try:
            for chunk in self._chunks(name):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except (expat.ExpatError, LookupError, ValueError) as error:  # the last two: its encoding
            raise damaged() from error

    def _chunks(self, name: str) -> Iterator[bytes]:
        """The part in pieces; stops where it holds more than the directory says."""
        left = self._parts[name].file_size
        try:
            with self._zip.open(self._parts[name]) as part:
                while chunk := part.read(CHUNK):
                    left -= len(chunk)
                    if left < 0:
                        raise bloated()
                    yield chunk
        except (
            zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError
        ) as error:  # fmt: skip
            raise damaged() from error


def bloated() -> SpreadsheetRefused:
    return SpreadsheetRefused(
        _(
            "The workbook unpacks to far more than it should. Copy the figures into a new workbook "
            "and save that."
        )
    )


def damaged() -> SpreadsheetRefused:
    return SpreadsheetRefused(
        _("The workbook is damaged or not an .xlsx file. Open it in Excel and save it again.")
    )


def _refuse_entities(*declaration: Any) -> None:
    raise SpreadsheetRefused(
        _("The workbook declares entities, which none needs. Open it in Excel and save it again.")
    )


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]
