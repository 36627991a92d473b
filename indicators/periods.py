"""Reference periods: which days a figure or a target speaks of, and how they are written."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

PROVINCE_TIME = ZoneInfo("Asia/Ho_Chi_Minh")
YEARS = range(1900, 2100)  # of periods and of days that people write


class PeriodKind(TextChoices):
    YEAR = "year", _("year")
    HALF = "half", _("half-year")
    QUARTER = "quarter", _("quarter")
    MONTH = "month", _("month")
    MONTHS_TO_DATE = "months_to_date", _("months to date")
    FIVE_YEAR = "five_year", _("five-year plan")
    TERM = "term", _("Party term")
    DAY = "day", _("day")


MONTHS = {
    PeriodKind.YEAR: 12,
    PeriodKind.HALF: 6,
    PeriodKind.QUARTER: 3,
    PeriodKind.MONTH: 1,
    PeriodKind.FIVE_YEAR: 60,
    PeriodKind.TERM: 72,  # congresses fall in the first and in the last year; both count whole
}
YEAR_DIGITS = "((?:19|20)[0-9]{2})"
CODES = {
    PeriodKind.YEAR: ("{year}", YEAR_DIGITS),
    PeriodKind.HALF: ("{year}-H{number}", f"{YEAR_DIGITS}-H([12])"),
    PeriodKind.QUARTER: ("{year}-Q{number}", f"{YEAR_DIGITS}-Q([1-4])"),
    PeriodKind.MONTH: ("{year}-M{number:02}", f"{YEAR_DIGITS}-M(0[1-9]|1[0-2])"),
    PeriodKind.MONTHS_TO_DATE: ("{year}-{number}M", f"{YEAR_DIGITS}-([2-9]|1[01])M"),
    PeriodKind.FIVE_YEAR: ("{year}-{last_year}", f"{YEAR_DIGITS}-{YEAR_DIGITS}"),
    PeriodKind.TERM: ("T{year}-{last_year}", f"T{YEAR_DIGITS}-{YEAR_DIGITS}"),
    PeriodKind.DAY: ("{iso}", f"{YEAR_DIGITS}-([0-9]{{2}})-([0-9]{{2}})"),
}
LABELS = {
    "vi": {
        PeriodKind.YEAR: "năm {year}",
        PeriodKind.HALF: "6 tháng {name} năm {year}",
        PeriodKind.QUARTER: "quý {name}/{year}",
        PeriodKind.MONTH: "tháng {number}/{year}",
        PeriodKind.MONTHS_TO_DATE: "{number} tháng năm {year}",
        PeriodKind.FIVE_YEAR: "giai đoạn {year}-{last_year}",
        PeriodKind.TERM: "nhiệm kỳ {year}-{last_year}",
        PeriodKind.DAY: "ngày {day}",
    },
    "en": {
        PeriodKind.YEAR: "{year}",
        PeriodKind.HALF: "{name} half of {year}",
        PeriodKind.QUARTER: "Q{number} {year}",
        PeriodKind.MONTH: "{name} {year}",
        PeriodKind.MONTHS_TO_DATE: "{number} months of {year}",
        PeriodKind.FIVE_YEAR: "{year}–{last_year} plan period",
        PeriodKind.TERM: "{year}–{last_year} term",
        PeriodKind.DAY: "{day_of_month} {name} {year}",
    },
}
MONTH_NAMES = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
NAMES = {
    ("vi", PeriodKind.HALF): ["đầu", "cuối"],
    ("vi", PeriodKind.QUARTER): ["I", "II", "III", "IV"],
    ("en", PeriodKind.HALF): ["first", "second"],
    ("en", PeriodKind.MONTH): MONTH_NAMES,
    ("en", PeriodKind.DAY): MONTH_NAMES,
}


@dataclass(frozen=True)
class Period:
    """The days from start to end, both included, which are exactly a period of their kind.

    Months to date run from 1 January over 2 to 11 months. A five-year plan covers five calendar
    years, a Party term six (2020-2025: from 1 January 2020 to 31 December 2025), so terms overlap.
    """

    kind: PeriodKind
    start: date
    end: date

    def __post_init__(self) -> None:
        if not _fits(self.kind, self.start, self.end):
            raise ValueError(
                _("From %(start)s to %(end)s is not a period of the kind “%(kind)s”.")
                % {
                    "start": format_date(self.start),
                    "end": format_date(self.end),
                    "kind": PeriodKind(self.kind).label,
                }
            )

    @property
    def code(self) -> str:
        form, _pattern = CODES[self.kind]
        return form.format(
            year=self.start.year, last_year=self.end.year, number=self._number, iso=self.end
        )

    @property
    def is_cumulative(self) -> bool:
        """A running total inside a year, from 1 January: months to date, and the first half.

        A quarter or a month stands alone, a whole year is no longer running.
        """
        return self.kind == PeriodKind.MONTHS_TO_DATE or (
            self.kind == PeriodKind.HALF and self._number == 1
        )

    @property
    def sort_key(self) -> tuple[date, date, str]:
        """In the order of their ends; of two that end together the longer first, then by code."""
        return self.end, self.start, self.code

    def contains(self, day: date) -> bool:
        return self.start <= day <= self.end

    def years(self) -> range:
        """The calendar years it touches."""
        return range(self.start.year, self.end.year + 1)

    @property
    def _number(self) -> int:
        """Which half, quarter or month of the year; how many months to date; a day's month."""
        if self.kind in {PeriodKind.MONTHS_TO_DATE, PeriodKind.DAY}:
            return self.end.month
        return (self.start.month - 1) // MONTHS[self.kind] + 1


