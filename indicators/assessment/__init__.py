"""The one implementation of the assessment rules: from numbers to a verdict with its reason.

Nothing here reads a record or a clock. There is no legal definition of these classes; the margins
belong to the plan and are printed beside every verdict.
"""

from indicators.assessment.choices import (
    CLASSES,
    MET_OR_EXCEEDED,
    Aggregation,
    Comparator,
    Direction,
    FigureStatus,
    Form,
    Measure,
    Pace,
    Reason,
    Rule,
    StepCode,
    UnitKind,
    Verdict,
)
from indicators.assessment.completion import companion_disagreement, completion
from indicators.assessment.counting import Counts, Recount, RecountOutcome, count, recount
from indicators.assessment.due import best_figure, standing
from indicators.assessment.interval import Interval, allowed, sense
from indicators.assessment.pace import (
    Progress,
    mean_share,
    needed_rate,
    progress_to_date,
)
from indicators.assessment.scale import (
    NotComparable,
    change_to_scale,
    compared_value,
    decimals_compared,
)
from indicators.assessment.terms import Assessment, Figure, Margins, Promise, Step
from indicators.assessment.verdicts import judge
from indicators.assessment.years import aggregate, may_sum_areas

__all__ = [
    "CLASSES",
    "MET_OR_EXCEEDED",
    "Aggregation",
    "Assessment",
    "Comparator",
    "Counts",
    "Direction",
    "Figure",
    "FigureStatus",
    "Form",
    "Interval",
    "Margins",
    "Measure",
    "NotComparable",
    "Pace",
    "Progress",
    "Promise",
    "Reason",
    "Recount",
    "RecountOutcome",
    "Rule",
    "Step",
    "StepCode",
    "UnitKind",
    "Verdict",
    "aggregate",
    "allowed",
    "best_figure",
    "change_to_scale",
    "companion_disagreement",
    "compared_value",
    "completion",
    "count",
    "decimals_compared",
    "judge",
    "may_sum_areas",
    "mean_share",
    "needed_rate",
    "progress_to_date",
    "recount",
    "sense",
    "standing",
]
