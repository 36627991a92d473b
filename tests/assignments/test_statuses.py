from itertools import product

import pytest

from assignments.statuses import (
    MADE_BY,
    TRANSITIONS,
    Actor,
    InvalidTransition,
    Role,
    Status,
    Step,
    diagram,
    may,
    may_confirm,
    may_report,
    next_status,
)

WORKFLOW = {
    ("not_yet_received", "receive", "department"): "in_progress",
    ("not_yet_received", "report_progress", "department"): "in_progress",
    ("not_yet_received", "report_done", "department"): "awaiting_confirmation",
    ("in_progress", "report_progress", "department"): "in_progress",
    ("in_progress", "report_done", "department"): "awaiting_confirmation",
    ("awaiting_confirmation", "confirm", "office"): "completed",
    ("awaiting_confirmation", "return", "office"): "returned",
    ("returned", "report_progress", "department"): "in_progress",
    ("returned", "report_done", "department"): "awaiting_confirmation",
}


@pytest.mark.parametrize(("status", "step", "actor"), list(product(Status, Step, Actor)))
def test_may_all_pairs(status: Status, step: Step, actor: Actor) -> None:
    expected = (status.value, step.value, actor.value) in WORKFLOW

    assert may(status, step, actor) is expected


@pytest.mark.parametrize(("status", "step"), list(product(Status, Step)))
def test_next_status_all_pairs(status: Status, step: Step) -> None:
    expected = {(before, made): after for (before, made, _by), after in WORKFLOW.items()}
    after = expected.get((status.value, step.value))

    if after is None:
        with pytest.raises(InvalidTransition):
            next_status(status, step)
    else:
        assert next_status(status, step) == after


def test_invalid_transition_says_what_the_status_forbids() -> None:
    with pytest.raises(InvalidTransition) as raised:
        next_status(Status.COMPLETED, Step.REPORT_DONE)

    message = str(raised.value)
    assert message == "“Report done” is not possible while the assignment is “Completed”."


def test_every_step_has_one_actor_and_is_used() -> None:
    assert set(MADE_BY) == set(Step)
    assert {step for _status, step in TRANSITIONS} == set(Step)


@pytest.mark.parametrize(
    ("role", "expected"), [(Role.LEAD, True), (Role.COOPERATING, True), (Role.MONITOR, False)]
)
def test_may_report_by_role(role: Role, *, expected: bool) -> None:
    assert may_report(role) is expected


@pytest.mark.parametrize(("by", "expected"), [(7, False), (8, True)])
def test_may_confirm_only_the_report_of_another(by: int, *, expected: bool) -> None:
    assert may_confirm(7, by=by) is expected


def test_diagram_draws_every_transition() -> None:
    drawn = diagram()

    assert drawn == (
        "stateDiagram-v2\n"
        "    [*] --> not_yet_received\n"
        "    not_yet_received --> in_progress: receive (department)\n"
        "    not_yet_received --> in_progress: report_progress (department)\n"
        "    not_yet_received --> awaiting_confirmation: report_done (department)\n"
        "    in_progress --> in_progress: report_progress (department)\n"
        "    in_progress --> awaiting_confirmation: report_done (department)\n"
        "    awaiting_confirmation --> completed: confirm (office)\n"
        "    awaiting_confirmation --> returned: return (office)\n"
        "    returned --> in_progress: report_progress (department)\n"
        "    returned --> awaiting_confirmation: report_done (department)\n"
        "    completed --> [*]\n"
    )
