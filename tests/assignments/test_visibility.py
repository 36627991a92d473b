from datetime import timedelta

import pytest

from assignments import visibility
from tests import builders, factories
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db

SENTENCE = "Các sở được giao xây dựng kế hoạch chi tiết trước ngày 31/3/2025."
ALL = {"public", "draft", "secret", "secret of A", "draft of A"}


@pytest.fixture
def tasks(request: pytest.FixtureRequest) -> None:
    department_a = request.getfixturevalue("department_a")
    draft = builders.draft_article()
    secret = {"visibility": "confidential"}
    factories.TaskFactory.create(title_vi="public")
    factories.TaskFactory.create(title_vi="secret", **secret)
    builders.task_from(draft, SENTENCE, title_vi="draft")
    for task in (
        factories.TaskFactory.create(title_vi="secret of A", **secret),
        builders.task_from(draft, SENTENCE, title_vi="draft of A"),
    ):
        builders.assignment(task, department=department_a)


@pytest.mark.usefixtures("tasks")
@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("visitor", {"public"}),
        ("officer_a", {"public", "secret of A", "draft of A"}),
        ("officer_b", {"public"}),
        ("editor", {"public", "draft", "draft of A"}),
        ("chief_editor", {"public", "draft", "draft of A"}),
        ("coordinator", ALL),
        ("auditor", ALL),
        ("statistician", {"public"}),
        ("moderator", {"public"}),
        ("administrator", {"public"}),
    ],
)
def test_tasks_by_person(request: pytest.FixtureRequest, who: str, expected: set[str]) -> None:
    user = request.getfixturevalue(who)

    seen = visibility.tasks(user, on=TODAY, at=NOW)
    parts = visibility.assignments(user, on=TODAY, at=NOW)

    assert {task.title_vi for task in seen} == expected
    assert {part.task.title_vi for part in parts} == expected & {"secret of A", "draft of A"}


@pytest.mark.usefixtures("tasks")
def test_tasks_after_the_membership_ended(request: pytest.FixtureRequest) -> None:
    officer = request.getfixturevalue("officer_a")
    officer.memberships.update(ends_on=TODAY)

    before = visibility.tasks(officer, on=TODAY - timedelta(days=1), at=NOW)
    after = visibility.tasks(officer, on=TODAY, at=NOW)

    assert (before.count(), after.count()) == (3, 1)


@pytest.mark.usefixtures("tasks")
def test_tasks_of_an_inactive_coordinator(request: pytest.FixtureRequest) -> None:
    coordinator = request.getfixturevalue("coordinator")
    coordinator.is_active = False

    assert visibility.tasks(coordinator, on=TODAY, at=NOW).count() == 1


def test_own_assignments_agree_with_who_acts() -> None:
    given = builders.assignment()
    officer = builders.person(department=given.department)

    assert list(visibility.own_assignments(officer, on=TODAY)) == [given]
    assert visibility.may_read_reports(officer, given, on=TODAY)
