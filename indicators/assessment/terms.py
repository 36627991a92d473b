"""What goes into an assessment and what comes out of it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from indicators.assessment.choices import (
    Comparator,
    Direction,
    FigureStatus,
    Form,
    Measure,
    Reason,
    Rule,
    StepCode,
    UnitKind,
    Verdict,
)

COMPLETE = Decimal(100)


@dataclass(frozen=True, kw_only=True)
class Margins:
    """A plan's margins: points for what is percent-like, places for ranks, else % of the target."""

    nearly_points: Decimal = Decimal("0.1")
    nearly_percent: Decimal = Decimal(2)
    nearly_places: Decimal = Decimal(1)
    tolerance_points: Decimal = Decimal("0.5")
    tolerance_percent: Decimal = Decimal(2)
    exceeded_points: Decimal = Decimal("0.5")
    exceeded_percent: Decimal = Decimal(5)


@dataclass(frozen=True, kw_only=True)
class Promise:
    """A target as the rules see it.

    A change is signed: a cut of 1 to 1.5 points is the range -1.5 to -1.0. `value` is None only
    for a completion, where it means 100 % (or that a milestone is reached). `baseline` is the one
    frozen when the target was set. `unit_is_percent_like`: the indicator's unit is %, ‰ or
    percentage points. `decimals` are the indicator's, `decimals_written` those of the text.
    """

    comparator: Comparator
    value: Decimal | None
    direction: Direction
    measure: Measure
    unit_is_percent_like: bool
    decimals: int
    form: Form = Form.LEVEL
    upper: Decimal | None = None
    tolerance: Decimal | None = None
    decimals_written: int = 0
    baseline: Decimal | None = None
    capped: bool = False

    @property
    def is_capped(self) -> bool:
        """Said so, or "top N" (rank <=), or all of something: 100 % complete.

        A growth rate of 100 % is not all of something, and "rank N" (=) may be exceeded.
        """
        if self.capped:
            return True
        if self.measure == Measure.RANK:
            return self.form == Form.LEVEL and self.comparator == Comparator.LTE
        if self.form == Form.COMPLETION:
            return not self.unit_is_percent_like or self.value in {None, COMPLETE}
        return (
            self.form == Form.LEVEL
            and self.unit_is_percent_like
            and self.value == COMPLETE
            and self.comparator in {Comparator.EQ, Comparator.GTE}
            and self.measure not in {Measure.RATE, Measure.SCORE}
        )


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A published result for the whole of the target's period.

    `form` is a change where only the change was published. Of a milestone, 1 is reached and 0 is
    not, and `as_of` is the day on which it was reached.
    """

    value: Decimal
    status: FigureStatus
    as_of: date
    upper: Decimal | None = None
    form: Form = Form.LEVEL

    @property
    def is_range(self) -> bool:
        return self.upper is not None and self.upper != self.value


@dataclass(frozen=True, kw_only=True)
class Step:
    """One number of the working, in the order in which the rules use them."""

    code: StepCode
    value: Decimal


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """A verdict with both numbers and the rule.

    `compared` and the edges are in `unit_kind`; `difference`, `gap` and the margins in
    `difference_kind`. `difference` is `compared` less the edge of the target, signed (0 inside a
    range or about); `gap` is the distance to the nearest edge, 0 inside. `margin` is how far
    outside still is nearly met; `exceeded_margin` how far beyond is exceeded. `provisional` is
    the class before the deadline, counted under not due. `absolute_change` is the level less
    the baseline, in the unit of the indicator, also where a percentage has no meaning.
    """

    verdict: Verdict
    rule: Rule
    reason: Reason | None = None
    figure: Figure | None = None
    compared: Decimal | None = None
    lower_edge: Decimal | None = None
    upper_edge: Decimal | None = None
    edge_excluded: bool = False
    difference: Decimal | None = None
    gap: Decimal | None = None
    margin: Decimal | None = None
    exceeded_margin: Decimal | None = None
    absolute_change: Decimal | None = None
    decimals: int | None = None
    unit_kind: UnitKind | None = None
    provisional: Verdict | None = None
    expected_by: date | None = None
    steps: tuple[Step, ...] = ()

    @property
    def status(self) -> FigureStatus | None:
        return self.figure.status if self.figure else None

    @property
    def by_estimate(self) -> bool:
        return self.status == FigureStatus.ESTIMATE

    @property
    def difference_kind(self) -> UnitKind | None:
        """Two percentages differ by percentage points, never by percent."""
        if self.unit_kind is UnitKind.PERCENT:
            return UnitKind.PERCENT_POINTS
        return self.unit_kind
