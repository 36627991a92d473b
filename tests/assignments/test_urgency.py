from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assignments import statuses
from assignments.statuses import REPORTED, Status, TimeClass
from assignments.urgency import WORST_FIRST, Urgency, of_task, urgency

TODAY = date(2025, 11, 20)
days = st.dates(TODAY - timedelta(days=400), TODAY + timedelta(days=400))


@st.composite
def assignments(draw: st.DrawFn) -> tuple[Status, TimeClass]:
    status = draw(st.sampled_from(Status))
    reported = draw(days) if status in REPORTED else None
    deadline = draw(st.none() | days)
    time = statuses.time_class(status, deadline=deadline, reported_on=reported, today=TODAY)
    return status, time


@given(st.lists(assignments(), max_size=900))
def test_time_classes_partition_any_set(rows: list[tuple[Status, TimeClass]]) -> None:
    counts = statuses.counts(time for _status, time in rows)

    assert counts.total == len(rows)
    assert sum(getattr(counts, each.value) for each in TimeClass) == len(rows)


def test_time_classes_partition_a_real_set() -> None:
    rows = [TimeClass.DONE_ON_TIME] * 400 + [TimeClass.DONE_LATE] * 185
    rows += [TimeClass.IN_TIME] * 60 + [TimeClass.DUE_SOON] * 7 + [TimeClass.OVERDUE] * 181

    counts = statuses.counts(rows)

    assert (counts.total, counts.done, counts.in_time + counts.due_soon, counts.overdue) == (
        833, 585, 67, 181,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("status", "time", "expected"),
    [
        (Status.COMPLETED, TimeClass.DONE_LATE, Urgency.DONE),
        (Status.AWAITING_CONFIRMATION, TimeClass.OVERDUE, Urgency.AWAITING),
        (Status.RETURNED, TimeClass.OVERDUE, Urgency.OVERDUE),
        (Status.RETURNED, TimeClass.DUE_SOON, Urgency.DUE_SOON),
        (Status.RETURNED, TimeClass.IN_TIME, Urgency.RETURNED),
        (Status.RETURNED, TimeClass.CONTINUOUS, Urgency.RETURNED),
        (Status.NOT_YET_RECEIVED, TimeClass.OVERDUE, Urgency.OVERDUE),
        (Status.NOT_YET_RECEIVED, TimeClass.IN_TIME, Urgency.NOT_YET_RECEIVED),
        (Status.NOT_YET_RECEIVED, TimeClass.CONTINUOUS, Urgency.NOT_YET_RECEIVED),
        (Status.IN_PROGRESS, TimeClass.OVERDUE, Urgency.OVERDUE),
        (Status.IN_PROGRESS, TimeClass.DUE_SOON, Urgency.DUE_SOON),
        (Status.IN_PROGRESS, TimeClass.IN_TIME, Urgency.IN_TIME),
        (Status.IN_PROGRESS, TimeClass.CONTINUOUS, Urgency.CONTINUOUS),
    ],
)
def test_urgency(status: Status, time: TimeClass, expected: Urgency) -> None:
    assert urgency(status, time) == expected


@pytest.mark.parametrize(
    ("leads", "expected"),
    [
        ([], TimeClass.OUTSIDE),
        ([TimeClass.DONE_ON_TIME], TimeClass.DONE_ON_TIME),
        ([TimeClass.DONE_ON_TIME, TimeClass.IN_TIME], TimeClass.IN_TIME),
        ([TimeClass.DONE_ON_TIME, TimeClass.DONE_LATE], TimeClass.DONE_LATE),
        ([TimeClass.CONTINUOUS, TimeClass.OVERDUE, TimeClass.DONE_LATE], TimeClass.OVERDUE),
    ],
)
def test_task_stands_as_the_worst_of_its_leads(leads: list[TimeClass], expected: TimeClass) -> None:
    assert of_task(leads) == expected


def test_every_class_has_a_rank() -> None:
    assert set(WORST_FIRST) == set(TimeClass)
