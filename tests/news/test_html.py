import time
from unicodedata import is_normalized, normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news import html
from news.html import TAGS, Block, blocks, clean, settled, text_of

NAMES = sorted(TAGS | {"h1", "b", "div", "section", "button", "span", "svg", "script", "a href=/x"})
PIECES = [
    "x",
    "Điện",
    " ",
    "\r\n",
    "\u0301",
    "\u0338",
    "e",
    "\u1161",
    "&lt;",
    "&gt;",
    "<",
    "🙂",
    "10.5",
]
tags = st.sampled_from(NAMES).flatmap(lambda name: st.sampled_from([f"<{name}>", f"</{name}>"]))
soups = st.lists(tags | st.sampled_from(PIECES) | st.text(max_size=5)).map("".join)


@pytest.mark.parametrize(
    ("dirty", "expected"),
    [
        ("", ""),
        ("<p>GRDP <strong>10,5%</strong></p>", "<p>GRDP <strong>10,5%</strong></p>"),
        ("<p>a<script>alert(1)</script>b</p>", "<p>ab</p>"),
        ("<style>p{}</style><p>a</p>", "<p>a</p>"),
        ('<p onclick="x()" style="color:red" class="c" id="i">a</p>', "<p>a</p>"),
        ("<img src=x onerror=alert(1)>a", "a"),
        ("<svg><style><img src=x onerror=alert(1)></style></svg>", ""),
        ("<!-- note --><p>a</p>", "<p>a</p>"),
        ("<h1>a</h1><h4>b</h4>", "<h2>a</h2><h3>b</h3>"),
        ("<b>a</b><i>b</i>", "<strong>a</strong><em>b</em>"),
        ("<div>10.5</div><div>15</div>", "\n10.5\n\n15\n"),
        ("<p>a<p>b", "<p>a</p><p>b</p>"),
        ("<p>a<br>b</p>", "<p>a<br>b</p>"),
        ("<p>1 &lt; 2 &amp; 3</p>", "<p>1 &lt; 2 &amp; 3</p>"),
        ("a\0b", "ab"),
        (
            "<table><tfoot><tr><td colspan=2>a</table>",
            "<table><tbody><tr><td>a</td></tr></tbody></table>",
        ),
    ],
)
def test_clean_keeps_only_what_an_article_may_hold(dirty: str, expected: str) -> None:
    assert clean(dirty) == expected


@pytest.mark.parametrize(
    "address", ["https://example.org/a?b=1&amp;c=2", "http://a.b", "mailto:a@b.vn", "/vi/", "#x"]
)
def test_clean_keeps_links(address: str) -> None:
    link = f'<a href="{address}" rel="noopener">a</a>'

    assert clean(f'<a target="_blank" href="{address}">a</a>') == link


@pytest.mark.parametrize(
    "address",
    [
        "javascript:x",
        "JaVa\nScript:x",
        "&#106;avascript:x",
        "data:text/html,x",
        "vbscript:x",
        "ftp:x",
    ],
)
def test_clean_drops_addresses_of_other_schemes(address: str) -> None:
    assert clean(f'<a href="{address}">a</a>') == '<a rel="noopener">a</a>'


@pytest.mark.parametrize(
    ("decomposed", "expected"),
    [
        (normalize("NFD", "<p>Điện Biên</p>"), "<p>Điện Biên</p>"),
        ("<p>e<strong>\u0302\u0323n</strong></p>", "<p>ệ<strong>n</strong></p>"),
        ("<p>e</p><p>\u0301</p>", "<p>e</p><p>&#769;</p>"),
        ("<p>\u0338x</p>", "<p>&#824;x</p>"),
        ('<a href="/e\u0301">a</a>', '<a href="/é" rel="noopener">a</a>'),
    ],
)
def test_clean_composes_letters_but_no_tags(decomposed: str, expected: str) -> None:
    assert clean(decomposed) == expected


def test_clean_gives_up_on_what_never_settles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "PASSES", 1)

    with pytest.raises(ValueError, match="changes each time"):
        settled("<h1>a</h1>")


def test_blocks_of_every_kind() -> None:
    body = """
      <h2>Kế hoạch <em>2025</em></h2>
      <p>GRDP&nbsp;tăng
         <strong>trên 10,5%</strong>.<br>Một dòng mới.</p>
      <ul><li>Một<ul><li><p>Hai</p></li></ul>Ba</li></ul>
      <blockquote><p>Trích</p></blockquote>
      <figure><figcaption>Ảnh &lt;1&gt;</figcaption></figure>
      <table><thead><tr><th>Chỉ tiêu</th><th>2025</th></tr></thead>
      <tbody><tr><td><p>GRDP</p><p>(%)</p></td><td></td><td>10,5</td></tr>
      <tr><td> </td></tr></tbody></table>
      <p> </p>Cuối
    """

    assert blocks(body) == (
        Block("h2", "Kế hoạch 2025"),
        Block("p", "GRDP tăng trên 10,5%. Một dòng mới."),
        Block("li", "Một"),
        Block("li", "Hai"),
        Block("li", "Ba"),
        Block("blockquote", "Trích"),
        Block("figcaption", "Ảnh <1>"),
        Block("tr", "Chỉ tiêu | 2025"),
        Block("tr", "GRDP (%) | 10,5"),
        Block("p", "Cuối"),
    )


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", []),
        ("  \r\n ", []),
        ("<table></table><ul></ul>", []),
        ("<p>a\r\nb</p>", ["a b"]),
        ("<p>1<strong>0</strong>,5</p>", ["10,5"]),
        ("<table><tr><td>a<table><tr><td>b</table></table>", ["a | b"]),
        ("<div>a</div><div>b</div>", ["a b"]),
        ("<p>👩‍👩‍👧 🇻🇳</p>", ["👩‍👩‍👧 🇻🇳"]),
    ],
)
def test_blocks_of_bodies_hard_to_read(body: str, expected: list[str]) -> None:
    assert [block.text for block in blocks(body)] == expected


def test_text_of_leaves_out_empty_parts() -> None:
    text = text_of(" Tiêu  đề ", "", "<p>Một</p><p></p><p>Hai</p>", ["", "Ảnh"])

    assert text == "Tiêu đề\n\nMột\n\nHai\n\nẢnh"


def test_text_of_nothing() -> None:
    assert text_of("", " ", "") == ""


@given(soups)
def test_clean_is_idempotent_and_composed(soup: str) -> None:
    once = clean(soup)

    assert clean(once) == once
    assert is_normalized("NFC", once)
    assert "<script" not in once


@given(soups, soups)
def test_text_is_the_same_before_and_after_cleaning(title: str, soup: str) -> None:
    text = text_of(title, "", soup)

    assert text == text_of(title, "", clean(soup))
    assert is_normalized("NFC", text)
    assert text == "\n\n".join(" ".join(block.split()) for block in text.split("\n\n"))


@pytest.mark.parametrize(
    "repeated",
    [
        "<p>GRDP tăng <strong>10,5%</strong>. ",
        "<",
        "&",
        "e<em>\u0301</em>",
        "</p><table><a>",
        "</b>",
    ],
)
def test_long_bodies_take_time_in_proportion(repeated: str) -> None:
    started = time.perf_counter()

    blocks(repeated * (200_000 // len(repeated)))

    assert time.perf_counter() - started < 10
