"""Which cell styles of a workbook show a number as a day or as a percentage."""

import re
from dataclasses import dataclass

from indicators.spreadsheets.archive import Archive, Attributes

BUILT_IN_DAYS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
BUILT_IN_PERCENTS = {9, 10}
ASIDE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
DAY_LETTERS = re.compile(r"[dmyhs]", re.IGNORECASE)


@dataclass(frozen=True)
class Styles:
    """Indices of cell styles, as the attribute `s` of a cell names them."""

    days: frozenset[str]
    percents: frozenset[str]


def read_styles(archive: Archive, part: str | None) -> Styles:
    return _Reader(archive, part).styles


class _Reader:
    def __init__(self, archive: Archive, part: str | None) -> None:
        self._own: dict[int, str] = {}
        self._formats: list[int] = []
        self._among_cells = False
        if part is not None:
            archive.parse(part, start=self._start, end=self._end)

    @property
    def styles(self) -> Styles:
        numbered = [(str(index), number) for index, number in enumerate(self._formats)]
        return Styles(
            days=frozenset(index for index, number in numbered if self._is_day(number)),
            percents=frozenset(index for index, number in numbered if self._is_percent(number)),
        )

    def _start(self, tag: str, attributes: Attributes) -> None:
        number = attributes.get("numFmtId", "0")
        number_format = int(number) if number.isdecimal() and len(number) < 10 else 0
        if tag == "numFmt":
            self._own[number_format] = attributes.get("formatCode", "")[:255]
        elif tag == "cellXfs":
            self._among_cells = True
        elif tag == "xf" and self._among_cells:
            self._formats.append(number_format)

    def _end(self, tag: str) -> None:
        if tag == "cellXfs":
            self._among_cells = False

    def _is_percent(self, number: int) -> bool:
        if number in self._own:
            return "%" in ASIDE.sub("", self._own[number])
        return number in BUILT_IN_PERCENTS

    def _is_day(self, number: int) -> bool:
        if number in self._own:
            code = ASIDE.sub("", self._own[number]).partition(";")[0]
            return "%" not in code and DAY_LETTERS.search(code) is not None
        return number in BUILT_IN_DAYS
