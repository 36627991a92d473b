"""An indicator's page: its series, every figure with its source, and what was promised."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from departments.models import Area
from indicators.assessment import Form
from indicators.models import Indicator, Observation, Responsibility, Target, UnitOfMeasure
from indicators.periods import Period, day_in_province
from indicators.standings import Standing, standings
from news.citing import Citation, citations
from portal import wording
from portal.anchors import anchor_of
from portal.pages.figures import is_replaced, told
from portal.pages.rows import by_estimate
from portal.pages.series import Series, series_of


@dataclass(frozen=True, kw_only=True)
class FigureRow:
    period: Period
    area: str
    value: Decimal
    upper: Decimal | None
    form: str
    is_level: bool
    status: str
    as_of: date
    source_name: str
    source_url: str
    sentence_title: str
    sentence_url: str
    lang: str
    illustrative: bool
    superseded: bool
    target: str
    target_url: str
    verdict: str
    verdict_note: str


@dataclass(frozen=True, kw_only=True)
class PromiseRow:
    name: str
    url: str
    period: Period
    comparator: str
    value: Decimal | None
    upper: Decimal | None
    form: str
    verdict: str
    verdict_note: str
    illustrative: bool


@dataclass(frozen=True, kw_only=True)
class Link:
    name: str
    url: str


@dataclass(frozen=True, kw_only=True)
class IndicatorPage:
    title: str
    lead: str
    code: str
    group: str
    unit: UnitOfMeasure
    decimals: int
    direction: str
    known_on: date
    illustrative: bool
    lead_department: str
    lead_department_url: str
    series: Series | None
    figures: Sequence[FigureRow]
    targets: Sequence[PromiseRow]
    notes: Sequence[str]
    parent: Link | None
    children: Sequence[Link]


def indicator_page(indicator: Indicator, *, at: datetime) -> IndicatorPage:
    """Needs the unit and the parent loaded. Eleven queries, whatever the number of figures."""
    today = day_in_province(at)
    observations = published_figures(indicator, at=at)
    current = [row for row in observations if not is_replaced(row, at=at)]
    stood = standings(Target.objects.filter(indicator=indicator).released(at), at=at)
    stood.sort(key=lambda each: each.target.period.sort_key, reverse=True)
    lead = Responsibility.objects.valid_on(today).filter(indicator=indicator).first()
    parent = indicator.parent if indicator.parent and indicator.parent.is_public else None
    return IndicatorPage(
        title=indicator.name,
        lead=indicator.definition,
        code=indicator.code,
        group=indicator.get_group_display(),
        unit=indicator.unit,
        decimals=indicator.decimals,
        direction=indicator.get_direction_display(),
        known_on=today,
        illustrative=bool(current) and all(row.source.is_illustrative for row in current),
        lead_department=lead.department.name if lead else "",
        lead_department_url=lead.department.get_absolute_url() if lead else "",
        series=series_of(
            indicator, list(filter(_of_province, current)), list(filter(_is_of_province, stood))
        ),
        figures=figure_rows(observations, stood, at=at),
        targets=[_promise(each, at=at) for each in stood],
        notes=notes(indicator, observations, at=at),
        parent=Link(name=parent.name, url=parent.get_absolute_url()) if parent else None,
        children=[
            Link(name=child.name, url=child.get_absolute_url())
            for child in indicator.children.public()
        ],
    )


def published_figures(indicator: Indicator, *, at: datetime) -> list[Observation]:
    """All that the public was ever told until the moment, also what a later figure replaced.

    The latest period first; of one period the province first, then what is current.
    """
    rows = told(
        Observation.objects.told_until(at)
        .filter(indicator=indicator)
        .select_related("source", "area", "passage", "batch")
    )
    rows.sort(key=lambda row: (row.as_of, row.pk), reverse=True)
    rows.sort(key=lambda row: (not _of_province(row), row.area.sort_key, is_replaced(row, at=at)))
    rows.sort(key=lambda row: row.period.sort_key, reverse=True)
    return rows


def figure_rows(
    observations: Sequence[Observation], stood: Iterable[Standing], *, at: datetime
) -> list[FigureRow]:
    """Three queries or fewer. A verdict stands beside the figure on which it rests."""
    passages = [row.passage for row in observations if row.passage is not None]
    sentences = citations(passages, language=get_language() or "vi")
    judged: dict[int, Standing] = {}
    for each in stood:
        if each.observation is not None:
            judged.setdefault(each.observation.pk, each)
    return [
        _figure(row, judged.get(row.pk), sentences, is_superseded=is_replaced(row, at=at))
        for row in observations
    ]


def notes(indicator: Indicator, observations: Sequence[Observation], *, at: datetime) -> list[str]:
    """What a reader has to know before quoting a figure. One query."""
    found = []
    if indicator.price_basis:
        found.append(
            _("The figures are at %(basis)s.") % {"basis": indicator.get_price_basis_display()}
        )
    found += [
        _("Figures before and after %(day)s are not comparable: %(reason)s")
        % {"day": wording.day(each.breaks_on), "reason": each.reason}
        for each in indicator.breaks.all()
    ]
    replaced = sum(is_replaced(row, at=at) for row in observations)
    if replaced:
        found.append(
            ngettext(
                "%(number)s figure is no longer current; it stays in the table, struck through.",
                "%(number)s figures are no longer current; they stay in the table, struck through.",
                replaced,
            )
            % {"number": replaced}
        )
    afterwards = sum(row.batch.entered_afterwards for row in observations)
    if afterwards:
        found.append(
            ngettext(
                "%(number)s figure was entered afterwards, under the day of its release.",
                "%(number)s figures were entered afterwards, under the days of their release.",
                afterwards,
            )
            % {"number": afterwards}
        )
    return found


def _figure(
    row: Observation,
    stood: Standing | None,
    sentences: dict[int, Citation],
    *,
    is_superseded: bool,
) -> FigureRow:
    citation = sentences.get(row.passage_id) if row.passage_id is not None else None
    return FigureRow(
        period=row.period,
        area="" if _of_province(row) else row.area.name,
        value=row.value,
        upper=row.upper_value,
        form=row.form,
        is_level=row.form == Form.LEVEL,
        status=row.get_status_display(),
        as_of=row.as_of,
        source_name=row.source.name,
        source_url=row.source.link,
        sentence_title=citation.title if citation else "",
        sentence_url=citation.url("" if is_superseded else anchor_of(row)) if citation else "",
        lang=citation.language if citation else "",
        illustrative=row.source.is_illustrative,
        superseded=is_superseded,
        target=_target(stood) if stood else "",
        target_url=stood.target.get_absolute_url() if stood else "",
        verdict=stood.verdict if stood else "",
        verdict_note=by_estimate(stood) if stood else "",
    )


def _target(stood: Standing) -> str:
    unit = stood.target.indicator.unit
    now = wording.promise(stood.in_force, unit)
    if stood.first is stood.in_force:
        return now
    return _("%(now)s in force, %(first)s promised") % {
        "now": now,
        "first": wording.promise(stood.first, unit),
    }


def _promise(stood: Standing, *, at: datetime) -> PromiseRow:
    target, version = stood.target, stood.in_force
    is_plan_known = target.plan.is_known_on(at)
    parts = [target.plan.name if is_plan_known else wording.period(target.period)]
    if target.area.kind != Area.Kind.PROVINCE:
        parts.append(target.area.name)
    if target.is_stretch:
        parts.append(_("stretch target"))
    return PromiseRow(
        name=", ".join(parts),
        url=target.get_absolute_url(),
        period=target.period,
        comparator=version.comparator,
        value=version.value,
        upper=version.upper_value,
        form=version.form,
        verdict=stood.verdict,
        verdict_note=by_estimate(stood),
        illustrative=stood.is_illustrative,
    )


def _of_province(row: Observation) -> bool:
    return row.area.kind == Area.Kind.PROVINCE


def _is_of_province(stood: Standing) -> bool:
    return stood.target.area.kind == Area.Kind.PROVINCE
