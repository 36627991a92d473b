"""What rests on the sentences of an article, and the marks that show it in the text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import models

from assignments.models import Task
from indicators.models import Claim, Mention, Observation, Perspective, TargetVersion
from news import quoting
from news import text as texts
from news.marks import Mark
from news.models import Article, Passage
from news.text import Span
from portal.anchors import anchor_of

Record = TargetVersion | Mention | Observation | Task | Claim

KINDS: dict[type[models.Model], str] = {
    TargetVersion: "target",
    Mention: "target",
    Observation: "figure",
    Task: "task",
    Claim: "claim",
}


@dataclass(frozen=True)
class Resting:
    """A record, the passage of this article that holds its words, and its number in the text."""

    record: Record
    passage: Passage
    span: Span
    anchor: str
    number: int = 0

    @property
    def kind(self) -> str:
        return KINDS[type(self.record)]


def records_on(article: Article, *, at: datetime) -> list[tuple[Passage, Record]]:
    """What the public may see of what rests on the article, or on the article it translates.

    Six queries, whatever the number of records.
    """
    passages = list(article.passages.all())
    here = _sentences(passages)
    found: list[tuple[Passage, Record]] = []
    for rows in _released(list(here), at=at):
        found += [(here[row.passage_id], row) for row in rows if row.passage_id is not None]
    said = {
        (passage.pk, record.target_version_id)
        for passage, record in found
        if isinstance(record, Mention)
    }
    own = {passage.pk for passage in passages}
    return [
        (passage, record)
        for passage, record in found
        if record.passage_id in own or not _is_said_again(passage, record, said)
    ]


def resting(article: Article, text: str, *, at: datetime) -> list[Resting]:
    """In the order of the text, numbered by sentence; what cannot be located there is left out."""
    places = []
    for passage, record in records_on(article, at=at):
        span = quoting.locate(text, passage)
        if span is not None:
            anchor = anchor_of(record)
            places.append(Resting(record, passage, _words(text, span, record), anchor))
    places.sort(key=lambda place: (place.span.start, place.span.end, place.anchor))
    return [
        Resting(place.record, place.passage, place.span, place.anchor, number)
        for number, place in enumerate(places, start=1)
    ]


def marks(article: Article, text: str, places: Sequence[Resting], *, at: datetime) -> list[Mark]:
    """A mark for each record's words, and an anchor for every passage that other pages cite.

    A sentence on which only drafts or confidential records rest bears none.
    """
    found = [
        Mark(
            start=place.span.start, end=place.span.end, anchor=place.anchor, kind=place.kind,
            label=str(place.number), href=f"#n{place.number}",
        )
        for place in places
    ]  # fmt: skip
    passages = list(article.passages.all())
    cited = {place.passage.pk for place in places} | _cited_besides(passages, at=at)
    for passage in passages:
        span = quoting.locate(text, passage)
        if span is not None and passage.pk in cited:
            found.append(
                Mark(start=span.start, end=span.end, anchor=anchor_of(passage), kind="passage")
            )
    return found


def _words(text: str, sentence: Span, record: Record) -> Span:
    """The record's words within its sentence; the sentence where they stand in another language."""
    found = texts.occurrences(text[sentence.start : sentence.end], record.words)
    if not found:
        return sentence
    return Span(sentence.start + found[0].start, sentence.start + found[0].end)


def _sentences(passages: Iterable[Passage]) -> dict[int, Passage]:
    """The passages by their own key, and by the key of the sentence that they translate."""
    here: dict[int, Passage] = {}
    for passage in passages:
        here[passage.pk] = passage
        if passage.translation_of_id is not None:
            here.setdefault(passage.translation_of_id, passage)
    return here


def _cited_besides(passages: Iterable[Passage], *, at: datetime) -> set[int]:
    """Passages of perspectives, and of figures that a later one replaced. Two queries."""
    here = _sentences(passages)
    told = Observation.objects.told_until(at).filter(indicator__is_public=True)
    keys = [
        *Perspective.objects.released(at)
        .filter(passage__in=here)
        .values_list("passage", flat=True),
        *told.filter(passage__in=here).values_list("passage", flat=True),
    ]
    return {here[key].pk for key in keys}


def _released(keys: list[int], *, at: datetime) -> Iterable[Iterable[Record]]:
    indicator = ("target__indicator__unit", "target__plan", "target__area")
    yield (
        TargetVersion.objects.released(at)
        .filter(passage__in=keys)
        .select_related(*indicator, "source")
    )
    yield (
        Mention.objects.released(at).filter(passage__in=keys).select_related(*indicator, "passage")
    )
    yield (
        Observation.objects.released(at)
        .filter(passage__in=keys)
        .select_related("indicator__unit", "source")
    )
    yield Task.objects.released(at).filter(passage__in=keys).select_related("source")
    yield Claim.objects.released(at).filter(passage__in=keys).select_related("target_set__plan")


def _is_said_again(passage: Passage, record: Record, said: set[tuple[int, int | None]]) -> bool:
    """A version of the original article that a mention at its translation says word by word."""
    return isinstance(record, TargetVersion) and (passage.pk, record.pk) in said
