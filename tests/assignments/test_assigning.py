from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from assignments import assigning
from assignments.models import Assignment, Task
from assignments.statuses import Role
from departments.models import Department, Succession, User
from departments.versions import EditConflict
from tests import builders, factories

pytestmark = pytest.mark.django_db


def unsaved_task(**fields: Any) -> Task:
    return factories.TaskFactory.build(
        plan=factories.PlanFactory.create(),
        source=factories.SourceFactory.create(),
        document=factories.DocumentFactory.create(),
        **fields,
    )


def test_create_records_the_targets_it_serves(editor: User) -> None:
    target = factories.TargetFactory.create()

    task = assigning.create(unsaved_task(), by=editor, targets=[target])

    assert list(task.targets.all()) == [target]
    assert not task.assignments.exists()


@pytest.mark.parametrize(
    ("who", "visibility", "allowed"),
    [
        ("coordinator", "public", True),
        ("coordinator", "confidential", True),
        ("editor", "public", True),
        ("editor", "confidential", False),
        ("chief_editor", "public", True),
        ("officer_a", "public", False),
        ("statistician", "public", False),
        ("administrator", "public", False),
        ("auditor", "public", False),
    ],
)
def test_create_by_role(
    request: pytest.FixtureRequest, who: str, visibility: str, *, allowed: bool
) -> None:
    user = request.getfixturevalue(who)
    task = unsaved_task(visibility=visibility)

    if allowed:
        assigning.create(task, by=user)
    else:
        with pytest.raises(PermissionDenied):
            assigning.create(task, by=user)

    assert Task.objects.exists() is allowed


def test_create_with_words_that_are_not_in_the_sentence(editor: User) -> None:
    article = builders.draft_article("Các sở rà soát hộ nghèo.")
    task = unsaved_task(
        passage=builders.passage_of(article, "Các sở rà soát hộ nghèo."), words="trồng rừng"
    )

    with pytest.raises(ValidationError) as refused:
        assigning.create(task, by=editor)

    assert list(refused.value.message_dict) == ["words"]


def test_assign_takes_the_deadline_of_the_task(coordinator: User, department_a: Department) -> None:
    task = factories.TaskFactory.create(deadline=date(2025, 12, 31))

    given = assigning.assign(task, department=department_a, by=coordinator)

    assert (given.deadline, given.original_deadline) == (date(2025, 12, 31), date(2025, 12, 31))


@pytest.mark.parametrize("who", ["editor", "officer_a", "auditor", "administrator"])
def test_assign_is_for_coordinators(
    request: pytest.FixtureRequest, department_a: Department, who: str
) -> None:
    task = factories.TaskFactory.create()

    with pytest.raises(PermissionDenied):
        assigning.assign(task, department=department_a, by=request.getfixturevalue(who))

    assert not Assignment.objects.exists()


def test_assign_twice_or_to_two_leads(
    coordinator: User, department_a: Department, department_b: Department
) -> None:
    task = factories.TaskFactory.create()
    assigning.assign(task, department=department_a, by=coordinator)

    for department in (department_a, department_b):
        with pytest.raises(ValidationError):
            assigning.assign(task, department=department, by=coordinator)

    assert task.assignments.count() == 1


def test_assign_to_each_gives_every_department_the_lead(
    coordinator: User, department_a: Department, department_b: Department
) -> None:
    task = factories.TaskFactory.create(mode=Task.Mode.EACH)
    assigning.assign(task, department=department_a, by=coordinator)
    assigning.assign(task, department=department_b, by=coordinator)

    with pytest.raises(ValidationError):
        builders.assignment(task, role=Role.COOPERATING)

    assert task.assignments.count() == 2


def test_continuous_task_has_no_deadline(coordinator: User) -> None:
    task = factories.TaskFactory.create(is_continuous=True, deadline=None)
    given = builders.assignment(task)

    with pytest.raises(ValidationError):
        builders.assignment(task, role=Role.COOPERATING, deadline=date(2025, 12, 1))
    with pytest.raises(ValidationError):
        assigning.change(given, by=coordinator, version=1, deadline=date(2025, 12, 1))

    given.refresh_from_db()
    assert (given.deadline, given.version) == (None, 1)


def test_change_keeps_the_original_deadline(coordinator: User) -> None:
    given = builders.assignment(factories.TaskFactory.create(deadline=date(2025, 6, 30)))

    assigning.change(given, by=coordinator, version=1, deadline=date(2025, 9, 30))

    given.refresh_from_db()
    assert (given.deadline, given.original_deadline, given.version) == (
        date(2025, 9, 30), date(2025, 6, 30), 2,
    )  # fmt: skip


