"""Figures. `record_batch` is the only way to them: form, admin, import and command obey it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext as _

from departments.access import Role, departments_of, has_role
from departments.models import Area, User
from indicators.assessment import FigureStatus, Form
from indicators.models import ImportBatch, Indicator, Observation, Source
from indicators.periods import Period, day_in_province
from news.models import Article, Passage

Key = tuple[int, str, int, int]


@dataclass(frozen=True)
class Row:
    """One figure to be recorded. Values in the indicator's unit."""

    indicator: Indicator
    period: Period
    area: Area
    source: Source
    value: Decimal
    as_of: date
    status: FigureStatus = FigureStatus.ESTIMATE
    form: Form = Form.LEVEL
    upper_value: Decimal | None = None
    released_at: datetime | None = None
    passage: Passage | None = None
    words: str = ""
    note: str = ""
    line: int = 0

    @property
    def key(self) -> Key:
        return self.indicator.pk, self.period.code, self.area.pk, self.source.pk


@dataclass(frozen=True)
class Change:
    """What recording a row would do: `old` is the figure it replaces."""

    row: Row
    old: Observation | None
    errors: list[str] = field(default_factory=list)

    @property
    def is_new(self) -> bool:
        return self.old is None

    @property
    def is_unchanged(self) -> bool:
        return self.old is not None and _content(self.row) == _content_of(self.old)


class RowsRefused(ValidationError):
    """Some rows cannot be recorded, so none was; `changes` says which and why."""

    def __init__(self, changes: Sequence[Change]) -> None:
        self.changes = [change for change in changes if change.errors]
        super().__init__(
            [
                _("Row %(line)s: %(errors)s")
                % {"line": change.row.line, "errors": " ".join(change.errors)}
                for change in self.changes
            ]
        )


def recordable_by(user: User, *, on: date) -> "set[int] | None":
    """The keys of the indicators that the person may record; None when all. Queries.

    A statistician with a membership records the indicators that the department is responsible for;
    one without records all. Editors record what their articles report (see `_access_errors`).
    """
    if not has_role(user, Role.STATISTICIAN):
        return set()
    departments = departments_of(user, on=on)
    if not departments.exists():
        return None
    return set(Indicator.objects.led_by(departments, on=on).values_list("pk", flat=True))


def may_record(user: User) -> bool:
    return has_role(user, Role.STATISTICIAN)


def check_record(user: User) -> None:
    if not may_record(user):
        raise PermissionDenied(_("Only statisticians may record figures."))


def preview(rows: Sequence[Row], *, by: User, at: datetime) -> list[Change]:
    """What recording the rows would do, with every row's errors. Writes nothing."""
    if not has_role(by, Role.STATISTICIAN, Role.EDITOR, Role.CHIEF_EDITOR):
        raise PermissionDenied(_("Only statisticians may record figures."))
    allowed = recordable_by(by, on=day_in_province(at))
    rows = [row if row.released_at else replace(row, released_at=at) for row in rows]
    current = _current({row.key for row in rows}, at=at)
    first_line: dict[Key, int] = {}
    changes = []
    for row in rows:
        errors = _errors(row, by=by, allowed=allowed)
        if row.key in first_line:
            errors.append(
                _("Line %(line)s holds the same figure already.") % {"line": first_line[row.key]}
            )
        first_line.setdefault(row.key, row.line)
        changes.append(Change(row=row, old=current.get(row.key), errors=errors))
    return changes