def parse(code: str) -> Period:
    """The inverse of `Period.code`. Raises ValueError with a sentence that shows right codes."""
    for kind, (_form, pattern) in CODES.items():
        if match := re.fullmatch(pattern, code):
            try:
                return _period(kind, *map(int, match.groups()))
            except ValueError:
                break
    raise ValueError(
        _("“%(code)s” is not a period. Write one like %(examples)s.")
        % {
            "code": _cut(code),
            "examples": "2025, 2025-H1, 2025-Q3, 2025-M07, 2025-9M, 2021-2025, T2020-2025, "
            "2025-10-31",
        }
    )


def label(period: Period, language: str) -> str:
    """How a sentence names the period; `language` is "vi" or "en"."""
    number = period._number
    names = NAMES.get((language, period.kind))
    return LABELS[language][period.kind].format(
        year=period.start.year,
        last_year=period.end.year,
        number=number,
        name=names[number - 1] if names else "",
        day=format_date(period.end),
        day_of_month=period.end.day,
    )


def elapsed_share(period: Period, day: date) -> Decimal:
    """Days gone by at the end of the day over all days: 0 before the period, 1 from its end on."""
    days = (period.end - period.start).days + 1
    gone = (day - period.start).days + 1
    return Decimal(min(max(gone, 0), days)) / Decimal(days)


def day_in_province(moment: datetime) -> date:
    """The day in Asia/Ho_Chi_Minh. Raises ValueError for a moment without time zone."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone, so its day is unknown")
    return moment.astimezone(PROVINCE_TIME).date()


def format_date(day: date) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def parse_date(text: str) -> date:
    """A day written d/m/yyyy, always day first (1/2/2025 is 1 February), or as ISO yyyy-mm-dd.

    Raises ValueError with a sentence for all else: two-digit years, other marks, days that do not
    exist, years before 1900 or after 2099. Space around the whole is ignored.
    """
    bare = text.strip()
    day_first = re.fullmatch(f"([0-9]{{1,2}})/([0-9]{{1,2}})/{YEAR_DIGITS}", bare)
    year_first = re.fullmatch(f"{YEAR_DIGITS}-([0-9]{{2}})-([0-9]{{2}})", bare)
    try:
        if day_first:
            day, month, year = map(int, day_first.groups())
            return date(year, month, day)
        if year_first:
            year, month, day = map(int, year_first.groups())
            return date(year, month, day)
    except ValueError:
        pass
    raise ValueError(
        _(
            "“%(text)s” is not a day. Write day/month/year with four digits for the year, "
            "like 31/12/2025."
        )
        % {"text": _cut(bare)}
    )


def _period(kind: PeriodKind, year: int, number: int = 1, day: int = 1) -> Period:
    """From the numbers in a code; `number` is the last year where a code holds two."""
    if kind == PeriodKind.DAY:
        start = end = date(year, number, day)
    elif kind in {PeriodKind.FIVE_YEAR, PeriodKind.TERM}:
        start, end = date(year, 1, 1), date(number, 12, 31)
    elif kind == PeriodKind.MONTHS_TO_DATE:
        start = date(year, 1, 1)
        end = _last_day(start, months=number)
    else:
        months = MONTHS[kind]
        start = date(year, months * (number - 1) + 1, 1)
        end = _last_day(start, months=months)
    return Period(kind, start, end)


def _fits(kind: PeriodKind, start: date, end: date) -> bool:
    if start.year not in YEARS or end.year not in YEARS:
        return False
    if kind == PeriodKind.DAY:
        return start == end
    if kind == PeriodKind.MONTHS_TO_DATE:
        return (
            2 <= end.month <= 11
            and (start.month, start.day) == (1, 1)
            and (end == _last_day(start, months=end.month))
        )
    months = MONTHS[kind]
    begins_right = start.day == 1 and (start.month - 1) % min(months, 12) == 0
    return begins_right and end == _last_day(start, months=months)


def _last_day(start: date, *, months: int) -> date:
    years, month = divmod(start.month - 1 + months, 12)
    return date(start.year + years, month + 1, 1) - timedelta(days=1)


def _cut(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"
