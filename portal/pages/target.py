"""A target's page: its sentences, how it changed, its figures, its rule and its verdict."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assignments.models import Task
from indicators.assessment import CLASSES, FigureStatus, Form, Verdict
from indicators.models import Mention, Observation, Target, TargetVersion
from indicators.periods import Period, day_in_province
from indicators.standings import Standing, standing
from news.citing import Citation, citations
from portal import wording
from portal.anchors import anchor_of
from portal.pages import rules
from portal.pages.figures import is_replaced, told
from portal.pages.readings import Reading, note_on, readings_of
from portal.pages.rows import by_estimate, leads
from portal.pages.series import Series, series_of_target
from portal.pages.tasks import ServingTask, serving_tasks


@dataclass(frozen=True, kw_only=True)
class Fact:
    label: str
    comparator: str
    value: Decimal | None
    unit: object
    note: str
    upper: Decimal | None = None
    form: str = Form.LEVEL
    struck: bool = False
    decimals: int | None = None


@dataclass(frozen=True, kw_only=True)
class Brief:
    label: str
    text: str
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Version:
    on: date
    comparator: str
    value: Decimal | None
    upper: Decimal | None
    form: str
    in_force: bool
    reason: str
    article_title: str
    article_url: str
    verdict: str
    entered_afterwards: bool


@dataclass(frozen=True, kw_only=True)
class FigureRow:
    period: Period
    value: Decimal
    upper: Decimal | None
    form: str
    difference: Decimal | None
    difference_unit: str
    status: str
    as_of: date
    source_name: str
    source_url: str
    illustrative: bool
    superseded: bool
    verdict_on: bool
    entered_afterwards: bool


@dataclass(frozen=True, kw_only=True)
class TargetPage:
    title: str
    illustrative: bool
    known_on: date
    verdict: str
    verdict_note: str
    plan_name: str
    plan_url: str
    indicator_name: str
    indicator_url: str
    group_name: str
    unit: object
    decimals: int | None = None
    facts: Sequence[Fact]
    brief: Sequence[Brief]
    readings: Sequence[Reading]
    readings_note: str
    echoes: int
    versions: Sequence[Version]
    series: Series | None
    figures: Sequence[FigureRow]
    pace: str
    steps: Sequence[str]
    sums: Sequence[rules.Sum]
    rule_note: str
    against: Sequence[str]
    tasks: Sequence[ServingTask]
    tasks_on: date
    official: None = None
    explanations: Sequence[object] = field(default_factory=tuple)


def target_page(target: Target, *, at: datetime) -> TargetPage | None:
    """None when the public knew no version of the target at the moment."""
    stood = standing(target, at=at)
    if stood is None:
        return None
    target, indicator = stood.target, stood.target.indicator
    today = day_in_province(at)
    mentions = list(
        Mention.objects.released(at)
        .filter(target=target)
        .select_related("passage__article__published_revision")
        .order_by("pk")
    )
    passages = [version.passage for version in stood.versions]
    passages += [mention.passage for mention in mentions]
    passages += [row.passage for row in stood.series if row.passage is not None]
    sentences = citations(passages, language=get_language() or "vi")
    readings = readings_of(stood, mentions, sentences)
    superseded = _superseded(stood, at=at)
    plan = target.plan if target.plan.is_known_on(at) else None
    return TargetPage(
        title=rules.title(stood),
        illustrative=stood.is_illustrative,
        known_on=today,
        verdict=stood.verdict,
        verdict_note=by_estimate(stood),
        plan_name=plan.name if plan else "",
        plan_url=plan.get_absolute_url() if plan else "",
        indicator_name=indicator.name,
        indicator_url=indicator.get_absolute_url(),
        group_name=indicator.get_group_display(),
        unit=indicator.unit,
        facts=_facts(stood),
        brief=_brief(stood, on=today),
        readings=readings,
        readings_note=note_on(stood, readings),
        echoes=sum(reading.echoes for reading in readings),
        versions=[
            _version(version, stood, sentences, number)
            for number, version in enumerate(stood.versions)
        ],
        series=series_of_target(stood),
        figures=_figures(stood, superseded, sentences),
        pace=rules.pace(stood),
        steps=rules.steps(stood),
        sums=rules.sums(stood),
        rule_note=rules.note(stood),
        against=rules.against(stood),
        tasks=serving_tasks(Task.objects.released(at).filter(targets=target), on=today),
        tasks_on=today,
    )


def _facts(stood: Standing) -> list[Fact]:
    indicator, version, first = stood.target.indicator, stood.in_force, stood.first
    facts = []
    for number, each in enumerate(stood.versions):
        is_in_force = each is version
        label = _("Promised") if number == 0 else _("Changed to")
        facts.append(
            Fact(
                label=label,
                comparator=each.comparator,
                value=each.value,
                upper=each.upper_value,
                form=each.form,
                unit=indicator.unit,
                note=_("in force from %(day)s") % {"day": wording.day(each.in_force_from)},
                struck=not is_in_force,
            )
        )
    if version is first and len(facts) > 1:
        facts = facts[:1]
    figure = stood.assessment.figure
    if figure is not None:
        facts.append(
            Fact(
                label=_("Result"),
                comparator="",
                value=figure.value,
                upper=figure.upper,
                form=figure.form,
                unit=indicator.unit,
                note=FigureStatus(figure.status).label
                + ", "
                + _("as of %(day)s") % {"day": wording.day(figure.as_of)},
            )
        )
    return facts


def _brief(stood: Standing, *, on: date) -> list[Brief]:
    target, indicator = stood.target, stood.target.indicator
    lead = leads([stood], on=on).get(indicator.pk)
    brief = [
        Brief(label=_("Indicator"), text=indicator.name, url=indicator.get_absolute_url()),
        Brief(label=_("Period"), text=wording.period(target.period)),
        Brief(label=_("Area"), text=target.area.name),
        Brief(label=_("Set by"), text=target.get_assigner_display()),
        Brief(label=_("Deadline"), text=wording.day(stood.in_force.due_on)),
        Brief(label=_("Better is"), text=indicator.get_direction_display()),
        Brief(label=_("Source of the promise"), text=stood.in_force.source.name),
    ]
    if lead is not None:
        brief.insert(1, Brief(label=_("Responsible"), text=lead.name, url=lead.get_absolute_url()))
    if stood.in_force.document is not None:
        document = stood.in_force.document
        brief.append(
            Brief(label=_("Document"), text=str(document), url=document.get_absolute_url())
        )
    if target.is_stretch:
        brief.append(Brief(label=_("Kind"), text=_("stretch target")))
    return brief


def _version(
    version: TargetVersion, stood: Standing, sentences: dict[int, Citation], number: int
) -> Version:
    citation = sentences[version.passage_id]
    return Version(
        on=version.in_force_from,
        comparator=version.comparator,
        value=version.value,
        upper=version.upper_value,
        form=version.form,
        in_force=version is stood.in_force,
        reason=version.reason,
        article_title=citation.title,
        article_url=citation.url(anchor_of(version)),
        verdict=stood.assessments[number].verdict,
        entered_afterwards=version.article.entered_afterwards,
    )


def _superseded(stood: Standing, *, at: datetime) -> list[Observation]:
    """Earlier figures for the target's period, that a later one replaced."""
    target = stood.target
    rows = (
        Observation.objects.told_until(at)
        .filter(indicator=target.indicator, area=target.area, period=target.period)
        .select_related("source", "passage", "batch")
        .order_by("as_of", "pk")
    )
    return [row for row in told(rows) if is_replaced(row, at=at)]


