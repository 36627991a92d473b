"""Who may act for whom: groups across departments, memberships within one."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from pytest_django import DjangoAssertNumQueries

from departments.access import Role, acts_for, departments_of, has_role
from departments.models import Department, User
from tests.builders import person
from tests.factories import TODAY, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("asked", Role)
@pytest.mark.parametrize("held", Role)
def test_person_has_the_role_of_the_group_and_no_other(held: Role, asked: Role) -> None:
    user = person(held)

    assert has_role(user, asked) is (held is asked)


def test_one_of_several_roles_is_enough() -> None:
    user = person(Role.AUDITOR)

    assert has_role(user, Role.COORDINATOR, Role.AUDITOR)
    assert not has_role(user, Role.COORDINATOR, Role.EDITOR)


@pytest.mark.parametrize("role", Role)
def test_nobody_has_a_role_without_a_group(role: Role, visitor: AnonymousUser) -> None:
    superuser = User.objects.create_superuser("root@example.vn", "x", name="Root")

    assert not has_role(visitor, role)
    assert not has_role(UserFactory.create(is_staff=True), role)
    assert not has_role(superuser, role)


def test_inactive_person_has_no_role() -> None:
    user = person(Role.EDITOR, is_active=False)

    assert not has_role(user, Role.EDITOR)


def test_roles_are_read_once_for_each_person(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    user = person(Role.EDITOR)

    with django_assert_num_queries(1):
        for role in Role:
            has_role(user, role)


@pytest.mark.parametrize(
    ("day", "acts"),
    [
        (date(2025, 2, 28), False),
        (date(2025, 3, 1), True),
        (date(2025, 6, 30), True),
        (date(2025, 7, 1), False),
    ],
)
def test_membership_holds_from_its_first_day_to_the_day_before_its_end(
    day: date, acts: bool, department_a: Department
) -> None:
    user = UserFactory.create()
    MembershipFactory.create(
        user=user,
        department=department_a,
        starts_on=date(2025, 3, 1),
        ends_on=date(2025, 7, 1),
    )

    assert acts_for(user, department_a, on=day) is acts
    assert list(departments_of(user, on=day)) == ([department_a] if acts else [])


def test_officer_acts_for_the_own_department_only(
    officer_a: User, officer_b: User, department_a: Department, department_b: Department
) -> None:
    table = {
        (user.name, department.code): acts_for(user, department, on=TODAY)
        for user in (officer_a, officer_b)
        for department in (department_a, department_b)
    }

    assert table == {
        ("Cán bộ A", "STC"): True,
        ("Cán bộ A", "SYT"): False,
        ("Cán bộ B", "STC"): False,
        ("Cán bộ B", "SYT"): True,
    }


def test_nobody_acts_without_a_membership(
    visitor: AnonymousUser, coordinator: User, department_a: Department
) -> None:
    assert not acts_for(visitor, department_a, on=TODAY)
    assert not acts_for(coordinator, department_a, on=TODAY)


def test_inactive_person_acts_for_no_department(department_a: Department) -> None:
    user = person(department=department_a, is_active=False)

    assert not acts_for(user, department_a, on=TODAY)


def test_head_acts_as_an_officer_does(department_a: Department) -> None:
    user = UserFactory.create()
    MembershipFactory.create(user=user, department=department_a, role="head")

    assert acts_for(user, department_a, on=TODAY)
