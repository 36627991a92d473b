"""What is loaded so far, by the names that the demonstration's files use."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from assignments.models import Assignment, Task, TaskGroup
from departments.models import Area, Department, User
from indicators.models import Indicator, Plan, Source, Target, TargetVersion, UnitOfMeasure
from indicators.periods import PROVINCE_TIME, day_in_province
from news.models import Article, Category, Document, Passage

FIRST_RUNNING_YEAR = 2026
"""Up to the year before, the only plan of the year is the real one."""
MORNING = time(8)


@dataclass
class World:
    """`until` is the moment of loading: later events have not happened."""

    until: datetime
    people: dict[str, User] = field(default_factory=dict)
    officers: dict[str, User] = field(default_factory=dict)
    areas: dict[str, Area] = field(default_factory=dict)
    departments: dict[str, Department] = field(default_factory=dict)
    units: dict[str, UnitOfMeasure] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    categories: dict[str, Category] = field(default_factory=dict)
    indicators: dict[str, Indicator] = field(default_factory=dict)
    plans: dict[str, Plan] = field(default_factory=dict)
    groups: dict[tuple[str, int], TaskGroup] = field(default_factory=dict)
    articles: dict[tuple[str, str], Article] = field(default_factory=dict)
    passages: dict[tuple[str, str], Passage] = field(default_factory=dict)
    targets: dict[tuple[str, str], Target] = field(default_factory=dict)
    versions: dict[tuple[str, str], list[TargetVersion]] = field(default_factory=dict)
    tasks: dict[str, Task] = field(default_factory=dict)
    assignments: dict[tuple[str, str], Assignment] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return day_in_province(self.until)

    @property
    def year(self) -> int:
        """The year of the running plan; its parts do not happen while it lies ahead."""
        return max(self.today.year, FIRST_RUNNING_YEAR)

    @property
    def province(self) -> Area:
        return self.areas["dien-bien"]

    def day(self, value: Any) -> date:
        """From a day, a day written yyyy-mm-dd, or a number of days after the loading."""
        if isinstance(value, int):
            return self.today + timedelta(days=value)
        return date.fromisoformat(value) if isinstance(value, str) else value

    def day_or_none(self, value: Any) -> date | None:
        return None if value is None else self.day(value)


def moment(value: Any) -> datetime:
    """From a moment, or one written in ISO format with its offset."""
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def at_clock(day: date, clock: time = MORNING) -> datetime:
    return datetime.combine(day, clock, tzinfo=PROVINCE_TIME)
