"""The rule behind a verdict, in words and numbers."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from indicators import assessment
from indicators.assessment import (
    CLASSES,
    Aggregation,
    Assessment,
    Comparator,
    Direction,
    Measure,
    Reason,
    Rule,
    StepCode,
    UnitKind,
    Verdict,
)
from indicators.models import Mention, Observation, Target, TargetVersion, UnitOfMeasure
from indicators.numbers import round_half_away
from indicators.periods import Period, PeriodKind, elapsed_share
from indicators.standings import Standing, best_of, promise_of
from portal import wording


@dataclass(frozen=True, kw_only=True)
class Sum:
    """Result less promise, as it was computed; all at the same decimals."""

    label: str
    result: Decimal
    promise_label: str
    promise: Decimal
    difference: Decimal
    decimals: int
    verdict: str


def title(stood: Standing) -> str:
    """The promise in one line, by its first version."""
    target, indicator = stood.target, stood.target.indicator
    return _("%(indicator)s: %(promise)s, %(period)s") % {
        "indicator": indicator.name,
        "promise": wording.promise(stood.first, indicator.unit),
        "period": wording.period(target.period),
    }


def unit_of(judged: Assessment, unit: UnitOfMeasure) -> str:
    """The symbol of what was compared."""
    return {
        UnitKind.PERCENT: unit.symbol if unit.is_percent_like else "%",
        UnitKind.POINTS: _("points"),
        UnitKind.PERCENT_POINTS: _("points"),
        UnitKind.PLACES: unit.symbol,
        UnitKind.TIMES: _("times"),
        UnitKind.UNIT: unit.symbol,
    }[judged.unit_kind or UnitKind.UNIT]


def unit_of_difference(judged: Assessment, unit: UnitOfMeasure) -> str:
    if judged.difference_kind is UnitKind.PERCENT_POINTS:
        return _("points")
    if judged.difference_kind is UnitKind.PLACES:
        return _("places")
    return unit_of(judged, unit)


def steps(stood: Standing) -> list[str]:
    """The working of the verdict, one sentence a number."""
    judged, unit = stood.assessment, stood.target.indicator.unit
    own, apart = unit_of(judged, unit), unit_of_difference(judged, unit)
    published = wording.symbol_in_form(judged.figure.form if judged.figure else "", unit)
    symbols = {StepCode.FIGURE: published, StepCode.BASELINE: unit.symbol} | dict.fromkeys(
        (StepCode.TOLERANCE, StepCode.EXCEEDED_MARGIN, StepCode.NEARLY_MARGIN), apart
    )
    sentences = []
    for step in judged.steps:
        value = wording.amount(_short(step.value), symbols.get(step.code, own))
        label = StepCode(step.code).label
        if step.code == StepCode.FIGURE and len(stood.judged_by) > 1:
            label = Aggregation(stood.in_force.aggregation).label
        sentences.append(f"{label}: {value}")
    sentences.append(_clause(judged))
    if judged.reason is not None:
        sentences.append(f"{Reason(judged.reason).label}.")
    return sentences


def sums(stood: Standing) -> list[Sum]:
    """One sum a version: result less the edge of the promise; none for a result between two."""
    found = []
    for version, judged in zip(stood.versions, stood.assessments, strict=True):
        if judged.compared is None or judged.difference is None or judged.decimals is None:
            continue
        if judged.difference == 0 and None not in {judged.lower_edge, judged.upper_edge}:
            continue
        found.append(
            Sum(
                label=_("Result"),
                result=judged.compared,
                promise_label=_version_label(version, stood),
                promise=judged.compared - judged.difference,
                difference=judged.difference,
                decimals=judged.decimals,
                verdict=judged.provisional or judged.verdict,
            )
        )
    return found


def against(stood: Standing) -> list[str]:
    """One sentence a version: how far the result lies from it, and the verdict."""
    unit = stood.target.indicator.unit
    sentences = []
    for version, judged in zip(stood.versions, stood.assessments, strict=True):
        label = _version_label(version, stood)
        verdict = str(Verdict(judged.provisional or judged.verdict).label).lower()
        if judged.difference is None:
            sentences.append(_state(judged))
            continue
        distance = wording.amount(abs(judged.difference), unit_of_difference(judged, unit))
        words = {
            "promise": label[:1].lower() + label[1:], "distance": distance, "verdict": verdict
        }  # fmt: skip
        if judged.difference > 0:
            sentence = _("%(distance)s above the %(promise)s: %(verdict)s.") % words
        elif judged.difference < 0:
            sentence = _("%(distance)s below the %(promise)s: %(verdict)s.") % words
        else:
            sentence = _("Exactly at the %(promise)s or within it: %(verdict)s.") % words
        sentences.append(sentence)
    if stood.assessment.verdict is Verdict.NOT_DUE and stood.assessment.difference is not None:
        sentences.append(_state(stood.assessment))
    return list(dict.fromkeys(sentences))


def note(stood: Standing) -> str:
    judged, indicator = stood.assessment, stood.target.indicator
    if Measure(indicator.measure) in {Measure.RATE, Measure.RANK}:
        if judged.verdict in CLASSES:
            return _("For rates and ranks no percentage of fulfilment is given.")
        return ""
    if judged.figure is None:
        return ""
    percent = assessment.completion(
        promise_of(stood.in_force), judged.figure, stood.in_force.baseline_value
    )
    if percent is None:
        return ""
    return _("%(percent)s of what was promised.") % {"percent": wording.amount(percent, "%")}


def pace(stood: Standing) -> str:
    """How a figure to date compares with the year's promise; empty where nothing can be said."""
    target, version = stood.target, stood.in_force
    latest = _latest_to_date(stood)
    if latest is None or target.period.kind != PeriodKind.YEAR:
        return ""
    elapsed = elapsed_share(target.period, latest.period.end)
    progress = assessment.progress_to_date(
        promise_of(version), latest.figure, margins=target.plan.margins, elapsed=elapsed
    )
    if progress is None:
        return ""
    words = {
        "period": wording.period(latest.period),
        "figure": wording.result(latest, target.indicator.unit),
    }
    if progress.percent_of_plan is not None and progress.pace is not None:
        return _("%(period)s: %(figure)s, %(percent)s of the plan. %(pace)s.") % {
            **words,
            "percent": wording.amount(progress.percent_of_plan, "%"),
            "pace": progress.pace.label,
        }
    if progress.pace is not None:
        return _("%(period)s: %(figure)s. %(pace)s.") % {**words, "pace": progress.pace.label}
    return _("%(period)s: %(figure)s, short of the promise for the whole year.") % words


