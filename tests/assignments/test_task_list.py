from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assignments.models import Task
from assignments.statuses import Role, Status, TimeClass
from departments.models import Department
from tests import builders, factories
from tests.factories import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]

TASKS = "/en/tasks/"


def one_of_each_class() -> dict[TimeClass, Task]:
    """A public task in each class, but outside: that one has no assignment."""
    days = {
        TimeClass.OVERDUE: (Status.IN_PROGRESS, TODAY - timedelta(days=3)),
        TimeClass.DUE_SOON: (Status.IN_PROGRESS, TODAY + timedelta(days=7)),
        TimeClass.IN_TIME: (Status.NOT_YET_RECEIVED, TODAY + timedelta(days=8)),
        TimeClass.DONE_ON_TIME: (Status.COMPLETED, TODAY),
        TimeClass.DONE_LATE: (Status.COMPLETED, TODAY - timedelta(days=1)),
        TimeClass.DONE_NO_DEADLINE: (Status.COMPLETED, None),
        TimeClass.CONTINUOUS: (Status.IN_PROGRESS, None),
    }
    tasks = {TimeClass.OUTSIDE: factories.TaskFactory.create()}
    for time_class, (status, deadline) in days.items():
        task = factories.TaskFactory.create(deadline=deadline, is_continuous=deadline is None)
        builders.assignment_in(status, task=task)
        tasks[time_class] = task
    return tasks


def test_task_list_counts_partition_the_public_tasks(client: Client) -> None:
    one_of_each_class()

    context = client.get(TASKS).context

    assert context["counts"] == dict.fromkeys((each.value for each in TimeClass), 1)
    assert context["total"] == sum(context["counts"].values()) == 8


@pytest.mark.parametrize("time_class", list(TimeClass))
def test_task_list_narrowed_to_a_state_keeps_the_counts(
    client: Client, time_class: TimeClass
) -> None:
    tasks = one_of_each_class()

    context = client.get(TASKS, {"state": time_class.value}).context

    assert [row.task for row in context["table"].data] == [tasks[time_class]]
    assert context["total"] == 8


def test_task_list_worst_first(client: Client) -> None:
    one_of_each_class()

    rows = client.get(TASKS).context["table"].data

    assert [row.time_class for row in rows] == [
        TimeClass.OVERDUE, TimeClass.DUE_SOON, TimeClass.IN_TIME, TimeClass.CONTINUOUS,
        TimeClass.DONE_LATE, TimeClass.DONE_ON_TIME, TimeClass.DONE_NO_DEADLINE,
        TimeClass.OUTSIDE,
    ]  # fmt: skip


def test_task_list_says_of_confidential_tasks_only_how_many(client: Client) -> None:
    secret = factories.TaskFactory.create(
        title_vi="Diễn tập phòng thủ", title_en="Defence exercise", visibility="confidential"
    )
    builders.assignment(secret)
    public = factories.TaskFactory.create()

    response = client.get(TASKS)

    assert [row.task for row in response.context["table"].data] == [public]
    assert response.context["total"] == 1
    assert "1 confidential task is neither shown nor counted here." in response.content.decode()
    for trace in (secret.title_vi, secret.title_en, secret.code, f"/tasks/{secret.pk}/"):
        assert trace not in response.content.decode()


def test_task_list_filters_offer_nothing_of_confidential_tasks(client: Client) -> None:
    group = factories.TaskGroupFactory.create(name_en="Nhóm mật", name_vi="Nhóm mật")
    secret = factories.TaskFactory.create(visibility="confidential", group=group)
    hidden = builders.assignment(secret).department

    page = client.get(TASKS).content.decode()

    assert "Nhóm mật" not in page
    assert hidden.name_en not in page


def test_task_list_leaves_out_what_no_published_article_assigns(client: Client) -> None:
    sentence = "Các sở được giao xây dựng kế hoạch chi tiết trước ngày 31/3/2025."
    waiting = builders.task_from(builders.draft_article(), sentence)
    told = builders.task_from(builders.published_article(), sentence)

    context = client.get(TASKS).context

    assert [row.task for row in context["table"].data] == [told]
    assert context["confidential"] == 0
    assert not Task.objects.filter(pk=waiting.pk, passage__article__status="published").exists()


def test_task_list_filters_by_department_group_plan_and_words(
    client: Client, department_a: Department
) -> None:
    group = factories.TaskGroupFactory.create()
    wanted = factories.TaskFactory.create(
        title_vi="Giảm nghèo ở Điện Biên Đông", group=group, plan=group.plan
    )
    builders.assignment(wanted, department=department_a)
    builders.assignment()

    for query in (
        {"department": department_a.pk}, {"group": group.pk}, {"q": "giam ngheo o dien bien"},
        {"plan": group.plan.pk, "group": group.pk},
    ):  # fmt: skip
        context = client.get(TASKS, query).context
        assert [row.task for row in context["table"].data] == [wanted]
        assert context["total"] == sum(context["counts"].values()) == 1


def test_task_list_ignores_what_is_no_choice(client: Client) -> None:
    factories.TaskFactory.create()

    response = client.get(TASKS, {"state": "late", "group": "x", "page": "999", "sort": "nothing"})

    assert response.status_code == 200
    assert response.context["total"] == 1


@pytest.mark.parametrize("column", ["title", "time_class", "deadline", "departments", "group"])
def test_task_list_sorts_both_ways(client: Client, column: str) -> None:
    builders.assignment(factories.TaskFactory.create(deadline=date(2025, 1, 1)))
    factories.TaskFactory.create(deadline=None, group=factories.TaskGroupFactory.create())

    upwards = client.get(TASKS, {"sort": column}).context["table"].rows
    downwards = client.get(TASKS, {"sort": f"-{column}"}).context["table"].rows

    assert [row.record.task for row in upwards] == [
        row.record.task for row in reversed(list(downwards))
    ]


def test_task_list_turns_pages(client: Client) -> None:
    factories.TaskFactory.create_batch(26)

    second = client.get(TASKS, {"page": 2}).context["table"].page

    assert (second.paginator.count, len(second.object_list)) == (26, 1)


def test_task_list_queries_do_not_grow(client: Client) -> None:
    def queries() -> int:
        task = factories.TaskFactory.create(group=factories.TaskGroupFactory.create())
        builders.assignment(task)
        builders.assignment(task, role=Role.COOPERATING)
        with CaptureQueriesContext(connection) as captured:
            client.get(TASKS)
        return len(captured)

    numbers = [queries() for _rows in (1, 2, 3)]

    assert len(set(numbers)) == 1


def test_task_list_in_vietnamese(client: Client) -> None:
    task = factories.TaskFactory.create()

    response = client.get(reverse("assignments:tasks").replace("/en/", "/vi/"))

    assert response.status_code == 200
    assert task.title_vi in response.content.decode()
    assert sum(response.context["counts"].values()) == 1


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_task_list_refuses_the_wrong_method(client: Client, method: str) -> None:
    assert getattr(client, method)(TASKS).status_code == 405
