import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from assignments import assigning
from assignments.models import Task
from departments.models import User
from tests.builders import assignment, draft_article, publish, task_from
from tests.factories import GROWTH_VI

pytestmark = pytest.mark.django_db


@pytest.fixture
def task() -> Task:
    return task_from(draft_article(GROWTH_VI), GROWTH_VI)


def test_task_of_a_draft_is_removed(task: Task, editor: User) -> None:
    assigning.remove(task, by=editor)

    assert not Task.objects.exists()


def test_task_of_a_published_article_stays(task: Task, editor: User) -> None:
    assert task.passage is not None
    publish(task.passage.article)
    task.refresh_from_db()

    with pytest.raises(ValidationError, match="not removed"):
        assigning.remove(task, by=editor)


def test_task_that_was_handed_on_stays(task: Task, editor: User) -> None:
    assignment(task)

    with pytest.raises(ValidationError, match="not removed"):
        assigning.remove(task, by=editor)


def test_officer_removes_nothing(task: Task, officer_a: User) -> None:
    with pytest.raises(PermissionDenied):
        assigning.remove(task, by=officer_a)
