"""The statuses of an assignment, who moves it from one to the next, and how it stands in time."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import TextChoices
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    LEAD = "lead", _("Lead")
    COOPERATING = "cooperating", _("Cooperating")
    MONITOR = "monitor", _("Monitor")


class Status(TextChoices):
    NOT_YET_RECEIVED = "not_yet_received", _("Not yet received")
    IN_PROGRESS = "in_progress", _("In progress")
    AWAITING_CONFIRMATION = "awaiting_confirmation", _("Awaiting confirmation")
    COMPLETED = "completed", _("Completed")
    RETURNED = "returned", _("Returned")


class Step(TextChoices):
    RECEIVE = "receive", _("Receive")
    REPORT_PROGRESS = "report_progress", _("Report progress")
    REPORT_DONE = "report_done", _("Report done")
    CONFIRM = "confirm", _("Confirm")
    RETURN = "return", _("Return")


class Actor(TextChoices):
    """Department: an officer or head of the assignment's department. Office: a coordinator."""

    DEPARTMENT = "department", _("Department")
    OFFICE = "office", _("Coordinating office")


class TimeClass(TextChoices):
    """Partitions any set of assignments. The order is that of every table and legend."""

    OVERDUE = "overdue", _("Overdue")
    DUE_SOON = "due_soon", _("Due soon")
    IN_TIME = "in_time", _("In time")
    DONE_ON_TIME = "done_on_time", _("Done on time")
    DONE_LATE = "done_late", _("Done late")
    DONE_NO_DEADLINE = "done_no_deadline", _("Done, no deadline")
    OUTSIDE = "outside", _("Outside the count")
    CONTINUOUS = "continuous", _("No deadline")


class InvalidTransition(Exception):
    """The status forbids the step; the message is a sentence for the person who tried."""


INITIAL: Final = Status.NOT_YET_RECEIVED

# The first report of a department also receives the assignment.
TRANSITIONS: Final[dict[tuple[Status, Step], Status]] = {
    (Status.NOT_YET_RECEIVED, Step.RECEIVE): Status.IN_PROGRESS,
    (Status.NOT_YET_RECEIVED, Step.REPORT_PROGRESS): Status.IN_PROGRESS,
    (Status.NOT_YET_RECEIVED, Step.REPORT_DONE): Status.AWAITING_CONFIRMATION,
    (Status.IN_PROGRESS, Step.REPORT_PROGRESS): Status.IN_PROGRESS,
    (Status.IN_PROGRESS, Step.REPORT_DONE): Status.AWAITING_CONFIRMATION,
    (Status.AWAITING_CONFIRMATION, Step.CONFIRM): Status.COMPLETED,
    (Status.AWAITING_CONFIRMATION, Step.RETURN): Status.RETURNED,
    (Status.RETURNED, Step.REPORT_PROGRESS): Status.IN_PROGRESS,
    (Status.RETURNED, Step.REPORT_DONE): Status.AWAITING_CONFIRMATION,
}

MADE_BY: Final[dict[Step, Actor]] = {
    Step.RECEIVE: Actor.DEPARTMENT,
    Step.REPORT_PROGRESS: Actor.DEPARTMENT,
    Step.REPORT_DONE: Actor.DEPARTMENT,
    Step.CONFIRM: Actor.OFFICE,
    Step.RETURN: Actor.OFFICE,
}

REPORTING_ROLES: Final = frozenset({Role.LEAD, Role.COOPERATING})
# Timed by the day it was reported done; every other status is timed by today.
REPORTED: Final = frozenset({Status.AWAITING_CONFIRMATION, Status.COMPLETED})


def next_status(status: Status, step: Step) -> Status:
    """Raises InvalidTransition."""
    try:
        return TRANSITIONS[status, step]
    except KeyError:
        raise InvalidTransition(
            format_lazy(
                _("“{step}” is not possible while the assignment is “{status}”."),
                step=step.label,
                status=status.label,
            )
        ) from None


def may(status: Status, step: Step, actor: Actor) -> bool:
    return (status, step) in TRANSITIONS and MADE_BY[step] == actor


def may_report(role: Role) -> bool:
    """A monitor follows the work of others and has none of its own to report."""
    return role in REPORTING_ROLES


def may_confirm(reported_by: int, *, by: int) -> bool:
    """Nobody confirms their own report. Both are the ids of users."""
    return reported_by != by


def time_class(
    status: Status,
    *,
    deadline: date | None,
    reported_on: date | None,
    today: date,
    soon_days: int = 7,
) -> TimeClass:
    """The deadline is inclusive. Raises ValueError if a reported assignment lacks its day."""
    late = days_late(status, deadline=deadline, reported_on=reported_on, today=today) > 0
    if status == Status.COMPLETED:
        if deadline is None:
            return TimeClass.DONE_NO_DEADLINE
        return TimeClass.DONE_LATE if late else TimeClass.DONE_ON_TIME
    if deadline is None:
        return TimeClass.CONTINUOUS
    if late:
        return TimeClass.OVERDUE
    left = days_left(status, deadline=deadline, today=today)
    return TimeClass.IN_TIME if left is None or left > soon_days else TimeClass.DUE_SOON


def days_late(
    status: Status, *, deadline: date | None, reported_on: date | None, today: date
) -> int:
    """Zero if in time or without deadline. Raises ValueError as time_class does."""
    day = _timed_on(status, reported_on=reported_on, today=today)
    return 0 if deadline is None else max(0, (day - deadline).days)


def days_left(status: Status, *, deadline: date | None, today: date) -> int | None:
    """Zero on the last day. None where no time runs: no deadline, past it, or reported done."""
    if deadline is None or today > deadline or status in REPORTED:
        return None
    return (deadline - today).days


def _timed_on(status: Status, *, reported_on: date | None, today: date) -> date:
    if status not in REPORTED:
        return today
    if reported_on is None:
        raise ValueError(f"{status.value} without the day of its report")
    return reported_on


@dataclass(frozen=True, slots=True)
class TimeCounts:
    overdue: int = 0
    due_soon: int = 0
    in_time: int = 0
    done_on_time: int = 0
    done_late: int = 0
    done_no_deadline: int = 0
    outside: int = 0
    continuous: int = 0

    @property
    def total(self) -> int:
        return self.open + self.done + self.outside

    @property
    def open(self) -> int:
        return self.overdue + self.due_soon + self.in_time + self.continuous

    @property
    def done(self) -> int:
        return self.done_on_time + self.done_late + self.done_no_deadline

    @property
    def on_time_rate(self) -> tuple[int, int]:
        """On time, of how many: what was completed with a deadline, or is open and overdue."""
        return self.done_on_time, self.done_on_time + self.done_late + self.overdue


def counts(classes: Iterable[TimeClass]) -> TimeCounts:
    return TimeCounts(**Counter(time.value for time in classes))


def diagram() -> str:
    """The table as a Mermaid state diagram."""
    moving = {status for status, _step in TRANSITIONS}
    lines = ["stateDiagram-v2", f"    [*] --> {INITIAL.value}"]
    lines += [
        f"    {status.value} --> {following.value}: {step.value} ({MADE_BY[step].value})"
        for (status, step), following in TRANSITIONS.items()
    ]
    lines += [f"    {status.value} --> [*]" for status in Status if status not in moving]
    return "\n".join(lines) + "\n"
