"""Numbers as people write them in Vietnam (15.292,791) and in English (15,292.791)."""

import re
from decimal import ROUND_HALF_UP, Context, Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

MAX_WHOLE_DIGITS = 18
MAX_DECIMALS = 6  # with the whole digits: the columns are numeric(24,6)
MINUS = "\u2212"
EXAMPLE = Decimal("15292.791")

SWAP_MARKS = str.maketrans(",.", ".,")
ENGLISH = re.compile(
    r"""
    (?P<sign>[-+\u2212])?
    (?P<whole>0|[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]*)
    (?:\.(?P<decimals>[0-9]+))?
    """,
    re.VERBOSE,
)
WIDE = Context(prec=100, rounding=ROUND_HALF_UP)  # half away from zero, nothing cut off


class Convention(TextChoices):
    VI = "vi", _("15.292,791 (point between thousands, decimal comma)")
    EN = "en", _("15,292.791 (comma between thousands, decimal point)")


class AmbiguousNumber(ValueError):
    """A number that the two conventions read differently, such as 15.292."""

    def __init__(self, text: str, *, grouped: Decimal, fractional: Decimal) -> None:
        self.grouped = grouped
        self.fractional = fractional
        mark = "," if "," in text else "."
        super().__init__(
            _(
                "“%(text)s” can be read in two ways. Write %(grouped)s for the whole number or "
                "%(fractional)s for the number with decimals, or say which convention holds."
            )
            % {
                "text": text,
                "grouped": grouped,
                "fractional": f"{fractional}0".replace(".", mark),
            }
        )


def parse(text: str, *, convention: Convention | None) -> Decimal:
    """The number, with as many decimals as are written.

    The convention decides which mark is which; text of the other convention is refused. Without
    one, the text must mean the same in both or be valid in one only: so a single mark before
    exactly three digits, with one to three digits (no leading zero) before it, is ambiguous.

    Digits 0-9 only, at least one before and after the decimal mark; groups of three throughout or
    not at all; no leading zeros; at most one sign, right before the first digit; no space but
    around the whole; no exponent, no percent sign, no unit. At most 18 digits before the decimal
    mark and 6 after it.

    Raises AmbiguousNumber, else ValueError, with a sentence that says what to write.
    """
    bare = text.strip()
    vietnamese, english = (_read(bare, each) for each in (Convention.VI, Convention.EN))
    if convention == Convention.VI:
        number, other = vietnamese, english
    elif convention == Convention.EN:
        number, other = english, vietnamese
    elif vietnamese is not None and english is not None and vietnamese != english:
        # Grouping multiplies by a thousand, so the larger one is the grouped reading.
        fractional, grouped = sorted((vietnamese, english), key=abs)
        raise AmbiguousNumber(bare, grouped=grouped, fractional=fractional)
    else:
        number, other = (english if vietnamese is None else vietnamese), None
    if number is None:
        raise ValueError(_refusal(bare, convention=convention, other=other))
    _whole, _mark, decimals = f"{number:f}".partition(".")
    if abs(number) >= 10**MAX_WHOLE_DIGITS or len(decimals) > MAX_DECIMALS:
        raise ValueError(
            _(
                "“%(text)s” has too many digits. Write at most %(whole)s before the decimal mark "
                "and %(decimals)s after it."
            )
            % {"text": _cut(bare), "whole": MAX_WHOLE_DIGITS, "decimals": MAX_DECIMALS}
        )
    return number


def round_half_away(value: Decimal, decimals: int) -> Decimal:
    """Halves go away from zero: 2.5 to 3, -2.5 to -3. A zero has no sign."""
    rounded = value.quantize(Decimal(1).scaleb(-decimals), context=WIDE)
    return rounded if rounded else rounded.copy_abs()


def format_number(value: Decimal, *, language: str, decimals: int | None = None) -> str:
    """With groups of thousands and a true minus sign (U+2212).

    Rounded half away from zero to `decimals`, or exact and without trailing zeros.
    """
    if not value.is_finite():
        raise ValueError(f"{value} is not a number that can be shown")
    shown = value if decimals is None else round_half_away(value, decimals)
    digits = f"{shown.copy_abs():,f}"
    if decimals is None and "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    sign = MINUS if shown < 0 else ""
    return sign + (digits.translate(SWAP_MARKS) if language == Convention.VI else digits)


def _read(text: str, convention: Convention) -> Decimal | None:
    match = ENGLISH.fullmatch(text.translate(SWAP_MARKS) if convention == Convention.VI else text)
    if match is None:
        return None
    number = Decimal(match["whole"].replace(",", "") + "." + (match["decimals"] or ""))
    return number.copy_negate() if match["sign"] in {"-", MINUS} and number else number


def _refusal(text: str, *, convention: Convention | None, other: Decimal | None) -> str:
    if convention is None:
        return _(
            "“%(text)s” is not a number. Write digits only, like 8500, 15.292,791 or 15,292.791, "
            "without spaces, units or percent signs."
        ) % {"text": _cut(text)}
    if other is None:
        return _(
            "“%(text)s” is not a number. Write it like %(example)s, without spaces, units or "
            "percent signs."
        ) % {
            "text": _cut(text),
            "example": format_number(EXAMPLE, language=convention),
        }
    return _("“%(text)s” is written in the other convention. Here it must be %(right)s.") % {
        "text": _cut(text),
        "right": format_number(other, language=convention),
    }


def _cut(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"
