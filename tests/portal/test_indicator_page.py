from datetime import date, timedelta

import pytest
from django.test import Client

from indicators.assessment import Comparator, FigureStatus, Form, Verdict
from indicators.models import Indicator, SeriesBreak
from tests.builders import (
    draft_article,
    figure,
    figure_from,
    publish,
    published_target,
    target_version,
)
from tests.factories import (
    NOW,
    CommuneFactory,
    IllustrativeSourceFactory,
    IndicatorFactory,
    ResponsibilityFactory,
)
from tests.visiting import BOTH, STRANGE, queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW, tick=False)]

GROWN_VI = "GRDP năm 2024 tăng 8,51%."


@pytest.fixture
def growth() -> Indicator:
    return IndicatorFactory.create(
        code="grdp-growth", name_vi="Tăng trưởng", name_en="Growth", decimals=2
    )


def address(indicator: Indicator, language: str = "en") -> str:
    return f"/{language}/indicators/{indicator.code}/"


@BOTH
def test_indicator_in_both_languages(client: Client, growth: Indicator, language: str) -> None:
    figure(growth, "7.34")

    text = str(client.get(address(growth, language)).content, "utf-8")

    name, value = {"vi": ("Tăng trưởng", "7,34"), "en": ("Growth", "7.34")}[language]
    assert f"<h1>{name} </h1>" in text
    assert value in text


def test_indicator_without_a_figure(client: Client, growth: Indicator) -> None:
    text = str(client.get(address(growth)).content, "utf-8")

    assert "No figure has been published yet." in text


def test_indicator_refuses_to_be_written(client: Client, growth: Indicator) -> None:
    assert client.post(address(growth)).status_code == 405


@STRANGE
def test_indicator_with_a_strange_query(client: Client, growth: Indicator, query: str) -> None:
    assert client.get(f"{address(growth)}?{query}").status_code == 200


def test_indicator_that_is_absent(client: Client) -> None:
    assert client.get("/en/indicators/nothing/").status_code == 404


def test_indicator_that_is_confidential(client: Client, growth: Indicator) -> None:
    figure(growth, "7.34")
    Indicator.objects.filter(pk=growth.pk).update(is_public=False)

    assert client.get(address(growth)).status_code == 404


def test_indicator_parts_without_the_confidential_ones(client: Client, growth: Indicator) -> None:
    part = IndicatorFactory.create(name_en="Industry", parent=growth)
    IndicatorFactory.create(name_en="Arms", parent=growth, is_public=False)

    assert [each.name for each in client.get(address(growth)).context["page"].children] == [
        "Industry"
    ]
    assert client.get(address(part)).context["page"].parent.url == address(growth)


def test_indicator_under_a_confidential_whole(client: Client, growth: Indicator) -> None:
    part = IndicatorFactory.create(parent=growth)
    Indicator.objects.filter(pk=growth.pk).update(is_public=False)

    response = client.get(address(part))

    assert response.context["page"].parent is None
    assert growth.name_en not in str(response.content, "utf-8").replace(part.name_en, "")


def test_indicator_leads_from_a_figure_to_its_sentence(client: Client, growth: Indicator) -> None:
    article = draft_article(GROWN_VI, title="Tổng kết năm")
    reported = figure_from(article, GROWN_VI, growth, "8.51", period="2024")
    publish(article)
    reported = growth.observations.get()

    response = client.get(address(growth))

    [row] = response.context["page"].figures
    assert row.sentence_url == f"/vi/news/{article.slug}/#figure-{reported.pk}"
    assert (row.sentence_title, row.lang, row.source_name) == (
        "Tổng kết năm", "vi", "Provincial statistics office",
    )  # fmt: skip
    assert f'id="figure-{reported.pk}"' in str(
        client.get(f"/vi/news/{article.slug}/").content, "utf-8"
    )


def test_indicator_hides_the_figure_of_a_draft_and_one_released_later(
    client: Client, growth: Indicator
) -> None:
    figure_from(draft_article(GROWN_VI), GROWN_VI, growth, "8.51", period="2024")
    figure(growth, "7.34", released_at=NOW + timedelta(days=1))

    page = client.get(address(growth)).context["page"]

    assert page.figures == []