def test_change_of_an_older_version_is_a_conflict(coordinator: User) -> None:
    given = builders.assignment()
    assigning.change(given, by=coordinator, version=1, deliverable_vi="Đề án")

    with pytest.raises(EditConflict):
        assigning.change(given, by=coordinator, version=1, deliverable_vi="Kế hoạch")

    given.refresh_from_db()
    assert given.deliverable_vi == "Đề án"


def test_change_of_what_is_no_term_is_a_bug(coordinator: User) -> None:
    given = builders.assignment()

    with pytest.raises(TypeError):
        assigning.change(given, by=coordinator, version=1, status="completed")


def test_edit(editor: User) -> None:
    task = factories.TaskFactory.create()
    task.title_vi = "Trồng rừng"

    assigning.edit(task, by=editor, version=1)

    saved = Task.objects.get(pk=task.pk)
    assert (saved.title_vi, saved.version) == ("Trồng rừng", 2)


def test_edit_of_an_older_version_is_a_conflict(editor: User) -> None:
    task = factories.TaskFactory.create()
    assigning.edit(Task.objects.get(pk=task.pk), by=editor, version=1)
    task.title_vi = "Trồng rừng"

    with pytest.raises(EditConflict):
        assigning.edit(task, by=editor, version=1)

    assert Task.objects.get(pk=task.pk).title_vi != "Trồng rừng"


@pytest.mark.parametrize(
    ("mode", "changed", "field"),
    [
        (Task.Mode.JOINT, {"mode": Task.Mode.EACH}, "mode"),
        (Task.Mode.EACH, {"mode": Task.Mode.JOINT}, "mode"),
        (Task.Mode.JOINT, {"is_continuous": True, "deadline": None}, "is_continuous"),
    ],
)
def test_edit_that_does_not_fit_the_assignments(
    coordinator: User, mode: Task.Mode, changed: dict[str, Any], field: str
) -> None:
    task = factories.TaskFactory.create(mode=mode)
    builders.assignment(task)
    builders.assignment(task, role=Role.LEAD if mode == Task.Mode.EACH else Role.COOPERATING)
    for name, value in changed.items():
        setattr(task, name, value)

    with pytest.raises(ValidationError) as refused:
        assigning.edit(task, by=coordinator, version=1)

    assert list(refused.value.message_dict) == [field]


def test_edit_does_not_let_editors_lay_open_a_confidential_task(editor: User) -> None:
    task = factories.TaskFactory.create(visibility=Task.Visibility.CONFIDENTIAL)
    task.visibility = Task.Visibility.PUBLIC

    with pytest.raises(PermissionDenied):
        assigning.edit(task, by=editor, version=1)

    assert not Task.objects.public().exists()


def test_edit_does_not_let_editors_hide_a_task(editor: User) -> None:
    task = factories.TaskFactory.create()
    task.visibility = Task.Visibility.CONFIDENTIAL

    with pytest.raises(PermissionDenied):
        assigning.edit(task, by=editor, version=1)


def test_assign_to_a_department_that_is_gone_names_who_came_after(coordinator: User) -> None:
    gone = factories.DepartmentFactory.create(name_en="Planning", closed_on=date(2025, 3, 1))
    heir = factories.DepartmentFactory.create(name_en="Finance")
    Succession.objects.create(
        predecessor=gone, successor=heir, field_vi="tất cả", effective_on=date(2025, 3, 1)
    )
    task = factories.TaskFactory.create(assigned_on=date(2025, 3, 1))

    with pytest.raises(ValidationError) as refusal:
        assigning.assign(task, department=gone, by=coordinator)

    assert refusal.value.message_dict == {
        "department": ["Planning closed on 01/03/2025. Its work went to: Finance."]
    }
    assert not task.assignments.exists()


def test_assign_to_a_department_on_its_last_day(coordinator: User) -> None:
    closing = factories.DepartmentFactory.create(closed_on=date(2025, 3, 1))
    task = factories.TaskFactory.create(assigned_on=date(2025, 2, 28))

    assigning.assign(task, department=closing, by=coordinator)

    assert task.assignments.count() == 1


def test_free_code_is_the_next_of_the_period() -> None:
    plan = factories.PlanFactory.create()
    factories.TaskFactory.create(code=f"{plan.period.code}-007")
    factories.TaskFactory.create(code=f"{plan.period.code}-x")

    assert assigning.free_code(plan) == f"{plan.period.code}-008"
