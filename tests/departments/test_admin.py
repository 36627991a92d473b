"""People and departments in the admin."""

from typing import Any

import pytest
from django.urls import reverse

from departments.access import Role
from departments.models import Department, User
from tests import builders, factories
from tests.desk import desk, standing
from tests.factories import PASSWORD
from tests.visiting import queries_of

pytestmark = pytest.mark.django_db

PEOPLE = reverse("admin:departments_user_changelist")
DEPARTMENTS = reverse("admin:departments_department_changelist")


def change(record: Any) -> str:
    name = f"admin:departments_{record._meta.model_name}_change"
    return reverse(name, args=[record.pk])


def test_new_person_signs_in_by_email_in_small_letters(administrator: User) -> None:
    add = reverse("admin:departments_user_add")
    fields = {
        "email": "Lan.Nguyen@Example.vn", "name": "Nguyễn Lan", "language": "vi",
        "is_staff": "on", "usable_password": "true", "password1": PASSWORD, "password2": PASSWORD,
    }  # fmt: skip
    client = desk(administrator)

    response = client.post(add, fields)

    user = User.objects.get(email="lan.nguyen@example.vn")
    assert response.headers["Location"] == change(user)
    assert user.check_password(PASSWORD)


def test_roles_and_memberships_are_given_on_the_persons_page(
    administrator: User, department_a: Department
) -> None:
    user = builders.person(email="lan@example.vn", name="Lan")
    client = desk(administrator)
    role = user.groups.model.objects.get(name=Role.EDITOR)
    fields = standing(client.get(change(user))) | {
        "groups": [role.pk], "memberships-TOTAL_FORMS": 1,
        "memberships-0-department": department_a.pk, "memberships-0-role": "head",
        "memberships-0-starts_on": "01/03/2025",
    }  # fmt: skip

    client.post(change(user), fields)

    assert list(user.groups.all()) == [role]
    membership = user.memberships.get()
    assert f"{membership.starts_on:%Y-%m-%d}" == "2025-03-01"


def test_administrator_cannot_make_a_superuser(administrator: User) -> None:
    user = builders.person(email="lan@example.vn", name="Lan")
    client = desk(administrator)

    client.post(change(user), standing(client.get(change(user))) | {"is_superuser": "on"})

    user.refresh_from_db()
    assert not user.is_superuser


def test_administrator_cannot_take_over_a_superuser(administrator: User) -> None:
    root = User.objects.create_superuser("root@example.vn", PASSWORD, name="Root")
    password = reverse("admin:auth_user_password_change", args=[root.pk])
    new = {"password1": "another long sentence", "password2": "another long sentence"}
    client = desk(administrator)

    answers = [client.post(change(root), {"name": "x"}), client.post(password, new)]

    assert [answer.status_code for answer in answers] == [403, 403]
    root.refresh_from_db()
    assert root.check_password(PASSWORD)


def test_nobody_deletes_a_person(administrator: User) -> None:
    user = builders.person(email="lan@example.vn", name="Lan")
    client = desk(administrator)

    response = client.post(reverse("admin:departments_user_delete", args=[user.pk]))

    assert response.status_code == 403


@pytest.mark.parametrize("name", ["changelist", "add"])
def test_people_are_the_administrators_business(
    name: str, editor: User, statistician: User, officer_a: User
) -> None:
    url = reverse(f"admin:departments_user_{name}")

    answers = [desk(user).get(url).status_code for user in (editor, statistician, officer_a)]

    assert answers == [403, 403, 403]


@pytest.mark.parametrize("words", ["so tai chinh", "SỞ TÀI CHÍNH", "finance", "stc"])
def test_departments_are_found_without_diacritics(
    words: str, administrator: User, department_a: Department, department_b: Department
) -> None:
    response = desk(administrator).get(DEPARTMENTS, {"q": words})

    assert list(response.context["cl"].queryset) == [department_a]


def test_code_and_address_of_a_department_outlive_its_name(
    administrator: User, department_a: Department
) -> None:
    client = desk(administrator)
    fields = standing(client.get(change(department_a)))

    client.post(change(department_a), fields | {"code": "X", "slug": "x", "name_en": "Finance"})

    department_a.refresh_from_db()
    assert (department_a.code, department_a.slug) == ("STC", "finance")
    assert (department_a.name_en, department_a.version) == ("Finance", 2)


def test_second_saver_of_a_department_sees_both_names(
    administrator: User, department_a: Department
) -> None:
    client = desk(administrator)
    opened = standing(client.get(change(department_a)))
    client.post(change(department_a), opened | {"name_en": "First"})

    refused = client.post(change(department_a), opened | {"name_en": "Second"})

    form = refused.context["adminform"].form
    assert form.errors["name_en"] == [
        "Somebody else saved this meanwhile: “First”. Yours stands below."
    ]
    assert form["name_en"].value() == "Second"
    assert list(form.errors) == ["name_en", "__all__"]
    department_a.refresh_from_db()
    assert department_a.name_en == "First"


def test_saving_again_after_a_conflict_is_meant(
    administrator: User, department_a: Department
) -> None:
    client = desk(administrator)
    opened = standing(client.get(change(department_a)))
    client.post(change(department_a), opened | {"name_en": "First"})
    refused = client.post(change(department_a), opened | {"name_en": "Second"})

    client.post(change(department_a), standing(refused))

    department_a.refresh_from_db()
    assert (department_a.name_en, department_a.version) == ("Second", 3)


def test_conflict_of_rows_is_told_to_the_second_saver(
    administrator: User, department_a: Department, department_b: Department
) -> None:
    client = desk(administrator)
    opened = standing(client.get(change(department_a)))
    row = {
        "successions-TOTAL_FORMS": 1, "successions-0-successor": department_b.pk,
        "successions-0-effective_on": "01/03/2025",
    }  # fmt: skip

    first = client.post(change(department_a), opened | row)
    second = client.post(change(department_a), opened | row)

    assert (first.status_code, second.status_code) == (302, 200)
    assert "__all__" in second.context["adminform"].form.errors


def test_department_is_only_shown_to_who_may_only_look(
    editor: User, department_a: Department
) -> None:
    response = desk(editor).get(change(department_a))

    assert response.status_code == 200
    assert "opened_version" not in response.content.decode()


@pytest.mark.parametrize("url", [PEOPLE, DEPARTMENTS])
def test_lists_cost_the_same_whatever_their_length(url: str, administrator: User) -> None:
    client = desk(administrator)
    factories.MembershipFactory.create(department__parent=factories.DepartmentFactory.create())
    one = queries_of(client, url)
    for _each in range(2):
        parent = factories.DepartmentFactory.create()
        factories.MembershipFactory.create(department__parent=parent)

    assert queries_of(client, url) == one
