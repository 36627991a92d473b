"""Plans: which one is current, who knew of it, and the margins by which it judges."""

from dataclasses import asdict
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from indicators.assessment import Margins
from indicators.models import Perspective, Plan, TargetSet
from indicators.periods import parse
from tests import builders, factories
from tests.factories import GROWTH_VI, NOW, TODAY

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
YEAR_2026 = date(2026, 5, 1)


def plan(year: str, *, illustrative: bool = False, kind: str = Plan.Kind.YEAR) -> Plan:
    source = factories.IllustrativeSourceFactory if illustrative else factories.SourceFactory
    return factories.PlanFactory.create(
        period=parse(year), kind=kind, source=source.create(), slug=f"{year}-{illustrative}".lower()
    )


def current(on: date = TODAY) -> Plan | None:
    return Plan.objects.current(on=on, at=NOW)


def test_no_plan_is_current_where_there_is_none() -> None:
    assert current() is None


def test_plan_that_holds_the_day_is_current() -> None:
    plan("2024")
    held = plan("2025")
    plan("2026")

    assert current() == held


def test_latest_plan_is_current_where_none_holds_the_day() -> None:
    plan("2023")
    latest = plan("2025")

    assert current(YEAR_2026) == latest


def test_illustrative_plan_is_current_only_where_there_is_no_other() -> None:
    illustrative = plan("2026", illustrative=True)

    assert current(YEAR_2026) == illustrative

    real = plan("2025")
    assert current(YEAR_2026) == real


@pytest.mark.parametrize("kind", [Plan.Kind.FIVE_YEAR, Plan.Kind.TERM, Plan.Kind.MOVEMENT])
def test_only_a_year_plan_is_current(kind: str) -> None:
    plan("2025", kind=kind)

    assert current() is None


def test_plan_of_a_draft_is_not_current() -> None:
    known = plan("2024")
    announced = plan("2025")
    announced.article = builders.draft_article(GROWTH_VI)
    announced.save()

    assert current() == known

    builders.publish(announced.article)
    assert current() == announced


@pytest.mark.parametrize(
    ("moment", "known"), [(NOW - HOUR, False), (NOW, True), (NOW + HOUR, False)]
)
def test_plan_is_known_with_the_article_that_announced_it(moment: datetime, known: bool) -> None:
    announced = plan("2025")
    announced.article = builders.published_article(GROWTH_VI)
    announced.save()
    builders.withdraw(announced.article, at=NOW + HOUR)

    assert Plan.objects.known_on(moment).exists() is known
    assert Plan.objects.released(moment).exists() is known


def test_plan_that_no_article_announced_is_known() -> None:
    plan("2025")

    assert Plan.objects.known_on(NOW - timedelta(days=9999)).exists()


def test_new_plan_judges_by_the_margins_of_the_rules() -> None:
    made = plan("2025")

    made.refresh_from_db()

    assert made.margins == Margins()


def test_margins_of_a_plan_are_its_own() -> None:
    made = factories.PlanFactory.create(nearly_points=Decimal("0.25"))

    assert made.margins == Margins(nearly_points=Decimal("0.25"))
    assert set(asdict(made.margins)) == set(Plan.MARGINS)


def test_negative_margin_is_refused_in_words() -> None:
    with pytest.raises(ValidationError, match="A margin cannot be negative"):
        factories.PlanFactory.build(
            nearly_points=Decimal("-0.1"), source=factories.SourceFactory.create()
        ).full_clean()


def test_everything_but_the_margins_of_a_frozen_plan_may_change() -> None:
    made = plan("2025")
    Plan.objects.filter(pk=made.pk).update(margins_frozen_at=NOW)

    Plan.objects.filter(pk=made.pk).update(name_en="The plan of the year 2025")

    made.refresh_from_db()
    assert (made.name_en, made.margins_frozen_at) == ("The plan of the year 2025", NOW)


def test_perspectives_stand_in_their_order() -> None:
    made = plan("2025")
    for position in (2, 1, 3):
        factories.PerspectiveFactory.create(plan=made, position=position)

    assert [row.position for row in Perspective.objects.all()] == [1, 2, 3]


def test_code_of_a_set_belongs_to_its_plan() -> None:
    first = factories.TargetSetFactory.create(code="key", plan=plan("2025"))
    factories.TargetSetFactory.create(code="key", plan=plan("2026"))

    with pytest.raises(ValidationError, match="a set with this code already"):
        TargetSet(plan=first.plan, code="key", name_vi="x", name_en="x").full_clean()


def test_another_plan_adopts_a_target() -> None:
    target = factories.TargetFactory.create(plan=plan("2025"))
    movement = plan("2025", kind=Plan.Kind.MOVEMENT, illustrative=True)

    target.adopted_by.add(movement)

    assert list(movement.adopted_targets.all()) == [target]
    assert list(movement.targets.all()) == []
