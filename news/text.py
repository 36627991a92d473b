"""Sentences of a text, and finding the same words again: exactly, or not at all.

Positions count code points of the text in NFC.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final
from unicodedata import category, normalize

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

OPENING: Final = "\"'“‘«([-–—"
CLOSING: Final = "\"'”’»)]"
ENDING: Final = ".!?…"
CELLS_APART: Final = " | "
SIGNS: Final = "-−"
WITHIN_NUMBER: Final = ".,/–" + SIGNS
JOINER: Final = "\u200d"
ABBREVIATIONS: Final = frozenset(
    {"ĐBP", "TP", "Tp", "TX", "TT", "Đ/c", "đ/c", "ThS", "Ths", "TS", "PGS", "GS", "BS", "KS"}
    | {"NXB", "Mr", "Mrs", "Ms", "Dr", "Prof", "St", "Jr", "Sr", "Gen", "Col", "Lt", "Gov", "Hon"}
    | {"Co", "Corp", "Inc", "Ltd", "vs", "Art", "Arts"}
)
ABBREVIATIONS_BEFORE_NUMBER: Final = frozenset(
    {"No", "Nos", "no", "nos", "art", "Fig", "Vol", "Sec", "p", "pp", "tr"}
    | {"Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec"}
)
ENUMERATOR: Final = re.compile(r"\d{1,3}(\.\d{1,3})*|[ivxIVX]{1,5}|[^\W\d_]")
LINE: Final = re.compile(r"[^\r\n]+")
WORD: Final = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Span:
    start: int
    end: int


class Reason(TextChoices):
    MISSING = "missing", _("These words are not in the text.")
    AMBIGUOUS = "ambiguous", _("These words stand in the text more than once.")


class NeedsReview(Exception):
    """The words cannot be found exactly and only once; a person has to decide."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.label)
        self.reason = reason


def one_line(text: str) -> str:
    """NFC; every run of white space, no-break spaces too, is one space."""
    return " ".join(normalize("NFC", text).split())


def sentences(text: str) -> tuple[str, ...]:
    """Each is an exact part of the text. A table row is one sentence; an ellipsis ends none."""
    return tuple(
        text[start:end]
        for line in LINE.finditer(text)
        for start, end in _bounds(text, *line.span())
    )


def occurrences(text: str, quote: str) -> tuple[Span, ...]:
    """Whole words and numbers only: "7.66%" does not occur in "17.66%"."""
    text, quote = normalize("NFC", text), normalize("NFC", quote)
    return tuple(_occurrences(text, quote))


def find(text: str, quote: str, prefix: str = "", suffix: str = "") -> Span:
    """Words that stand once are found whatever surrounds them; else prefix and suffix decide.

    Raises NeedsReview; never settles for words that only look alike.
    """
    found = occurrences(text, quote)
    if not found:
        raise NeedsReview(Reason.MISSING)
    if len(found) > 1:
        text, before, after = (normalize("NFC", part) for part in (text, prefix, suffix))
        found = tuple(
            span
            for span in found
            if text.endswith(before, 0, span.start) and text.startswith(after, span.end)
        )
    if len(found) != 1:
        raise NeedsReview(Reason.AMBIGUOUS)
    return found[0]


def locate(text: str, quote: str, prefix: str = "", suffix: str = "") -> Span | None:
    """As find; None where that raises NeedsReview."""
    try:
        return find(text, quote, prefix, suffix)
    except NeedsReview:
        return None


def context(text: str, span: Span, length: int = 40) -> tuple[str, str]:
    """What stands before and after: the prefix and suffix of a passage."""
    text = normalize("NFC", text)
    return text[max(0, span.start - length) : span.start], text[span.end : span.end + length]


def extends(character: str) -> bool:
    """Whether the character continues the one before it: marks, joiners, jamo, skin tones."""
    return (
        category(character).startswith("M")
        or character in "\u200c\u200d"
        or "\u1160" <= character <= "\u11ff"
        or "\U0001f3fb" <= character <= "\U0001f3ff"
        or "\U000e0020" <= character <= "\U000e007f"
    )


def _occurrences(text: str, quote: str) -> Iterator[Span]:
    start = text.find(quote) if quote else -1
    while start >= 0:
        end = start + len(quote)
        if not _is_inside(text, start) and not _is_inside(text, end):
            yield Span(start, end)
        start = text.find(quote, start + 1)


def _is_inside(text: str, at: int) -> bool:
    """Whether a cut before text[at] would cut a character, a word or a number."""
    if at in {0, len(text)}:
        return False
    before, after = text[at - 1], text[at]
    if extends(after):
        return before not in "\r\n"
    if before == JOINER:
        return not after.isspace()
    if before.isdecimal() and after in WITHIN_NUMBER:
        return text[at + 1 : at + 2].isdecimal()
    if after.isdecimal() and before in WITHIN_NUMBER:
        return before in SIGNS or text[max(0, at - 2) : at - 1].isdecimal()
    return (before.isalnum() or extends(before)) and after.isalnum()


def _bounds(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    words = _words(text, start, end)
    is_row = text.find(CELLS_APART, start, end) >= 0
    first = 0
    for last, (word, following) in enumerate(pairwise(words)):
        if not is_row and _ends_sentence(
            text[slice(*word)], text[slice(*following)], is_first=last == first
        ):
            yield words[first][0], word[1]
            first = last + 1
    if words:
        yield words[first][0], words[-1][1]


def _words(text: str, start: int, end: int) -> list[tuple[int, int]]:
    words: list[tuple[int, int]] = []
    for match in WORD.finditer(text, start, end):
        begin, stop = match.span()
        if begin > start and extends(text[begin]):  # a mark on a space continues what is before
            begin = words.pop()[0] if words else start
        words.append((begin, stop))
    return words


def _ends_sentence(word: str, following: str, *, is_first: bool) -> bool:
    core = word.rstrip(CLOSING)
    stem = core.rstrip(ENDING)
    ending = core[len(stem) :]
    begins = following.lstrip(OPENING)
    if not ending or "…" in ending or ".." in ending or not begins or begins[0].islower():
        return False
    if ending != ".":
        return True
    stem = stem.lstrip(OPENING)
    return not (
        stem in ABBREVIATIONS
        or (stem in ABBREVIATIONS_BEFORE_NUMBER and begins[0].isdecimal())
        or all(len(letter) == 1 and letter.isupper() for letter in stem.split("."))
        or (is_first and ENUMERATOR.fullmatch(stem))
    )
