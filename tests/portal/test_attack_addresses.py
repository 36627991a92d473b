"""Addresses that nobody should type: none gives an error of the server."""

import pytest
from django.test import Client
from django.urls import reverse

from departments.models import User
from tests.desk import desk
from tests.visiting import BOTH, STRANGE, address

pytestmark = pytest.mark.django_db

LISTS = [
    "assignments_assignment", "assignments_task", "assignments_taskgroup", "departments_department",
    "indicators_indicator", "indicators_plan", "indicators_target", "news_article", "news_document",
    "news_passage",
]  # fmt: skip


@STRANGE
def test_list_of_tasks_takes_any_query(client: Client, query: str) -> None:
    assert client.get(f"{address('en', 'assignments:tasks')}?{query}").status_code == 200


@BOTH
@pytest.mark.parametrize("rest", ["indicators/%00/", "news/a%00/", "%00", "targets/%00/"])
def test_nul_in_a_path_is_not_found(client: Client, language: str, rest: str) -> None:
    assert client.get(f"/{language}/{rest}").status_code == 404


@pytest.mark.parametrize("rest", ["targets", "tasks", "documents", "workspace/assignments"])
def test_number_beyond_the_database_is_not_found(officer_a: User, rest: str) -> None:
    assert desk(officer_a).get(f"/vi/{rest}/99999999999999999999/").status_code == 404


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize(
    "query",
    ["q=%00", "id__regex=(", "id__range=1", "id__contains=1", "version__lt=x", "%00=1",
     "department__memberships__user__password__startswith=a", "passage__article__status=draft"],
)  # fmt: skip
def test_list_of_the_admin_refuses_what_it_does_not_offer(
    coordinator: User, name: str, query: str
) -> None:
    response = desk(coordinator).get(f"{reverse(f'admin:{name}_changelist')}?{query}")

    assert response.status_code in {302, 400}  # nonsense leads back to the list


@pytest.mark.parametrize("query", ["plan__id__exact=1", "visibility__exact=public", "q=a", "p=x"])
def test_list_of_the_admin_takes_what_it_offers(coordinator: User, query: str) -> None:
    response = desk(coordinator).get(f"{reverse('admin:assignments_task_changelist')}?{query}")

    assert response.status_code in {200, 302}


@pytest.mark.parametrize("query", ["is_staff__exact=1", "memberships__department__id__exact=1"])
def test_list_of_people_takes_its_filters(administrator: User, query: str) -> None:
    response = desk(administrator).get(f"{reverse('admin:departments_user_changelist')}?{query}")

    assert response.status_code == 200


@pytest.mark.parametrize(
    "query", ["plan=abc", "plan=-1", "targets=a,b", "title_vi=x", "plan=" + "9" * 20]
)
def test_new_record_leaves_out_what_does_not_fit(coordinator: User, query: str) -> None:
    response = desk(coordinator).get(f"{reverse('admin:assignments_task_add')}?{query}")

    assert response.status_code == 200


@pytest.mark.parametrize("key", ["1", "99999999999999999999", "abc", "%00", "_5F"])
@pytest.mark.parametrize("page", ["change", "history", "delete"])
def test_absent_record_of_the_admin_is_not_found(coordinator: User, key: str, page: str) -> None:
    base = reverse("admin:news_document_changelist")

    assert desk(coordinator).get(f"{base}{key}/{page}/").status_code == 404
