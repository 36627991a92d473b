"""The front page: what was promised, how it stands, what departments owe, the latest news."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assignments.models import Assignment, Task
from assignments.statuses import Role, TimeClass
from departments.models import Department
from indicators.assessment import CLASSES, FigureStatus, Verdict
from indicators.models import Mention, Plan, UnitOfMeasure
from indicators.periods import day_in_province
from indicators.standings import Standing
from news.listing import Story, latest
from portal import wording
from portal.anchors import anchor_of
from portal.pages import rules
from portal.pages.rows import TargetRow, cited, name_of, target_rows, worst_first
from portal.pages.scoreboard import scoreboard
from portal.pages.tasks import class_of

PROMISES: Final = 6
FURTHEST: Final = 10
STORIES: Final = 5


@dataclass(frozen=True, kw_only=True)
class PromiseLink:
    name: str
    comparator: str
    promised: Decimal | None
    promised_upper: Decimal | None
    form: str
    unit: UnitOfMeasure
    decimals: int | None = None
    verdict: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Stitch:
    name: str
    verdict: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Follow:
    """One target's way from its sentence to its verdict."""

    name: str
    url: str
    words: str
    lang: str
    article_title: str
    article_url: str
    said_on: date | None
    first_comparator: str | None
    first_promised: Decimal | None
    first_upper: Decimal | None
    first_form: str
    comparator: str
    promised: Decimal | None
    promised_upper: Decimal | None
    form: str
    changed_url: str
    unit: UnitOfMeasure
    decimals: int | None = None
    result: Decimal | None
    result_form: str
    estimate: bool
    source_name: str
    source_url: str
    difference: Decimal | None
    reason: str
    verdict: str


@dataclass(frozen=True, kw_only=True)
class Tally:
    name: str
    url: str
    marks: Sequence[str]
    tasks: int
    overdue: int
    done_on_time: int
    due: int


@dataclass(frozen=True, kw_only=True)
class HomePage:
    title: str
    known_on: date
    plan_name: str
    plan_url: str
    plan_year: str
    plan_illustrative: bool
    kept: int
    total: int
    left_out: int
    confidential: int
    promises: Sequence[PromiseLink]
    band: Sequence[Stitch]
    counts: dict[str, int]
    follow: Follow | None
    furthest: Sequence[TargetRow]
    articles: Sequence[Story]
    departments: Sequence[Tally]
    task_counts: dict[str, int]
    tasks_total: int
    parts_total: int
    tasks_confidential: int
    tasks_on: date
    due: int
    done_on_time: int
    tasks_illustrative: bool


def home_page(plan: Plan | None, *, at: datetime) -> HomePage:
    today = day_in_province(at)
    stood: Sequence[Standing] = ()
    board = None
    if plan is not None:
        board = scoreboard(plan, at=at)
        stood = board.standings
    real: Sequence[Standing] = board.counted if board else ()
    ordered = sorted(stood, key=lambda each: list(Verdict).index(each.verdict))
    behind = [each for each in worst_first(stood) if each.verdict not in _KEPT][:FURTHEST]
    leads = list(
        Assignment.objects.released(at)
        .filter(role=Role.LEAD)
        .select_related("department", "task__source")
    )
    classes = [class_of(each, on=today) for each in leads]
    counts = {each.value: classes.count(each) for each in TimeClass}
    overdue, on_time = counts[TimeClass.OVERDUE], counts[TimeClass.DONE_ON_TIME]
    return HomePage(
        title=_("This year's promise"),
        known_on=today,
        plan_name=plan.name if plan else "",
        plan_url=plan.get_absolute_url() if plan else "",
        plan_year=plan.period.code if plan else "",
        plan_illustrative=bool(plan and plan.source.is_illustrative),
        kept=board.kept if board else 0,
        total=board.total if board else 0,
        left_out=board.left_out if board else 0,
        confidential=board.confidential if board else 0,
        promises=[_promise(each) for each in real[:PROMISES]],
        band=[
            Stitch(
                name=name_of(each.target, within=plan.period if plan else None),
                verdict=each.verdict,
                url=each.target.get_absolute_url(),
            )
            for each in ordered
        ],
        counts=board.counts if board else {},
        follow=_follow(real),
        furthest=target_rows(behind, on=today, within=plan.period if plan else None),
        articles=latest(language=get_language() or "vi", at=at, count=STORIES),
        departments=tallies(leads, on=today),
        task_counts=counts,
        tasks_total=Task.objects.released(at).count(),
        parts_total=len(leads),
        tasks_confidential=Task.objects.known_on(at).confidential().count(),
        tasks_on=today,
        due=overdue + on_time + counts[TimeClass.DONE_LATE],
        done_on_time=on_time,
        tasks_illustrative=any(each.task.source.is_illustrative for each in leads),
    )


