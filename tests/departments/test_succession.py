"""Renaming, merging, splitting and closing departments."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError

from departments import succession
from departments.models import Department, DepartmentName, User
from departments.succession import ClosedAlready, Heir
from departments.versions import EditConflict
from tests.factories import DepartmentFactory, DepartmentNameFactory

pytestmark = pytest.mark.django_db

REFORM = date(2025, 3, 1)


def names_of(department: Department) -> list[tuple[str, date | None, date | None]]:
    return [(name.name_vi, name.starts_on, name.ends_on) for name in department.names.all()]


def test_renamed_department_keeps_its_code_address_and_former_name(
    department_a: Department, administrator: User
) -> None:
    succession.rename(
        department_a,
        name_vi="Sở Tài chính và Kế hoạch",
        name_en="Department of Finance and Planning",
        on=REFORM,
        by=administrator,
    )

    department_a.refresh_from_db()
    assert (department_a.code, department_a.slug) == ("STC", "finance")
    assert department_a.name_vi == "Sở Tài chính và Kế hoạch"
    assert department_a.name_en == "Department of Finance and Planning"
    assert names_of(department_a) == [
        ("Sở Tài chính", date(2020, 1, 1), REFORM),
        ("Sở Tài chính và Kế hoạch", REFORM, None),
    ]


def test_renamed_department_moves_to_its_place_in_the_alphabet(
    department_a: Department, department_b: Department, administrator: User
) -> None:
    succession.rename(department_b, name_vi="Sở An sinh", name_en="Welfare", on=REFORM,
                      by=administrator)  # fmt: skip

    assert list(Department.objects.all()) == [department_b, department_a]


def test_department_renamed_twice_has_three_names(
    department_a: Department, coordinator: User
) -> None:
    for year, name in ((2022, "Sở Hai"), (2024, "Sở Ba")):
        succession.rename(
            department_a, name_vi=name, name_en=f"In {year}", on=date(year, 1, 1), by=coordinator
        )

    assert names_of(department_a) == [
        ("Sở Tài chính", date(2020, 1, 1), date(2022, 1, 1)),
        ("Sở Hai", date(2022, 1, 1), date(2024, 1, 1)),
        ("Sở Ba", date(2024, 1, 1), None),
    ]
    assert department_a.version == 3


def test_name_that_was_written_down_is_ended_not_doubled(
    department_a: Department, coordinator: User
) -> None:
    DepartmentNameFactory.create(department=department_a)

    succession.rename(department_a, name_vi="Sở Hai", name_en="Second", on=REFORM, by=coordinator)

    assert names_of(department_a) == [
        ("Sở Tài chính", date(2020, 1, 1), REFORM),
        ("Sở Hai", REFORM, None),
    ]


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"name_vi": "Sở Tài chính", "name_en": "Department of Finance"}, "name_vi", "so already"),
        ({"name_vi": "  "}, "name_vi", "cannot be blank"),
        ({"name_en": ""}, "name_en", "cannot be blank"),
        ({"on": date(2020, 1, 1)}, "on", "after 01/01/2020"),
        ({"on": date(2019, 1, 1)}, "on", "after 01/01/2020"),
    ],
)
def test_wrong_renaming_is_refused_by_field(
    change: dict[str, object], field: str, words: str, department_a: Department, coordinator: User
) -> None:
    terms: dict[str, object] = {"name_vi": "Sở Hai", "name_en": "Second", "on": REFORM}

    with pytest.raises(ValidationError) as caught:
        succession.rename(department_a, by=coordinator, **terms | change)  # type: ignore[arg-type] # wrong on purpose

    assert list(caught.value.message_dict) == [field]
    assert words in caught.value.message_dict[field][0]


def test_merger_hands_everything_to_one_department(
    department_a: Department, department_b: Department, administrator: User
) -> None:
    merged = DepartmentFactory.create(opened_on=REFORM)

    for department in (department_a, department_b):
        succession.close(department, on=REFORM, by=administrator, successors=[Heir(merged)])

    assert [each.predecessor for each in merged.inheritances.all()] == [department_a, department_b]
    assert [each.field for each in merged.inheritances.all()] == ["", ""]
    assert list(Department.objects.existing_on(REFORM)) == [merged]


def test_split_hands_each_field_of_work_to_its_heir(
    department_a: Department, department_b: Department, administrator: User
) -> None:
    third = DepartmentFactory.create()

    rows = succession.close(
        department_a,
        on=REFORM,
        by=administrator,
        successors=[
            Heir(department_b, "giảm nghèo", "poverty reduction"),
            Heir(third, "dạy nghề", "vocational training"),
        ],
    )

    assert [(row.successor, row.field_vi, row.field_en, row.effective_on) for row in rows] == [
        (department_b, "giảm nghèo", "poverty reduction", REFORM),
        (third, "dạy nghề", "vocational training", REFORM),
    ]


def test_closed_department_keeps_its_names(department_a: Department, coordinator: User) -> None:
    succession.close(department_a, on=REFORM, by=coordinator)

    department_a.refresh_from_db()
    assert department_a.closed_on == REFORM
    assert names_of(department_a) == [("Sở Tài chính", date(2020, 1, 1), REFORM)]


@pytest.mark.parametrize("closed_on", [date(2024, 1, 1), REFORM])
def test_heir_that_does_not_exist_on_the_day_is_refused(
    closed_on: date, department_a: Department, coordinator: User
) -> None:
    gone = DepartmentFactory.create(name_en="Department of Transport", closed_on=closed_on)

    with pytest.raises(ValidationError, match="“Department of Transport” does not exist"):
        succession.close(department_a, on=REFORM, by=coordinator, successors=[Heir(gone)])

    department_a.refresh_from_db()
    assert department_a.closed_on is None


def test_department_cannot_succeed_itself(department_a: Department, coordinator: User) -> None:
    with pytest.raises(ValidationError, match="cannot succeed itself"):
        succession.close(department_a, on=REFORM, by=coordinator, successors=[Heir(department_a)])

    assert not DepartmentName.objects.exists()


def test_heir_named_twice_for_one_field_is_refused(
    department_a: Department, department_b: Department, coordinator: User
) -> None:
    twice = [Heir(department_b), Heir(department_b)]

    with pytest.raises(ValidationError, match="recorded already"):
        succession.close(department_a, on=REFORM, by=coordinator, successors=twice)


def test_closed_department_is_not_changed_any_more(
    department_a: Department, coordinator: User
) -> None:
    succession.close(department_a, on=REFORM, by=coordinator)

    with pytest.raises(ClosedAlready, match="closed on 01/03/2025"):
        succession.close(department_a, on=date(2025, 4, 1), by=coordinator)
    with pytest.raises(ClosedAlready):
        succession.rename(department_a, name_vi="Sở Hai", name_en="Second", on=date(2025, 4, 1),
                          by=coordinator)  # fmt: skip


def test_second_of_two_reorganisers_is_told(department_a: Department, coordinator: User) -> None:
    stale = Department.objects.get(pk=department_a.pk)
    succession.rename(department_a, name_vi="Sở Hai", name_en="Second", on=REFORM, by=coordinator)

    with pytest.raises(EditConflict):
        succession.close(stale, on=date(2025, 4, 1), by=coordinator)

    department_a.refresh_from_db()
    assert department_a.closed_on is None


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("administrator", True),
        ("coordinator", True),
        ("editor", False),
        ("chief_editor", False),
        ("statistician", False),
        ("officer_a", False),
        ("auditor", False),
        ("visitor", False),
    ],
)
def test_only_administrators_and_coordinators_reorganise(
    who: str, may: bool, department_a: Department, request: pytest.FixtureRequest
) -> None:
    user: User | AnonymousUser = request.getfixturevalue(who)

    assert succession.may_reorganise(user) is may  # type: ignore[arg-type] # a visitor too
    if may:
        return
    with pytest.raises(PermissionDenied):
        succession.rename(department_a, name_vi="x", name_en="x", on=REFORM, by=user)  # type: ignore[arg-type] # a visitor too
    with pytest.raises(PermissionDenied):
        succession.close(department_a, on=REFORM, by=user)  # type: ignore[arg-type] # a visitor too
