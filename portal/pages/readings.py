"""The readings of a target: each sentence that states it, in the reader's words if it can be."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from indicators.assessment import Form, companion_disagreement
from indicators.models import Mention, TargetVersion
from indicators.standings import Standing
from news.citing import Citation
from portal import wording
from portal.anchors import anchor_of
from portal.pages import rules

TwinKey = tuple[int, str, Decimal | None]
"""A sentence of the translation and the reading that it says again."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One sentence and what it says of the target."""

    role: str
    comparator: str
    value: Decimal | None
    upper: Decimal | None
    unit: object
    form: str
    decimals: int | None
    note: str
    sentence: str
    words: str
    lang: str
    article_title: str
    article_url: str
    on: date | None
    notice: str
    echoes: bool
    """It only says again what a sentence that sets or changes the target says."""


def readings_of(
    stood: Standing, mentions: Sequence[Mention], sentences: dict[int, Citation]
) -> list[Reading]:
    twins = {
        (mention.passage_id, mention.comparator, mention.value): mention
        for mention in mentions
        if mention.role == Mention.Role.TRANSLATES
    }
    readings = []
    for number, version in enumerate(stood.versions):
        role = _("Sets the target") if number == 0 else _("Changes the target")
        readings.append(_reading(version, stood, sentences, twins, role=role))
    readings += [
        _reading(
            mention, stood, sentences, twins, role=str(mention.get_role_display()).capitalize()
        )
        for mention in mentions
        if mention.role != Mention.Role.TRANSLATES
    ]
    return readings


def _reading(
    record: TargetVersion | Mention,
    stood: Standing,
    sentences: dict[int, Citation],
    twins: dict[TwinKey, Mention],
    *,
    role: str,
) -> Reading:
    """In the words of the translation where a mention gives them."""
    citation = sentences[record.passage_id]
    article = citation.quoted.article
    twin = None
    if citation.is_translation:
        twin = twins.get((citation.quoted.pk, record.comparator, record.value))
    url = citation.url(anchor_of(record))
    if twin is not None:
        url = sentences[twin.passage_id].url(anchor_of(twin))
    notice = ""
    if citation.language != (get_language() or "vi"):
        notice = _("The wording is given in the language of the article.")
    if citation.revision is not None:
        notice = _("The article has since been corrected; this is its earlier wording.")
    said = twin.words if twin is not None else record.words
    return Reading(
        role=role,
        comparator=record.comparator,
        value=record.value,
        upper=record.upper_value,
        unit=stood.target.indicator.unit,
        form=record.form,
        decimals=None,
        note=rules.reading_note(record, stood.target),
        sentence=citation.quoted.quote,
        words=said if said in citation.quoted.quote else "",
        lang=citation.language,
        article_title=citation.title,
        article_url=url,
        on=article.decided_on,
        notice=notice,
        echoes=isinstance(record, Mention) and _said(record) in map(_said, stood.versions),
    )


def note_on(stood: Standing, readings: Sequence[Reading]) -> str:
    """Which reading counts where they differ, and whether a level and its change agree."""
    if all(_said(reading) in map(_said, stood.versions) for reading in readings):
        return ""
    different = _(
        "The sentences do not all say the same. The verdict goes by the reading of the sentence "
        "that sets the target; the others stand beside it."
    )
    return " ".join([different, *dict.fromkeys(_disagreements(stood, readings))])


def _disagreements(stood: Standing, readings: Sequence[Reading]) -> Iterator[str]:
    """A target given as a level and as a change is judged on the level (`assessment`, clause 6)."""
    version, unit = stood.in_force, stood.target.indicator.unit
    if version.form != Form.LEVEL or version.value is None or version.baseline_value is None:
        return
    for reading in readings:
        if reading.form == Form.LEVEL or reading.value is None:
            continue
        apart = companion_disagreement(
            version.value, reading.value, version.baseline_value, form=Form(reading.form)
        )
        if apart is not None:
            yield _(
                "From %(baseline)s the change would lead to %(implied)s, not to %(level)s; the "
                "verdict goes by the level."
            ) % {
                "baseline": wording.amount(version.baseline_value, unit),
                "implied": wording.amount(version.value - apart, unit),
                "level": wording.amount(version.value, unit),
            }


def _said(reading: Reading | TargetVersion | Mention) -> tuple[str, Decimal | None, str]:
    return reading.comparator, reading.value, reading.form
