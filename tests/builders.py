"""What people do, in one call each, through the actions of the portal."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from assignments import assigning, workflow
from assignments.models import Assignment, Task
from assignments.statuses import Status
from departments.access import Role
from departments.models import Area, Department, User
from indicators import recording, setting
from indicators.assessment import Comparator, FigureStatus
from indicators.models import ImportBatch, Indicator, Observation, Plan, Source, Target
from indicators.models import TargetVersion as Version
from indicators.periods import day_in_province, parse
from indicators.recording import Row
from indicators.setting import Reading, Terms
from news import quoting
from news.models import Article, Passage
from portal import announcing
from tests import factories
from tests.factories import GROWTH_VI, NOW, body_of


def person(*roles: Role, department: Department | None = None, **fields: Any) -> User:
    """Somebody with these roles, an officer of the department if one is named."""
    groups: tuple[str, ...] = tuple(role.value for role in roles)
    if department is not None:
        groups = (*groups, "officer")
    user = factories.UserFactory.create(roles=groups, is_staff=True, **fields)
    if department is not None:
        factories.MembershipFactory.create(user=user, department=department)
    return user


def draft_article(*sentences: str, **fields: Any) -> Article:
    """A draft whose paragraphs are the sentences."""
    if sentences:
        fields["body"] = body_of(*sentences)
    return factories.ArticleFactory.create(**fields)


def publish(
    article: Article,
    *,
    by: User | None = None,
    at: datetime = NOW,
    note: str = "",
    entered_afterwards: bool = False,
) -> Article:
    announcing.publish(
        article, by=by or person(Role.EDITOR), at=at, note=note,
        entered_afterwards=entered_afterwards,
    )  # fmt: skip
    return article


def published_article(
    *sentences: str, by: User | None = None, at: datetime = NOW, **fields: Any
) -> Article:
    """An article on which nothing rested when it was published."""
    return publish(draft_article(*sentences, **fields), by=by, at=at)


def withdraw(
    article: Article, *, by: User | None = None, at: datetime = NOW, reason: str = "Wrong."
) -> Article:
    announcing.withdraw(article, by=by or person(Role.CHIEF_EDITOR), at=at, reason=reason)
    return article


def passage_of(article: Article, sentence: str) -> Passage:
    return quoting.quote(article, sentence)


def target_version(
    article: Article,
    sentence: str = GROWTH_VI,
    *,
    value: Decimal | str | None = "10.5",
    comparator: Comparator = Comparator.GT,
    words: str = "",
    indicator: Indicator | None = None,
    plan: Plan | None = None,
    period: str = "",
    area: Area | None = None,
    assigner: Target.Assigner = Target.Assigner.PEOPLES_COMMITTEE,
    terms: Terms | None = None,
    reading: Reading | None = None,
    source: Source | None = None,
    by: User | None = None,
    at: datetime = NOW,
    in_force_from: date | None = None,
    is_stretch: bool = False,
) -> Version:
    """What the sentence promises; it waits with its article when that is a draft."""
    plan = plan or factories.PlanFactory.create()
    return setting.set_target(
        indicator=indicator or factories.IndicatorFactory.create(),
        plan=plan,
        period=parse(period) if period else plan.period,
        area=area or factories.AreaFactory.create(),
        assigner=assigner,
        article=article,
        passage=passage_of(article, sentence),
        words=words or sentence,
        reading=reading or Reading(comparator, None if value is None else Decimal(value)),
        source=source or factories.SourceFactory.create(),
        terms=terms,
        in_force_from=in_force_from,
        is_stretch=is_stretch,
        by=by or person(Role.EDITOR),
        at=at,
    )


def published_target(
    sentence: str = GROWTH_VI,
    *,
    at: datetime = NOW,
    article: dict[str, Any] | None = None,
    **fields: Any,
) -> Version:
    """A target set by a sentence of an article of its own, which is published at that moment."""
    draft = draft_article(sentence, **(article or {}))
    version = target_version(draft, sentence, at=at, **fields)
    publish(draft, at=at)
    version.refresh_from_db()
    return version


def figure(
    indicator: Indicator,
    value: Decimal | str,
    *,
    period: str = "2025",
    area: Area | None = None,
    source: Source | None = None,
    status: FigureStatus = FigureStatus.OFFICIAL,
    as_of: date | None = None,
    by: User | None = None,
    at: datetime = NOW,
    entered_afterwards: bool = False,
    **fields: Any,
) -> Observation:
    """A recorded figure. Further fields are those of `recording.Row`."""
    row = Row(
        indicator=indicator,
        period=parse(period),
        area=area or factories.AreaFactory.create(),
        source=source or factories.SourceFactory.create(),
        value=Decimal(value),
        as_of=as_of or parse(period).end,
        status=status,
        **fields,
    )
    [observation] = recording.record_batch(
        [row], by=by or person(Role.STATISTICIAN), at=at, door=ImportBatch.Door.FORM,
        entered_afterwards=entered_afterwards,
    )  # fmt: skip
    return observation


def figure_from(
    article: Article,
    sentence: str,
    indicator: Indicator,
    value: Decimal | str,
    *,
    words: str = "",
    **fields: Any,
) -> Observation:
    """A figure that the sentence reports; it waits with its article when that is a draft."""
    passage = passage_of(article, sentence)
    return figure(indicator, value, passage=passage, words=words or sentence, **fields)


def task_from(
    article: Article, sentence: str, *, words: str = "", by: User | None = None, **fields: Any
) -> Task:
    """A task that the sentence assigns."""
    task = factories.TaskFactory.build(
        plan=fields.pop("plan", None) or factories.PlanFactory.create(),
        source=fields.pop("source", None) or factories.SourceFactory.create(),
        document=None,
        passage=passage_of(article, sentence),
        words=words or sentence,
        **fields,
    )
    return assigning.create(task, by=by or person(Role.COORDINATOR))


def assignment(
    task: Task | None = None,
    *,
    department: Department | None = None,
    by: User | None = None,
    **terms: Any,
) -> Assignment:
    """A department's part, not yet received. Further terms are those of `assigning.assign`."""
    return assigning.assign(
        task or factories.TaskFactory.create(),
        department=department or factories.DepartmentFactory.create(),
        by=by or person(Role.COORDINATOR),
        **terms,
    )


def assignment_in(
    status: Status,
    *,
    task: Task | None = None,
    department: Department | None = None,
    officer: User | None = None,
    coordinator: User | None = None,
    at: datetime = NOW,
    **terms: Any,
) -> Assignment:
    """An assignment that its department and the office have brought to this status at `at`."""
    coordinator = coordinator or person(Role.COORDINATOR)
    given = assignment(task, department=department, by=coordinator, **terms)
    if status is Status.NOT_YET_RECEIVED:
        return given
    officer = officer or person(department=given.department)
    if not officer.memberships.valid_on(day_in_province(at)).exists():
        raise ValueError("the officer acts for no department on that day")
    workflow.receive(given, by=officer, at=at, version=given.version)
    if status is Status.IN_PROGRESS:
        return given
    workflow.report_done(given, by=officer, at=at, version=given.version, text="Đã làm xong.")
    if status is Status.COMPLETED:
        workflow.confirm(given, by=coordinator, at=at, version=given.version)
    if status is Status.RETURNED:
        workflow.return_report(
            given, by=coordinator, at=at, version=given.version, reason="Thiếu bảng số liệu."
        )
    return given
