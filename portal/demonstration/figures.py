"""Figures, those of an article with it, the others at eight in the morning of their day."""

from collections import defaultdict
from datetime import datetime
from decimal import Decimal
from typing import Any

from indicators import recording
from indicators.assessment import FigureStatus
from indicators.models import ImportBatch
from indicators.periods import parse
from indicators.recording import Row
from portal.demonstration import content
from portal.demonstration.articles import ORIGINAL
from portal.demonstration.world import World, at_clock

Rows = content.Rows


def of_article(world: World, group: str) -> Rows:
    return [
        row
        for row in content.observations(year=world.year)
        if row.get("passage", "").startswith(f"{group}#")
    ]


def by_release(world: World) -> dict[datetime, Rows]:
    """The figures that no article reports, by the moment of their release."""
    found: dict[datetime, Rows] = defaultdict(list)
    for row in content.observations(year=world.year):
        if "passage" not in row:
            found[at_clock(world.day(row["released_on"]))].append(row)
    return found


def record(world: World, rows: Rows, *, at: datetime) -> int:
    """Record the figures as one batch. How many there are."""
    if rows:
        recording.record_batch(
            [_row(world, row, line, at=at) for line, row in enumerate(rows, start=1)],
            by=world.people["statistician"],
            at=at,
            door=ImportBatch.Door.COMMAND,
            entered_afterwards=True,
        )
    return len(rows)


def _row(world: World, row: dict[str, Any], line: int, *, at: datetime) -> Row:
    passage = world.passages[row["passage"], ORIGINAL] if "passage" in row else None
    return Row(
        indicator=world.indicators[row["indicator"]],
        period=parse(row["period"]),
        area=world.province,
        source=world.sources[row["source"]],
        value=Decimal(row["value"]),
        status=FigureStatus(row["status"]),
        as_of=world.day(row["as_of"]),
        released_at=at,
        passage=passage,
        words=row["words_vi"] if passage else "",
        note=row.get("note", ""),
        line=line,
    )