def _figures(
    stood: Standing, superseded: Sequence[Observation], sentences: dict[int, Citation]
) -> list[FigureRow]:
    rows = [(row, True) for row in superseded] + [(row, False) for row in stood.series]
    within = [
        (row, replaced)
        for row, replaced in rows
        if row.period.start >= stood.target.period.start
        and row.period.end <= stood.target.period.end
    ]
    within.sort(key=lambda pair: (pair[0].period_end, pair[0].as_of), reverse=True)
    return [_figure(row, stood, sentences, superseded=replaced) for row, replaced in within]


def _figure(
    row: Observation, stood: Standing, sentences: dict[int, Citation], *, superseded: bool
) -> FigureRow:
    is_judged = stood.observation is not None and row.pk == stood.observation.pk
    is_level = row.form == Form.LEVEL == stood.in_force.form
    difference = None
    if is_judged:
        difference = stood.assessment.difference
    elif row.period == stood.target.period and is_level and stood.in_force.value is not None:
        difference = row.value - stood.in_force.value
    url = row.source.link
    if row.passage_id is not None and row.passage_id in sentences:
        url = sentences[row.passage_id].url(anchor_of(row))
    return FigureRow(
        period=row.period,
        value=row.value,
        upper=row.upper_value,
        form=row.form,
        difference=difference,
        difference_unit=rules.unit_of_difference(stood.assessment, stood.target.indicator.unit),
        status=row.get_status_display(),
        as_of=row.as_of,
        source_name=row.source.name,
        source_url=url,
        illustrative=row.source.is_illustrative,
        superseded=superseded,
        entered_afterwards=row.batch.entered_afterwards,
        verdict_on=is_judged and stood.verdict in CLASSES | {Verdict.NOT_DUE},
    )
