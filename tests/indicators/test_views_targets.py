from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from indicators.assessment import Comparator, FigureStatus, Verdict
from indicators.models import Indicator, Plan, TargetVersion
from indicators.periods import parse
from tests.builders import (
    draft_article,
    figure,
    publish,
    published_target,
    target_version,
    withdraw,
)
from tests.factories import (
    GROWTH_VI,
    NOW,
    CommuneFactory,
    IllustrativeSourceFactory,
    IndicatorFactory,
    PlanFactory,
)
from tests.visiting import BOTH, STRANGE, address, queries_of, rows_of

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW, tick=False)]

TARGETS = "/en/targets/"
LAST_YEAR = {
    Verdict.EXCEEDED: "12",
    Verdict.MET: "10.6",
    Verdict.NEARLY_MET: "10.5",
    Verdict.MISSED: "7.34",
    Verdict.NO_DATA: None,
}
"""Figures for over 10.5 in 2024, which has ended."""


def one_of_each_verdict() -> dict[Verdict, TargetVersion]:
    plan = PlanFactory.create(period=parse("2024"))
    found = {}
    for verdict, value in LAST_YEAR.items():
        found[verdict] = published_target(
            plan=plan, indicator=IndicatorFactory.create(name_en=verdict.value)
        )
        if value is not None:
            figure(found[verdict].target.indicator, value, period="2024")
    found[Verdict.CANNOT_BE_JUDGED] = published_target(
        plan=plan,
        indicator=IndicatorFactory.create(name_en="cannot_be_judged"),
        comparator=Comparator.LTE,
    )
    figure(found[Verdict.CANNOT_BE_JUDGED].target.indicator, "10", period="2024")
    found[Verdict.NOT_DUE] = published_target(
        plan=plan,
        indicator=IndicatorFactory.create(name_en="not_due", publication_lag_days=700),
    )
    return found


def names(client: Client, query: str = "") -> list[str]:
    rows = client.get(f"{TARGETS}?{query}").context["table"].data
    return [row.indicator.name_en for row in rows]


@BOTH
def test_targets_in_both_languages(client: Client, language: str) -> None:
    indicator = IndicatorFactory.create(name_vi="Tăng trưởng", name_en="Growth")
    version = published_target(indicator=indicator)

    text = str(client.get(address(language, "indicators:targets")).content, "utf-8")

    name, number = {"vi": ("Tăng trưởng", "10,5%"), "en": ("Growth", "10.5%")}[language]
    target = f'<a href="/{language}/targets/{version.target_id}/">'
    assert f"{target}{name}</a>" in text
    assert text.count(target) == 2
    assert f'<span class="num">{number}</span>' in text


def test_targets_without_any_plan(client: Client) -> None:
    response = client.get(TARGETS)

    assert "No target matches." in str(response.content, "utf-8")
    assert sum(response.context["page"].counts.values()) == 0


def test_targets_refuse_to_be_written(client: Client) -> None:
    assert client.post(TARGETS).status_code == 405


@STRANGE
def test_targets_with_a_strange_query(client: Client, query: str) -> None:
    one_of_each_verdict()

    assert client.get(f"{TARGETS}?{query}").status_code == 200


def test_targets_counts_partition_the_plan(client: Client) -> None:
    one_of_each_verdict()

    page = client.get(TARGETS).context["page"]

    assert page.counts == dict.fromkeys((verdict.value for verdict in Verdict), 1)
    assert len(page.rows) == 7


@pytest.mark.parametrize("verdict", list(Verdict))
def test_targets_of_one_verdict_keep_the_counts(client: Client, verdict: Verdict) -> None:
    one_of_each_verdict()

    page = client.get(f"{TARGETS}?verdict={verdict.value}").context["page"]

    assert [row.indicator.name_en for row in page.rows] == [verdict.value]
    assert page.chosen == verdict.value
    assert sum(page.counts.values()) == 7


def test_targets_worst_first(client: Client) -> None:
    one_of_each_verdict()

    assert names(client) == names(client, "sort=verdict") == [
        "missed", "nearly_met", "cannot_be_judged", "no_data", "not_due", "met", "exceeded",
    ]  # fmt: skip
    assert names(client, "sort=-verdict") == names(client)[::-1]


def test_targets_sorted_by_difference(client: Client) -> None:
    one_of_each_verdict()

    assert names(client, "sort=difference")[:4] == ["missed", "nearly_met", "met", "exceeded"]


@pytest.mark.parametrize("column", ["name", "plan"])
def test_targets_sorted_up_and_down(client: Client, column: str) -> None:
    plans = [PlanFactory.create(period=parse(year)) for year in ("2023", "2024")]
    for name, plan in zip(("A", "B"), plans, strict=True):
        published_target(plan=plan, indicator=IndicatorFactory.create(name_en=name))

    assert names(client, f"plan=*&sort={column}") == ["A", "B"]
    assert names(client, f"plan=*&sort=-{column}") == ["B", "A"]


