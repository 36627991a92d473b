"""Rows of one key follow each other in what the public knows: each ends where the next begins.

For every record with a `known` range. The rows of a key never overlap, and what the public knew in
the past stays as it was.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.fields import DateTimeRangeField
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Func, Value
from django.db.models.functions import Now
from django.utils.translation import gettext as _


class PastIsClosed(Exception):
    """The row would change what the public knew over a stretch of time that is over."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Another one was known to the public then, and has been replaced since. What was "
                "known is not rewritten: choose a later time of release."
            )
        )


@dataclass(frozen=True)
class Slot:
    """The place of a new row: from when it is known, which row it ends, which one will end it."""

    begins: datetime
    before: Any = None
    after: Any = None

    @property
    def known(self) -> DateTimeTZRange:
        return DateTimeTZRange(self.begins, self.after.known.lower if self.after else None)


def slot(rows: Iterable[Any], *, begins: datetime, at: datetime) -> Slot:
    """Where a row that begins then stands among the known `rows` of its key.

    One released ahead of time keeps its place: it replaces the new row when its time comes.
    Raises `PastIsClosed`.
    """
    chain = in_order(rows)
    before = next((row for row in chain if begins in row.known), None)
    after = next((row for row in chain if row.known.lower > begins), None)
    if before is not None and before.known.upper is not None and before.known.upper <= at:
        raise PastIsClosed
    return Slot(begins, before, after)


def in_order(rows: Iterable[Any]) -> list[Any]:
    """The rows that are or were or will be known, by the time when that begins."""
    known = [row for row in rows if row.known is not None and not row.known.isempty]
    return sorted(known, key=lambda row: row.known.lower)


def end(rows: Iterable[tuple[Any, datetime]]) -> None:
    """End what is known of each row at its moment; one that had not begun never was known.

    One query for each model and moment, whatever the number of rows.
    """
    groups: dict[tuple[Any, datetime], list[int]] = defaultdict(list)
    for row, moment in rows:
        start = row.known.lower
        row.known = DateTimeTZRange(start, max(moment, start))
        groups[type(row), max(moment, start)].append(row.pk)
    for (model, moment), keys in groups.items():
        model._default_manager.filter(pk__in=keys).update(
            known=Func(
                "known__startswith",
                Value(moment),
                function="tstzrange",
                output_field=DateTimeRangeField(),
            )
        )


def fill(gap: DateTimeTZRange, rows: Iterable[Any], *, at: datetime) -> None:
    """Make known over the gap what was known before it: the last of `rows` that begins earlier.

    One that still lasts until the gap is prolonged; one that ended comes back as a row of its own.
    """
    earlier = [row for row in in_order(rows) if row.known.lower < gap.lower]
    if not earlier:
        return
    row = earlier[-1]
    if row.known.upper == gap.lower and row.known.upper > at:
        row.known = DateTimeTZRange(row.known.lower, gap.upper)
        row.save(update_fields=["known"])
        return
    fields = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in {"id", "known", "recorded_at"}
    }
    type(row)._default_manager.create(**fields, known=gap, recorded_at=Now())
