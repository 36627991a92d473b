"""Figures. `record_batch` is the only way to them: form, admin, import and command obey it."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from departments.access import Role, departments_of, has_role
from departments.models import Area, User
from indicators import chaining, visibility
from indicators.assessment import FigureStatus, Form
from indicators.chaining import PastIsClosed, Slot
from indicators.models import ImportBatch, Indicator, Observation, Source
from indicators.numbers import MAX_DECIMALS, MAX_WHOLE_DIGITS, round_half_away
from indicators.periods import Period, day_in_province
from news.models import Article, Passage

Key = tuple[int, str, int, int]

SAME_MOMENT = timedelta(minutes=1)
"""Two who record at once read their clocks less than this apart; who arrives later comes after."""


@dataclass(frozen=True)
class Row:
    """One figure to be recorded. Values in the indicator's unit.

    Without `released_at` it is released when it is recorded. Without a passage, one that the figure
    has already stays with it as long as the number is the same.
    """

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

    @property
    def number(self) -> tuple[Decimal, Decimal | None, str]:
        return self.value, self.upper_value, str(self.form)


@dataclass(frozen=True)
class Change:
    """What recording a row would do.

    `old` is the figure it replaces, known to the public or waiting with the same article; `slot` is
    its place in what the public knows, None while its article is a draft.
    """

    row: Row
    old: Observation | None
    slot: Slot | None = None
    errors: list[str] = field(default_factory=list)

    @property
    def is_new(self) -> bool:
        return self.old is None

    @property
    def is_unchanged(self) -> bool:
        return self.old is not None and _content(self.row, self.old) == _content_of(self.old)

    @property
    def loses_its_sentence(self) -> bool:
        """The old number rests on a sentence that says nothing of the new one."""
        old = self.old
        return bool(
            old and old.passage_id and not self.row.passage and self.row.number != _number(old)
        )


class RowsRefused(ValidationError):
    """Some rows cannot be recorded, so none was; `changes` says which and why."""

    def __init__(self, changes: Sequence[Change]) -> None:
        self.changes = [change for change in changes if change.errors]
        super().__init__([_sentence(change) for change in self.changes])


class FiguresMoved(Exception):
    """Somebody recorded one of the figures since it was shown; nothing was recorded."""

    def __init__(self, changes: Sequence[Change]) -> None:
        self.changes = list(changes)
        super().__init__(
            _(
                "Somebody recorded one of these figures meanwhile, so nothing was recorded. "
                "Look at what would change now, and confirm again."
            )
        )


def recordable_by(user: User, *, on: date) -> set[int] | None:
    """The keys of the indicators that the person may record; None when all. Queries.

    A statistician with a membership records the indicators that the department is responsible for;
    one without records all. Editors record what their articles report (see `_errors`).
    """
    if visibility.serves_all(user):
        return None
    if not has_role(user, Role.STATISTICIAN):
        return set()
    departments = departments_of(user, on=on)
    return set(Indicator.objects.led_by(departments, on=on).values_list("pk", flat=True))


def may_record(user: User) -> bool:
    """Whether the person records figures at all, of whichever indicators."""
    return has_role(user, Role.STATISTICIAN)


def check_record(user: User) -> None:
    if not may_record(user):
        raise PermissionDenied(_("Only statisticians may record figures."))


def preview(
    rows: Sequence[Row], *, by: User, at: datetime, entered_afterwards: bool = False
) -> list[Change]:
    """What recording the rows would do, with every row's errors. Writes nothing."""
    if not has_role(by, Role.STATISTICIAN, Role.EDITOR, Role.CHIEF_EDITOR):
        raise PermissionDenied(_("Only statisticians may record figures."))
    allowed = recordable_by(by, on=day_in_province(at))
    chains = _chains({row.key for row in rows})
    first_line: dict[Key, int] = {}
    changes = []
    for row in rows:
        change = _change(row, chains[row.key], at=at)
        change.errors.extend(_errors(row, by=by, allowed=allowed))
        if row.released_at is not None and row.released_at < at and not entered_afterwards:
            change.errors.append(
                _("The release time lies in the past. Mark the batch as entered afterwards.")
            )
        if row.key in first_line:
            change.errors.append(
                _("Row %(line)s holds the same figure already.") % {"line": first_line[row.key]}
            )
        first_line.setdefault(row.key, row.line)
        changes.append(change)
    return changes


def fingerprint(changes: Iterable[Change]) -> str:
    """Says whether the figures that would be replaced are still those that somebody was shown."""
    seen = sorted((change.row.key, change.old.pk if change.old else 0) for change in changes)
    return hashlib.sha256(repr(seen).encode()).hexdigest()


@transaction.atomic
def record_batch(
    rows: Sequence[Row],
    *,
    by: User,
    at: datetime,
    door: ImportBatch.Door,
    file_name: str = "",
    note: str = "",
    entered_afterwards: bool = False,
    seen: str = "",
) -> list[Observation]:
    """Record the figures together, or none. Unchanged ones are left as they are.

    A figure from a draft article waits until the article is published; one released ahead of time
    replaces its predecessor at that time. Only a batch `entered_afterwards` may be released before
    now. `seen` is the `fingerprint` of the changes that the person confirmed.

    Raises `RowsRefused` with all rows' errors, `FiguresMoved` when others recorded what was
    confirmed. The number of queries grows with the different times of release, not with the rows.
    """
    _lock(rows)
    changes = preview(rows, by=by, at=at, entered_afterwards=entered_afterwards)
    if any(change.errors for change in changes):
        raise RowsRefused(changes)
    if seen and seen != fingerprint(changes):
        raise FiguresMoved(changes)
    news = [change for change in changes if not change.is_unchanged]
    if not news:
        return []
    batch = ImportBatch.objects.create(
        door=door,
        file_name=file_name[:250],
        note=note,
        entered_afterwards=entered_afterwards,
        recorded_by=by,
    )
    drafts = [change.old.pk for change in news if change.old and change.old.known is None]
    Observation.objects.filter(pk__in=drafts).delete()
    slots = [change.slot for change in news if change.slot is not None]
    chaining.end((slot.before, slot.begins) for slot in slots if slot.before is not None)
    return Observation.objects.bulk_create(
        [_observation(change, batch=batch, at=at) for change in news]
    )


