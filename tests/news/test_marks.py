import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.html import clean, text_of
from news.marks import Mark, MarkedText, mark
from news.text import find

NAMES = ["p", "h2", "ul", "li", "table", "tr", "td", "strong", "a href=/x", "/a", "/p", "/td", "br"]
WORDS = ["GRDP", "tăng", "10,5%", " ", "\r\n", "\u0338", "e", "\u0301", "&lt;", "🙂", "<script>"]
soups = st.lists(
    st.sampled_from(NAMES).map(lambda name: f"<{name}>") | st.sampled_from(WORDS), max_size=30
).map("".join)
REFERENCE = re.compile(r'<a class="ref" href="[^"]*">9</a>')
lines = st.lists(st.sampled_from([*WORDS, "<p>", '"', "&"]), max_size=5).map("".join)


def marked_body(body: str, **words: str) -> str:
    text = text_of("", "", body)
    spans = {anchor: find(text, quoted) for anchor, quoted in words.items()}
    marks = [Mark(span.start, span.end, anchor, "sets") for anchor, span in spans.items()]
    return mark("", "", body, marks).body_html


def all_html(marked: MarkedText) -> str:
    parts = [marked.title_html, marked.lead_html, marked.body_html, *marked.captions_html]
    return "\n".join(parts)


