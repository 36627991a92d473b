from dataclasses import astuple
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assignments.statuses import (
    REPORTED,
    Status,
    TimeClass,
    TimeCounts,
    counts,
    days_late,
    days_left,
    time_class,
)

TODAY = date(2025, 11, 20)
OPEN = [Status.NOT_YET_RECEIVED, Status.IN_PROGRESS, Status.RETURNED]


def day(offset: int | None) -> date | None:
    return None if offset is None else TODAY + timedelta(days=offset)


@pytest.mark.parametrize("status", OPEN)
@pytest.mark.parametrize(
    ("deadline", "expected"),
    [
        (None, TimeClass.CONTINUOUS),
        (-400, TimeClass.OVERDUE),
        (-1, TimeClass.OVERDUE),
        (0, TimeClass.DUE_SOON),
        (7, TimeClass.DUE_SOON),
        (8, TimeClass.IN_TIME),
    ],
)
@pytest.mark.parametrize("reported", [None, -30])
def test_open_is_timed_by_today(
    status: Status, deadline: int | None, reported: int | None, expected: TimeClass
) -> None:
    time = time_class(status, deadline=day(deadline), reported_on=day(reported), today=TODAY)

    assert time == expected


@pytest.mark.parametrize(
    ("status", "deadline", "reported", "expected"),
    [
        (Status.AWAITING_CONFIRMATION, None, -3, TimeClass.CONTINUOUS),
        (Status.AWAITING_CONFIRMATION, -10, -11, TimeClass.IN_TIME),
        (Status.AWAITING_CONFIRMATION, -10, -10, TimeClass.IN_TIME),
        (Status.AWAITING_CONFIRMATION, -10, -9, TimeClass.OVERDUE),
        (Status.AWAITING_CONFIRMATION, 1, -1, TimeClass.IN_TIME),
        (Status.COMPLETED, None, -3, TimeClass.DONE_NO_DEADLINE),
        (Status.COMPLETED, -10, -11, TimeClass.DONE_ON_TIME),
        (Status.COMPLETED, -10, -10, TimeClass.DONE_ON_TIME),
        (Status.COMPLETED, -10, -9, TimeClass.DONE_LATE),
        (Status.COMPLETED, 30, -9, TimeClass.DONE_ON_TIME),
    ],
)
def test_reported_is_timed_by_the_day_of_the_report(
    status: Status, deadline: int | None, reported: int, expected: TimeClass
) -> None:
    time = time_class(status, deadline=day(deadline), reported_on=day(reported), today=TODAY)

    assert time == expected


@pytest.mark.parametrize(
    ("soon_days", "expected"), [(2, TimeClass.IN_TIME), (3, TimeClass.DUE_SOON)]
)
def test_soon_is_configurable(soon_days: int, expected: TimeClass) -> None:
    time = time_class(
        Status.IN_PROGRESS, deadline=day(3), reported_on=None, today=TODAY, soon_days=soon_days
    )

    assert time == expected


@pytest.mark.parametrize("status", sorted(REPORTED))
@pytest.mark.parametrize("deadline", [None, 3])
def test_reported_without_its_day_is_refused(status: Status, deadline: int | None) -> None:
    with pytest.raises(ValueError, match=f"{status.value} without the day of its report"):
        time_class(status, deadline=day(deadline), reported_on=None, today=TODAY)


@pytest.mark.parametrize(
    ("status", "deadline", "reported", "late", "left"),
    [
        (Status.IN_PROGRESS, None, None, 0, None),
        (Status.IN_PROGRESS, 0, None, 0, 0),
        (Status.IN_PROGRESS, 5, None, 0, 5),
        (Status.IN_PROGRESS, -5, None, 5, None),
        (Status.RETURNED, -5, -9, 5, None),
        (Status.AWAITING_CONFIRMATION, 5, -1, 0, None),
        (Status.AWAITING_CONFIRMATION, -5, -2, 3, None),
        (Status.COMPLETED, -5, -9, 0, None),
        (Status.COMPLETED, -5, -4, 1, None),
        (Status.COMPLETED, None, -4, 0, None),
    ],
)
def test_days_late_and_left(
    status: Status, deadline: int | None, reported: int | None, late: int, left: int | None
) -> None:
    due, on = day(deadline), day(reported)

    assert days_late(status, deadline=due, reported_on=on, today=TODAY) == late
    assert days_left(status, deadline=due, today=TODAY) == left


def test_counts_of_833_tasks() -> None:
    classes = (
        [TimeClass.OVERDUE] * 181
        + [TimeClass.DUE_SOON] * 17
        + [TimeClass.IN_TIME] * 50
        + [TimeClass.DONE_ON_TIME] * 500
        + [TimeClass.DONE_LATE] * 80
        + [TimeClass.DONE_NO_DEADLINE] * 5
    )

    counted = counts(classes)

    assert counted.total == 833 == counted.done + counted.open
    assert (counted.done, counted.due_soon + counted.in_time, counted.overdue) == (585, 67, 181)
    assert counted.on_time_rate == (500, 500 + 80 + 181)


def test_counts_name_what_stands_outside() -> None:
    counted = counts([TimeClass.OUTSIDE, TimeClass.CONTINUOUS, TimeClass.DONE_LATE])

    assert counted == TimeCounts(outside=1, continuous=1, done_late=1)
    assert (counted.total, counted.open, counted.done) == (3, 1, 1)
    assert counted.on_time_rate == (0, 1)


def test_counts_have_one_number_for_each_class() -> None:
    for position, time in enumerate(TimeClass):
        assert astuple(counts([time]))[position] == 1


offsets = st.integers(-400, 400).map(lambda days: TODAY + timedelta(days=days))
assignments = st.tuples(st.sampled_from(Status), st.none() | offsets, offsets)


@given(st.lists(assignments), st.integers(0, 30))
def test_time_classes_partition_any_set(
    rows: list[tuple[Status, date | None, date]], soon_days: int
) -> None:
    classes = [
        time_class(status, deadline=due, reported_on=on, today=TODAY, soon_days=soon_days)
        for status, due, on in rows
    ]

    counted = counts(classes)

    assert sum(astuple(counted)) == counted.total == len(rows)
    assert counted.done == sum(status == Status.COMPLETED for status, _due, _on in rows)
    assert counted.open == len(rows) - counted.done


@given(assignments)
def test_late_means_overdue_or_done_late(row: tuple[Status, date | None, date]) -> None:
    status, due, on = row

    time = time_class(status, deadline=due, reported_on=on, today=TODAY)
    late = days_late(status, deadline=due, reported_on=on, today=TODAY) > 0

    assert late is (time in {TimeClass.OVERDUE, TimeClass.DONE_LATE})


@given(st.lists(st.sampled_from(TimeClass)))
def test_counts_sum_to_the_total(classes: list[TimeClass]) -> None:
    counted = counts(classes)

    on_time, of = counted.on_time_rate
    assert sum(astuple(counted)) == counted.total == len(classes)
    assert 0 <= on_time <= of <= counted.total
