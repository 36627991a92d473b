"""The words in which promises, figures and verdicts are spoken of."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Verdict(TextChoices):
    EXCEEDED = "exceeded", _("Exceeded")
    MET = "met", _("Met")
    NEARLY_MET = "nearly_met", _("Nearly met")
    MISSED = "missed", _("Missed")
    CANNOT_BE_JUDGED = "cannot_be_judged", _("Cannot be judged")
    NO_DATA = "no_data", _("No data")
    NOT_DUE = "not_due", _("Not due")


MET_OR_EXCEEDED = frozenset({Verdict.EXCEEDED, Verdict.MET})
CLASSES = MET_OR_EXCEEDED | {Verdict.NEARLY_MET, Verdict.MISSED}
"""The verdicts that say how a promise ended; the other three say why nothing can be said."""


class Comparator(TextChoices):
    GT = "gt", ">"
    GTE = "gte", ">="
    EQ = "eq", "="
    LTE = "lte", "<="
    LT = "lt", "<"
    RANGE = "range", _("range")
    ABOUT = "about", _("about")


class Form(TextChoices):
    LEVEL = "level", _("Level")
    CHANGE_POINTS = "change_points", _("Change by points")
    CHANGE_PERCENT = "change_percent", _("Change by percent")
    TIMES = "times", _("Times the baseline")
    INCREMENT = "increment", _("Increment")
    COMPLETION = "completion", _("Completion")


class Direction(TextChoices):
    HIGHER = "higher", _("Higher is better")
    LOWER = "lower", _("Lower is better")
    NONE = "none", _("Neither is better")


class Measure(TextChoices):
    FLOW = "flow", _("Flow over a period")
    STOCK = "stock", _("Stock at a point in time")
    RATE = "rate", _("Rate")
    SHARE = "share", _("Share")
    RANK = "rank", _("Rank")
    SCORE = "score", _("Score")
    MILESTONE = "milestone", _("Milestone")


class FigureStatus(TextChoices):
    FORECAST = "forecast", _("Forecast")
    ESTIMATE = "estimate", _("Estimate")
    PRELIMINARY = "preliminary", _("Preliminary")
    OFFICIAL = "official", _("Official")


class Aggregation(TextChoices):
    END = "end", _("Value of the last year")
    SUM = "sum", _("Sum of the years")
    MEAN = "mean", _("Mean of the years")
    GEOMETRIC = "geometric", _("Geometric mean of the yearly growth")


class UnitKind(TextChoices):
    """PERCENT is also an indicator in ‰, whose own symbol the page prints; UNIT is its own unit."""

    PERCENT = "percent", _("percent")
    POINTS = "points", _("points")
    PERCENT_POINTS = "percent points", _("percentage points")
    PLACES = "places", _("places")
    TIMES = "times", _("times")
    UNIT = "unit", _("unit of the indicator")


class Reason(TextChoices):
    """Why there is no class."""

    NO_VALUE = "no_value", _("The target states no number")
    RANGE_INCOMPLETE = "range_incomplete", _("The target's range lacks an end")
    COMPARATOR_AGAINST_DIRECTION = (
        "comparator_against_direction",
        _("The target's comparator contradicts the direction that is better"),
    )
    NO_BASELINE = "no_baseline", _("The baseline is missing")
    BASELINE_NOT_POSITIVE = (
        "baseline_not_positive",
        _("The baseline is zero or negative, so a percentage or a multiple has no meaning"),
    )
    FIGURE_IS_A_RANGE = "figure_is_a_range", _("The figure is itself a range")
    FORM_NOT_COMPARABLE = (
        "form_not_comparable",
        _("The figure cannot be brought to the form of the target"),
    )
    FORECAST_ONLY = "forecast_only", _("There is only a forecast")
    NO_FIGURE = "no_figure", _("There is no figure")


class Rule(TextChoices):
    """The clause that decided the verdict."""

    INSIDE_BEYOND_EDGE = "inside_beyond_edge", _("Beyond the target by enough")
    INSIDE = "inside", _("Inside what the target allows")
    INSIDE_CAPPED = (
        "inside_capped",
        _("Beyond the target, which cannot be exceeded"),
    )
    OUTSIDE_GOOD_SIDE = "outside_good_side", _("Beyond the better end of the range")
    OUTSIDE_GOOD_SIDE_CAPPED = (
        "outside_good_side_capped",
        _("Beyond the better end of the range of a target that cannot be exceeded"),
    )
    ON_EXCLUDED_EDGE = "on_excluded_edge", _("Exactly the bound, which the target excludes")
    WITHIN_NEARLY_MARGIN = "within_nearly_margin", _("Short of the target, within the margin")
    BEYOND_NEARLY_MARGIN = "beyond_nearly_margin", _("Short of the target by more than the margin")
    REACHED_LATE = "reached_late", _("Reached after the deadline")
    NOT_JUDGEABLE = "not_judgeable", _("Target and figure cannot be compared")
    BEFORE_DEADLINE = "before_deadline", _("The deadline has not passed")
    AWAITING_FIGURE = "awaiting_figure", _("The figure is not yet expected")
    FIGURE_OVERDUE = "figure_overdue", _("The figure should have been published")


class StepCode(TextChoices):
    """What a number in the working of a verdict is."""

    FIGURE = "figure", _("Figure as published")
    BASELINE = "baseline", _("Baseline")
    DERIVED = "derived", _("In the form of the target")
    ROUNDED = "rounded", _("Rounded to the decimals compared")
    TOLERANCE = "tolerance", _("Tolerance around the target")
    LOWER_EDGE = "lower_edge", _("At least")
    UPPER_EDGE = "upper_edge", _("At most")
    EXCEEDED_MARGIN = "exceeded_margin", _("Exceeded from this far beyond the target")
    NEARLY_MARGIN = "nearly_margin", _("Nearly met up to this far from the target")


class Pace(TextChoices):
    ON_TRACK = "on_track", _("On track")
    AT_RISK = "at_risk", _("At risk")
    BEHIND = "behind", _("Behind")
