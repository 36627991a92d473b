"""One cell of a spreadsheet as what it stands for. Each raises ValueError with what to write."""

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import TypeVar

from django.utils.translation import gettext as _

from indicators import numbers, periods
from indicators.numbers import MAX_DECIMALS, MAX_WHOLE_DIGITS, Convention
from indicators.periods import PROVINCE_TIME, YEARS, Period, PeriodKind
from indicators.resources.columns import plain
from indicators.spreadsheets import Cell, PercentCell

Choice = TypeVar("Choice")


def code(cell: Cell) -> str:
    """A code as text, also when the spreadsheet took it for a whole number."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, Decimal) and cell == cell.to_integral_value():
        return f"{cell:f}"
    raise ValueError(_("Write the code as text."))


def period(cell: Cell) -> Period:
    """A code such as 2025-Q3; a native day is the period of that day, a native year that year."""
    if isinstance(cell, datetime):
        raise ValueError(_("Write a period without a time of day, like 2025 or 2025-Q3."))
    if isinstance(cell, date):
        return Period(PeriodKind.DAY, cell, cell)
    return periods.parse(code(cell).upper())


def number(cell: Cell, *, convention: Convention | None) -> Decimal:
    """A native number as it is; a text by the convention of the file."""
    if isinstance(cell, PercentCell):
        raise ValueError(
            _(
                "The cell is formatted as a percentage, so it stores %(stored)s. Format it as a "
                "number and write %(shown)s."
            )
            % {"stored": f"{cell.stored:f}", "shown": f"{(cell.stored * 100).normalize():f}"}
        )
    if isinstance(cell, str):
        return numbers.parse(cell, convention=convention)
    if not isinstance(cell, Decimal):
        raise ValueError(_("This is no number. Format the cell as a number and write it again."))
    if abs(cell) >= 10**MAX_WHOLE_DIGITS:
        raise ValueError(_("The number has too many digits. Check its unit."))
    if numbers.round_half_away(cell, MAX_DECIMALS) != cell:
        raise ValueError(
            _("%(number)s has more than %(most)s decimals. Round it in the spreadsheet.")
            % {"number": f"{cell:f}"[:40], "most": MAX_DECIMALS}
        )
    return cell


def day(cell: Cell) -> date:
    """A native day, or a text read day first."""
    if isinstance(cell, datetime):
        raise ValueError(_("Write the day without a time, like 31/12/2025."))
    if isinstance(cell, date):
        if cell.year not in YEARS:
            raise ValueError(_("The year lies outside 1900 to 2099. Check the day."))
        return cell
    if not isinstance(cell, str):
        raise ValueError(_("This is no day. Write it like 31/12/2025."))
    return periods.parse_date(cell)


def moment(cell: Cell) -> datetime:
    """A day with or without a time, in the province's time zone; without one its first moment."""
    if isinstance(cell, datetime):
        return datetime.combine(day(cell.date()), cell.time(), PROVINCE_TIME)
    if not isinstance(cell, str):
        return datetime.combine(day(cell), time.min, PROVINCE_TIME)
    written, _blank, clock = cell.replace("T", " ").partition(" ")
    try:
        at = time.fromisoformat(clock.strip()) if clock else time.min
    except ValueError as error:
        raise ValueError(_("Write the time like 31/12/2025 09:30.")) from error
    if at.tzinfo is not None:
        raise ValueError(_("Write the time of the province, without a time zone."))
    return datetime.combine(periods.parse_date(written), at, PROVINCE_TIME)


def choice(cell: Cell, choices: Mapping[Choice, tuple[str, ...]]) -> Choice:
    """The choice that one of the words stands for, whatever the case and the diacritics."""
    wanted = plain(cell) if isinstance(cell, str) else ""
    for meant, names in choices.items():
        if wanted in map(plain, names):
            return meant
    words = ", ".join(name for names in choices.values() for name in names)
    raise ValueError(
        _("“%(word)s” is not known here. Write one of: %(words)s.")
        % {"word": str(cell)[:40], "words": words}
    )


def words(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    raise ValueError(_("Write a text here."))
