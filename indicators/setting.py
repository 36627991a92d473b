"""Targets: what an article promises, in its own words."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext as _

from departments.access import Role, has_role
from departments.models import Area, User
from indicators.assessment import Aggregation, Comparator, Form
from indicators.models import Indicator, Mention, Plan, Source, Target, TargetVersion
from indicators.periods import Period, day_in_province
from news import quoting
from news.models import Article, Document, Passage

CHANGEABLE = frozenset(
    field.name
    for field in TargetVersion._meta.concrete_fields
    if field.name not in {"id", "target", "known", "recorded_at", "recorded_by"}
)
COPIED = frozenset(
    field.attname
    for field in TargetVersion._meta.concrete_fields
    if field.name in CHANGEABLE | {"target"}
)


@dataclass(frozen=True)
class Reading:
    """What a sentence says of a target, as written. Values in the indicator's unit."""

    comparator: Comparator
    value: Decimal | None
    upper_value: Decimal | None = None
    form: Form = Form.LEVEL


@dataclass(frozen=True)
class Terms:
    """What only the version of a target holds, beside its reading."""

    decimals_written: int = 0
    tolerance: Decimal | None = None
    aggregation: Aggregation = Aggregation.END
    baseline_period: Period | None = None
    baseline_value: Decimal | None = None
    deadline: date | None = None
    deadline_as_written: str = ""
    reason_vi: str = ""
    reason_en: str = ""


class PublishedAlready(Exception):
    """What the public has seen is corrected by a new version, never edited or removed."""


class NotCurrent(Exception):
    """Only a version that holds now is corrected: not a draft, nor one that was replaced."""


def check_set(user: User) -> None:
    if not has_role(user, Role.EDITOR, Role.CHIEF_EDITOR, Role.STATISTICIAN):
        raise PermissionDenied(_("Only editors and statisticians may set targets."))


def known_from(article: Article, at: datetime) -> DateTimeTZRange | None:
    """None while the article is a draft; else from now, or from its publication if ahead."""
    if not article.is_published or article.published_at is None:
        return None
    return DateTimeTZRange(max(at, article.published_at), None)


@transaction.atomic
def set_target(
    *,
    indicator: Indicator,
    plan: Plan,
    period: Period,
    area: Area,
    assigner: Target.Assigner,
    article: Article,
    passage: Passage,
    words: str,
    reading: Reading,
    source: Source,
    by: User,
    at: datetime,
    is_stretch: bool = False,
    terms: Terms | None = None,
    document: Document | None = None,
    in_force_from: date | None = None,
) -> TargetVersion:
    """Add what the article says to the target, making the target when it is new.

    `in_force_from` defaults to the day of the article's event, else its publication, else today.
    While the article is a draft the version waits; it is known from the article's publication.
    """
    check_set(by)
    _check_passage(article, passage, words)
    if article.status == Article.Status.WITHDRAWN:
        raise ValidationError({"article": _("A withdrawn article sets no targets any more.")})
    target, _made = Target.objects.get_or_create(
        indicator=indicator,
        period=period,
        area=area,
        assigner=assigner,
        is_stretch=is_stretch,
        defaults={"plan": plan},
    )
    version = TargetVersion(
        target=target,
        article=article,
        passage=passage,
        words=words,
        source=source,
        document=document,
        recorded_by=by,
        known=known_from(article, at),
        in_force_from=in_force_from or article.decided_on or day_in_province(at),
        **vars(reading),
        **vars(terms or Terms()),
    )
    _check_draft_once(version)
    version.full_clean()
    version.save()
    return version


