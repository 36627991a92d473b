from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assignments import workflow
from assignments.models import Task
from assignments.statuses import Role, TimeClass
from departments.models import Department, User
from indicators.models import Indicator
from tests import builders, factories
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]

SENTENCE = "Các sở được giao xây dựng kế hoạch chi tiết trước ngày 31/3/2025."


def address(task: Task, language: str = "en") -> str:
    return f"/{language}/tasks/{task.pk}/"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_task_page_quotes_the_sentence_and_leads_to_it(client: Client, language: str) -> None:
    article = builders.published_article()
    task = builders.task_from(article, SENTENCE, words="xây dựng kế hoạch chi tiết")

    page = client.get(address(task, language)).content.decode()

    assert "<b>xây dựng kế hoạch chi tiết</b>" in page
    assert f'href="/vi/news/{article.slug}/#task-{task.pk}"' in page


def test_task_page_of_a_document_leads_to_it(client: Client) -> None:
    task = factories.TaskFactory.create()

    page = client.get(address(task)).content.decode()

    assert task.document is not None
    assert f'href="/en/documents/{task.document.pk}/"' in page


def test_task_page_without_addressee_names_nobody(client: Client) -> None:
    task = factories.TaskFactory.create(addressee_as_written="các sở, ban, ngành")

    response = client.get(address(task))

    assert response.context["page"].standing.time_class == TimeClass.OUTSIDE
    assert "Addressee: general." in response.content.decode()
    assert "các sở, ban, ngành" in response.content.decode()


def test_task_page_shows_who_is_late_but_not_what_was_reported(
    client: Client, officer_a: User, department_a: Department
) -> None:
    task = factories.TaskFactory.create(deadline=date(2025, 11, 1))
    given = builders.assignment(task, department=department_a, deliverable_vi="Đề án")
    workflow.report_progress(
        given, by=officer_a, at=NOW, version=1, percent=40, text="Đã họp.",
        difficulties="Thiếu người.", proposals="Thêm người.",
    )  # fmt: skip

    page = client.get(address(task)).content.decode()

    for shown in ("19 days late", "In progress", "40%", "Department of Finance", "Đề án"):
        assert shown in page
    for kept in ("Đã họp.", "Thiếu người.", "Thêm người.", officer_a.name):
        assert kept not in page


def test_task_page_shows_the_public_targets_it_serves(client: Client) -> None:
    public = builders.published_target().target
    secret = builders.published_target(
        indicator=factories.IndicatorFactory.create(name_en="Reserve forces")
    ).target
    task = factories.TaskFactory.create()
    task.targets.set([public, secret])
    Indicator.objects.filter(pk=secret.indicator_id).update(is_public=False)

    response = client.get(address(task))

    assert [each.target for each in response.context["page"].targets] == [public]
    assert "Reserve forces" not in response.content.decode()


@pytest.mark.parametrize("source", [factories.SourceFactory, factories.IllustrativeSourceFactory])
def test_task_page_marks_what_is_illustrative(client: Client, source: type) -> None:
    task = factories.TaskFactory.create(source=source.create())  # type: ignore[attr-defined] # a factory

    page = client.get(address(task)).content.decode()
    heading = page.split('<p class="verdict-line">')[1].split("</p>")[0]

    assert ("illustrative" in heading) is task.source.is_illustrative


@pytest.mark.parametrize("language", ["vi", "en"])
def test_confidential_task_is_on_no_public_page(
    officer_a: User, coordinator: User, department_a: Department, language: str
) -> None:
    task = factories.TaskFactory.create(visibility="confidential")
    builders.assignment(task, department=department_a)

    for user in (None, officer_a, coordinator):
        browser = Client()
        if user is not None:
            browser.force_login(user)
        assert browser.get(address(task, language)).status_code == 404


def test_task_of_an_unpublished_or_withdrawn_article_is_not_there(client: Client) -> None:
    draft = builders.task_from(builders.draft_article(), SENTENCE)
    article = builders.published_article()
    withdrawn = builders.task_from(article, SENTENCE)
    builders.withdraw(article)

    assert client.get(address(draft)).status_code == 404
    assert client.get(address(withdrawn)).status_code == 404
    assert client.get("/en/tasks/999999999999999999999/").status_code == 404


def test_task_page_queries_do_not_grow(client: Client) -> None:
    task = builders.task_from(builders.published_article(), SENTENCE)

    def queries() -> int:
        builders.assignment(task, role=Role.COOPERATING)
        task.targets.add(builders.published_target().target)
        with CaptureQueriesContext(connection) as captured:
            client.get(address(task))
        return len(captured)

    numbers = [queries() for _rows in (1, 2, 3)]

    assert len(set(numbers)) == 1


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_task_page_refuses_the_wrong_method(client: Client, method: str) -> None:
    task = factories.TaskFactory.create()

    assert getattr(client, method)(address(task)).status_code == 405
