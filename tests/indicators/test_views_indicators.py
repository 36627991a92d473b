from datetime import date, timedelta

import pytest
from django.test import Client

from indicators.assessment import FigureStatus
from indicators.models import Indicator
from tests.builders import figure
from tests.factories import (
    NOW,
    CommuneFactory,
    DepartmentFactory,
    IllustrativeSourceFactory,
    IndicatorFactory,
    MoneyUnitFactory,
    ResponsibilityFactory,
    SourceFactory,
)
from tests.visiting import BOTH, STRANGE, address, queries_of, rows_of

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW, tick=False)]

INDICATORS = "/en/indicators/"


def names(client: Client, query: str = "") -> list[str]:
    rows = client.get(f"{INDICATORS}?{query}").context["table"].data
    return [row.indicator.name_en for row in rows]


@BOTH
def test_indicators_in_both_languages(client: Client, language: str) -> None:
    indicator = IndicatorFactory.create(code="grdp", name_vi="Tăng trưởng", name_en="Growth")
    figure(indicator, "7.34", status=FigureStatus.ESTIMATE)

    text = str(client.get(address(language, "indicators:indicators")).content, "utf-8")

    name, value = {"vi": ("Tăng trưởng", "7,34"), "en": ("Growth", "7.34")}[language]
    assert f'<a href="/{language}/indicators/grdp/">{name}</a>' in text
    assert value in text


def test_indicators_without_any(client: Client) -> None:
    assert "No indicator matches." in str(client.get(INDICATORS).content, "utf-8")


def test_indicators_refuse_to_be_written(client: Client) -> None:
    assert client.post(INDICATORS).status_code == 405


@STRANGE
def test_indicators_with_a_strange_query(client: Client, query: str) -> None:
    for indicator in IndicatorFactory.create_batch(2):
        figure(indicator, "1")

    assert client.get(f"{INDICATORS}?{query}").status_code == 200


def test_indicators_leave_out_the_confidential_and_say_how_many(client: Client) -> None:
    IndicatorFactory.create(name_en="Growth")
    secret = IndicatorFactory.create(name_en="Garrisons", is_public=False)
    figure(secret, "3")
    ResponsibilityFactory.create(
        indicator=secret, department=DepartmentFactory.create(name_en="Military Command")
    )

    response = client.get(INDICATORS)

    text = str(response.content, "utf-8")
    assert [row.indicator.name_en for row in response.context["table"].data] == ["Growth"]
    assert "1 indicator is not public." in text
    assert "Garrisons" not in text
    assert "Military Command" not in text
    assert names(client, "q=garrisons") == []


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("name", ["Poverty", "Revenue"]),
        ("group", ["Revenue", "Poverty"]),
        ("unit", ["Poverty", "Revenue"]),
        ("period", ["Revenue", "Poverty"]),
        ("lead", ["Revenue", "Poverty"]),
    ],
)
def test_indicators_sorted_up_and_down(client: Client, column: str, expected: list[str]) -> None:
    poverty = IndicatorFactory.create(name_en="Poverty", group=Indicator.Group.SOCIAL)
    IndicatorFactory.create(name_en="Revenue", unit=MoneyUnitFactory.create())
    figure(poverty, "17.78")
    ResponsibilityFactory.create(indicator=poverty)

    assert names(client, f"sort={column}") == expected
    assert names(client, f"sort=-{column}") == expected[::-1]


def test_indicators_filtered(client: Client) -> None:
    health = DepartmentFactory.create(slug="health")
    poverty = IndicatorFactory.create(
        name_vi="Tỷ lệ hộ nghèo", name_en="Poverty", group=Indicator.Group.SOCIAL
    )
    ResponsibilityFactory.create(indicator=poverty, department=health)
    IndicatorFactory.create(name_en="Revenue", unit=MoneyUnitFactory.create())

    assert names(client, "q=ho+ngheo") == ["Poverty"]
    assert names(client, "group=social") == ["Poverty"]
    assert names(client, "unit=billion-vnd") == ["Revenue"]
    assert names(client, "department=health") == ["Poverty"]
    assert names(client, "department=health&unit=billion-vnd") == []


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], None),
        ([("2023", "1", "official"), ("2024", "2", "estimate")], "2"),
        ([("2024", "1", "official"), ("2025", "2", "forecast")], "1"),
        ([("2024", "1", "estimate"), ("2024", "2", "official")], "2"),
        ([("2024-Q4", "1", "official"), ("2024", "2", "estimate")], "2"),
    ],
)
def test_indicators_show_the_latest_figure(
    client: Client, values: list[tuple[str, str, str]], expected: str | None
) -> None:
    indicator = IndicatorFactory.create()
    for number, (period, value, status) in enumerate(values):
        figure(
            indicator, value, period=period, status=FigureStatus(status),
            source=SourceFactory.create(code=f"source-{number}"),
        )  # fmt: skip

    [row] = client.get(INDICATORS).context["page"].rows

    assert (f"{row.figure.value.normalize():f}" if row.figure else None) == expected


def test_indicators_show_no_figure_of_a_commune_and_none_released_later(client: Client) -> None:
    indicator = IndicatorFactory.create()
    figure(indicator, "1", period="2024", area=CommuneFactory.create())
    figure(indicator, "2", period="2024", released_at=NOW + timedelta(days=1))

    [row] = client.get(INDICATORS).context["page"].rows

    assert row.figure is None


def test_indicators_mark_an_illustrative_figure(client: Client) -> None:
    figure(IndicatorFactory.create(), "1", source=IllustrativeSourceFactory.create())

    text = str(client.get(INDICATORS).content, "utf-8")

    assert rows_of(text).count('class="illustrative"') == 1


def test_indicators_name_who_follows_them_today(client: Client) -> None:
    indicator = IndicatorFactory.create()
    before, after = DepartmentFactory.create_batch(2)
    ResponsibilityFactory.create(indicator=indicator, department=before, ends_on=date(2025, 3, 1))
    ResponsibilityFactory.create(indicator=indicator, department=after, starts_on=date(2025, 3, 1))

    [row] = client.get(INDICATORS).context["page"].rows

    assert row.lead == after


def test_indicators_ask_as_often_for_three_as_for_one(client: Client) -> None:
    def another() -> None:
        indicator = IndicatorFactory.create()
        ResponsibilityFactory.create(indicator=indicator)
        figure(indicator, "1")

    another()
    asked = queries_of(client, INDICATORS)
    another()
    another()

    assert queries_of(client, INDICATORS) == asked
