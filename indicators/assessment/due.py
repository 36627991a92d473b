"""Due or not: which figure counts on a day, and what may be said before there is one."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from indicators.assessment.choices import FigureStatus, Reason, Rule, Verdict
from indicators.assessment.terms import Assessment, Figure, Margins, Promise
from indicators.assessment.verdicts import judge

BEST_LAST = (FigureStatus.ESTIMATE, FigureStatus.PRELIMINARY, FigureStatus.OFFICIAL)


def best_figure(figures: Iterable[Figure]) -> Figure | None:
    """Official before preliminary before estimate, then the latest; a forecast never.

    Of two as of the same day the one given last.
    """
    best: Figure | None = None
    for figure in figures:
        if figure.status == FigureStatus.FORECAST:
            continue
        if best is None or _weight(figure) >= _weight(best):
            best = figure
    return best


def _weight(figure: Figure) -> tuple[int, date]:
    return BEST_LAST.index(figure.status), figure.as_of


def standing(
    promise: Promise,
    figures: Iterable[Figure],
    *,
    margins: Margins,
    deadline: date | None,
    publication_lag_days: int,
    today: date,
    period_end: date,
) -> Assessment:
    """Where a promise stands on a day. The figures are those of its whole period.

    The deadline (the end of the period where none was set) is inclusive: the promise is due on the
    day after it. Until then a figure gives a class in `provisional` only, by estimate mostly.
    """
    last_day = deadline or period_end
    expected_by = last_day + timedelta(days=publication_lag_days)
    known = list(figures)
    figure = best_figure(known)
    if figure is None:
        return _without_figure(
            reason=Reason.FORECAST_ONLY if known else Reason.NO_FIGURE,
            last_day=last_day,
            expected_by=expected_by,
            today=today,
        )
    judged = judge(promise, figure, margins, deadline=last_day)
    if today > last_day:
        return judged
    return replace(
        judged, verdict=Verdict.NOT_DUE, provisional=judged.verdict, expected_by=expected_by
    )


def _without_figure(
    *, reason: Reason, last_day: date, expected_by: date, today: date
) -> Assessment:
    if today > expected_by:
        return Assessment(verdict=Verdict.NO_DATA, rule=Rule.FIGURE_OVERDUE, reason=reason)
    rule = Rule.AWAITING_FIGURE if today > last_day else Rule.BEFORE_DEADLINE
    return Assessment(verdict=Verdict.NOT_DUE, rule=rule, reason=reason, expected_by=expected_by)
