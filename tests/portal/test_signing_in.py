"""Signing in: where it leads, in which language, and that it leads nowhere else."""

import pytest
from django.test import Client

from departments.access import Role
from departments.models import Department, User
from tests.builders import person
from tests.desk import ENGLISH
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

SIGN_IN = "/admin/login/"
VIETNAMESE = {"accept-language": "vi"}


def signs_in(user: User, *, wanted: str = "") -> str:
    """The address at which the person stands afterwards."""
    typed = {"username": user.email.upper(), "password": PASSWORD, "next": wanted}
    response = Client().post(SIGN_IN, typed)
    assert response.status_code == 302, response.content.decode()
    return response["Location"]


@pytest.mark.parametrize("wanted", ["", "/admin/", "https://elsewhere.example/"])
def test_who_only_reports_starts_at_the_assignments(department_a: Department, wanted: str) -> None:
    officer = person(department=department_a, language=User.Language.VI)

    assert signs_in(officer, wanted=wanted) == "/vi/workspace/"


@pytest.mark.parametrize("role", list(Role))
def test_who_has_a_role_starts_in_the_admin(role: Role, department_a: Department) -> None:
    assert signs_in(person(role, department=department_a)) == "/admin/"


def test_signing_in_leads_to_the_page_that_was_wanted(department_a: Department) -> None:
    officer = person(department=department_a)

    assert signs_in(officer, wanted="/en/tasks/") == "/en/tasks/"


def test_who_may_not_open_the_admin_is_not_led_there(department_a: Department) -> None:
    officer = person(department=department_a)
    User.objects.update(is_staff=False)

    assert signs_in(officer, wanted="/admin/news/article/") == "/en/workspace/"


def test_who_may_not_open_the_admin_is_told_so(department_a: Department) -> None:
    officer = person(department=department_a)
    User.objects.update(is_staff=False)
    client = Client(headers=ENGLISH)
    client.force_login(officer)

    response = client.get("/admin/", follow=True)

    assert response.redirect_chain == [("/admin/login/?next=/admin/", 302)]
    assert "who may not open that page" in response.content.decode()


def test_who_is_signed_in_needs_not_sign_in_again() -> None:
    client = Client()
    client.force_login(person(Role.EDITOR))

    assert client.get(SIGN_IN)["Location"] == "/admin/"


def test_a_wrong_password_is_refused() -> None:
    editor = person(Role.EDITOR)

    response = Client(headers=ENGLISH).post(SIGN_IN, {"username": editor.email, "password": "x"})

    assert response.status_code == 200
    assert "do not belong together" in response.content.decode()


@pytest.mark.parametrize(
    ("query", "browser", "language"),
    [
        ("", VIETNAMESE, "vi"),
        ("", ENGLISH, "en"),
        ("?next=/vi/workspace/", ENGLISH, "vi"),
        ("?next=/vi/workspace/&language=en", VIETNAMESE, "en"),
        ("?next=/admin/&language=xx", ENGLISH, "en"),
    ],
)
def test_the_sign_in_page_speaks_the_language_it_was_asked_in(
    query: str, browser: dict[str, str], language: str
) -> None:
    response = Client(headers=browser).get(SIGN_IN + query)

    assert response.headers["Content-Language"] == language


def test_the_sign_in_page_leads_to_itself_in_the_other_language() -> None:
    response = Client(headers=ENGLISH).get(f"{SIGN_IN}?next=/en/workspace/")

    there = response.context["other_language_url"]
    assert there == f"{SIGN_IN}?next=%2Fvi%2Fworkspace%2F&language=vi"


@pytest.mark.parametrize("language", list(User.Language))
@pytest.mark.parametrize("browser", [ENGLISH, VIETNAMESE])
def test_the_admin_speaks_the_language_of_the_person(
    language: User.Language, browser: dict[str, str]
) -> None:
    client = Client(headers=browser)
    client.force_login(person(Role.EDITOR, language=language))

    assert client.get("/admin/").headers["Content-Language"] == language


def test_a_person_chooses_the_language_of_the_admin() -> None:
    editor = person(Role.EDITOR, language=User.Language.VI)
    client = Client()
    client.force_login(editor)

    response = client.post(
        "/admin/language/", {"language": "en", "next": "/admin/news/article/"}, follow=True
    )

    editor.refresh_from_db()
    assert editor.language == User.Language.EN
    assert response.redirect_chain == [("/admin/news/article/", 302)]
    assert response.headers["Content-Language"] == "en"


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example/", ""])
def test_choosing_a_language_leads_nowhere_else(back: str) -> None:
    editor = person(Role.EDITOR)
    client = Client()
    client.force_login(editor)

    response = client.post("/admin/language/", {"language": "xx", "next": back})

    editor.refresh_from_db()
    assert editor.language == User.Language.EN
    assert response["Location"] == "/admin/"


def test_a_stranger_chooses_no_language() -> None:
    response = Client().post("/admin/language/", {"language": "en"})

    assert response["Location"] == "/admin/login/?next=/admin/language/"


def test_a_language_is_chosen_by_post_only() -> None:
    client = Client()
    client.force_login(person(Role.EDITOR))

    assert client.get("/admin/language/").status_code == 405
