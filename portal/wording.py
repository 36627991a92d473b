"""How values are put into words and signs for the reader: pure, language given or active."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol, runtime_checkable

from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from indicators.assessment import Comparator, Form
from indicators.numbers import MAX_DECIMALS, format_number
from indicators.periods import Period
from indicators.periods import label as period_label
from news.text import occurrences

NBSP = "\u00a0"
ATTACHED = ("%", "‰")
"""Units that stand against the number without a space."""
RANKS = ("rank", "hạng")
"""Units that stand before the number."""
DECIMALS_OF_COMPUTED = 2

GLYPHS = {"nearly_met": "nearly", "done_on_time": "done"}
"""Values whose sign and CSS class are shorter than the value; all others only change _ to -."""

COMPARATOR_SIGNS = {
    Comparator.GT: ">",
    Comparator.GTE: "≥",
    Comparator.EQ: "=",
    Comparator.LTE: "≤",
    Comparator.LT: "<",
    Comparator.ABOUT: "≈",
}
CHANGES = frozenset({Form.CHANGE_POINTS, Form.CHANGE_PERCENT})


@runtime_checkable
class Unit(Protocol):
    """A unit of measure; its symbol follows the active language."""

    @property
    def symbol(self) -> str: ...


def language() -> str:
    return (get_language() or "vi")[:2]


def glyph_of(value: str) -> str:
    """Name of the sign and of the CSS class of a verdict or a time class."""
    return GLYPHS.get(value, value.replace("_", "-"))


def comparator_words(comparator: str) -> str:
    """The word that stands before the promised number; empty for `=` and for a range."""
    return {
        Comparator.GT: pgettext("comparator", "over"),
        Comparator.GTE: pgettext("comparator", "at least"),
        Comparator.LTE: pgettext("comparator", "at most"),
        Comparator.LT: pgettext("comparator", "below"),
        Comparator.ABOUT: pgettext("comparator", "about"),
    }.get(Comparator(comparator), "")


def comparator_sign(comparator: str) -> str:
    return COMPARATOR_SIGNS.get(Comparator(comparator), "")


def change_words(value: Decimal) -> str:
    """A change is signed; its direction is said in words and its size without a sign."""
    return _("down by") if value < 0 else _("up by")


def symbol(unit: Unit | str | None) -> str:
    return unit.symbol if isinstance(unit, Unit) else str(unit or "")


def symbol_of_difference(unit: Unit | str | None) -> str:
    """Two percentages differ by points, two ranks by places."""
    own = symbol(unit)
    if own in ATTACHED:
        return _("points")
    return _("places") if own.lower() in RANKS else own


def symbol_in_form(form: str, unit: Unit | str | None) -> str:
    """A number that is a change or a multiple is not in the unit of the indicator."""
    match form:
        case Form.CHANGE_POINTS:
            return symbol_of_difference(unit)
        case Form.CHANGE_PERCENT:
            return "%"
        case Form.TIMES:
            return _("times")
        case _other:
            return symbol(unit)


def number(value: Decimal, *, decimals: int | None = None) -> str:
    """As published; what was computed, with more decimals than are kept, at two."""
    exponent = value.normalize().as_tuple().exponent
    if decimals is None and isinstance(exponent, int) and -exponent > MAX_DECIMALS:
        decimals = DECIMALS_OF_COMPUTED
    return format_number(value, language=language(), decimals=decimals)


def signed(value: Decimal, *, decimals: int | None = None) -> str:
    """A difference: always with its sign, zero without one."""
    return "+" + number(value, decimals=decimals) if value > 0 else number(value, decimals=decimals)


def with_unit(text: str, unit: str) -> tuple[str, str, str]:
    """What stands before the number, the number with an attached unit, what stands after it."""
    if unit in ATTACHED:
        return "", text + unit, ""
    if unit.lower() in RANKS:
        return unit, text, ""
    return "", text, unit


def amount(value: Decimal, unit: Unit | str | None = None, *, decimals: int | None = None) -> str:
    """A number with its unit as plain text; the two never part at the end of a line."""
    parts = with_unit(number(value, decimals=decimals), symbol(unit))
    return NBSP.join(part for part in parts if part)


def local_day(moment: date | datetime) -> date:
    """The day in Asia/Ho_Chi_Minh."""
    return timezone.localdate(moment) if isinstance(moment, datetime) else moment


def day(moment: date | datetime, *, short: bool = False) -> str:
    """31 January 2026, short 31 Jan 2026; in Vietnamese 31/1/2026."""
    if language() == "vi":
        return format_date(local_day(moment), "j/n/Y")
    return format_date(local_day(moment), "j M Y" if short else "j F Y").replace(" ", NBSP, 1)


def known_on(kind: str) -> str:
    """What the date of a block says: figures known on it, tasks counted on it."""
    return {
        "figures": _("Figures known on"),
        "tasks": _("Tasks counted on"),
        "text": _("Text as of"),
    }[kind]


def field_in_language(record: object, field: str) -> tuple[str, str]:
    """A bilingual column in the reader's language, else in the other one, with its language."""
    own = language()
    for code in (own, "en" if own == "vi" else "vi"):
        text = str(getattr(record, f"{field}_{code}", "") or "")
        if text:
            return text, code
    return "", own


def within_sentence(name: str) -> str:
    """A name after other words: its first letter small, unless it begins an abbreviation."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def split_at(sentence: str, words: str) -> tuple[str, str, str]:
    """A sentence before, in and after the words to mark; unmarked if they are not in it whole."""
    for span in occurrences(sentence, words)[:1]:
        return sentence[: span.start], sentence[span.start : span.end], sentence[span.end :]
    return sentence, "", ""


def period(value: Period) -> str:
    return period_label(value, language())


class Reading(Protocol):
    """What a sentence says of a target: the columns of a version and of a mention."""

    comparator: Any
    value: Any
    upper_value: Any
    form: Any


def promise(reading: Reading, unit: Unit | str | None, *, decimals: int | None = None) -> str:
    """A promise as plain text: "over 10.5%", "6.6–6.8%", "down by 4 points"."""
    if reading.value is None:
        return _("to be completed")
    before = comparator_words(reading.comparator)
    return _said(reading, unit, before=before, decimals=decimals)


class Result(Protocol):
    """What came out: the columns of a figure."""

    value: Any
    upper_value: Any
    form: Any


def result(figure: Result, unit: Unit | str | None, *, decimals: int | None = None) -> str:
    """A figure as plain text: "7.34%", "120–130 billion đồng", "down by 4.06 points"."""
    return _said(figure, unit, before="", decimals=decimals)


def _said(record: Result, unit: Unit | str | None, *, before: str, decimals: int | None) -> str:
    value, upper = record.value, record.upper_value
    if record.form in CHANGES:
        before = " ".join(part for part in (change_words(value), before) if part)
        value, upper = abs(value), None if upper is None else abs(upper)
    text = number(value, decimals=decimals)
    if upper is not None:
        text += "–" + number(upper, decimals=decimals)
    parts = [before, *with_unit(text, symbol_in_form(record.form, unit))]
    return NBSP.join(part for part in parts if part)