def record(
    row: Row, *, by: User, at: datetime, door: ImportBatch.Door, seen: str = ""
) -> Observation | None:
    """A batch of one; None when the figure is recorded already."""
    return next(iter(record_batch([row], by=by, at=at, door=door, seen=seen)), None)


def _lock(rows: Sequence[Row]) -> None:
    """Keep other recorders of the same indicators out; always in the same order."""
    keys = {row.indicator.pk for row in rows}
    locked = Indicator.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    list(locked.values_list("pk", flat=True))


def _chains(keys: set[Key]) -> dict[Key, list[Observation]]:
    """All figures ever recorded under the keys, public or waiting. One query."""
    rows = Observation.objects.filter(
        indicator__in={key[0] for key in keys}, period__in={key[1] for key in keys}
    ).select_related("passage", "batch")
    found: dict[Key, list[Observation]] = defaultdict(list)
    for row in rows:
        found[row.indicator_id, row.period.code, row.area_id, row.source_id].append(row)
    return found


def _change(row: Row, chain: list[Observation], *, at: datetime) -> Change:
    article: Article | None = row.passage.article if row.passage else None
    if article is not None and not article.is_published:
        waiting = [
            old
            for old in chain
            if old.known is None and old.passage and old.passage.article_id == article.pk
        ]
        return Change(row, old=next(iter(waiting), None))
    begins = row.released_at or at
    if article is not None and article.published_at is not None:
        begins = max(begins, article.published_at)
    if row.released_at is None:
        begins = _after_those_of_the_same_moment(chain, begins)
    try:
        slot = chaining.slot(chain, begins=begins, at=at)
    except PastIsClosed as error:
        return Change(row, old=None, errors=[str(error)])
    return Change(row, old=slot.before, slot=slot)


def _after_those_of_the_same_moment(chain: list[Observation], begins: datetime) -> datetime:
    starts = [old.known.lower for old in chaining.in_order(chain)]
    same = [start for start in starts if begins < start <= begins + SAME_MOMENT]
    return max(same) + timedelta(microseconds=1) if same else begins


def _errors(row: Row, *, by: User, allowed: set[int] | None) -> list[str]:
    errors = []
    if allowed is not None and row.indicator.pk not in allowed and not _from_article(row, by):
        errors.append(_out_of_scope(row, by))
    for number in (row.value, row.upper_value):
        if number is not None and not _fits(number):
            errors.append(
                _("%(number)s has more than %(decimals)s decimals or too many digits.")
                % {"number": number, "decimals": MAX_DECIMALS}
            )
    if row.upper_value is not None and row.upper_value < row.value:
        errors.append(_("The upper value is below the lower one. Exchange the two."))
    if row.passage is not None and (not row.words or row.words not in row.passage.quote):
        errors.append(_("Copy the words exactly from the sentence."))
    if row.words and row.passage is None:
        errors.append(_("Words belong to a sentence of an article."))
    if row.passage is not None and row.passage.article.withdrawn_at is not None:
        errors.append(_("The article is withdrawn, so nothing can rest on its sentence."))
    return errors


def _from_article(row: Row, by: User) -> bool:
    """An editor records what an article reports, by its sentence."""
    return row.passage is not None and has_role(by, Role.EDITOR, Role.CHIEF_EDITOR)


def _out_of_scope(row: Row, by: User) -> str:
    if not may_record(by):
        return _("Only statisticians record figures that rest on no sentence of an article.")
    return _("Your department is not responsible for “%(indicator)s”.") % {
        "indicator": row.indicator
    }


def _fits(number: Decimal) -> bool:
    if not number.is_finite() or abs(number) >= 10**MAX_WHOLE_DIGITS:
        return False
    return round_half_away(number, MAX_DECIMALS) == number


def _observation(change: Change, *, batch: ImportBatch, at: datetime) -> Observation:
    row, old = change.row, change.old
    passage, words = row.passage, row.words
    if passage is None and old is not None and not change.loses_its_sentence:
        passage, words = old.passage, old.words
    return Observation(
        indicator=row.indicator,
        period=row.period,
        area=row.area,
        source=row.source,
        value=row.value,
        upper_value=row.upper_value,
        form=row.form,
        status=row.status,
        as_of=row.as_of,
        released_at=row.released_at or at,
        passage=passage,
        words=words,
        note=row.note,
        batch=batch,
        known=change.slot.known if change.slot else None,
    )


def _sentence(change: Change) -> str:
    errors = " ".join(change.errors)
    if not change.row.line:
        return errors
    return _("Row %(line)s: %(errors)s") % {"line": change.row.line, "errors": errors}


def _number(observation: Observation) -> tuple[Decimal, Decimal | None, str]:
    return observation.value, observation.upper_value, observation.form


def _content(row: Row, old: Observation) -> tuple[object, ...]:
    """What makes the row say something else than the old figure; what it leaves out does not."""
    passage = (row.passage.pk, row.words) if row.passage else (old.passage_id, old.words)
    return *row.number, str(row.status), row.as_of, passage, row.note or old.note


def _content_of(old: Observation) -> tuple[object, ...]:
    return *_number(old), old.status, old.as_of, (old.passage_id, old.words), old.note
