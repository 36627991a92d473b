"""Steps of the assignments: what the departments report, and what the office says to it."""

from datetime import datetime, time
from typing import Any, Final

from assignments import workflow
from assignments.statuses import MADE_BY, Actor
from assignments.statuses import Step as Name
from portal.demonstration.world import World, at_clock

HOURS: Final[dict[Actor, time]] = {Actor.DEPARTMENT: time(9), Actor.OFFICE: time(15)}
SAID: Final[dict[Name, tuple[str, ...]]] = {
    Name.RECEIVE: (),
    Name.REPORT_PROGRESS: ("percent", "text"),
    Name.REPORT_DONE: ("text",),
    Name.CONFIRM: (),
    Name.RETURN: ("reason",),
}


def taken_at(world: World, step: dict[str, Any]) -> datetime:
    """In working hours of its day; on the day of loading no later than the loading."""
    day = world.day(step["on"])
    moment = at_clock(day, HOURS[MADE_BY[Name(step["step"])]])
    return min(moment, world.until) if day == world.today else moment


def take(world: World, key: tuple[str, str], step: dict[str, Any], *, at: datetime) -> None:
    """`key` names the task and the department."""
    _task, department = key
    name = Name(step["step"])
    is_office = MADE_BY[name] is Actor.OFFICE
    assignment = world.assignments[key]
    workflow.take(
        assignment,
        name,
        by=world.people["coordinator"] if is_office else world.officers[department],
        at=at,
        version=assignment.version,
        **{field: step[field] for field in SAID[name]},
    )