class Checker(HTMLParser):
    """Fails on a tag closed out of order, on a link within a link, on any unexpected tag."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag != "script"
        assert tag != "a" or "a" not in self.open
        self.ids += [value or "" for name, value in attrs if name == "id"]
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def check(html: str) -> list[str]:
    checker = Checker()
    checker.feed(html)
    checker.close()
    assert checker.open == []
    return checker.ids


def test_mark_wraps_the_words() -> None:
    body = "<p>Năm 2025, GRDP tăng trên 10,5%. Hết.</p>"

    assert marked_body(body, a="GRDP tăng trên 10,5%.") == (
        '<p>Năm 2025, <mark class="said sets" id="a">GRDP tăng trên 10,5%.</mark> Hết.</p>'
    )


@pytest.mark.parametrize(
    ("body", "words", "expected"),
    [
        (
            "<p>GRDP <strong>tăng 10,5%</strong>.</p>",
            {"a": "GRDP tăng"},
            '<p><mark class="said sets" id="a">GRDP </mark><strong>'
            '<mark class="said sets">tăng</mark> 10,5%</strong>.</p>',
        ),
        (
            "<p>Một hai ba bốn</p>",
            {"a": "Một hai ba bốn", "b": "hai ba"},
            '<p><mark class="said sets" id="a">Một <mark class="said sets" id="b">hai ba</mark>'
            " bốn</mark></p>",
        ),
        (
            "<p>Một hai ba bốn</p>",
            {"a": "Một hai", "b": "hai ba"},
            '<p><mark class="said sets" id="a">Một <mark class="said sets" id="b">hai</mark>'
            '</mark><mark class="said sets"> ba</mark> bốn</p>',
        ),
        (
            "<table><tbody><tr><td>GRDP</td><td>10,5</td></tr></tbody></table>",
            {"a": "GRDP | 10,5"},
            '<table><tbody><tr><td><mark class="said sets" id="a">GRDP</mark></td>'
            '<td><mark class="said sets">10,5</mark></td></tr></tbody></table>',
        ),
        (
            "<p>Một<br>\r\nhai</p>",
            {"a": "Một hai"},
            '<p><mark class="said sets" id="a">Một</mark><br>\n'
            '<mark class="said sets">hai</mark></p>',
        ),
        (
            "<p>1 &lt; 2 &amp; 3</p>",
            {"a": "< 2 &"},
            '<p>1 <mark class="said sets" id="a">&lt; 2 &amp;</mark> 3</p>',
        ),
    ],
    ids=["inline tag", "nested", "crossing", "cells", "line break", "escaped"],
)
def test_mark_splits_at_boundaries(body: str, words: dict[str, str], expected: str) -> None:
    assert marked_body(body, **words) == expected


def test_mark_of_the_same_words_shares_one_element() -> None:
    marks = [Mark(0, 4, "a", "sets"), Mark(0, 4, "b", "task"), Mark(0, 4, "a", "sets")]

    assert mark("GRDP", "", "", marks).title_html == (
        '<mark class="said sets task" id="a"><span id="b"></span>GRDP</mark>'
    )


def test_mark_uses_an_anchor_once_where_two_places_share_it() -> None:
    marks = [Mark(0, 3, "a", "sets"), Mark(4, 7, "a", "sets")]

    assert mark("Một hai", "", "", marks).title_html == (
        '<mark class="said sets" id="a">Một</mark> <mark class="said sets">hai</mark>'
    )


def test_mark_in_title_lead_and_captions_escapes_all() -> None:
    text = text_of("A <b>", "B & C", "<p>D</p>", ["E > F"])

    marked = mark("A <b>", "B & C", "<p>D</p>", [Mark(0, len(text), "a", 'k"')], ["E > F"])

    assert marked == MarkedText(
        '<mark class="said k&quot;" id="a">A &lt;b&gt;</mark>',
        '<mark class="said k&quot;">B &amp; C</mark>',
        '<p><mark class="said k&quot;">D</mark></p>',
        ('<mark class="said k&quot;">E &gt; F</mark>',),
    )


def test_mark_of_a_gap_is_a_place_before_the_next_word() -> None:
    marked = mark("Một", "hai", "", [Mark(3, 5, "a", "sets", label="1")])

    assert marked.lead_html == '<span id="a"></span><a class="ref" href="#account-a">1</a>hai'


@pytest.mark.parametrize(
    ("href", "address"), [("", "#account-a"), ("/x?a=1&b=2", "/x?a=1&amp;b=2")]
)
def test_reference_follows_the_marked_words(href: str, address: str) -> None:
    marks = [Mark(0, 3, "a", "sets", label="<1>", href=href)]

    assert mark("Một hai", "", "", marks).title_html == (
        '<mark class="said sets" id="a">Một</mark>'
        f'<a class="ref" href="{address}">&lt;1&gt;</a> hai'
    )


def test_reference_waits_for_the_end_of_a_link() -> None:
    body = '<p><a href="/x">Một hai</a> ba</p>'

    marked = mark("", "", body, [Mark(0, 3, "a", "sets", label="1")])

    assert marked.body_html == (
        '<p><a href="/x" rel="noopener"><mark class="said sets" id="a">Một</mark> hai</a>'
        '<a class="ref" href="#account-a">1</a> ba</p>'
    )


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 2), (2, 1), (0, 8), (7, 8)])
def test_mark_beyond_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=f"a is at {start} to {end} of 7"):
        mark("Một hai", "", "", [Mark(start, end, "a", "sets")])


def test_mark_of_nothing_changes_nothing() -> None:
    assert mark("", "", "", []) == MarkedText("", "", "")


@given(lines, lines, soups, st.lists(lines, max_size=2), st.data())
def test_marked_html_is_well_formed_and_keeps_the_text(
    title: str, lead: str, body: str, captions: list[str], data: st.DataObject
) -> None:
    text = text_of(title, lead, body, captions)
    places = st.lists(st.integers(0, len(text)), min_size=2, max_size=2, unique=True).map(sorted)
    drawn = data.draw(st.lists(st.tuples(places, st.booleans()), max_size=6)) if text else []
    marks = [
        Mark(start, end, f"m{number}", "sets", label="" if plain else "9")
        for number, ((start, end), plain) in enumerate(drawn)
    ]

    marked = mark(title, lead, body, marks, captions)

    assert sorted(check(all_html(marked))) == sorted(item.anchor for item in marks)
    body_html = REFERENCE.sub("", marked.body_html)
    assert clean(body_html) == clean(body)
    before = f"<p>{marked.title_html}</p><p>{marked.lead_html}</p>"
    after = "".join(f"<p>{caption}</p>" for caption in marked.captions_html)
    assert text_of("", "", REFERENCE.sub("", before + marked.body_html + after)) == text


def test_long_bodies_take_time_in_proportion() -> None:
    sentence = "<p>GRDP tăng <strong>10,5%</strong> so với năm trước.</p>"
    body = sentence * (200_000 // len(sentence))
    size = len(text_of("", "", body))
    marks = [Mark(at, at + 60, f"m{at}", "sets") for at in range(0, size - 60, 50)]
    started = time.perf_counter()

    marked = mark("", "", body, marks)

    assert len(check(marked.body_html)) == len(marks)
    assert time.perf_counter() - started < 10
