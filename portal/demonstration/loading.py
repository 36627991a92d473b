"""Loads the demonstration in the order in which its events happened, up to a moment."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from typing import Any

from django.db import transaction

from assignments.statuses import Role
from departments.models import Department
from portal.demonstration import (
    articles,
    figures,
    organisations,
    people,
    plans,
    steps,
    targets,
    tasks,
    vocabulary,
)
from portal.demonstration.articles import ORIGINAL, Story
from portal.demonstration.world import World, at_clock

Say = Callable[[str], None]
FIRST_YEAR_JUDGED = 2024


@dataclass(frozen=True)
class Event:
    """Something that happens at a moment; `happen` returns what to say of it, if anything."""

    at: datetime
    happen: Callable[[], str]


@transaction.atomic
def load(*, until: datetime, say: Say) -> World:
    """Everything that had happened by then, or nothing when it fails."""
    world = World(until=until)
    for part in (organisations, vocabulary, people):
        say(part.load(world))
    done = 0
    for event in events(world):
        told = event.happen()
        done += 1
        if told:
            say(f"{event.at:%d/%m/%Y}  {told}")
    targets.load_adoptions(world)
    tasks.load_targets_served(world)
    say(f"{done} events, {len(world.targets)} targets, {len(world.tasks)} tasks")
    return world


def events(world: World) -> list[Event]:
    """In order of time, up to the moment of loading."""
    found = [*_new_years(world), *_releases(world), *_assignments(world)]
    due = [event for event in found if event.at <= world.until]
    return sorted(due, key=lambda event: event.at)


def _new_years(world: World) -> Iterator[Event]:
    """A year that is over is judged by what was known of it before."""
    for year in range(FIRST_YEAR_JUDGED, world.today.year):
        at = at_clock(date(year + 1, 1, 1), time.min)
        yield Event(at, partial(_judge, world, at))


def _releases(world: World) -> Iterator[Event]:
    for story in articles.stories(world):
        yield Event(story.released_at, partial(_release, world, story))
    for at, rows in figures.by_release(world).items():
        yield Event(at, partial(_record, world, rows, at))


def _assignments(world: World) -> Iterator[Event]:
    """Each department's part in each task, then its steps."""
    for story in articles.stories(world):
        for row in tasks.of_article(world, story.group):
            for code, role, taken in tasks.parts(world, row):
                department = world.departments[code]
                begin = tasks.begins_at(department, released_at=story.released_at)
                yield Event(begin, partial(_assign, world, row, department, role))
                for step in taken:
                    at = steps.taken_at(world, step)
                    yield Event(at, partial(_take, world, (row["code"], code), step, at))


def _release(world: World, story: Story) -> str:
    """The article with all that rests on it, as drafts; then it is published."""
    at = story.released_at
    articles.draft(world, story)
    plans.announce(world, story.group, world.articles[story.group, ORIGINAL])
    set_here = targets.load(world, story.group, at=at)
    targets.load_claims(world, story.group)
    reported = figures.record(world, figures.of_article(world, story.group), at=at)
    decided = tasks.of_article(world, story.group)
    for row in decided:
        tasks.create(world, row, at=at)
    articles.publish(world, story)
    plans.freeze_margins(world, at=at)
    title = world.articles[story.group, ORIGINAL].title
    return f"{title}: {set_here} targets, {reported} figures, {len(decided)} tasks"


def _judge(world: World, at: datetime) -> str:
    plans.freeze_margins(world, at=at)
    return ""


def _record(world: World, rows: figures.Rows, at: datetime) -> str:
    recorded = figures.record(world, rows, at=at)
    plans.freeze_margins(world, at=at)
    return f"{recorded} figures"


def _assign(world: World, row: dict[str, Any], department: Department, role: Role) -> str:
    tasks.assign(world, row, department, role)
    return ""


def _take(world: World, key: tuple[str, str], step: dict[str, Any], at: datetime) -> str:
    steps.take(world, key, step, at=at)
    return ""
