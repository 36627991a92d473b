"""Marks laid over the text of an article: the words that set, report or assign something.

Every position counts code points of `html.text_of` the same title, lead, body and captions.
"""

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import takewhile

from news.html import Layout, Run, Tag, escaped, settled


@dataclass(frozen=True, slots=True)
class Mark:
    """With a label, a link of that text follows the marked words; its address is href."""

    start: int
    end: int
    anchor: str
    kind: str
    label: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class MarkedText:
    title_html: str
    lead_html: str
    body_html: str
    captions_html: tuple[str, ...] = ()


def mark(
    title: str,
    lead: str,
    body_html: str,
    marks: Iterable[Mark],
    captions: Sequence[str] = (),
) -> MarkedText:
    """Each anchor is the id of one element, at the first of its words.

    Raises ValueError if a mark is empty or reaches beyond the text.
    """
    layout = Layout()
    flows = layout.add_article(title, lead, settled(body_html), captions)
    pen = _Pen(_spans(marks, flows, size=layout.size))
    written = [pen.write(flow) for flow in flows]
    return MarkedText(written[0], written[1], written[2], tuple(written[3:]))


@dataclass(eq=False, slots=True)
class _Span:
    """Marks of the same words; without words, it is a place before the next word."""

    start: int
    end: int
    marks: list[Mark]


def _spans(
    marks: Iterable[Mark], flows: Iterable[Iterable[Tag | Run]], *, size: int
) -> list[_Span]:
    """In order, each cut to the words it begins and ends with, the longer first."""
    runs = [item for flow in flows for item in flow if isinstance(item, Run) and item.size]
    starts = [run.start for run in runs]
    ends = [run.end for run in runs]
    spans: dict[tuple[int, int], _Span] = {}
    for item in marks:
        if not 0 <= item.start < item.end <= size:
            raise ValueError(f"{item.anchor} is at {item.start} to {item.end} of {size}")
        start = max(item.start, starts[bisect_right(ends, item.start)])
        end = min(item.end, ends[bisect_left(starts, item.end) - 1])
        key = (start, max(start, end))
        spans.setdefault(key, _Span(*key, marks=[])).marks.append(item)
    return sorted(spans.values(), key=lambda span: (span.start, -span.end))


class _Pen:
    """Writes flows with spans wrapped in mark elements, none of which reaches across a tag."""

    def __init__(self, spans: Iterable[_Span]) -> None:
        self.waiting = deque(spans)
        self.active: list[_Span] = []
        self.opened: list[_Span] = []
        self.anchors: set[str] = set()
        self.references: list[str] = []
        self.in_link = False
        self.out: list[str] = []

    def write(self, flow: Iterable[Tag | Run]) -> str:
        self.out = []
        for item in flow:
            if isinstance(item, Run):
                self.write_run(item)
            else:
                self.write_tag(item)
        self.wrap([])
        return "".join(self.out)

    def write_tag(self, tag: Tag) -> None:
        self.wrap([])
        self.out.append(tag.markup)
        if tag.name == "a":
            self.in_link = tag.opens
            self.write_references()

    def write_run(self, run: Run) -> None:
        if not run.size:
            self.out.append(escaped(run.source))
        at = run.start
        while at < run.end:
            while self.waiting and self.waiting[0].start <= at:
                self.active.append(self.waiting.popleft())
            self.end_spans(at)
            self.wrap(self.active)
            until = min([run.end, *(span.end for span in self.active)])
            if self.waiting:
                until = min(until, self.waiting[0].start)
            is_space = run.source.isspace()
            source = run.source if is_space else run.source[at - run.start : until - run.start]
            self.out.append(escaped(source))
            at = until
            self.end_spans(at)

    def end_spans(self, at: int) -> None:
        ended = [span for span in self.active if span.end <= at]
        if not ended:
            return
        for span in ended:
            if span.start == span.end:
                self.out += [f'<span id="{anchor}"></span>' for anchor in self.new_anchors(span)]
            self.references += [_reference(item) for item in span.marks if item.label]
        self.active = [span for span in self.active if span.end > at]
        self.wrap(list(takewhile(lambda span: span.end > at, self.opened)))
        self.write_references()

    def wrap(self, spans: list[_Span]) -> None:
        """Closes and opens mark elements until exactly these are open."""
        kept = 0
        while kept < min(len(spans), len(self.opened)) and spans[kept] is self.opened[kept]:
            kept += 1
        self.out.append("</mark>" * (len(self.opened) - kept))
        self.out += [self.opening(span) for span in spans[kept:]]
        self.opened = list(spans)

    def opening(self, span: _Span) -> str:
        kinds = " ".join(dict.fromkeys(["said", *(item.kind for item in span.marks)]))
        anchors = self.new_anchors(span)
        first = f' id="{anchors[0]}"' if anchors else ""
        others = "".join(f'<span id="{anchor}"></span>' for anchor in anchors[1:])
        return f'<mark class="{escape(kinds)}"{first}>{others}'

    def new_anchors(self, span: _Span) -> list[str]:
        anchors = {item.anchor: None for item in span.marks if item.anchor not in self.anchors}
        self.anchors.update(anchors)
        return [escape(anchor) for anchor in anchors]

    def write_references(self) -> None:
        """After the link they stand in, if any: a link holds no link."""
        if not self.in_link:
            self.out += self.references
            self.references = []


def _reference(item: Mark) -> str:
    address = item.href or f"#account-{item.anchor}"
    return f'<a class="ref" href="{escape(address)}">{escape(item.label)}</a>'
