"""Tasks in the lists beside a target or an article."""

from datetime import timedelta

import pytest

from assignments import standings
from assignments.models import Task
from assignments.statuses import Status
from indicators.periods import day_in_province
from portal.pages.tasks import class_of_leads, leads_of
from tests import builders, factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db

TODAY = day_in_province(NOW)


@pytest.mark.parametrize(
    ("days", "status", "other_days", "other_status"),
    [
        (9, Status.COMPLETED, -9, Status.COMPLETED),
        (9, Status.COMPLETED, 99, Status.IN_PROGRESS),
        (9, Status.COMPLETED, None, Status.IN_PROGRESS),
        (-9, Status.IN_PROGRESS, 99, Status.IN_PROGRESS),
    ],
)
def test_task_of_two_leads_has_the_class_of_its_own_page(
    days: int, status: Status, other_days: int | None, other_status: Status
) -> None:
    task = factories.TaskFactory.create(mode=Task.Mode.EACH, deadline=None)
    due = None if other_days is None else TODAY + timedelta(days=other_days)
    builders.assignment_in(status, task=task, deadline=TODAY + timedelta(days=days))
    builders.assignment_in(other_status, task=task, deadline=due)

    shown = class_of_leads(leads_of(task), on=TODAY)

    assert shown == standings.task_standing(task, today=TODAY).time_class


def test_task_that_nobody_leads_has_no_class() -> None:
    task = factories.TaskFactory.create()

    assert class_of_leads(leads_of(task), on=TODAY) == ""
