"""What an import would do, line by line, in words for the person who confirms it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from indicators import periods
from indicators.assessment import FigureStatus, Form
from indicators.numbers import format_number
from indicators.recording import Change
from indicators.resources.rows import Fault, FileRows


class Outcome(Enum):
    WRONG = "wrong"
    CHANGED = "changed"
    NEW = "new"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class PreviewLine:
    """One line of the file: what it speaks of, from what to what, and what is wrong with it."""

    number: int
    outcome: Outcome
    indicator: str = ""
    period: str = ""
    area: str = ""
    source: str = ""
    old: str = ""
    new: str = ""
    errors: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def preview(found: FileRows, changes: Sequence[Change], *, language: str) -> list[PreviewLine]:
    """The lines of the file in their order; numbers as the language of the page writes them."""
    lines = [_of_change(change, language=language) for change in changes]
    by_line: dict[int, list[str]] = {}
    for fault in found.faults:
        by_line.setdefault(fault.line, []).append(_sentence(fault))
    lines += [_of_faults(number, errors, found.raw[number]) for number, errors in by_line.items()]
    return sorted(lines, key=lambda line: line.number)


def _of_faults(number: int, errors: list[str], raw: dict[str, str]) -> PreviewLine:
    """The line as it stands in the file."""
    return PreviewLine(
        number,
        Outcome.WRONG,
        indicator=raw.get("indicator", ""),
        period=raw.get("period", ""),
        area=raw.get("area", ""),
        source=raw.get("source", ""),
        new=raw.get("value", ""),
        errors=tuple(errors),
    )


def _sentence(fault: Fault) -> str:
    if not fault.column:
        return fault.sentence
    return _("Column “%(column)s”: %(sentence)s") % {
        "column": fault.column,
        "sentence": fault.sentence,
    }


def _of_change(change: Change, *, language: str) -> PreviewLine:
    row, old = change.row, change.old
    unit = row.indicator.unit.symbol
    return PreviewLine(
        number=row.line,
        outcome=_outcome(change),
        indicator=f"{row.indicator.name} ({row.indicator.code})",
        period=periods.label(row.period, language),
        area=str(row.area),
        source=str(row.source),
        old=figure(
            old.value, old.upper_value, form=old.form, status=old.status, as_of=old.as_of,
            unit=unit, language=language,
        ) if old else "",
        new=figure(
            row.value, row.upper_value, form=row.form, status=row.status, as_of=row.as_of,
            unit=unit, language=language,
        ),
        errors=tuple(change.errors),
        notes=tuple(_notes(change)),
    )  # fmt: skip


def _outcome(change: Change) -> Outcome:
    if change.errors:
        return Outcome.WRONG
    if change.is_unchanged:
        return Outcome.UNCHANGED
    return Outcome.NEW if change.is_new else Outcome.CHANGED


def figure(
    value: Decimal,
    upper: Decimal | None,
    *,
    form: str,
    status: str,
    as_of: date,
    unit: str,
    language: str,
) -> str:
    """A figure as one reads it: "7,34 %, ước, 31/12/2025"."""
    number = format_number(value, language=language)
    if upper is not None:
        number = f"{number}–{format_number(upper, language=language)}"
    parts = [f"{number}\N{NO-BREAK SPACE}{unit}"]
    if form != Form.LEVEL:
        parts.append(str(Form(form).label))
    parts += [str(FigureStatus(status).label), periods.format_date(as_of)]
    return ", ".join(parts)


def _notes(change: Change) -> list[str]:
    notes = []
    if change.loses_its_sentence:
        notes.append(_("The sentence that stated the old number stays with the old number."))
    if change.row.released_at is not None:
        at = date_format(
            change.row.released_at.astimezone(periods.PROVINCE_TIME), "SHORT_DATETIME_FORMAT"
        )
        notes.append(_("Released at %(at)s.") % {"at": at})
    if change.slot is not None and change.slot.after is not None:
        at = date_format(
            change.slot.after.known.lower.astimezone(periods.PROVINCE_TIME), "SHORT_DATETIME_FORMAT"
        )
        notes.append(_("Another figure replaces it at %(at)s.") % {"at": at})
    return notes