def test_indicator_keeps_a_replaced_figure_struck_through(
    client: Client, growth: Indicator
) -> None:
    figure(growth, "21.62", period="2024", at=NOW - timedelta(days=9))
    figure(growth, "21.29", period="2024", at=NOW - timedelta(days=1))

    response = client.get(address(growth))

    page = response.context["page"]
    assert [(str(row.value)[:5], row.superseded) for row in page.figures] == [
        ("21.29", False),
        ("21.62", True),
    ]
    assert '<s><span class="num">21.62</span></s>' in str(response.content, "utf-8")
    assert page.notes == ["1 figure is no longer current; it stays in the table, struck through."]


def test_indicator_tells_the_statuses_apart_in_words(client: Client, growth: Indicator) -> None:
    for year, status in zip(("2022", "2023", "2024", "2025"), FigureStatus, strict=True):
        figure(growth, "7", period=year, status=status)

    page = client.get(address(growth)).context["page"]

    assert [(row.period.code, row.status) for row in page.figures] == [
        ("2025", "Official"),
        ("2024", "Preliminary"),
        ("2023", "Estimate"),
        ("2022", "Forecast"),
    ]


def test_indicator_names_the_area_of_a_commune_after_the_province(
    client: Client, growth: Indicator
) -> None:
    figure(growth, "1", area=CommuneFactory.create(name_en="Thanh Nưa"))
    figure(growth, "2")

    page = client.get(address(growth)).context["page"]

    assert [row.area for row in page.figures] == ["", "Thanh Nưa"]


def test_indicator_shows_a_change_as_a_change(client: Client, growth: Indicator) -> None:
    figure(growth, "-4.06", form=Form.CHANGE_POINTS)

    text = str(client.get(address(growth)).content, "utf-8")

    assert 'down by</span>\u00a0<span class="num">4.06</span>' in text


def test_indicator_says_where_its_series_breaks(client: Client, growth: Indicator) -> None:
    SeriesBreak.objects.create(
        indicator=growth, breaks_on=date(2025, 7, 1), reason_vi="Sáp nhập xã.",
        reason_en="Communes were merged.",
    )  # fmt: skip

    page = client.get(address(growth)).context["page"]

    assert page.notes == [
        "Figures before and after 1\u00a0July 2025 are not comparable: Communes were merged."
    ]


def test_indicator_says_what_was_entered_afterwards(client: Client, growth: Indicator) -> None:
    figure(
        growth, "7", period="2020", released_at=NOW - timedelta(days=999), entered_afterwards=True
    )

    page = client.get(address(growth)).context["page"]

    assert page.notes == ["1 figure was entered afterwards, under the day of its release."]


def test_indicator_shows_promise_and_verdict_beside_the_figure(
    client: Client, growth: Indicator
) -> None:
    first = published_target(indicator=growth, at=NOW - timedelta(days=9))
    lowered = draft_article("Điều chỉnh còn 8,5%.")
    target_version(
        lowered, "Điều chỉnh còn 8,5%.", value="8.5", comparator=Comparator.EQ, indicator=growth,
        plan=first.target.plan, in_force_from=date(2025, 11, 5),
    )  # fmt: skip
    publish(lowered)
    figure(growth, "8.51", period="2024")
    figure(growth, "7.34", status=FigureStatus.ESTIMATE)

    page = client.get(address(growth)).context["page"]

    judged, earlier = page.figures
    assert judged.target == "8.5% in force, over\u00a010.5% promised"
    assert judged.target_url == f"/en/targets/{first.target_id}/"
    assert (judged.verdict, judged.verdict_note) == (Verdict.NOT_DUE, "Missed by estimate")
    assert (earlier.target, earlier.verdict) == ("", "")
    [promise] = page.targets
    assert (promise.url, promise.verdict) == (judged.target_url, Verdict.NOT_DUE)
    assert [goal.withdrawn for goal in page.series.goals] == [True, False]


def test_indicator_of_examples_only_says_so(client: Client, growth: Indicator) -> None:
    example = IllustrativeSourceFactory.create()
    figure(growth, "7", period="2024", source=example)

    assert client.get(address(growth)).context["page"].illustrative
    figure(growth, "8", period="2025")
    assert not client.get(address(growth)).context["page"].illustrative


def test_indicator_asks_as_often_for_three_figures_as_for_one(
    client: Client, growth: Indicator
) -> None:
    ResponsibilityFactory.create(indicator=growth)

    def another(year: str) -> None:
        sentence = f"Năm {year} tăng 8,51%."
        article = draft_article(sentence)
        figure_from(article, sentence, growth, "8.51", period=year)
        publish(article)
        published_target(indicator=growth, period=year)

    another("2024")
    asked = queries_of(client, address(growth))
    another("2022")
    another("2023")

    assert queries_of(client, address(growth)) == asked
