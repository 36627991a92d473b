"""The marks and parts of the theme: what a reader sees for a value, in both languages."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from django.utils.html import strip_tags

from assignments.statuses import TimeClass
from indicators.assessment import Comparator, Verdict
from portal import drawing, wording

NBSP = "\u00a0"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def shown(source: str, **context: Any) -> str:
    return Template("{% load theme %}" + source).render(Context(context))


def words(source: str, **context: Any) -> str:
    return strip_tags(shown(source, **context))


@pytest.mark.parametrize("value", [*Verdict.values, *TimeClass.values])
def test_every_value_has_a_sign_in_the_sprite(value: str) -> None:
    sprite = (settings.BASE_DIR / "portal/static/portal/img/glyphs.svg").read_text()

    name = wording.glyph_of(value)

    assert f'id="{name}"' in sprite


def test_verdict_is_word_shape_and_colour() -> None:
    mark = shown("{% verdict 'nearly_met' 'by estimate' %}")

    assert 'class="verdict nearly"' in mark
    assert "glyphs.svg#nearly" in mark
    assert strip_tags(mark) == "Nearly met by estimate"


@pytest.mark.parametrize("tag", ["verdict", "clock"])
def test_nothing_is_drawn_where_there_is_no_value(tag: str) -> None:
    assert shown(f"{{% {tag} missing %}}") == ""


def test_clock_names_the_time_class() -> None:
    assert words("{% clock 'due_soon' '5 days left' %}") == "Due soon 5 days left"


def test_ruling_holds_the_reason() -> None:
    block = shown("{% ruling 'missed' %}<p>Short by 1.16 points.</p>{% endruling %}")

    assert 'class="ruling missed"' in block
    assert "<p>Short by 1.16 points.</p>" in block


@pytest.mark.parametrize(
    ("language", "value", "unit", "text"),
    [
        ("en", "15292.791", "bn VND", f"15,292.791{NBSP}bn VND"),
        ("vi", "15292.791", "tỷ đồng", f"15.292,791{NBSP}tỷ đồng"),
        ("en", "10.5", "%", "10.5%"),
        ("vi", "10.5", "%", "10,5%"),
        ("en", "31", "rank", f"rank{NBSP}31"),
        ("en", "8500", "", "8,500"),
    ],
)
def test_amount_keeps_number_and_unit_together(
    language: str, value: str, unit: str, text: str
) -> None:
    with translation.override(language):
        assert words("{% amount value unit %}", value=Decimal(value), unit=unit) == text


def test_amount_of_nothing_is_a_dash() -> None:
    assert words("{% amount value '%' %}", value=None) == "–"


def test_amount_shows_both_ends_of_a_range() -> None:
    context = {"low": Decimal("6.6"), "high": Decimal("6.8")}

    assert words("{% amount low '%' upper=high %}", **context) == "6.6–6.8%"


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        ("-3.16", "%", f"−3.16{NBSP}points"),
        ("0.12", "%", f"+0.12{NBSP}points"),
        ("-2", "rank", f"−2{NBSP}places"),
        ("0", "ha", f"0{NBSP}ha"),
    ],
)
def test_difference_of_percentages_is_in_points(value: str, unit: str, text: str) -> None:
    assert words("{% difference value unit %}", value=Decimal(value), unit=unit) == text


@pytest.mark.parametrize(
    ("comparator", "in_words", "as_sign"),
    [
        (Comparator.GT, f"over{NBSP}10.5%", f">{NBSP}10.5%"),
        (Comparator.GTE, f"at least{NBSP}10.5%", f"≥{NBSP}10.5%"),
        (Comparator.EQ, "10.5%", f"={NBSP}10.5%"),
        (Comparator.LTE, f"at most{NBSP}10.5%", f"≤{NBSP}10.5%"),
        (Comparator.LT, f"below{NBSP}10.5%", f"<{NBSP}10.5%"),
        (Comparator.ABOUT, f"about{NBSP}10.5%", f"≈{NBSP}10.5%"),
    ],
)
def test_promise_is_stated_in_words_and_signs(comparator: str, in_words: str, as_sign: str) -> None:
    context = {"comparator": comparator, "value": Decimal("10.5")}

    assert words("{% stated comparator value '%' %}", **context) == in_words
    said = words("{% stated comparator value '%' signs=True %}", **context)
    assert said.replace("&gt;", ">").replace("&lt;", "<") == as_sign


def test_change_says_its_direction_in_words() -> None:
    said = words("{% stated 'eq' value '%' form='change_points' %}", value=Decimal(-4))

    assert said == f"down by{NBSP}4{NBSP}points"


@pytest.mark.parametrize(
    ("language", "text"), [("en", f"31{NBSP}January 2026"), ("vi", "31/1/2026")]
)
def test_day_is_written_in_the_readers_way(language: str, text: str) -> None:
    with translation.override(language):
        assert words("{% day on %}", on=date(2026, 1, 31)) == text


def test_moment_is_shown_by_its_day_in_the_province() -> None:
    moment = datetime(2026, 1, 30, 18, tzinfo=UTC)

    assert 'datetime="2026-01-31"' in shown("{% day at %}", at=moment)


def test_unknown_day_says_so() -> None:
    assert words("{% day on %}", on=None) == "date unknown"


@dataclass
class Named:
    name_vi: str = ""
    name_en: str = ""


@pytest.mark.parametrize(
    ("record", "html"),
    [
        (Named("Sở Tài chính", "Finance"), "Finance"),
        (Named("Sở Tài chính", ""), '<span lang="vi">Sở Tài chính</span>'),
        (Named("", "A & B"), "A &amp; B"),
    ],
)
def test_text_of_the_other_language_carries_its_lang(record: Named, html: str) -> None:
    assert shown("{% in_language record 'name' %}", record=record) == html


def test_quote_marks_the_words_inside_the_sentence() -> None:
    figure = shown(
        "{% quote sentence words='over 10.5%' lang='en' %}Conference{% endquote %}",
        sentence="Growth of over 10.5% & more.",
    )

    assert '<blockquote lang="en"><p>“Growth of <b>over 10.5%</b> &amp; more.”</p>' in figure
    assert "<figcaption>Conference</figcaption>" in figure


def test_words_that_are_not_in_the_sentence_mark_nothing() -> None:
    assert "<b>" not in shown("{% quote 'A sentence.' words='Another' %}{% endquote %}")


def test_crumbs_leave_out_what_has_no_name() -> None:
    trail = shown("{% crumbs 'News' '/en/news/' missing '' 'Now' '' %}")

    assert '<li><a href="/en/news/">News</a></li><li>Now</li>' in trail


def test_evidence_without_address_is_not_shown() -> None:
    assert shown("{% evidence '' 'Source' %}") == ""


def test_illustrative_mark_is_shown_only_where_it_holds() -> None:
    assert words("{% illustrative %}") == "illustrative"
    assert shown("{% illustrative False %}") == ""


def test_scoreboard_shows_all_seven_classes_and_their_sum() -> None:
    counts = {"exceeded": 10, "met": 4, "nearly_met": 1, "missed": 6, "no_data": 2, "not_due": 2}

    board = shown("{% scoreboard counts '/en/plans/2025/' %}", counts=counts)

    assert board.count("<li>") == len(Verdict)
    assert "10 + 4 + 1 + 6 + 0 + 2 + 2 = <b>25</b>" in board
    assert 'href="/en/plans/2025/?verdict=cannot_be_judged"' in board


@pytest.mark.parametrize(
    ("result", "promised", "baseline", "width"),
    [
        ("10.35", "15", None, "55.2"),
        ("15", "15", None, "80.0"),
        ("17.78", "17.66", "21.62", "77.6"),
        ("40", "10", None, "100.0"),
        ("-2", "10", None, "0.0"),
        ("54", "53.85", "42.84", "80.2"),
        (None, "10", None, None),
        ("0", "0", None, "80"),
        ("3", "0", None, None),
    ],
)
def test_bar_ends_at_the_upright_when_the_promise_is_kept(
    result: str | None, promised: str, baseline: str | None, width: str | None
) -> None:
    drawn = drawing.bar_width(
        Decimal(result) if result else None,
        promised=Decimal(promised),
        baseline=Decimal(baseline) if baseline else None,
    )

    assert drawn == (Decimal(width) if width else None)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_bar_width_is_written_with_a_point_in_every_language(language: str) -> None:
    with translation.override(language):
        bar = shown("{% bullet 'missed' r p %}", r=Decimal("10.35"), p=Decimal(15))

    assert 'width="55.2%"' in bar


@dataclass(frozen=True)
class Point:
    label: str
    value: Decimal
    firm: bool


@dataclass(frozen=True)
class Goal:
    label: str
    value: Decimal
    first: int
    last: int
    withdrawn: bool


def test_line_of_a_series_is_firm_only_between_firm_figures() -> None:
    points = [Point(str(year), Decimal(year), firm=year < 3) for year in range(1, 5)]

    drawn = drawing.draw(points, [], drawing.FRAMES[0])

    assert [line.firm for line in drawn.lines] == [True, False, False]


def test_labels_of_promises_stand_apart() -> None:
    points = [Point("2024", Decimal(8), firm=True), Point("2025", Decimal(7), firm=False)]
    goals = [
        Goal("first", Decimal("8.6"), 1, 1, withdrawn=True),
        Goal("second", Decimal("8.5"), 1, 1, withdrawn=False),
    ]

    first, second = drawing.draw(points, goals, drawing.FRAMES[1]).goals

    assert second.text_y - first.text_y >= 19


@pytest.mark.parametrize(
    ("path", "given", "url"),
    [
        ("/en/nowhere/?page=2", None, "/vi/nowhere/?page=2"),
        ("/en/news/a-promise/", "/vi/news/mot-loi-hua/", "/vi/news/mot-loi-hua/"),
    ],
)
def test_language_switch_keeps_the_path(path: str, given: str | None, url: str) -> None:
    request = RequestFactory().get(path)

    switch = words(
        "{% other_language as other %}{{ other.code }} {{ other.url }}",
        request=request,
        other_language_url=given,
    )

    assert switch == f"vi {url}"


@pytest.mark.parametrize("name", ["404.html", "403.html", "403_csrf.html", "500.html"])
def test_error_pages_need_nothing(name: str) -> None:
    page = render_to_string(name)

    assert 'id="main"' in page


def test_no_template_holds_style_or_script() -> None:
    folders = [settings.BASE_DIR / app / "templates" for app in settings_apps()]

    texts = {p: p.read_text() for folder in folders for p in folder.rglob("*.html")}
    guilty = [p.name for p, text in texts.items() if any(bad in text for bad in FORBIDDEN)]

    assert guilty == []


FORBIDDEN = (" style=", "<style", "<script>", " onclick=", " onload=", " onchange=", " onsubmit=")


def settings_apps() -> list[str]:
    return ["portal", "assignments", "indicators", "news", "departments"]


def test_only_the_tokens_name_colours() -> None:
    folder: Path = settings.BASE_DIR / "portal/static/portal/css"
    sheets = [folder / "base.css", *(folder / "components").glob("*.css")]

    coloured = [p.name for p in sheets if "#fff" in p.read_text() or "rgb(" in p.read_text()]

    assert coloured == []
