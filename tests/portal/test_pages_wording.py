"""Numbers on the pages: in the form in which they were said, with the unit that belongs to it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils.translation import override

from departments.models import Department, Succession
from indicators.assessment import Comparator, Direction, FigureStatus, Form, Measure
from indicators.models import Indicator, Target
from indicators.setting import Reading, Terms
from portal import wording
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
    MoneyUnitFactory,
)
from tests.visiting import address

AFTER = NOW + timedelta(days=100)
pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(AFTER, tick=False)]

NBSP = "\u00a0"
EXPORTS = "Kim ngạch xuất khẩu tăng 8% so với năm trước."


def text_of(client: Client, url: str) -> str:
    return client.get(url).content.decode().replace("&nbsp;", NBSP)


def promised(reading: Reading, indicator: Indicator, *, baseline: str | None = None) -> Target:
    terms = Terms(baseline_value=None if baseline is None else Decimal(baseline))
    version = published_target(EXPORTS, reading=reading, indicator=indicator, terms=terms, at=NOW)
    return version.target


@pytest.fixture
def exports() -> Indicator:
    return IndicatorFactory.create(unit=MoneyUnitFactory.create(), measure=Measure.FLOW)


def bare(html: str) -> str:
    for tag in ('<span class="num">', '<span class="unit">', "</span>", "<b>", "</b>"):
        html = html.replace(tag, "")
    return html


@pytest.mark.parametrize(
    ("form", "value", "said"),
    [
        (Form.LEVEL, "2", f"over{NBSP}2{NBSP}billion VND"),
        (Form.CHANGE_PERCENT, "2", f"up by over{NBSP}2%"),
        (Form.TIMES, "2", f"over{NBSP}2{NBSP}times"),
    ],
)
def test_promise_has_the_unit_of_its_form(
    exports: Indicator, form: Form, value: str, said: str
) -> None:
    version = published_target(
        reading=Reading(Comparator.GT, Decimal(value), form=form), indicator=exports
    )

    with override("en"):
        assert wording.promise(version, exports.unit) == said


@pytest.mark.parametrize("page_of", ["plan", "home", "target"])
def test_growth_of_an_amount_differs_by_points(
    client: Client, exports: Indicator, page_of: str
) -> None:
    target = promised(
        Reading(Comparator.GTE, Decimal(8), form=Form.CHANGE_PERCENT), exports, baseline="100"
    )
    figure(exports, "7", form=Form.CHANGE_PERCENT, at=AFTER)
    url = {
        "plan": address("en", "indicators:plan", target.plan.slug),
        "target": address("en", "indicators:target", target.pk),
        "home": address("en", "portal:home"),
    }[page_of]

    page = bare(text_of(client, url))

    assert f"−1{NBSP}points" in page
    assert f"up by{NBSP}7%" in page
    assert f"7{NBSP}billion" not in page
    assert f"−1{NBSP}billion" not in page


def test_bar_compares_like_with_like(client: Client) -> None:
    poverty = IndicatorFactory.create(direction=Direction.LOWER, measure=Measure.SHARE)
    target = promised(
        Reading(Comparator.EQ, Decimal(-4), form=Form.CHANGE_POINTS), poverty, baseline="21.62"
    )
    figure(poverty, "18.62", at=AFTER)

    page = text_of(client, address("en", "indicators:plan", target.plan.slug))

    assert "The result reaches 75.0% of the promise" in page


def test_card_of_a_figure_says_its_form_and_its_range(client: Client, exports: Indicator) -> None:
    change, span = "Xuất khẩu giảm 4% trong năm.", "Xuất khẩu đạt 120 đến 130 tỷ đồng."
    article = draft_article(change, span)
    figure_from(article, change, exports, "-4", form=Form.CHANGE_PERCENT, period="2024")
    figure_from(article, span, exports, "120", upper_value=Decimal(130), period="2023")
    publish(article, at=AFTER)

    cards = client.get(address("vi", "news:article", article.slug)).context["page"].figures

    with override("vi"):
        assert [card.note.split(", ")[0] for card in cards] == [
            f"năm 2024: giảm{NBSP}4%",
            f"năm 2023: 120–130{NBSP}tỷ đồng",
        ]


def test_number_is_marked_whole_not_inside_another(client: Client) -> None:
    sentence = "Tỷ lệ giảm từ 10,5% xuống còn 0,5%."
    article = draft_article(sentence)
    version = target_version(article, sentence, words="0,5%", value="0.5")
    publish(article, at=NOW)

    of_article = text_of(client, article.get_absolute_url())
    of_target = text_of(client, address("vi", "indicators:target", version.target_id))

    assert f'id="version-{version.pk}">0,5%</mark>' in of_article
    assert "từ 10,5% xuống còn <b>0,5%</b>" in of_target


def test_sum_is_not_drawn_for_a_result_within_a_range(client: Client) -> None:
    share = IndicatorFactory.create(measure=Measure.SHARE)
    target = promised(Reading(Comparator.RANGE, Decimal(33), Decimal(34)), share)
    figure(share, "33.9", at=AFTER)

    page = client.get(address("en", "indicators:target", target.pk)).context["page"]

    assert (page.verdict, page.sums) == ("met", [])


def test_front_page_follows_a_range_with_both_ends(client: Client) -> None:
    share = IndicatorFactory.create(measure=Measure.SHARE)
    promised(Reading(Comparator.RANGE, Decimal(33), Decimal(34)), share)
    figure(share, "33.9", at=AFTER)

    page = bare(text_of(client, address("en", "portal:home")))

    assert '<p class="said">33–34%' in page


def test_pace_goes_by_no_forecast_and_by_no_invented_figure(
    client: Client, exports: Indicator
) -> None:
    target = promised(Reading(Comparator.GTE, Decimal(100)), exports)
    figure(exports, "50", period="2025-H1", at=AFTER)
    figure(exports, "99", period="2025-9M", status=FigureStatus.FORECAST, at=AFTER)
    figure(exports, "98", period="2025-10M", source=IllustrativeSourceFactory.create(), at=AFTER)

    page = client.get(address("en", "indicators:target", target.pk)).context["page"]

    assert page.pace.startswith("first half of 2025: 50")


def test_series_shows_the_real_figure_of_a_year(client: Client) -> None:
    growth = IndicatorFactory.create()
    figure(growth, "6", period="2024", at=NOW)
    figure(growth, "7", status=FigureStatus.ESTIMATE, at=NOW)
    figure(growth, "99", source=IllustrativeSourceFactory.create(), at=NOW)

    page = client.get(address("en", "indicators:indicator", growth.code)).context["page"]

    assert [(point.label, int(point.value)) for point in page.series.points] == [
        ("2024", 6),
        ("2025", 7),
    ]


def test_field_of_a_succession_is_said_in_vietnamese_where_english_lacks(
    client: Client, department_a: Department, department_b: Department
) -> None:
    Succession.objects.create(
        predecessor=department_a, successor=department_b, field_vi="dạy nghề",
        effective_on=NOW.date(),
    )  # fmt: skip

    page = client.get(address("en", "departments:department", department_b.slug)).context["page"]

    assert [heir.field for heir in page.predecessors] == ["dạy nghề"]


def test_targets_of_one_indicator_are_told_apart(client: Client, department_a: Department) -> None:
    growth = IndicatorFactory.create(name_en="Growth")
    growth.responsibilities.create(department=department_a)
    commune = CommuneFactory.create(name_en="Thanh Nua")
    plain = published_target(indicator=growth, at=NOW)
    published_target(indicator=growth, at=NOW, is_stretch=True)
    published_target(indicator=growth, at=NOW, area=commune)
    published_target(indicator=growth, at=NOW, period="2024")
    slug = plain.target.plan.slug

    of_plan = client.get(address("en", "indicators:plan", slug)).context["page"]
    of_home = client.get(address("en", "portal:home")).context["page"]
    url = address("en", "departments:department", department_a.slug)
    of_department = client.get(url).context["page"]

    names = {"Growth", "Growth, stretch target", "Growth, Thanh Nua", "Growth, 2024"}
    assert {row.name for group in of_plan.groups for row in group.rows} == names
    assert {stitch.name for stitch in of_home.band} == names
    assert {row.name for row in of_department.targets} == {
        "Growth, 2025", "Growth, stretch target, 2025", "Growth, Thanh Nua, 2025", "Growth, 2024",
    }  # fmt: skip