@transaction.atomic
def correct(version: TargetVersion, *, by: User, at: datetime, **changes: object) -> TargetVersion:
    """Replace a published version that was recorded wrongly; the wrong one stays in the chain.

    The right one is known from now, or from the publication if that is still ahead. Raises
    `NotCurrent` for a draft, and when somebody corrected the version meanwhile.
    """
    check_set(by)
    wrong = TargetVersion.objects.select_for_update().get(pk=version.pk)
    if wrong.known is None:
        raise NotCurrent(_("This target is not public yet. Edit it instead."))
    if wrong.known.isempty or wrong.known.upper is not None:
        raise NotCurrent(_("This version was replaced meanwhile. Correct the present one instead."))
    right = TargetVersion(recorded_by=by, known=DateTimeTZRange(max(at, wrong.known.lower), None))
    for name in COPIED:
        setattr(right, name, getattr(wrong, name))
    _change(right, changes)
    _check_passage(right.article, right.passage, right.words)
    close([wrong], at=at)
    right.full_clean()
    right.save()
    return right


@transaction.atomic
def edit_draft(version: TargetVersion, *, by: User, **changes: object) -> TargetVersion:
    """Change a version whose article is still a draft. Raises `PublishedAlready`."""
    check_set(by)
    _check_draft(version)
    _change(version, changes)
    _check_passage(version.article, version.passage, version.words)
    _check_draft_once(version)
    version.full_clean()
    version.save()
    return version


@transaction.atomic
def remove_draft(version: TargetVersion, *, by: User) -> None:
    """Remove a version that nobody has seen, and its target if nothing else is left of it.

    What its article says of it again goes with it; the mentions of other articles stay.
    """
    check_set(by)
    _check_draft(version)
    target = version.target
    version.mentions.filter(passage__article=version.article_id).delete()
    version.mentions.update(target_version=None)
    version.delete()
    if not target.versions.exists() and not target.mentions.exists():
        target.delete()


@transaction.atomic
def mention(
    target: Target,
    *,
    passage: Passage,
    words: str,
    role: Mention.Role,
    reading: Reading,
    by: User,
    version: TargetVersion | None = None,
) -> Mention:
    """Record a further reading of the target."""
    check_set(by)
    quoting.check_words(passage, words)
    record = Mention(
        target=target,
        target_version=version,
        passage=passage,
        words=words,
        role=role,
        **vars(reading),
    )
    record.full_clean()
    record.save()
    return record


def freeze_margins(plan: Plan, *, at: datetime) -> None:
    """Keep the margins as they are from the moment at which the plan's first verdict is public."""
    if plan.margins_frozen_at is None:
        plan.margins_frozen_at = at
        plan.save(update_fields=["margins_frozen_at"])


def close(versions: list[TargetVersion], *, at: datetime) -> None:
    """End what the public could know of these versions."""
    for version in versions:
        start = version.known.lower
        version.known = DateTimeTZRange(start, max(at, start))
        version.save(update_fields=["known"])


def _change(version: TargetVersion, changes: dict[str, object]) -> None:
    for name, value in changes.items():
        if name.removesuffix("_id") not in CHANGEABLE:
            raise TypeError(f"not changed by name: {name}")
        setattr(version, name, value)


def _check_draft(version: TargetVersion) -> None:
    """Raises `PublishedAlready`, also when the article was published since the row was read."""
    present = TargetVersion.objects.select_for_update().get(pk=version.pk)
    if present.known is not None:
        raise PublishedAlready(_("This target is public. Correct it by a new version instead."))


def _check_draft_once(version: TargetVersion) -> None:
    """An article says once what a target is from a day on; further readings are mentions."""
    same = TargetVersion.objects.filter(
        target=version.target,
        article=version.article,
        in_force_from=version.in_force_from,
        known=None,
    ).exclude(pk=version.pk)
    if version.known is None and same.exists():
        raise ValidationError(
            _("This article sets the target already. Record a further sentence as a mention.")
        )


def _check_passage(article: Article, passage: Passage, words: str) -> None:
    if passage.article_id != article.pk:
        raise ValidationError({"passage": _("The sentence must stand in the same article.")})
    try:
        quoting.check_words(passage, words)
    except ValidationError as error:
        raise ValidationError({"words": error.messages}) from error
