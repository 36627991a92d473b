"""Rows of targets for the ledger and the long table, from how the targets stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.translation import get_language, pgettext

from departments.models import Department
from indicators.assessment import CLASSES, FigureStatus, Verdict
from indicators.models import Responsibility, UnitOfMeasure
from indicators.standings import Standing
from news.citing import Citation, citations
from news.models import Passage
from portal.anchors import anchor_of

WORST_FIRST: Final = (
    Verdict.MISSED,
    Verdict.NEARLY_MET,
    Verdict.CANNOT_BE_JUDGED,
    Verdict.NO_DATA,
    Verdict.NOT_DUE,
    Verdict.MET,
    Verdict.EXCEEDED,
)


@dataclass(frozen=True, kw_only=True)
class TargetRow:
    """One target in a ledger; what the parts `ledger.html` and `targets.html` draw."""

    name: str
    url: str
    note: str
    illustrative: bool
    verdict: str
    verdict_note: str
    comparator: str
    promised: Decimal | None
    promised_upper: Decimal | None
    form: str
    unit: UnitOfMeasure
    decimals: int | None = None
    first_comparator: str | None
    first_promised: Decimal | None
    result: Decimal | None
    result_upper: Decimal | None
    estimate: bool
    baseline: Decimal | None
    difference: Decimal | None
    sentence_url: str
    source_url: str
    lead: str
    lead_url: str
    group: str


def by_estimate(standing: Standing) -> str:
    """The words beside a verdict that rests on an estimate, and beside one before its deadline."""
    assessment = standing.assessment
    if assessment.provisional is not None:
        return pgettext("verdict", "%(verdict)s by estimate") % {
            "verdict": Verdict(assessment.provisional).label
        }
    if assessment.verdict in CLASSES and assessment.by_estimate:
        return pgettext("verdict", "by estimate")
    return ""


def leads(standings: Iterable[Standing], *, on: date) -> dict[int, Department]:
    """The department responsible for each indicator on the day, by the indicator's key. Queries."""
    indicators = {standing.target.indicator_id for standing in standings}
    rows = (
        Responsibility.objects.valid_on(on)
        .filter(indicator__in=indicators)
        .select_related("department")
    )
    return {row.indicator_id: row.department for row in rows}


def cited(standings: Iterable[Standing]) -> dict[int, Citation]:
    """The sentences that set the targets and report the figures, in the reader's language."""
    passages: list[Passage] = []
    for standing in standings:
        passages += [version.passage for version in standing.versions]
        if standing.observation and standing.observation.passage:
            passages.append(standing.observation.passage)
    return citations(passages, language=get_language() or "vi")


def target_rows(standings: Sequence[Standing], *, on: date) -> list[TargetRow]:
    """Queries twice or so, whatever the number of rows."""
    departments = leads(standings, on=on)
    sentences = cited(standings)
    return [
        _row(standing, departments.get(standing.target.indicator_id), sentences)
        for standing in standings
    ]


def worst_first(standings: Iterable[Standing]) -> list[Standing]:
    """Missed first, by the distance from the promise relative to it."""
    return sorted(
        standings,
        key=lambda s: (WORST_FIRST.index(s.verdict), -_relative_gap(s), s.target.pk),
    )


def _relative_gap(standing: Standing) -> Decimal:
    gap, value = standing.assessment.gap, standing.in_force.value
    if gap is None or not value:
        return gap or Decimal(0)
    return Decimal(gap / abs(value))


def _row(standing: Standing, lead: Department | None, sentences: dict[int, Citation]) -> TargetRow:
    version, observation = standing.in_force, standing.observation
    indicator = standing.target.indicator
    figure = standing.assessment.figure
    changed = standing.was_changed and standing.first is not version
    source_url = ""
    if observation is not None:
        source_url = observation.source.link
        if observation.passage is not None and observation.passage.pk in sentences:
            source_url = sentences[observation.passage.pk].url(anchor_of(observation))
    return TargetRow(
        name=indicator.name,
        url=standing.target.get_absolute_url(),
        note=lead.name if lead else "",
        illustrative=standing.is_illustrative,
        verdict=standing.verdict,
        verdict_note=by_estimate(standing),
        comparator=version.comparator,
        promised=version.value,
        promised_upper=version.upper_value,
        form=version.form,
        unit=indicator.unit,
        first_comparator=standing.first.comparator if changed else None,
        first_promised=standing.first.value if changed else None,
        result=figure.value if figure else None,
        result_upper=figure.upper if figure else None,
        estimate=figure is not None and figure.status is FigureStatus.ESTIMATE,
        baseline=version.baseline_value,
        difference=standing.assessment.difference,
        sentence_url=sentences[version.passage_id].url(anchor_of(version)),
        source_url=source_url,
        lead=lead.name if lead else "",
        lead_url=lead.get_absolute_url() if lead else "",
        group=indicator.get_group_display(),
    )
