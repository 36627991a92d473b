"""Which figure counts on which day."""

from datetime import date
from decimal import Decimal

import pytest

from indicators.assessment import (
    Assessment,
    Comparator,
    Direction,
    Figure,
    FigureStatus,
    Margins,
    Measure,
    Promise,
    Reason,
    Rule,
    Verdict,
    best_figure,
    standing,
)

FORECAST, ESTIMATE = FigureStatus.FORECAST, FigureStatus.ESTIMATE
PRELIMINARY, OFFICIAL = FigureStatus.PRELIMINARY, FigureStatus.OFFICIAL

POVERTY = Promise(
    comparator=Comparator.EQ,
    value=Decimal("17.66"),
    direction=Direction.LOWER,
    measure=Measure.STOCK,
    unit_is_percent_like=True,
    decimals=2,
)


def figure(value: str, status: FigureStatus, as_of: date = date(2025, 12, 31)) -> Figure:
    return Figure(value=Decimal(value), status=status, as_of=as_of)


def on(today: date, *figures: Figure, deadline: date | None = None) -> Assessment:
    return standing(
        POVERTY,
        figures,
        margins=Margins(),
        deadline=deadline,
        publication_lag_days=31,
        today=today,
        period_end=date(2025, 12, 31),
    )


JULY = figure("17.66", ESTIMATE, date(2025, 7, 15))
JANUARY = figure("17.78", ESTIMATE, date(2026, 1, 15))


@pytest.mark.parametrize(
    ("figures", "best"),
    [
        ([], None),
        ([figure("1", FORECAST)], None),
        ([JULY, JANUARY], JANUARY),
        ([JANUARY, JULY], JANUARY),
        ([figure("2", PRELIMINARY, date(2025, 6, 1)), JANUARY], "2"),
        ([figure("3", OFFICIAL, date(2025, 6, 1)), figure("2", PRELIMINARY), JANUARY], "3"),
        ([figure("1", OFFICIAL, date(2025, 1, 1)), figure("2", OFFICIAL, date(2025, 2, 1))], "2"),
        ([figure("1", ESTIMATE), figure("2", ESTIMATE)], "2"),
        ([figure("1", FORECAST, date(2027, 1, 1)), JULY], JULY),
    ],
)
def test_best_figure(figures: list[Figure], best: Figure | str | None) -> None:
    found = best_figure(figures)

    assert (str(found.value) if found and isinstance(best, str) else found) == best


def test_an_estimate_before_the_deadline_is_provisional() -> None:
    assessment = on(date(2025, 8, 1), JULY)

    assert assessment.verdict == Verdict.NOT_DUE
    assert assessment.provisional == Verdict.MET
    assert assessment.by_estimate
    assert assessment.compared == Decimal("17.66")
    assert assessment.expected_by == date(2026, 1, 31)


@pytest.mark.parametrize(
    ("today", "verdict", "provisional"),
    [
        (date(2025, 12, 31), Verdict.NOT_DUE, Verdict.MISSED),
        (date(2026, 1, 1), Verdict.MISSED, None),
    ],
)
def test_the_deadline_is_inclusive(
    today: date, verdict: Verdict, provisional: Verdict | None
) -> None:
    assessment = on(today, JULY, JANUARY)

    assert (assessment.verdict, assessment.provisional) == (verdict, provisional)


def test_after_the_deadline_an_estimate_gives_a_class_marked_so() -> None:
    assessment = on(date(2026, 2, 1), JULY, JANUARY)

    assert (assessment.verdict, assessment.by_estimate) == (Verdict.MISSED, True)
    assert assessment.figure == JANUARY


def test_an_official_figure_is_not_marked_by_estimate() -> None:
    assessment = on(date(2026, 2, 1), JANUARY, figure("17.60", OFFICIAL))

    assert (assessment.verdict, assessment.by_estimate) == (Verdict.EXCEEDED, False)


@pytest.mark.parametrize(
    ("today", "verdict", "rule"),
    [
        (date(2025, 12, 31), Verdict.NOT_DUE, Rule.BEFORE_DEADLINE),
        (date(2026, 1, 1), Verdict.NOT_DUE, Rule.AWAITING_FIGURE),
        (date(2026, 1, 31), Verdict.NOT_DUE, Rule.AWAITING_FIGURE),
        (date(2026, 2, 1), Verdict.NO_DATA, Rule.FIGURE_OVERDUE),
    ],
)
@pytest.mark.parametrize(
    ("figures", "reason"),
    [((), Reason.NO_FIGURE), ((figure("17", FORECAST),), Reason.FORECAST_ONLY)],
)
def test_without_a_figure_until_it_should_have_been_published(
    today: date, verdict: Verdict, rule: Rule, figures: tuple[Figure, ...], reason: Reason
) -> None:
    assessment = on(today, *figures)

    assert (assessment.verdict, assessment.rule) == (verdict, rule)
    assert assessment.reason == reason
    assert assessment.expected_by == (date(2026, 1, 31) if verdict == Verdict.NOT_DUE else None)


def test_a_deadline_of_its_own_moves_all() -> None:
    deadline = date(2026, 1, 31)

    assert on(date(2026, 1, 31), JANUARY, deadline=deadline).verdict == Verdict.NOT_DUE
    assert on(date(2026, 2, 1), JANUARY, deadline=deadline).verdict == Verdict.MISSED
    assert on(date(2026, 3, 3), deadline=deadline).expected_by == date(2026, 3, 3)
    assert on(date(2026, 3, 4), deadline=deadline).verdict == Verdict.NO_DATA