def _latest_to_date(stood: Standing) -> Observation | None:
    """The figure that counts for the longest part of the year; an invented one for examples only.

    None where there are forecasts only.
    """
    parts: dict[Period, list[Observation]] = defaultdict(list)
    for row in stood.series:
        is_fit = stood.is_illustrative or not row.source.is_illustrative
        if is_fit and row.period.is_cumulative and row.period.start == stood.target.period.start:
            parts[row.period].append(row)
    longest_first = sorted(parts, key=lambda period: period.end, reverse=True)
    return next(filter(None, (best_of(parts[period]) for period in longest_first)), None)


def reading_note(record: TargetVersion | Mention, target: Target) -> str:
    """What a strict or a plain reading means where the difference matters."""
    if record.value is None:
        return ""
    value = wording.result(record, target.indicator.unit)
    if record.comparator in {Comparator.GT, Comparator.LT}:
        return _("exactly %(value)s is not enough") % {"value": value}
    if record.comparator == Comparator.EQ and record.form == assessment.Form.LEVEL:
        if target.indicator.direction == Direction.HIGHER:
            return _("%(value)s is enough") % {"value": value}
        if target.indicator.direction == Direction.LOWER:
            return _("%(value)s is a ceiling") % {"value": value}
    return ""


def _clause(judged: Assessment) -> str:
    return f"{Rule(judged.rule).label}."


def _state(judged: Assessment) -> str:
    if judged.expected_by is not None:
        return _("Not due. A figure is expected by %(day)s.") % {
            "day": wording.day(judged.expected_by)
        }
    reason = f" {Reason(judged.reason).label}." if judged.reason else ""
    return f"{Verdict(judged.verdict).label}.{reason}"


def _version_label(version: TargetVersion, stood: Standing) -> str:
    promised = wording.promise(version, stood.target.indicator.unit)
    if not stood.was_changed:
        return _("Promise (%(promise)s)") % {"promise": promised}
    if version is stood.in_force:
        return _("Target in force (%(promise)s)") % {"promise": promised}
    return _("Promise of %(day)s (%(promise)s)") % {
        "day": wording.day(version.in_force_from),
        "promise": promised,
    }


def _short(value: Decimal) -> Decimal:
    """Without the zeros that the column adds."""
    return round_half_away(value, 6).normalize() if value else Decimal(0)
