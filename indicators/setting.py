"""Targets: what an article promises, in its own words."""

from dataclasses import asdict, dataclass
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
    reason: str = ""


class PublishedAlready(Exception):
    """What the public has seen is corrected by a new version, never edited or removed."""


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
        **asdict(reading),
        **asdict(terms or Terms()),
    )
    version.full_clean(validate_constraints=False)
    version.save()
    return version


@transaction.atomic
def correct(version: TargetVersion, *, by: User, at: datetime, **changes: object) -> TargetVersion:
    """Replace a published version that was recorded wrongly; the wrong one stays in the chain."""
    check_set(by)
    close([version], at=at)
    fields = {
        field.attname: getattr(version, field.attname)
        for field in TargetVersion._meta.concrete_fields
        if field.name not in {"id", "recorded_at", "recorded_by", "known"}
    }
    corrected = TargetVersion(**{**fields, **changes}, recorded_by=by)
    corrected.known = DateTimeTZRange(at, None)
    quoting.check_words(corrected.passage, corrected.words)
    corrected.full_clean(validate_constraints=False)
    corrected.save()
    return corrected


@transaction.atomic
def edit_draft(version: TargetVersion, *, by: User, **changes: object) -> TargetVersion:
    """Change a version whose article is still a draft. Raises `PublishedAlready`."""
    check_set(by)
    if version.known is not None:
        raise PublishedAlready(_("This target is public. Correct it by a new version instead."))
    for name, value in changes.items():
        setattr(version, name, value)
    _check_passage(version.article, version.passage, version.words)
    version.full_clean(validate_constraints=False)
    version.save()
    return version


@transaction.atomic
def remove_draft(version: TargetVersion, *, by: User) -> None:
    """Remove a version that nobody has seen, and its target if nothing else is left of it."""
    check_set(by)
    if version.known is not None:
        raise PublishedAlready(_("This target is public. Correct it by a new version instead."))
    target = version.target
    version.mentions.all().delete()
    version.delete()
    if not target.versions.exists() and not target.mentions.exists():
        target.adopted_by.clear()
        target.sets.clear()
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
        **asdict(reading),
    )
    record.full_clean()
    record.save()
    return record


def close(versions: list[TargetVersion], *, at: datetime) -> None:
    """End what the public could know of these versions."""
    for version in versions:
        start = version.known.lower
        version.known = DateTimeTZRange(start, max(at, start))
        version.save(update_fields=["known"])


def _check_passage(article: Article, passage: Passage, words: str) -> None:
    if passage.article_id != article.pk:
        raise ValidationError({"passage": _("The sentence must stand in the same article.")})
    try:
        quoting.check_words(passage, words)
    except ValidationError as error:
        raise ValidationError({"words": error.messages}) from error
