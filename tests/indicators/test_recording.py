"""Recording figures: together or not at all, each after the one it replaces."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from departments.access import Role
from departments.models import Department, User
from indicators import recording
from indicators.assessment import FigureStatus
from indicators.models import ImportBatch, Observation
from indicators.periods import parse
from indicators.recording import FiguresMoved, Row, RowsRefused
from tests import builders, factories
from tests.factories import GROWTH_VI, NOW

pytestmark = pytest.mark.django_db

SPREADSHEET = ImportBatch.Door.SPREADSHEET
LATER = NOW + timedelta(days=1)
WORDS = "10,5%"


def a_row(value: str = "7.34", **fields: Any) -> Row:
    row = Row(
        indicator=factories.IndicatorFactory.create(),
        period=parse("2025"),
        area=factories.AreaFactory.create(),
        source=factories.SourceFactory.create(),
        value=Decimal(value),
        as_of=date(2025, 12, 31),
        line=2,
    )
    return replace(row, **fields)


def save(*rows: Row, by: User, at: datetime = NOW, **options: Any) -> list[Observation]:
    return recording.record_batch(rows, by=by, at=at, door=SPREADSHEET, **options)


def chain(row: Row) -> list[tuple[Decimal, object, object]]:
    found = Observation.objects.filter(indicator=row.indicator).order_by("pk")
    return [(o.value, o.known.lower, o.known.upper) for o in found]


def test_first_figure_is_known_from_the_moment_it_is_recorded(statistician: User) -> None:
    row = a_row()

    [figure] = save(row, by=statistician, file_name="so-lieu.xlsx")

    assert chain(row) == [(Decimal("7.34"), NOW, None)]
    assert figure.batch.file_name == "so-lieu.xlsx"
    assert figure.batch.recorded_by == statistician


def test_changed_figure_supersedes_and_the_old_one_stays(statistician: User) -> None:
    row = a_row()
    save(row, by=statistician)

    save(replace(row, value=Decimal("7.51")), by=statistician, at=LATER)

    assert chain(row) == [(Decimal("7.34"), NOW, LATER), (Decimal("7.51"), LATER, None)]


def test_unchanged_figure_is_left_as_it_is(statistician: User) -> None:
    row = a_row()
    save(row, by=statistician)

    again = save(replace(row, value=Decimal("7.340")), by=statistician, at=LATER)

    assert again == []
    assert chain(row) == [(Decimal("7.34"), NOW, None)]
    assert ImportBatch.objects.count() == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"value": Decimal("7.35")},
        {"upper_value": Decimal("7.5")},
        {"status": FigureStatus.OFFICIAL},
        {"as_of": date(2025, 11, 1)},
        {"note": "tính lại"},
    ],
)
def test_what_makes_a_figure_another_one(statistician: User, changed: dict[str, Any]) -> None:
    row = a_row()
    save(row, by=statistician)

    news = save(replace(row, **changed), by=statistician, at=LATER)

    assert len(news) == 1


def test_one_wrong_row_leaves_nothing(statistician: User) -> None:
    good, bad = a_row(), a_row(upper_value=Decimal(1), line=3)

    with pytest.raises(RowsRefused) as refused:
        save(good, bad, by=statistician)

    assert refused.value.messages == [
        "Row 3: The upper value is below the lower one. Exchange the two."
    ]
    assert not Observation.objects.exists()
    assert not ImportBatch.objects.exists()


def test_every_wrong_row_is_named(statistician: User) -> None:
    rows = [a_row(upper_value=Decimal(1), line=line) for line in (2, 3, 4)]

    with pytest.raises(RowsRefused) as refused:
        save(*rows, by=statistician)

    assert [change.row.line for change in refused.value.changes] == [2, 3, 4]


def test_the_same_figure_twice_in_one_batch_is_refused(statistician: User) -> None:
    row = a_row()

    with pytest.raises(RowsRefused) as refused:
        save(row, replace(row, value=Decimal(8), line=3), by=statistician)

    assert refused.value.messages == ["Row 3: Row 2 holds the same figure already."]


@pytest.mark.parametrize("number", ["0.1234567", "1000000000000000000", "NaN", "Infinity", "1E+40"])
def test_number_that_the_column_cannot_hold_is_refused(statistician: User, number: str) -> None:
    with pytest.raises(RowsRefused, match="decimals or too many digits"):
        save(a_row(number), by=statistician)


@pytest.mark.parametrize("number", ["0.123456", "-999999999999999999.999999", "0", "5E+3"])
def test_number_that_the_column_holds_is_kept_exactly(statistician: User, number: str) -> None:
    [figure] = save(a_row(number), by=statistician)

    figure.refresh_from_db()
    assert figure.value == Decimal(number)


def test_queries_do_not_grow_with_the_rows(statistician: User) -> None:
    counts = []
    for size in (1, 3, 30):
        rows = [a_row(line=line) for line in range(2, 2 + size)]
        save(*rows, by=User.objects.get(pk=statistician.pk))
        changed = [replace(row, value=row.value + 1) for row in rows]
        with CaptureQueriesContext(
            connection,
        ) as queries:
            save(*changed, by=User.objects.get(pk=statistician.pk), at=LATER)
        counts.append(len(queries))

    assert counts[0] == counts[1] == counts[2]


# Who may


def test_statistician_of_a_department_records_what_it_is_responsible_for(
    department_a: Department, department_b: Department
) -> None:
    by = builders.person(Role.STATISTICIAN, department=department_a)
    own, foreign = a_row(), a_row(line=3)
    factories.ResponsibilityFactory.create(indicator=own.indicator, department=department_a)
    factories.ResponsibilityFactory.create(indicator=foreign.indicator, department=department_b)

    with pytest.raises(RowsRefused) as refused:
        save(own, foreign, by=by)
    save(own, by=by)

    assert [change.row.line for change in refused.value.changes] == [3]
    assert "Your department is not responsible" in refused.value.messages[0]
    assert Observation.objects.get().indicator == own.indicator


def test_membership_that_ended_does_not_open_all_indicators(department_a: Department) -> None:
    by = builders.person(Role.STATISTICIAN)
    factories.MembershipFactory.create(
        user=by, department=department_a, starts_on=date(2024, 1, 1), ends_on=date(2025, 1, 1)
    )

    with pytest.raises(RowsRefused, match="not responsible"):
        save(a_row(), by=by)


def test_responsibility_that_moved_away_counts_no_more(
    department_a: Department, department_b: Department
) -> None:
    by = builders.person(Role.STATISTICIAN, department=department_a)
    row = a_row()
    factories.ResponsibilityFactory.create(
        indicator=row.indicator, department=department_a, ends_on=date(2025, 3, 1)
    )
    factories.ResponsibilityFactory.create(
        indicator=row.indicator, department=department_b, starts_on=date(2025, 3, 1)
    )

    with pytest.raises(RowsRefused, match="not responsible"):
        save(row, by=by)


@pytest.mark.parametrize("role", [r for r in Role if r not in {
    Role.STATISTICIAN, Role.EDITOR, Role.CHIEF_EDITOR}])  # fmt: skip
def test_other_roles_record_nothing(role: Role) -> None:
    with pytest.raises(PermissionDenied):
        save(a_row(), by=builders.person(role))


def test_superuser_without_the_role_records_nothing() -> None:
    with pytest.raises(PermissionDenied):
        save(a_row(), by=builders.person(is_superuser=True))


def test_editor_records_only_what_a_sentence_reports(editor: User) -> None:
    article = builders.published_article(at=NOW)
    passage = builders.passage_of(article, GROWTH_VI)

    with pytest.raises(RowsRefused, match="rest on no sentence"):
        save(a_row(), by=editor)
    [figure] = save(a_row("10.5", passage=passage, words=WORDS), by=editor)

    assert figure.passage == passage


# Sentences


def test_figure_of_a_draft_waits_and_replaces_itself(editor: User) -> None:
    article = builders.draft_article()
    row = a_row("10.5", passage=builders.passage_of(article, GROWTH_VI), words=WORDS)

    [first] = save(row, by=editor)
    unchanged = save(row, by=editor)
    [second] = save(replace(row, value=Decimal("10.6")), by=editor)

    assert first.known is None
    assert unchanged == []
    assert list(Observation.objects.values_list("pk", flat=True)) == [second.pk]


@pytest.mark.parametrize("words", ["", "11%"])
def test_words_stand_in_the_sentence(editor: User, words: str) -> None:
    article = builders.draft_article()
    passage = builders.passage_of(article, GROWTH_VI)

    with pytest.raises(RowsRefused, match="Copy the words exactly"):
        save(a_row(passage=passage, words=words), by=editor)


def test_nothing_rests_on_a_withdrawn_article(editor: User) -> None:
    article = builders.published_article()
    passage = builders.passage_of(article, GROWTH_VI)
    builders.withdraw(article)
    passage.refresh_from_db()

    with pytest.raises(RowsRefused, match="withdrawn"):
        save(a_row(passage=passage, words=WORDS), by=editor)


def test_sentence_stays_with_the_number_it_states(statistician: User, editor: User) -> None:
    article = builders.published_article()
    passage = builders.passage_of(article, GROWTH_VI)
    row = a_row("10.5")
    save(replace(row, passage=passage, words=WORDS), by=editor)

    same = save(row, by=statistician, at=LATER)
    [official] = save(replace(row, status=FigureStatus.OFFICIAL), by=statistician, at=LATER)
    later = LATER + timedelta(days=1)
    [other] = save(replace(row, value=Decimal("10.4")), by=statistician, at=later)

    assert same == []
    assert official.passage == passage
    assert other.passage is None


# Times


def test_released_ahead_of_time_replaces_at_that_time(statistician: User) -> None:
    at = timezone.now()
    release = at + timedelta(days=16)
    row = a_row()
    save(row, by=statistician, at=at)

    save(replace(row, value=Decimal(8), released_at=release), by=statistician, at=at)

    assert chain(row) == [(Decimal("7.34"), at, release), (Decimal(8), release, None)]
    assert not Observation.objects.known_on(at).filter(value=8).exists()


def test_recorded_meanwhile_holds_until_the_one_ahead_is_released(statistician: User) -> None:
    at = timezone.now()
    release, between = at + timedelta(days=16), at + timedelta(days=3)
    row = a_row()
    save(row, by=statistician, at=at)
    save(replace(row, value=Decimal(8), released_at=release), by=statistician, at=at)

    save(replace(row, value=Decimal(9)), by=statistician, at=between)

    assert chain(row) == [
        (Decimal("7.34"), at, between),
        (Decimal(8), release, None),
        (Decimal(9), between, release),
    ]


def test_one_ahead_is_corrected_by_the_same_time_of_release(statistician: User) -> None:
    at = timezone.now()
    release = at + timedelta(days=16)
    row = a_row(released_at=release)
    save(row, by=statistician, at=at)

    save(replace(row, value=Decimal(8)), by=statistician, at=at + timedelta(days=1))

    known = Observation.objects.known_on(release)
    assert [figure.value for figure in known] == [8]
    assert Observation.objects.get(value=Decimal("7.34")).known.isempty


def test_release_in_the_past_needs_the_mark(statistician: User) -> None:
    row = a_row(released_at=NOW - timedelta(days=300))

    with pytest.raises(RowsRefused, match="entered afterwards"):
        save(row, by=statistician)
    [figure] = save(row, by=statistician, entered_afterwards=True)

    assert figure.known.lower == NOW - timedelta(days=300)
    assert figure.batch.entered_afterwards


def test_entered_afterwards_out_of_order_stands_in_order(statistician: User) -> None:
    early, late = NOW - timedelta(days=700), NOW - timedelta(days=300)
    row = a_row()
    save(replace(row, released_at=late), by=statistician, entered_afterwards=True)

    save(
        replace(row, value=Decimal(7), released_at=early), by=statistician, entered_afterwards=True
    )

    assert chain(row) == [(Decimal("7.34"), late, None), (Decimal(7), early, late)]


def test_what_was_known_and_replaced_is_not_rewritten(statistician: User) -> None:
    early, late = NOW - timedelta(days=700), NOW - timedelta(days=300)
    row = a_row()
    for value, release in (("7", early), ("8", late)):
        save(
            replace(row, value=Decimal(value), released_at=release),
            by=statistician, entered_afterwards=True,
        )  # fmt: skip

    with pytest.raises(RowsRefused, match="not rewritten"):
        save(
            replace(row, value=Decimal(9), released_at=early + timedelta(days=1)),
            by=statistician, entered_afterwards=True,
        )  # fmt: skip


def test_later_arrival_with_an_earlier_clock_comes_after(statistician: User) -> None:
    row = a_row()
    save(row, by=statistician, at=NOW + timedelta(seconds=2))

    save(replace(row, value=Decimal(8)), by=statistician, at=NOW)

    assert [figure.value for figure in Observation.objects.filter(known__endswith=None)] == [8]


# What somebody was shown


def test_figures_that_moved_since_the_preview_are_not_overwritten(statistician: User) -> None:
    row = a_row()
    shown = recording.fingerprint(recording.preview([row], by=statistician, at=NOW))
    save(replace(row, value=Decimal(9)), by=statistician)

    with pytest.raises(FiguresMoved) as moved:
        save(row, by=statistician, at=LATER, seen=shown)

    assert [change.old and change.old.value for change in moved.value.changes] == [9]
    assert [figure.value for figure in Observation.objects.all()] == [9]


def test_confirmed_preview_is_recorded(statistician: User) -> None:
    row = a_row()
    shown = recording.fingerprint(recording.preview([row], by=statistician, at=NOW))

    assert len(save(row, by=statistician, seen=shown)) == 1