_KEPT: Final = frozenset({Verdict.MET, Verdict.EXCEEDED})


def tallies(leads: Sequence[Assignment], *, on: date) -> list[Tally]:
    """A row for each department that leads something, most overdue first."""
    by_department: dict[Department, list[TimeClass]] = {}
    for each in leads:
        by_department.setdefault(each.department, []).append(class_of(each, on=on))
    rows = [
        Tally(
            name=department.name,
            url=department.get_absolute_url(),
            marks=[each.value for each in classes],
            tasks=len(classes),
            overdue=classes.count(TimeClass.OVERDUE),
            done_on_time=classes.count(TimeClass.DONE_ON_TIME),
            due=sum(
                classes.count(each)
                for each in (TimeClass.OVERDUE, TimeClass.DONE_ON_TIME, TimeClass.DONE_LATE)
            ),
        )
        for department, classes in by_department.items()
    ]
    return sorted(rows, key=lambda row: (-row.overdue, -row.tasks, row.name))


def _promise(stood: Standing) -> PromiseLink:
    version, indicator = stood.first, stood.target.indicator
    return PromiseLink(
        name=wording.within_sentence(indicator.name),
        comparator=version.comparator,
        promised=version.value,
        promised_upper=version.upper_value,
        form=version.form,
        unit=indicator.unit,
        verdict=stood.first_assessment.verdict,
        url=stood.target.get_absolute_url(),
    )


def _follow(stood: Sequence[Standing]) -> Follow | None:
    """A promise that was changed and came out, else one that came out."""
    judged = [each for each in stood if each.verdict in CLASSES]
    chosen = next((each for each in judged if each.was_changed), next(iter(judged), None))
    if chosen is None:
        return None
    sentences = cited([chosen])
    first, version = chosen.first, chosen.in_force
    citation = sentences[first.passage_id]
    twin = Mention.objects.filter(
        target=chosen.target, passage=citation.quoted, value=first.value
    ).first()
    said = twin.words if citation.is_translation and twin else first.words
    observation, figure = chosen.observation, chosen.assessment.figure
    source_url = ""
    if observation is not None:
        source_url = observation.source.link
        if observation.passage_id is not None and observation.passage_id in sentences:
            source_url = sentences[observation.passage_id].url(anchor_of(observation))
    is_changed = version is not first
    return Follow(
        name=chosen.target.indicator.name,
        url=chosen.target.get_absolute_url(),
        words=said if said in citation.quoted.quote else citation.quoted.quote,
        lang=citation.language,
        article_title=citation.title,
        article_url=citation.url(anchor_of(first)),
        said_on=first.article.decided_on,
        first_comparator=first.comparator if is_changed else None,
        first_promised=first.value if is_changed else None,
        first_upper=first.upper_value,
        first_form=first.form,
        comparator=version.comparator,
        promised=version.value,
        promised_upper=version.upper_value,
        form=version.form,
        changed_url=sentences[version.passage_id].url(anchor_of(version)) if is_changed else "",
        unit=chosen.target.indicator.unit,
        result=figure.value if figure else None,
        result_form=figure.form if figure else "",
        estimate=figure is not None and figure.status is FigureStatus.ESTIMATE,
        source_name=observation.source.name if observation else "",
        source_url=source_url,
        difference=chosen.assessment.difference,
        reason=" ".join(rules.against(chosen)),
        verdict=chosen.verdict,
    )
