"""The body of an article: what it may hold, and the text it stands for."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser
from typing import Final, NamedTuple
from unicodedata import normalize

import nh3

from news.text import CELLS_APART, extends, one_line

INLINE: Final = frozenset({"strong", "em", "a"})
BLOCKS: Final = frozenset({"h2", "h3", "li", "blockquote", "figcaption", "tr"})
TAGS: Final = (
    INLINE | BLOCKS | {"p", "ul", "ol", "table", "thead", "tbody", "td", "th", "br", "figure"}
)
RENAMED: Final = {
    "h1": "h2",
    "h4": "h3",
    "h5": "h3",
    "h6": "h3",
    "b": "strong",
    "i": "em",
    "tfoot": "tbody",
}
# Dropped, but what stood in different ones must not run together: 10.5 and 15 are not 10.515.
APART: Final = frozenset(
    {"div", "section", "article", "header", "footer", "main", "aside", "nav", "address", "pre"}
    | {"center", "caption", "dl", "dt", "dd", "hr", "form", "fieldset", "details", "summary"}
)
SANITISER: Final = nh3.Cleaner(
    tags=set(TAGS | RENAMED.keys() | APART),
    clean_content_tags={"script", "style", "title", "iframe", "noscript", "template"},
    attributes={"a": {"href"}},
    url_schemes={"http", "https", "mailto"},
    link_rel="noopener",
)
PASSES: Final = 10
MARKUP: Final = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)[^>]*>?")
DEEPEST: Final = 200  # elements in one another; the sanitiser's time grows with the square of it
NEVER_NESTED: Final = frozenset(
    {"br", "hr", "img", "p", "li", "tr", "td", "th", "thead", "tbody", "tfoot", "dt", "dd"}
)
PIECES: Final = re.compile(r"\s+|\S+")
NOTHING, SPACE, BLANK_LINE = "", " ", "\n\n"
GAPS: Final = (NOTHING, SPACE, CELLS_APART, BLANK_LINE)  # the later is the stronger


class Block(NamedTuple):
    kind: str
    text: str


class Tag(NamedTuple):
    name: str
    opens: bool
    markup: str


@dataclass(slots=True)
class Run:
    """A word, or the white space between two; the size is 0 where the text has none of it."""

    source: str
    start: int = 0
    size: int = 0

    @property
    def end(self) -> int:
        return self.start + self.size


def clean(html: str) -> str:
    """Only TAGS, links to http, https, mailto and relative addresses, text in NFC."""
    return _html(settled(html))


def blocks(html: str) -> tuple[Block, ...]:
    """Paragraphs, headings, items, quotations, captions and table rows in order, none empty.

    A row is its cells that hold text, joined by " | ".
    """
    layout = Layout()
    layout.add_body(settled(html))
    return layout.blocks()


def text_of(title: str, lead: str, body_html: str, captions: Sequence[str] = ()) -> str:
    """NFC; a blank line between the parts that hold text. No other line breaks."""
    layout = Layout()
    layout.add_article(title, lead, settled(body_html), captions)
    return "".join(layout.text)


def settled(html: str) -> list[Tag | str]:
    """Sanitised until nothing changes: dropping a tag may change how the rest is read.

    What is nested as nobody writes it loses its markup. Raises ValueError if PASSES do not
    suffice; no known input takes half of them.
    """
    if _is_too_deep(html):
        html = MARKUP.sub(" ", html)
    for _pass in range(PASSES):
        tokens = _read(SANITISER.clean(html))
        written = _html(tokens)
        if written == html:
            return tokens
        html = written
    raise ValueError("This HTML changes each time it is cleaned.")


def _is_too_deep(html: str) -> bool:
    """Counts elements that are open at once; those that end by themselves do not count."""
    depth = 0
    for tag in MARKUP.finditer(html):
        if tag[2].lower() not in NEVER_NESTED:
            depth = max(depth - 1, 0) if tag[1] else depth + 1
        if depth > DEEPEST:
            return True
    return False


def _read(html: str) -> list[Tag | str]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_text()
    return reader.tokens


def _html(tokens: Iterable[Tag | str]) -> str:
    return "".join(token.markup if isinstance(token, Tag) else escaped(token) for token in tokens)


def escaped(text: str) -> str:
    """A leading mark is written as a number, lest it join the ">" of the tag before it."""
    if text and extends(text[0]):
        return f"&#{ord(text[0])};" + escape(text[1:], quote=False)
    return escape(text, quote=False)


class _Reader(HTMLParser):
    """Reads what the sanitiser wrote: tags, and text in NFC even where a tag parts a letter."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tokens: list[Tag | str] = []
        self.data: list[str] = []
        self.joint: int | None = None  # the text that the next one continues

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        written = "".join(
            f' {name}="{escape(normalize("NFC", value or ""))}"' for name, value in attrs
        )
        self.add_tag(tag, written, opens=True)

    def handle_endtag(self, tag: str) -> None:
        self.add_tag(tag, "", opens=False)

    def handle_data(self, data: str) -> None:
        self.data.append(data)

    def add_tag(self, tag: str, attributes: str, *, opens: bool) -> None:
        name = RENAMED.get(tag, tag)
        if name in APART:
            self.data.append("\n")
            return
        self.end_text()
        if name not in INLINE:
            self.joint = None
        self.tokens.append(Tag(name, opens, f"<{'' if opens else '/'}{name}{attributes}>"))

    def end_text(self) -> None:
        text = normalize("NFC", "".join(self.data))
        self.data.clear()
        if self.joint is not None:
            before = self.tokens[self.joint]
            size = next((n for n, letter in enumerate(text) if not extends(letter)), len(text))
            if size and isinstance(before, str):
                self.tokens[self.joint] = normalize("NFC", before + text[:size])
                text = text[size:]
        if text:
            self.joint = len(self.tokens)
            self.tokens.append(text)


