"""Indicators with their latest figures."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, IntegerField, Value, When
from django.db.models.functions import Length
from django.urls import reverse
from django.utils.translation import gettext as _

from departments.models import Area, Department
from departments.vietnamese import fold, sort_key
from indicators.assessment import FigureStatus
from indicators.models import Indicator, Observation, Responsibility
from indicators.models.indicator import IndicatorQuerySet
from indicators.periods import day_in_province


@dataclass(frozen=True, kw_only=True)
class IndicatorRow:
    indicator: Indicator
    figure: Observation | None
    lead: Department | None

    @property
    def name_key(self) -> str:
        return sort_key(self.indicator.name)

    @property
    def group_key(self) -> int:
        return Indicator.Group.values.index(self.indicator.group)

    @property
    def unit_key(self) -> str:
        return fold(self.indicator.unit.symbol)

    @property
    def period_key(self) -> date:
        return self.figure.period_end if self.figure else date.min

    @property
    def lead_key(self) -> str:
        return sort_key(self.lead.name) if self.lead else ""


@dataclass(frozen=True, kw_only=True)
class IndicatorList:
    title: str
    lead: str
    known_on: date
    list_url: str
    rows: list[IndicatorRow]
    confidential: int


def indicator_list(indicators: IndicatorQuerySet, *, at: datetime) -> IndicatorList:
    """The public ones of these, and how many are not public at all. Four queries."""
    today = day_in_province(at)
    public = indicators.public()
    figures = latest_figures(public, at=at)
    leads = {
        row.indicator_id: row.department
        for row in Responsibility.objects.valid_on(today).select_related("department")
    }
    rows = [
        IndicatorRow(indicator=each, figure=figures.get(each.pk), lead=leads.get(each.pk))
        for each in public.select_related("unit")
    ]
    return IndicatorList(
        title=_("Indicators"),
        lead=_("What is measured, and the latest figure for the province. Forecasts are left out."),
        known_on=today,
        list_url=reverse("indicators:indicators"),
        rows=sorted(rows, key=lambda row: row.name_key),
        confidential=Indicator.objects.filter(is_public=False).count(),
    )


def latest_figures(indicators: IndicatorQuerySet, *, at: datetime) -> dict[int, Observation]:
    """For each indicator the figure of the province that ends last; no forecast. One query.

    Of periods that end together a year goes first; of one period an official figure goes before a
    preliminary one before an estimate, then the latest.
    """
    firmness = Case(
        When(status=FigureStatus.OFFICIAL, then=Value(0)),
        When(status=FigureStatus.PRELIMINARY, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    rows = (
        Observation.objects.released(at)
        .filter(indicator__in=indicators.order_by(), area__kind=Area.Kind.PROVINCE)
        .exclude(status=FigureStatus.FORECAST)
        .order_by("indicator_id", "-period_end", Length("period"), firmness, "-as_of", "-pk")
        .distinct("indicator_id")
        .select_related("source")
    )
    return {row.indicator_id: row for row in rows}
