"""What a department looks at first, and how a task stands when several departments lead it."""

from collections.abc import Iterable
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from assignments.statuses import Status, TimeClass


class Urgency(TextChoices):
    """Partitions any set of assignments. The order is that of the workspace."""

    OVERDUE = "overdue", _("Overdue")
    DUE_SOON = "due_soon", _("Due soon")
    RETURNED = "returned", _("Returned")
    NOT_YET_RECEIVED = "not_yet_received", _("Not yet received")
    IN_TIME = "in_time", _("In time")
    CONTINUOUS = "continuous", _("No deadline")
    AWAITING = "awaiting", _("Awaiting confirmation")
    DONE = "done", _("Done")


ORDER: Final = {urgency: place for place, urgency in enumerate(Urgency)}

# Nothing is left for the department to do, however late the report was.
SETTLED: Final = {
    Status.AWAITING_CONFIRMATION: Urgency.AWAITING,
    Status.COMPLETED: Urgency.DONE,
}
PRESSING: Final = {
    TimeClass.OVERDUE: Urgency.OVERDUE,
    TimeClass.DUE_SOON: Urgency.DUE_SOON,
}
WAITING: Final = {
    Status.RETURNED: Urgency.RETURNED,
    Status.NOT_YET_RECEIVED: Urgency.NOT_YET_RECEIVED,
}

# Open before done: a task is done when the last of its leading departments is.
WORST_FIRST: Final = (
    TimeClass.OVERDUE,
    TimeClass.DUE_SOON,
    TimeClass.IN_TIME,
    TimeClass.CONTINUOUS,
    TimeClass.DONE_LATE,
    TimeClass.DONE_ON_TIME,
    TimeClass.DONE_NO_DEADLINE,
    TimeClass.OUTSIDE,
)
RANK: Final = {time: place for place, time in enumerate(WORST_FIRST)}


def urgency(status: Status, time: TimeClass) -> Urgency:
    if status in SETTLED:
        return SETTLED[status]
    if time in PRESSING:
        return PRESSING[time]
    if status in WAITING:
        return WAITING[status]
    return Urgency.CONTINUOUS if time == TimeClass.CONTINUOUS else Urgency.IN_TIME


def of_task(leads: Iterable[TimeClass]) -> TimeClass:
    """The worst class of the departments that lead; without one it is outside the count."""
    return min(leads, key=RANK.__getitem__, default=TimeClass.OUTSIDE)