class Layout:
    """Lays parts out as one text and knows for each word where it stands in it."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.size = 0
        self.kinds: list[str] = []
        self.gap = NOTHING
        self.space: Run | None = None  # the white space that stands for the gap

    def add_article(
        self, title: str, lead: str, body: Iterable[Tag | str], captions: Iterable[str]
    ) -> list[list[Tag | Run]]:
        return [
            self.add_line(title),
            self.add_line(lead),
            self.add_body(body),
            *(self.add_line(caption) for caption in captions),
        ]

    def add_line(self, text: str) -> list[Tag | Run]:
        self.part(BLANK_LINE)
        return list(self.add_text(one_line(text), kind="p"))

    def add_body(self, tokens: Iterable[Tag | str]) -> list[Tag | Run]:
        flow: list[Tag | Run] = []
        kinds = ["p"]
        rows = 0
        self.part(BLANK_LINE)
        for token in tokens:
            if isinstance(token, str):
                flow += self.add_text(token, kind="tr" if rows else kinds[-1])
                continue
            flow.append(token)
            if token.name in BLOCKS and token.opens:
                kinds.append(token.name)
            elif token.name in BLOCKS:
                kinds.pop()
            within_row = rows > 0
            if token.name == "tr":
                rows += 1 if token.opens else -1
            self.part(_gap(token, within_row=within_row and rows > 0))
        return flow

    def part(self, gap: str) -> None:
        if GAPS.index(gap) > GAPS.index(self.gap):
            self.gap, self.space = gap, None

    def add_text(self, text: str, *, kind: str) -> list[Run]:
        runs = [Run(piece) for piece in PIECES.findall(text)]
        for run in runs:
            if not run.source.isspace():
                self.add_word(run, kind=kind)
            elif self.gap == NOTHING:
                self.gap, self.space = SPACE, run
        return runs

    def add_word(self, run: Run, *, kind: str) -> None:
        if not self.text or self.gap == BLANK_LINE:
            self.kinds.append(kind)
        if self.text and self.gap:
            if self.space:
                self.space.start, self.space.size = self.size, len(self.gap)
            self.text.append(self.gap)
            self.size += len(self.gap)
        run.start, run.size = self.size, len(run.source)
        self.text.append(run.source)
        self.size += run.size
        self.gap, self.space = NOTHING, None

    def blocks(self) -> tuple[Block, ...]:
        texts = "".join(self.text).split(BLANK_LINE) if self.text else []
        return tuple(Block(kind, text) for kind, text in zip(self.kinds, texts, strict=True))


def _gap(token: Tag, *, within_row: bool) -> str:
    if token.name in INLINE:
        return NOTHING
    if token.name == "br":
        return SPACE
    if not within_row:
        return BLANK_LINE
    return CELLS_APART if token.name in {"td", "th"} else SPACE
