"""Nobody gives themselves what they were not given, and nothing typed runs on a page."""

import pytest
from django.test import Client
from django.urls import reverse

from departments.models import Department, User
from news.models import Article
from tests import factories
from tests.desk import desk, standing
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
XSS = "<script>alert(1)</script>"


def test_administrator_stays_one(administrator: User) -> None:
    client = desk(administrator)
    page = reverse("admin:departments_user_change", args=[administrator.pk])

    client.post(page, standing(client.get(page)) | {"is_superuser": "on", "user_permissions": [1]})

    administrator.refresh_from_db()
    assert not administrator.is_superuser
    assert not administrator.user_permissions.exists()


@pytest.mark.parametrize("page", ["departments_user_change", "auth_user_password_change"])
def test_administrator_leaves_a_superuser_alone(administrator: User, page: str) -> None:
    above = factories.UserFactory.create(is_superuser=True, is_staff=True)

    response = desk(administrator).post(
        reverse(f"admin:{page}", args=[above.pk]), {"password1": PASSWORD, "password2": PASSWORD}
    )

    assert response.status_code == 403


def test_editor_changes_no_role(editor: User) -> None:
    page = reverse("admin:departments_user_change", args=[editor.pk])

    assert desk(editor).post(page, {"groups": [1, 2, 3]}).status_code == 403


def test_article_takes_no_state_from_a_form(editor: User) -> None:
    client = desk(editor)
    page = reverse("admin:news_article_add")
    forged = {"status": "published", "published_at": "2020-01-01", "version": 9, "created_by": 1}
    typed = {"title": f"Tấn công {XSS}", "body": f"<p onclick=x>Câu{XSS}</p>", "language": "vi",
             "category": factories.CategoryFactory.create().pk}  # fmt: skip

    response = client.post(page, standing(client.get(page)) | typed | forged)

    assert response.status_code == 302
    article = Article.objects.get()
    assert article.status == Article.Status.DRAFT
    assert (article.version, article.published_at, article.created_by) == (1, None, editor)
    assert article.body == "<p>Câu</p>"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", 'http://a"b'])
def test_address_of_a_source_is_a_web_address(editor: User, address: str) -> None:
    client = desk(editor)
    page = reverse("admin:news_article_add")

    response = client.post(page, standing(client.get(page)) | {"source_url": address})

    assert "source_url" in response.context["adminform"].form.errors


@pytest.mark.parametrize("onward", ["//evil.example/", "https://evil.example", "/\\evil.example"])
def test_sign_in_leads_nowhere_else(client: Client, editor: User, onward: str) -> None:
    said = {"username": editor.email, "password": PASSWORD, "next": onward}

    response = client.post(reverse("admin:login"), said)

    assert response.headers["Location"] == reverse("admin:index")


def test_form_without_its_token_is_refused(editor: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)

    assert client.post(reverse("admin:news_article_add"), {"title": "x"}).status_code == 403


def test_refusal_says_why(officer_a: User, department_a: Department) -> None:
    part = factories.AssignmentFactory.create(department=department_a)
    step = reverse("assignments:step", args=[part.pk, "confirm"])

    response = desk(officer_a).post(step, {"version": part.version})

    assert response.status_code == 403
    assert "Only coordinators may confirm or return a report." in response.content.decode()
