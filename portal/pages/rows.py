"""Rows of targets for the ledger and the long table, from how the targets stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from departments.models import Area, Department
from indicators.assessment import CLASSES, FigureStatus, Form, Verdict
from indicators.models import Responsibility, Target, UnitOfMeasure
from indicators.periods import Period
from indicators.standings import Standing
from news.citing import Citation, citations
from news.models import Passage
from portal import wording
from portal.anchors import anchor_of
from portal.pages import rules

OF_LEVELS: Final = frozenset({Form.LEVEL, Form.COMPLETION})
"""Forms of promises that are levels themselves, so that a bar may start at the baseline."""

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
    first_upper: Decimal | None
    first_form: str
    result: Decimal | None
    result_upper: Decimal | None
    estimate: bool
    result_form: str
    on_bar: Decimal | None
    baseline: Decimal | None
    difference: Decimal | None
    difference_unit: str
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


def name_of(target: Target, *, within: Period | None = None) -> str:
    """The indicator, with all that tells its targets apart; the period only if it is another."""
    parts = [target.indicator.name]
    if target.area.kind != Area.Kind.PROVINCE:
        parts.append(target.area.name)
    if target.is_stretch:
        parts.append(_("stretch target"))
    if target.period != within:
        parts.append(wording.period(target.period))
    return ", ".join(parts)


def target_rows(
    standings: Sequence[Standing], *, on: date, within: Period | None = None
) -> list[TargetRow]:
    """Five queries, whatever the number of rows. Periods other than `within` are named."""
    departments = leads(standings, on=on)
    sentences = cited(standings)
    return [
        _row(standing, departments.get(standing.target.indicator_id), sentences, within)
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


def _on_bar(standing: Standing) -> Decimal | None:
    """The result in the form of the promise; None where it cannot be brought to it."""
    figure, form = standing.assessment.figure, standing.in_force.form
    if figure is None or figure.is_range:
        return None
    if figure.form == form or (form == Form.COMPLETION and figure.form == Form.LEVEL):
        return figure.value
    return None if form == Form.COMPLETION else standing.assessment.compared


def _row(
    standing: Standing,
    lead: Department | None,
    sentences: dict[int, Citation],
    within: Period | None,
) -> TargetRow:
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
        name=name_of(standing.target, within=within),
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
        first_upper=standing.first.upper_value,
        first_form=standing.first.form,
        result=figure.value if figure else None,
        result_upper=figure.upper if figure else None,
        estimate=figure is not None and figure.status is FigureStatus.ESTIMATE,
        result_form=figure.form if figure else "",
        on_bar=_on_bar(standing),
        baseline=version.baseline_value if version.form in OF_LEVELS else None,
        difference=standing.assessment.difference,
        difference_unit=rules.unit_of_difference(standing.assessment, indicator.unit),
        sentence_url=sentences[version.passage_id].url(anchor_of(version)),
        source_url=source_url,
        lead=lead.name if lead else "",
        lead_url=lead.get_absolute_url() if lead else "",
        group=indicator.get_group_display(),
    )