@transaction.atomic
def record_batch(
    rows: Sequence[Row], *, by: User, at: datetime, door: ImportBatch.Door,
    file_name: str = "", note: str = "", entered_afterwards: bool = False,
) -> list[Observation]:
    """Record the figures together, or none. Unchanged ones are left as they are.

    A figure from a draft article waits until the article is published; one released ahead of time
    replaces its predecessor at that time. Only a batch `entered_afterwards` may be released before
    now. Raises `RowsRefused` with all rows' errors. Three queries, whatever the number of rows.
    """
    indicators = sorted({row.indicator.pk for row in rows})
    list(Indicator.objects.select_for_update().filter(pk__in=indicators).order_by("pk"))
    changes = preview(rows, by=by, at=at)
    if not entered_afterwards:
        changes = [_not_backdated(change, at=at) for change in changes]
    if any(change.errors for change in changes):
        raise RowsRefused(changes)
    news = [change for change in changes if not change.is_unchanged]
    if not news:
        return []
    batch = ImportBatch.objects.create(
        door=door, file_name=file_name, note=note, entered_afterwards=entered_afterwards,
        recorded_by=by,
    )
    observations = [_observation(change.row, batch=batch, at=at) for change in news]
    replaced = [
        (change.old, new.known.lower)
        for change, new in zip(news, observations, strict=True)
        if change.old is not None and new.known is not None
    ]
    supersede(replaced)
    return Observation.objects.bulk_create(observations)


def record(row: Row, *, by: User, at: datetime, door: ImportBatch.Door) -> Observation | None:
    """A batch of one; None when the figure is recorded already."""
    return next(iter(record_batch([row], by=by, at=at, door=door)), None)


def supersede(replaced: Sequence[tuple[Observation, datetime]]) -> None:
    """End what was known at the moment its successor is released."""
    for old, moment in replaced:
        old.known = DateTimeTZRange(old.known.lower, max(moment, old.known.lower))
    Observation.objects.bulk_update([old for old, _moment in replaced], ["known"])


def _current(keys: set[Key], *, at: datetime) -> dict[Key, Observation]:
    rows = Observation.objects.filter(
        indicator__in={key[0] for key in keys},
        period__in={key[1] for key in keys},
        known__isnull=False,
        known__endswith=None,
    ).select_related("indicator", "area", "source")
    found = {(o.indicator_id, o.period.code, o.area_id, o.source_id): o for o in rows}
    return {key: observation for key, observation in found.items() if key in keys}


def _errors(row: Row, *, by: User, allowed: set[int] | None) -> list[str]:
    errors = []
    if allowed is not None and row.indicator.pk not in allowed and not _from_own_article(row, by):
        errors.append(
            _("Your department is not responsible for “%(indicator)s”.")
            % {"indicator": row.indicator}
        )
    if row.upper_value is not None and row.upper_value < row.value:
        errors.append(_("The upper value is not below the lower one."))
    if row.passage is not None and row.words not in row.passage.quote:
        errors.append(_("Copy the words exactly from the sentence."))
    if row.words and row.passage is None:
        errors.append(_("Words belong to a sentence of an article."))
    return errors


def _from_own_article(row: Row, by: User) -> bool:
    """An editor records what an article reports, by its sentence."""
    return row.passage is not None and has_role(by, Role.EDITOR, Role.CHIEF_EDITOR)


def _not_backdated(change: Change, *, at: datetime) -> Change:
    if change.row.released_at is None or change.row.released_at >= at:
        return change
    error = _("The release time lies in the past. Mark the batch as entered afterwards.")
    return replace(change, errors=[*change.errors, error])


def _observation(row: Row, *, batch: ImportBatch, at: datetime) -> Observation:
    released_at = row.released_at or at
    return Observation(
        indicator=row.indicator, period=row.period, area=row.area, source=row.source,
        value=row.value, upper_value=row.upper_value, form=row.form, status=row.status,
        as_of=row.as_of, released_at=released_at, passage=row.passage, words=row.words,
        note=row.note, batch=batch, known=_known(row.passage, released_at),
    )


def _known(passage: Passage | None, released_at: datetime) -> DateTimeTZRange | None:
    article: Article | None = passage.article if passage else None
    if article is None:
        return DateTimeTZRange(released_at, None)
    if not article.is_published or article.published_at is None:
        return None
    return DateTimeTZRange(max(released_at, article.published_at), None)


def _content(row: Row) -> tuple[object, ...]:
    return (
        row.value, row.upper_value, row.form, row.status, row.as_of,
        row.passage.pk if row.passage else None, row.words,
    )  # fmt: skip


def _content_of(observation: Observation) -> tuple[object, ...]:
    return (
        observation.value, observation.upper_value, observation.form, observation.status,
        observation.as_of, observation.passage_id, observation.words,
    )  # fmt: skip
