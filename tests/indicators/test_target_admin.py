"""The target's page in the admin, and the correction of what was recorded wrongly."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from departments.models import User
from indicators.models import TargetVersion
from tests import builders, factories
from tests.desk import desk, standing
from tests.factories import GROWTH_VI
from tests.visiting import queries_of

pytestmark = pytest.mark.django_db

LIST = reverse("admin:indicators_target_changelist")


def change(version: TargetVersion) -> str:
    return reverse("admin:indicators_target_change", args=[version.target_id])


def correct(version: TargetVersion) -> str:
    return reverse("admin:indicators_target_correct", args=[version.target_id, version.pk])


def typed(client: Any, version: TargetVersion, **fields: Any) -> dict[str, Any]:
    form = client.get(correct(version)).context["form"]
    values = {bound.html_name: bound.value() for bound in form}
    standing_there = {
        name: f"{value:%d/%m/%Y}" if hasattr(value, "year") else value
        for name, value in values.items()
        if value is not None
    }
    standing_there["value"] = form["value"].field.prepare_value(values["value"])
    return standing_there | fields


def test_page_shows_versions_mentions_figures_and_tasks(editor: User) -> None:
    version = builders.published_target()
    builders.figure(version.target.indicator, "7.34")
    task = factories.TaskFactory.create(title_en="Draw up plans")
    task.targets.add(version.target)

    page = desk(editor).get(change(version)).content.decode()

    assert "&gt; 10.5" in page
    assert "7.34" in page
    assert "Draw up plans" in page
    assert correct(version) in page
    assert "Period(" not in page


def test_confidential_task_is_not_on_the_editors_page(editor: User, auditor: User) -> None:
    version = builders.published_target()
    task = factories.TaskFactory.create(title_en="Secret", visibility="confidential")
    task.targets.add(version.target)

    pages = [desk(user).get(change(version)).content.decode() for user in (editor, auditor)]

    assert ["Secret" in page for page in pages] == [False, True]


def test_correction_replaces_the_version_and_keeps_it(editor: User) -> None:
    version = builders.published_target()
    client = desk(editor)

    response = client.post(
        correct(version), typed(client, version, value="8,5", reason_vi="Nhập sai.")
    )

    assert response.headers["Location"] == change(version)
    version.refresh_from_db()
    new = version.target.versions.get(known__endswith=None)
    assert version.known.upper == new.known.lower
    assert (version.value, new.value) == (Decimal("10.5"), Decimal("8.5"))
    assert (new.reason_vi, new.decimals_written, new.recorded_by) == ("Nhập sai.", 1, editor)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"reason_vi": ""}, "reason_vi"),
        ({"value": "8.5"}, "value"),
        ({"words": "không có"}, "words"),
        ({"value": ""}, "__all__"),
        ({"upper_value": "12"}, "__all__"),
    ],
)
def test_wrong_correction_is_refused_and_nothing_is_closed(
    editor: User, fields: dict[str, str], name: str
) -> None:
    version = builders.published_target()
    client = desk(editor)

    response = client.post(correct(version), typed(client, version, reason_vi="Nhập sai.") | fields)

    assert list(response.context["form"].errors) == [name]
    version.refresh_from_db()
    assert version.known.upper is None


def test_draft_is_not_corrected(editor: User) -> None:
    version = builders.target_version(builders.draft_article(GROWTH_VI))

    assert desk(editor).get(correct(version)).status_code == 404


def test_version_of_another_target_is_not_found(editor: User) -> None:
    version, other = builders.published_target(), builders.published_target()
    url = reverse("admin:indicators_target_correct", args=[other.target_id, version.pk])

    assert desk(editor).get(url).status_code == 404


@pytest.mark.parametrize("who", ["officer_a", "coordinator", "auditor"])
def test_others_correct_nothing(who: str, request: pytest.FixtureRequest) -> None:
    version = builders.published_target()

    response = desk(request.getfixturevalue(who)).get(correct(version))

    assert response.status_code == 403


def test_officer_sees_no_targets(officer_a: User) -> None:
    version = builders.published_target()
    client = desk(officer_a)

    assert [client.get(url).status_code for url in (LIST, change(version))] == [403, 403]


def test_target_is_adopted_by_another_plan(editor: User) -> None:
    version = builders.published_target()
    plan = factories.PlanFactory.create(slug="movement", kind="movement")
    client = desk(editor)

    client.post(change(version), standing(client.get(change(version))) | {"adopted_by": [plan.pk]})

    assert list(version.target.adopted_by.all()) == [plan]


def test_nobody_adds_or_deletes_a_target_without_its_sentence() -> None:
    root = User.objects.create_superuser("root@example.vn", name="Root")
    version = builders.published_target()
    delete = reverse("admin:indicators_target_delete", args=[version.target_id])
    client = desk(root)

    answers = [client.get(reverse("admin:indicators_target_add")), client.post(delete)]

    assert [answer.status_code for answer in answers] == [403, 403]


@pytest.mark.parametrize("words", ["tang truong", "TĂNG TRƯỞNG", "growth"])
def test_targets_are_found_without_diacritics(words: str, editor: User) -> None:
    version = builders.published_target()
    other = factories.IndicatorFactory.create(name_vi="Hộ nghèo", name_en="Poverty", code="p")
    builders.published_target(indicator=other)

    response = desk(editor).get(LIST, {"q": words})

    assert list(response.context["cl"].queryset) == [version.target]


def test_autocomplete_finds_targets_and_indicators(editor: User) -> None:
    version = builders.published_target()
    asked = {"app_label": "indicators", "model_name": "mention", "field_name": "target"}

    answer = desk(editor).get(reverse("admin:autocomplete"), asked | {"term": "tang truong"})

    assert answer.json()["results"] == [{"id": str(version.target_id), "text": str(version.target)}]


def test_list_and_page_cost_the_same_whatever_their_length(editor: User) -> None:
    client = desk(editor)
    version = builders.published_target()
    builders.figure(version.target.indicator, "7.1")
    one = queries_of(client, LIST), queries_of(client, change(version))
    for month in (1, 2):
        builders.published_target()
        builders.figure(version.target.indicator, "7.2", period=f"2025-M0{month}")
        builders.target_version(
            builders.draft_article(GROWTH_VI),
            indicator=version.target.indicator,
            in_force_from=date(2025, month + 2, 10),
        )

    assert (queries_of(client, LIST), queries_of(client, change(version))) == one
