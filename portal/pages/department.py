"""A department's page: what it owes, what it leads, and what became of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext

from assignments.models import Assignment, Task
from assignments.statuses import Role, Status, TimeClass, days_late
from departments.models import Department, Succession
from indicators.models import Indicator, Target
from indicators.periods import day_in_province
from indicators.standings import standings
from portal.pages.rows import TargetRow, target_rows, worst_first
from portal.pages.tasks import class_of, note_of, some_of


@dataclass(frozen=True, kw_only=True)
class Heir:
    name: str
    url: str
    field: str
    on: date


@dataclass(frozen=True, kw_only=True)
class EarlierName:
    name: str
    first_on: date | None
    last_on: date | None


@dataclass(frozen=True, kw_only=True)
class LedTask:
    name: str
    url: str
    code: str
    time_class: str
    deadline: date | None
    time_note: str
    deliverable: str
    partners: str
    illustrative: bool


@dataclass(frozen=True, kw_only=True)
class SharedTask:
    name: str
    url: str
    lead: str
    time_class: str
    role: str


@dataclass(frozen=True, kw_only=True)
class Named:
    name: str
    url: str


@dataclass(frozen=True, kw_only=True)
class DepartmentPage:
    title: str
    lead: str
    lang: str
    closed_on: date | None
    successors: Sequence[Heir]
    predecessors: Sequence[Heir]
    names: Sequence[EarlierName]
    tasks_on: date
    department_url: str
    chosen: str
    counts: dict[str, int]
    tasks_confidential: int
    tasks_illustrative: bool
    done_on_time: int
    due: int
    overdue: int
    overdue_note: str
    not_due: int
    continuous: int
    tasks: Sequence[LedTask]
    cooperating: Sequence[SharedTask]
    targets: Sequence[TargetRow]
    indicators: Sequence[Named]


def department_page(
    department: Department, *, at: datetime, time_class: str = ""
) -> DepartmentPage:
    """`time_class` narrows the tasks it leads to one class; what is none narrows nothing."""
    today = day_in_province(at)
    chosen = time_class if time_class in TimeClass else ""
    own = list(
        Assignment.objects.released(at)
        .filter(department=department)
        .select_related("task__source")
        .prefetch_related("task__assignments__department")
    )
    led = sorted(
        ((each, class_of(each, on=today)) for each in own if each.role == Role.LEAD),
        key=lambda pair: (list(TimeClass).index(pair[1]), pair[0].deadline or date.max),
    )
    counts = {each.value: sum(found is each for _assignment, found in led) for each in TimeClass}
    indicators = Indicator.objects.public().led_by([department], on=today)
    targets = Target.objects.filter(indicator__in=indicators.order_by().values("pk"))
    on_time, late = counts[TimeClass.DONE_ON_TIME], counts[TimeClass.DONE_LATE]
    overdue = counts[TimeClass.OVERDUE]
    return DepartmentPage(
        title=department.name,
        lead=capfirst(str(department.get_kind_display())),
        lang=get_language() or "vi",
        closed_on=department.closed_on,
        successors=_heirs(department.successions.select_related("successor"), heir="successor"),
        predecessors=_heirs(
            department.inheritances.select_related("predecessor"), heir="predecessor"
        ),
        names=_names(department),
        tasks_on=today,
        department_url=department.get_absolute_url(),
        chosen=chosen,
        counts=counts,
        tasks_confidential=Task.objects.known_on(at)
        .confidential()
        .filter(assignments__department=department, assignments__role=Role.LEAD)
        .count(),
        tasks_illustrative=any(each.task.source.is_illustrative for each in own),
        done_on_time=on_time,
        due=on_time + late + overdue,
        overdue=overdue,
        overdue_note=_oldest(led, on=today),
        not_due=counts[TimeClass.IN_TIME] + counts[TimeClass.DUE_SOON],
        continuous=counts[TimeClass.CONTINUOUS],
        tasks=[_led(each, found, on=today) for each, found in led if not chosen or found == chosen],
        cooperating=[_shared(each, on=today) for each in own if each.role != Role.LEAD],
        targets=target_rows(worst_first(standings(targets.released(at), at=at)), on=today),
        indicators=[Named(name=each.name, url=each.get_absolute_url()) for each in indicators],
    )


def _heirs(successions: Iterable[Succession], *, heir: str) -> list[Heir]:
    return [
        Heir(
            name=getattr(each, heir).name,
            url=getattr(each, heir).get_absolute_url(),
            field=each.field,
            on=each.effective_on,
        )
        for each in successions
    ]


def _names(department: Department) -> list[EarlierName]:
    return [
        EarlierName(name=str(each), first_on=each.starts_on, last_on=each.ends_on)
        for each in department.names.all()
        if each.ends_on is not None
    ]


def _led(each: Assignment, found: TimeClass, *, on: date) -> LedTask:
    partners = [
        other.department.name
        for other in each.task.assignments.all()
        if other.department_id != each.department_id
    ]
    return LedTask(
        name=each.task.title,
        url=each.task.get_absolute_url(),
        code=each.task.code,
        time_class=found,
        deadline=each.deadline,
        time_note=note_of(each, on=on),
        deliverable=each.deliverable,
        partners=some_of(partners),
        illustrative=each.task.source.is_illustrative,
    )


def _shared(each: Assignment, *, on: date) -> SharedTask:
    leads = [other for other in each.task.assignments.all() if other.role == Role.LEAD]
    return SharedTask(
        name=each.task.title,
        url=each.task.get_absolute_url(),
        lead=some_of([other.department.name for other in leads]),
        time_class=class_of(each, on=on),
        role=each.get_role_display(),
    )


def _oldest(led: Sequence[tuple[Assignment, TimeClass]], *, on: date) -> str:
    late = [
        days_late(
            Status(each.status), deadline=each.deadline, reported_on=each.reported_on, today=on
        )
        for each, found in led
        if found is TimeClass.OVERDUE
    ]
    if not late:
        return ""
    days = max(late)
    return ngettext("the oldest by %(days)s day", "the oldest by %(days)s days", days) % {
        "days": days
    }
