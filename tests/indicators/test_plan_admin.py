"""Plans, indicators, sources and claims in the admin."""

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from departments.models import Department, User
from indicators.models import Plan
from tests import builders, factories
from tests.desk import desk, errors, standing
from tests.factories import GROWTH_VI
from tests.visiting import queries_of

pytestmark = pytest.mark.django_db


def change(record: Any) -> str:
    return reverse(f"admin:indicators_{record._meta.model_name}_change", args=[record.pk])


def listing(name: str) -> str:
    return reverse(f"admin:indicators_{name}_changelist")


@pytest.mark.parametrize("written", ["0,25", "0.25"])
def test_margin_is_read_as_it_is_meant(written: str, editor: User) -> None:
    plan = factories.PlanFactory.create()
    client = desk(editor)
    fields = standing(client.get(change(plan)))

    client.post(change(plan), fields | {"nearly_points": written})

    plan.refresh_from_db()
    assert (plan.nearly_points, plan.version) == (Decimal("0.25"), 2)


def test_margin_that_can_be_read_in_two_ways_is_refused(editor: User) -> None:
    plan = factories.PlanFactory.create()
    client = desk(editor)
    fields = standing(client.get(change(plan)))

    response = client.post(change(plan), fields | {"nearly_percent": "1.125"})

    assert list(errors(response)) == ["nearly_percent"]


def test_frozen_margins_are_only_shown(editor: User) -> None:
    plan = factories.PlanFactory.create()
    Plan.objects.filter(pk=plan.pk).update(margins_frozen_at=timezone.now())
    client = desk(editor)
    fields = standing(client.get(change(plan)))
    assert "nearly_points" not in fields

    client.post(change(plan), fields | {"nearly_points": "9", "name_en": "Renamed"})

    plan.refresh_from_db()
    assert (plan.nearly_points, plan.name_en) == (Decimal("0.1"), "Renamed")


def test_period_of_a_plan_is_shown_and_read_by_its_code(editor: User) -> None:
    plan = factories.PlanFactory.create()
    client = desk(editor)
    fields = standing(client.get(change(plan)))
    assert fields["period"] == "2025"

    client.post(change(plan), fields | {"period": "2021-2025"})

    plan.refresh_from_db()
    assert plan.period.code == "2021-2025"


def test_set_of_targets_is_added_to_its_plan(editor: User) -> None:
    plan = factories.PlanFactory.create()
    client = desk(editor)
    row = {
        "target_sets-TOTAL_FORMS": 1, "target_sets-0-code": "key", "target_sets-0-name_vi": "26",
        "target_sets-0-name_en": "26", "target_sets-0-stated_size": "26",
    }  # fmt: skip

    client.post(change(plan), standing(client.get(change(plan))) | row)

    assert plan.target_sets.get().stated_size == 26


def test_second_department_of_an_indicator_at_one_time_is_refused(
    statistician: User, department_a: Department, department_b: Department
) -> None:
    indicator = factories.IndicatorFactory.create()
    factories.ResponsibilityFactory.create(indicator=indicator, department=department_a)
    client = desk(statistician)
    row = {
        "responsibilities-TOTAL_FORMS": 2, "responsibilities-1-department": department_b.pk,
        "responsibilities-1-starts_on": "01/06/2025",
    }  # fmt: skip

    response = client.post(change(indicator), standing(client.get(change(indicator))) | row)

    assert response.status_code == 200
    assert indicator.responsibilities.count() == 1


def test_editor_looks_at_indicators_and_changes_none(editor: User) -> None:
    indicator = factories.IndicatorFactory.create()
    client = desk(editor)

    answers = [client.get(change(indicator)), client.post(change(indicator), {"code": "x"})]

    assert [answer.status_code for answer in answers] == [200, 403]


@pytest.mark.parametrize("name", ["plan", "indicator", "source", "claim", "targetset"])
def test_officer_has_no_list(name: str, officer_a: User) -> None:
    assert desk(officer_a).get(listing(name)).status_code == 403


def test_indicators_are_found_without_diacritics(editor: User) -> None:
    indicator = factories.IndicatorFactory.create(name_vi="Tỷ lệ hộ nghèo", name_en="Poverty")
    factories.IndicatorFactory.create()

    response = desk(editor).get(listing("indicator"), {"q": "ho ngheo"})

    assert list(response.context["cl"].queryset) == [indicator]


def test_lists_cost_the_same_whatever_their_length(editor: User) -> None:
    client = desk(editor)
    names = ["plan", "indicator", "source", "targetset", "unitofmeasure"]

    def one_more(number: int) -> None:
        factories.IndicatorFactory.create()
        factories.PlanFactory.create(slug=f"plan-{number}")
        factories.SourceFactory.create(
            code=f"s{number}", document=factories.DocumentFactory.create()
        )
        factories.TargetSetFactory.create()

    one_more(1)
    one = [queries_of(client, listing(name)) for name in names]
    one_more(2)
    one_more(3)

    assert [queries_of(client, listing(name)) for name in names] == one


def test_claims_are_listed_with_their_words(editor: User) -> None:
    passage = builders.passage_of(builders.draft_article(GROWTH_VI), GROWTH_VI)
    factories.TargetSetFactory.create().claims.create(
        stated_part=16, stated_total=26, as_of="2024-12-31", passage=passage, words=GROWTH_VI,
        source=factories.SourceFactory.create(),
    )  # fmt: skip

    page = desk(editor).get(listing("claim")).content.decode()

    assert GROWTH_VI in page
