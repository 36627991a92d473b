"""People, departments and areas: names, days and the order of both."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from departments.models import Area, Department, DepartmentName, Membership, User
from departments.versions import EditConflict, advance
from tests.factories import (
    AreaFactory,
    CommuneFactory,
    DepartmentFactory,
    DepartmentNameFactory,
    MembershipFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

DAYS = [date(2025, 2, 28), date(2025, 3, 1), date(2025, 6, 30), date(2025, 7, 1)]


@pytest.mark.parametrize("opened_on", [None, date(2025, 3, 1)])
@pytest.mark.parametrize("closed_on", [None, date(2025, 7, 1)])
@pytest.mark.parametrize("day", DAYS)
def test_department_exists_on_a_day_as_the_query_says(
    opened_on: date | None, closed_on: date | None, day: date
) -> None:
    department = DepartmentFactory.create(opened_on=opened_on, closed_on=closed_on)

    found = Department.objects.existing_on(day).filter(pk=department.pk).exists()

    assert found is department.exists_on(day)
    assert found is (
        (opened_on is None or opened_on <= day) and (closed_on is None or day < closed_on)
    )


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2019, 12, 31), "Sở Giao thông"),
        (date(2025, 2, 28), "Sở Giao thông"),
        (date(2025, 3, 1), "Sở Xây dựng"),
    ],
)
def test_department_has_the_name_of_the_day(day: date, name: str) -> None:
    department = DepartmentFactory.create(name_vi="Sở Xây dựng")
    DepartmentNameFactory.create(
        department=department, name_vi="Sở Giao thông", starts_on=None, ends_on=date(2025, 3, 1)
    )
    DepartmentNameFactory.create(department=department, starts_on=date(2025, 3, 1))

    [valid] = DepartmentName.objects.valid_on(day)

    assert valid.name_vi == name


def test_names_of_a_department_stand_from_the_first_to_the_last() -> None:
    department = DepartmentFactory.create()
    last = DepartmentNameFactory.create(department=department, starts_on=date(2025, 3, 1))
    first = DepartmentNameFactory.create(
        department=department, starts_on=None, ends_on=date(2016, 1, 1)
    )

    assert list(department.names.all()) == [first, last]


def test_two_names_on_one_day_are_refused_in_words() -> None:
    name = DepartmentNameFactory.create()
    second = DepartmentName(
        department=name.department, name_vi="Sở Mới", name_en="New", starts_on=date(2025, 1, 1)
    )

    with pytest.raises(ValidationError, match="another name on some of these days"):
        second.full_clean()


def test_second_membership_on_one_day_is_refused_in_words() -> None:
    first = MembershipFactory.create()
    second = Membership(user=first.user, department=first.department, starts_on=date(2025, 6, 1))

    with pytest.raises(ValidationError, match="already acts for the department"):
        second.full_clean()


@pytest.mark.parametrize(("language", "name"), [("vi", "Điện Biên"), ("en", "Dien Bien")])
def test_names_are_in_the_language_of_the_reader(language: str, name: str) -> None:
    area = AreaFactory.create()

    with override(language):
        shown = str(area)

    assert shown == name


def test_province_is_the_one_area_of_its_kind() -> None:
    CommuneFactory.create()
    province = AreaFactory.create()

    assert Area.objects.province() == province


def test_second_province_is_refused_in_words() -> None:
    AreaFactory.create()

    with pytest.raises(ValidationError, match="serves one province"):
        AreaFactory.build(code="lai-chau").full_clean()


def test_person_signs_in_by_e_mail_in_any_case() -> None:
    user = User.objects.create_user(" Editor@Example.vn ", "secret", name="Biên tập viên")

    assert user.email == "editor@example.vn"
    assert User.objects.get_by_natural_key("EDITOR@example.vn") == user
    assert user.check_password("secret")


def test_person_is_shown_by_name_else_by_address() -> None:
    assert str(UserFactory.build(name="Cán bộ A")) == "Cán bộ A"
    assert str(UserFactory.build(name="", email="a@example.vn")) == "a@example.vn"


def test_code_with_diacritics_is_refused() -> None:
    with pytest.raises(ValidationError, match="letters without diacritics"):
        DepartmentFactory.build(code="SỞ").full_clean()


def test_second_saver_is_told_and_nothing_is_overwritten() -> None:
    department = DepartmentFactory.create(name_vi="Sở Một")
    opened = department.version
    advance(department, expected=opened)
    Department.objects.filter(pk=department.pk).update(name_vi="Sở Hai")

    with pytest.raises(EditConflict) as caught:
        advance(department, expected=opened)

    assert caught.value.current.name_vi == "Sở Hai"  # type: ignore[attr-defined] # the department
    assert department.version == opened + 1


def test_saver_with_the_present_version_goes_on() -> None:
    department = DepartmentFactory.create()

    advance(department, expected=1)
    advance(department, expected=2)

    department.refresh_from_db()
    assert department.version == 3