def test_targets_of_the_current_plan_another_one_or_all(client: Client) -> None:
    for year in ("2023", "2024", "2025"):
        published_target(
            plan=PlanFactory.create(period=parse(year)),
            indicator=IndicatorFactory.create(name_en=year),
        )

    assert names(client) == names(client, "plan=plan-2025") == names(client, "plan=no") == ["2025"]
    assert names(client, "plan=plan-2023") == ["2023"]
    assert sorted(names(client, "plan=*")) == ["2023", "2024", "2025"]


def test_targets_of_several_plans_name_them(client: Client) -> None:
    for year in ("2024", "2025"):
        published_target(plan=PlanFactory.create(period=parse(year)))

    one, both = (
        rows_of(str(client.get(f"{TARGETS}?plan={plan}").content, "utf-8"))
        for plan in ("plan-2024", "*")
    )

    assert "/en/plans/" not in one
    assert '<a href="/en/plans/plan-2024/">Plan 2024</a>' in both


def test_targets_name_the_plans_and_mark_which_is_current_and_which_is_shown(
    client: Client,
) -> None:
    PlanFactory.create(period=parse("2025"))
    PlanFactory.create(period=parse("2024"))

    links = client.get(f"{TARGETS}?plan=plan-2024").context["page"].plans

    assert [(link.url, link.current, link.chosen) for link in links] == [
        ("/en/targets/?plan=plan-2025", True, False),
        ("/en/targets/?plan=plan-2024", False, True),
        ("/en/targets/?plan=%2A", False, False),
    ]


def test_targets_count_what_a_plan_adopted_once(client: Client) -> None:
    version = published_target()
    movement = PlanFactory.create(slug="movement", kind=Plan.Kind.MOVEMENT)
    version.target.adopted_by.add(movement, version.target.plan)

    assert len(names(client, "plan=movement")) == 1
    assert len(names(client, f"plan={version.target.plan.slug}")) == 1


def test_targets_links_to_a_verdict_keep_the_other_filters(client: Client) -> None:
    PlanFactory.create(period=parse("2024"))

    response = client.get(f"{TARGETS}?plan=plan-2024&group=social&verdict=met&q=a%26b")

    narrowed = "/en/targets/?q=a%26b&amp;group=social&amp;plan=plan-2024"
    text = str(response.content, "utf-8")
    assert f'<a href="{narrowed}&amp;verdict=missed">' in text
    assert f'<a href="{narrowed}">' in text


def test_targets_filtered_by_name_and_group(client: Client) -> None:
    published_target(
        indicator=IndicatorFactory.create(
            name_vi="Tỷ lệ hộ nghèo", name_en="Poverty", group=Indicator.Group.SOCIAL
        )
    )
    published_target()

    assert names(client, "q=ho+ngheo") == names(client, "group=social") == ["Poverty"]


def test_targets_leave_out_the_confidential_and_say_how_many(client: Client) -> None:
    published_target(indicator=IndicatorFactory.create(name_en="Garrisons", is_public=False))

    response = client.get(f"{TARGETS}?plan=*")

    text = str(response.content, "utf-8")
    assert "1 target is not public." in text
    assert "Garrisons" not in text
    assert sum(response.context["page"].counts.values()) == 0


def test_targets_hold_neither_drafts_nor_what_was_withdrawn(client: Client) -> None:
    target_version(draft_article(GROWTH_VI))
    withdraw(published_target(at=NOW - timedelta(days=1)).article)

    page = client.get(f"{TARGETS}?plan=*").context["page"]

    assert (page.rows, page.confidential) == ([], 0)


def test_targets_show_the_first_promise_struck_through(client: Client) -> None:
    first = published_target(at=NOW - timedelta(days=9))
    lowered = draft_article("Điều chỉnh còn 8,5%.")
    target_version(
        lowered, "Điều chỉnh còn 8,5%.", value="8.5", comparator=Comparator.EQ,
        indicator=first.target.indicator, plan=first.target.plan, in_force_from=NOW.date(),
    )  # fmt: skip
    publish(lowered)

    response = client.get(TARGETS)

    [row] = response.context["page"].rows
    assert (row.first.value, row.promised.value) == (Decimal("10.5"), Decimal("8.5"))
    assert '<s class="unit">' in str(response.content, "utf-8")


def test_targets_say_that_a_verdict_rests_on_an_estimate(client: Client) -> None:
    version = published_target()
    figure(version.target.indicator, "7.34", status=FigureStatus.ESTIMATE)

    [row] = client.get(TARGETS).context["page"].rows

    assert (row.standing.verdict, row.verdict_note) == (Verdict.NOT_DUE, "Missed by estimate")


def test_targets_tell_what_sets_a_row_apart(client: Client) -> None:
    published_target(
        area=CommuneFactory.create(name_en="Thanh Nưa"), is_stretch=True,
        source=IllustrativeSourceFactory.create(),
    )  # fmt: skip

    response = client.get(TARGETS)

    body = rows_of(str(response.content, "utf-8"))
    assert "Thanh Nưa, stretch target" in body
    assert body.count('class="illustrative"') == 1


def test_targets_ask_as_often_for_three_as_for_one(client: Client) -> None:
    def another() -> None:
        figure(published_target().target.indicator, "7.34")

    another()
    asked = queries_of(client, TARGETS)
    another()
    another()

    assert queries_of(client, TARGETS) == asked
