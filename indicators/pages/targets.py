"""Targets with their verdicts, of one plan or of all."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from departments.models import Area
from departments.vietnamese import sort_key
from indicators.assessment import CLASSES, Figure, UnitKind, Verdict
from indicators.filters import ALL_PLANS
from indicators.models import Indicator, Plan, Target, TargetVersion, UnitOfMeasure
from indicators.models.target import TargetQuerySet
from indicators.periods import day_in_province
from indicators.standings import Standing, counts, standings

WORST_FIRST: Final = (
    Verdict.MISSED,
    Verdict.NEARLY_MET,
    Verdict.CANNOT_BE_JUDGED,
    Verdict.NO_DATA,
    Verdict.NOT_DUE,
    Verdict.MET,
    Verdict.EXCEEDED,
)
POINTS: Final = frozenset({UnitKind.POINTS, UnitKind.PERCENT_POINTS})


@dataclass(frozen=True)
class TargetRow:
    standing: Standing

    def get_absolute_url(self) -> str:
        return self.standing.target.get_absolute_url()

    @property
    def indicator(self) -> Indicator:
        return self.standing.target.indicator

    @property
    def plan(self) -> Plan:
        return self.standing.target.plan

    @property
    def note(self) -> str:
        """What tells it from another target of the same indicator and period."""
        target = self.standing.target
        parts = []
        if target.area.kind != Area.Kind.PROVINCE:
            parts.append(target.area.name)
        if target.is_stretch:
            parts.append(_("stretch target"))
        return ", ".join(parts)

    @property
    def promised(self) -> TargetVersion:
        return self.standing.in_force

    @property
    def first(self) -> TargetVersion | None:
        """Only where the promise was changed since."""
        first = self.standing.first
        return first if first is not self.standing.in_force else None

    @property
    def result(self) -> Figure | None:
        return self.standing.assessment.figure

    @property
    def is_estimate(self) -> bool:
        return self.standing.assessment.by_estimate

    @property
    def difference_unit(self) -> UnitOfMeasure | str:
        kind = self.standing.assessment.difference_kind
        if kind in POINTS:
            return _("points")
        if kind is UnitKind.TIMES:
            return _("times")
        return self.indicator.unit

    @property
    def verdict_note(self) -> str:
        return by_estimate(self.standing)

    @property
    def name_key(self) -> str:
        return sort_key(self.indicator.name)

    @property
    def plan_key(self) -> tuple[date, str]:
        return self.plan.period_end, self.plan.slug

    @property
    def difference_key(self) -> tuple[bool, Decimal]:
        """Without a difference last."""
        difference = self.standing.assessment.difference
        return difference is None, difference or Decimal(0)

    @property
    def verdict_key(self) -> tuple[int, Decimal]:
        return worst_first(self.standing)


@dataclass(frozen=True, kw_only=True)
class PlanLink:
    name: str
    url: str
    chosen: bool
    current: bool
    illustrative: bool


@dataclass(frozen=True, kw_only=True)
class TargetList:
    title: str
    lead: str
    known_on: date
    list_url: str
    narrowed_url: str
    plans: Sequence[PlanLink]
    chosen: str
    counts: dict[str, int]
    rows: list[TargetRow]
    columns_left_out: Sequence[str]
    confidential: int


def by_estimate(standing: Standing) -> str:
    """That the verdict rests on an estimate, or what it would be before the deadline."""
    judged = standing.assessment
    if judged.provisional is not None:
        return pgettext("verdict", "%(verdict)s by estimate") % {
            "verdict": judged.provisional.label
        }
    if judged.verdict in CLASSES and judged.by_estimate:
        return pgettext("verdict", "by estimate")
    return ""


def worst_first(standing: Standing) -> tuple[int, Decimal]:
    """A key to sort by: the verdict, and within it the distance from the promise relative to it."""
    gap, value = standing.assessment.gap or Decimal(0), standing.in_force.value
    return WORST_FIRST.index(standing.verdict), -(gap / abs(value) if value else gap)


def of_plan(plan: Plan, targets: TargetQuerySet) -> TargetQuerySet:
    """Its own targets, and those of other plans that it adopted."""
    return targets.filter(
        Q(plan=plan) | Q(pk__in=Target.objects.filter(adopted_by=plan).values("pk").order_by())
    )


def target_list(
    targets: TargetQuerySet, *, chosen: dict[str, str], plans: Sequence[Plan], at: datetime
) -> TargetList:
    """Those of the chosen plan, else of the current one; `chosen` is what the filters say.

    The counts are over the targets before the verdict narrows them, so they partition that whole.
    """
    today = day_in_province(at)
    current = Plan.objects.current(on=today, at=at)
    wanted = chosen.get("plan") or (current.slug if current else ALL_PLANS)
    plan = next((each for each in plans if each.slug == wanted), None)
    known = Target.objects.known_on(at)
    if plan is not None:
        targets, known = of_plan(plan, targets), of_plan(plan, known)
    found = standings(targets, at=at)
    verdict = chosen.get("verdict", "")
    rows = [TargetRow(each) for each in found if verdict in ("", each.verdict)]
    list_url = reverse("indicators:targets")
    kept = {name: value for name, value in chosen.items() if name != "verdict"}
    return TargetList(
        title=_("Targets"),
        lead=_("What was promised, what came out, and the verdict by the rule of the plan."),
        known_on=today,
        list_url=list_url,
        narrowed_url=f"{list_url}?{urlencode(kept)}" if kept else list_url,
        plans=plan_links(plans, wanted=wanted, current=current, list_url=list_url),
        chosen=verdict,
        counts=asdict(counts(found)),
        rows=sorted(rows, key=lambda row: row.verdict_key),
        columns_left_out=() if len({row.plan.pk for row in rows}) > 1 else ("plan",),
        confidential=known.exclude(indicator__is_public=True).count(),
    )


def plan_links(
    plans: Iterable[Plan], *, wanted: str, current: Plan | None, list_url: str
) -> list[PlanLink]:
    links = [
        PlanLink(
            name=plan.name,
            url=f"{list_url}?{urlencode({'plan': plan.slug})}",
            chosen=plan.slug == wanted,
            current=plan == current,
            illustrative=plan.source.is_illustrative,
        )
        for plan in plans
    ]
    everything = PlanLink(
        name=_("All plans"),
        url=f"{list_url}?{urlencode({'plan': ALL_PLANS})}",
        chosen=wanted == ALL_PLANS,
        current=False,
        illustrative=False,
    )
    return [*links, everything]
