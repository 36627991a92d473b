"""A confidential indicator, its target and figures, at every door of the admin."""

from typing import Any

import pytest
from django.urls import reverse

from assignments.models import Task
from departments.access import Role
from departments.models import Department, User
from indicators.models import Indicator, TargetSet, TargetVersion
from news.models import Article
from tests import builders, factories
from tests.builders import person
from tests.desk import desk, standing

pytestmark = pytest.mark.django_db
NAME = "Canary of the military"


@pytest.fixture
def version() -> TargetVersion:
    made = builders.published_target()
    builders.figure(made.target.indicator, "424.2")
    Indicator.objects.filter(pk=made.target.indicator_id).update(
        name_vi=NAME, name_en=NAME, is_public=False
    )
    return made


@pytest.fixture
def target_set(version: TargetVersion) -> TargetSet:
    made = factories.TargetSetFactory.create(plan=version.target.plan)
    made.targets.add(version.target)
    return made


def pages(version: TargetVersion) -> list[str]:
    target, indicator = version.target, version.target.indicator
    return [
        reverse(f"admin:indicators_{record._meta.model_name}_{page}", args=[record.pk])
        for record in (target, indicator)
        for page in ("change", "history", "delete")
    ] + [reverse("admin:indicators_target_correct", args=[target.pk, version.pk])]


def looked_up(app_label: str, model_name: str, field_name: str) -> str:
    return (
        f"{reverse('admin:autocomplete')}?app_label={app_label}&model_name={model_name}"
        f"&field_name={field_name}"
    )


def lists(target_set: TargetSet, article: Article) -> list[str]:
    return [
        reverse("admin:indicators_indicator_changelist"),
        reverse("admin:indicators_target_changelist"),
        reverse("admin:indicators_targetset_change", args=[target_set.pk]),
        reverse("admin:news_article_change", args=[article.pk]),
        looked_up("indicators", "observation", "indicator"),
        looked_up("indicators", "target", "indicator"),
        looked_up("indicators", "mention", "target"),
        looked_up("assignments", "task", "targets"),
    ]


def test_editor_finds_no_page_of_it(editor: User, version: TargetVersion) -> None:
    client = desk(editor)

    assert {client.get(page).status_code for page in pages(version)} == {404}


def test_editor_finds_it_in_no_list(
    editor: User, version: TargetVersion, target_set: TargetSet
) -> None:
    client = desk(editor)

    for address in lists(target_set, version.article):
        page = client.get(address).content.decode()
        assert NAME not in page, address
        assert "424.2" not in page, address


def test_auditor_finds_it(auditor: User, version: TargetVersion) -> None:
    page = reverse("admin:indicators_target_change", args=[version.target_id])

    assert NAME in desk(auditor).get(page).content.decode()


def test_set_keeps_the_target_that_its_editor_does_not_see(
    editor: User, target_set: TargetSet
) -> None:
    client = desk(editor)
    address = reverse("admin:indicators_targetset_change", args=[target_set.pk])
    form = client.get(address).context["adminform"].form
    typed = {field.html_name: field.value() for field in form if field.value() is not None}

    response = client.post(address, typed | {"targets": [], "name_en": "Another name"})

    assert response.status_code == 302
    assert target_set.targets.count() == 1


def test_editor_sets_no_target_on_it(editor: User, version: TargetVersion) -> None:
    article = builders.draft_article()
    client = desk(editor)
    address = reverse("admin:news_article_change", args=[article.pk])
    typed: dict[str, Any] = standing(client.get(address)) | {
        "targets-TOTAL_FORMS": 1,
        "targets-0-indicator": version.target.indicator_id,
        "targets-0-value": "1",
    }

    response = client.post(address, typed)

    assert response.status_code == 200
    rows = next(
        each.formset for each in response.context["inline_admin_formsets"]
        if each.formset.prefix == "targets"
    )  # fmt: skip
    assert "Select a valid choice" in str(rows.forms[0].errors["indicator"])


def test_document_of_a_confidential_task_is_not_found(
    editor: User, coordinator: User, department_a: Department
) -> None:
    document = factories.DocumentFactory.create(title_vi=NAME)
    factories.TaskFactory.create(document=document, visibility=Task.Visibility.CONFIDENTIAL)
    page = reverse("admin:news_document_change", args=[document.pk])
    list_ = reverse("admin:news_document_changelist")

    assert desk(editor).get(page).status_code == 404
    assert NAME not in desk(editor).get(list_).content.decode()
    assert desk(coordinator).get(page).status_code == 200


def test_statistician_of_a_department_decides_on_no_responsibility(
    department_a: Department,
) -> None:
    from_a = person(Role.STATISTICIAN, department=department_a)
    own = factories.IndicatorFactory.create()
    other = factories.IndicatorFactory.create()
    factories.ResponsibilityFactory.create(indicator=own, department=department_a)
    client = desk(from_a)
    page = reverse("admin:indicators_indicator_change", args=[own.pk])

    assert client.get(reverse("admin:indicators_indicator_add")).status_code == 403
    rows = {"responsibilities-TOTAL_FORMS": 2, "responsibilities-1-department": department_a.pk}
    client.post(page, standing(client.get(page)) | rows)
    assert own.responsibilities.count() == 1
    other_page = reverse("admin:indicators_indicator_change", args=[other.pk])
    assert client.post(other_page, {"is_public": ""}).status_code == 403
