"""The geometry of bars and charts: numbers in, places on the drawing out."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Protocol

GOAL_AT = Decimal(80)
"""Per cent of the width at which the promise stands in every bar, so that rows compare."""


def bar_width(
    result: Decimal | None, *, promised: Decimal | None, baseline: Decimal | None = None
) -> Decimal | None:
    """Length of the bar in per cent of the drawing; None when nothing can be drawn.

    A reduction starts from its baseline; everything else starts from zero.
    """
    if result is None or promised is None:
        return None
    start = baseline if baseline is not None and promised < baseline else Decimal(0)
    way = promised - start
    if way == 0:
        return GOAL_AT if result == promised else None
    width = (result - start) / way * GOAL_AT
    return min(max(width, Decimal(0)), Decimal(100)).quantize(Decimal("0.1"), ROUND_HALF_UP)


class PointOfSeries(Protocol):
    @property
    def label(self) -> str: ...
    @property
    def value(self) -> Decimal: ...
    @property
    def firm(self) -> bool: ...


class GoalOfSeries(Protocol):
    """A promise that holds from one point of the series to another, both counted from 0."""

    @property
    def label(self) -> str: ...
    @property
    def value(self) -> Decimal: ...
    @property
    def first(self) -> int: ...
    @property
    def last(self) -> int: ...
    @property
    def withdrawn(self) -> bool: ...


@dataclass(frozen=True, kw_only=True)
class Frame:
    """A drawing for one width of screen."""

    name: str
    width: int
    height: int
    right: int
    left: int = 40
    top: int = 40
    bottom: int = 40


FRAMES = (
    Frame(name="flat", width=1000, height=400, right=190),
    Frame(name="tall", width=340, height=320, right=66, left=26),
)


@dataclass(frozen=True, kw_only=True)
class Mark:
    x: Decimal
    y: Decimal
    label_y: Decimal
    label: str
    value: Decimal
    firm: bool


@dataclass(frozen=True, kw_only=True)
class Line:
    x1: Decimal
    y1: Decimal
    x2: Decimal
    y2: Decimal
    firm: bool = True


@dataclass(frozen=True, kw_only=True)
class GoalLine:
    line: Line
    label: str
    value: Decimal
    withdrawn: bool
    text_x: Decimal
    text_y: Decimal


@dataclass(frozen=True, kw_only=True)
class Drawing:
    frame: Frame
    zero: Decimal
    axis_end: Decimal
    year_y: Decimal
    marks: tuple[Mark, ...]
    lines: tuple[Line, ...]
    goals: tuple[GoalLine, ...]


def _round(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.1"), ROUND_HALF_UP)


def _apart(heights: list[Decimal], *, by: Decimal) -> list[Decimal]:
    """Label heights pushed down until each stands clear of the one above it."""
    order = sorted(range(len(heights)), key=lambda i: heights[i])
    moved = list(heights)
    for above, below in pairwise(order):
        moved[below] = max(moved[below], moved[above] + by)
    return moved


def draw(points: Sequence[PointOfSeries], goals: Sequence[GoalOfSeries], frame: Frame) -> Drawing:
    """A series with its promises. Zero is always drawn; a line is firm if both its ends are."""
    values = [p.value for p in points] + [g.value for g in goals] + [Decimal(0)]
    low, high = min(values), max(values)
    span = high - low or Decimal(1)
    depth = Decimal(frame.height - frame.top - frame.bottom)
    step = Decimal(frame.width - frame.left - frame.right) / max(len(points) - 1, 1)

    def x(place: Decimal | int) -> Decimal:
        return _round(frame.left + step * place)

    def y(value: Decimal) -> Decimal:
        return _round(frame.top + (high - value) / span * depth)

    marks = []
    for i, point in enumerate(points):
        before = points[i - 1].value if i else point.value
        after = points[i + 1].value if i + 1 < len(points) else point.value
        valley = point.value < before or (point.value <= before and point.value < after)
        at = y(point.value)
        marks.append(
            Mark(
                x=x(i),
                y=at,
                label_y=at + 28 if valley else at - 16,
                label=point.label,
                value=point.value,
                firm=point.firm,
            )
        )
    reach = min(Decimal("0.35"), Decimal(24) / step if step else Decimal("0.35"))
    text_ys = _apart([y(g.value) + 5 for g in goals], by=Decimal(19))
    return Drawing(
        frame=frame,
        zero=y(Decimal(0)),
        axis_end=x(max(len(points) - 1, 0)) + 10,
        year_y=Decimal(frame.height - 10),
        marks=tuple(marks),
        lines=tuple(
            Line(x1=a.x, y1=a.y, x2=b.x, y2=b.y, firm=a.firm and b.firm) for a, b in pairwise(marks)
        ),
        goals=tuple(
            GoalLine(
                line=Line(
                    x1=x(g.first - reach), y1=y(g.value), x2=x(g.last + reach), y2=y(g.value)
                ),
                label=g.label,
                value=g.value,
                withdrawn=g.withdrawn,
                text_x=x(g.last + reach) + 8,
                text_y=text_y,
            )
            for g, text_y in zip(goals, text_ys, strict=True)
        ),
    )
