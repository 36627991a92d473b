"""The tasks of the demonstration run through the workflow, and show all that it has. Pure."""

from datetime import date, timedelta
from typing import Any

import pytest

from assignments.statuses import INITIAL, REPORTED, Status, Step, TimeClass, next_status, time_class
from portal.demonstration import content

LOADED_ON = date(2030, 11, 20)
TASKS = content.tasks(year=LOADED_ON.year)
DEPARTMENTS = {
    row["code"]: row for row in content.table("departments.toml", year=2030)["department"]
}


def day(value: date | int) -> date:
    return value if isinstance(value, date) else LOADED_ON + timedelta(days=value)


def parts(task: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The steps of each leading department."""
    if task.get("mode") == "each":
        steps: dict[str, list[dict[str, Any]]] = task["steps"]
        return steps
    return {task["lead"]: task["steps"]}


def walk(steps: list[dict[str, Any]], *, until: date) -> tuple[Status, date | None]:
    """Raises InvalidTransition."""
    status, reported_on = INITIAL, None
    for step in steps:
        if day(step["on"]) <= until:
            status = next_status(status, Step(step["step"]))
            reported_on = day(step["on"]) if step["step"] == "report_done" else reported_on
    return status, reported_on if status in REPORTED else None


def standings(plan: str, *, on: date) -> list[tuple[str, Status, TimeClass]]:
    found = []
    for task in TASKS:
        if task["plan"] == plan:
            deadline = day(task["deadline"]) if "deadline" in task else None
            for steps in parts(task).values():
                status, reported_on = walk(steps, until=on)
                time = time_class(status, deadline=deadline, reported_on=reported_on, today=on)
                found.append((task["code"], status, time))
    return found


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task["code"])
def test_departments_exist_while_they_act(task: dict[str, Any]) -> None:
    for code, steps in parts(task).items():
        department = DEPARTMENTS[code]
        days = [day(step["on"]) for step in steps]

        assert days == sorted(days)
        assert all(department.get("opened_on", date.min) <= on for on in days)
        assert all(on < department.get("closed_on", date.max) for on in days)


def test_cooperating_departments_exist() -> None:
    codes = {
        code for task in TASKS for code in content.circle(task["cooperating"], year=LOADED_ON.year)
    }

    assert codes <= set(DEPARTMENTS)


def test_each_of_a_circle_has_its_steps() -> None:
    wrong = [
        task["code"]
        for task in TASKS
        if task.get("mode") == "each"
        and set(task["steps"]) != set(content.circle([task["leads"]], year=LOADED_ON.year))
    ]

    assert wrong == []


def test_a_report_has_its_text_and_a_return_its_reason() -> None:
    steps = [step for task in TASKS for part in parts(task).values() for step in part]

    assert all(step["text"] for step in steps if step["step"].startswith("report"))
    assert all(step["reason"] for step in steps if step["step"] == "return")


def test_three_public_tasks_of_2025_were_overdue_in_november() -> None:
    overdue = [
        code
        for code, _status, time in standings("2025", on=date(2025, 11, 20))
        if time == TimeClass.OVERDUE
    ]

    assert overdue == ["NV21", "NV24", "NV36"]


def test_tasks_of_2025_are_finished() -> None:
    open_tasks = {
        (code, time)
        for code, status, time in standings("2025", on=LOADED_ON)
        if status != Status.COMPLETED
    }

    assert open_tasks == {("NV17", TimeClass.CONTINUOUS), ("NV38", TimeClass.CONTINUOUS)}


def test_running_tasks_show_every_status_and_class() -> None:
    found = standings(str(LOADED_ON.year), on=LOADED_ON)

    assert {status for _code, status, _time in found} == set(Status)
    assert {time for _code, _status, time in found} == set(TimeClass) - {TimeClass.OUTSIDE}
