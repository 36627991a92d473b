"""Figures as the public was told them: the current ones, and those that a later one replaced."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from indicators.models import Observation

RECORDED: frozenset[str] = frozenset({"id", "known", "recorded_at"})
"""What a figure that came back has of its own; in all else it is the one that it restores."""


def told(figures: Iterable[Observation]) -> list[Observation]:
    """Each figure once, as it was known last: one that was replaced and came back is current."""
    last: dict[tuple[Any, ...], Observation] = {}
    for row in sorted(figures, key=lambda row: row.known.lower):
        last[_content(row)] = row
    return list(last.values())


def is_replaced(figure: Observation, *, at: datetime) -> bool:
    return figure.known.upper is not None and figure.known.upper <= at


def _content(row: Observation) -> tuple[Any, ...]:
    return tuple(
        getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in RECORDED
    )
