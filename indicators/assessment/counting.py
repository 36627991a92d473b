"""How many targets ended how, and whether somebody's count agrees."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from indicators.assessment.choices import Verdict


@dataclass(frozen=True, kw_only=True)
class Counts:
    """The seven verdicts of a set of targets; they sum to the whole."""

    exceeded: int = 0
    met: int = 0
    nearly_met: int = 0
    missed: int = 0
    cannot_be_judged: int = 0
    no_data: int = 0
    not_due: int = 0

    @property
    def total(self) -> int:
        return self.with_class + self.cannot_be_judged + self.no_data + self.not_due

    @property
    def with_class(self) -> int:
        return self.met_or_exceeded + self.not_met

    @property
    def met_or_exceeded(self) -> int:
        return self.exceeded + self.met

    @property
    def not_met(self) -> int:
        """Nearly met is not met."""
        return self.nearly_met + self.missed


def count(verdicts: Iterable[Verdict]) -> Counts:
    return Counts(**{verdict.value: number for verdict, number in Counter(verdicts).items()})


class RecountOutcome(TextChoices):
    AGREES = "agrees", _("Agrees with the verdicts computed here")
    DISAGREES = "disagrees", _("Disagrees with the verdicts computed here")
    CANNOT_BE_COMPUTED = "cannot_be_computed", _("Cannot be computed")


@dataclass(frozen=True, kw_only=True)
class Recount:
    """A claim "21 of 26 met or exceeded, 8 of them exceeded" beside what is held.

    `held` are the targets with a class; `missing` of the stated total have none: `not_held` at
    all, or held without data, not due or not judged (in `counts`). `surplus` targets are held that
    the claim does not count.
    """

    outcome: RecountOutcome
    stated_part: int
    stated_total: int
    stated_exceeded: int | None
    counts: Counts

    @property
    def stated_met(self) -> int | None:
        """ "16, including 8 exceeded" is 8 exceeded and 8 met, never 16 and 8."""
        return None if self.stated_exceeded is None else self.stated_part - self.stated_exceeded

    @property
    def stated_not_met(self) -> int:
        return self.stated_total - self.stated_part

    @property
    def held(self) -> int:
        return self.counts.with_class

    @property
    def not_held(self) -> int:
        return max(0, self.stated_total - self.counts.total)

    @property
    def surplus(self) -> int:
        return max(0, self.counts.total - self.stated_total)

    @property
    def missing(self) -> int:
        return max(0, self.stated_total - self.held)

    @property
    def is_possible(self) -> bool:
        """What is held leaves room for the claim, whatever the missing targets turn out to be."""
        stated = [(self.stated_not_met, self.counts.not_met)]
        if self.stated_exceeded is None or self.stated_met is None:
            stated.append((self.stated_part, self.counts.met_or_exceeded))
        else:
            stated.append((self.stated_exceeded, self.counts.exceeded))
            stated.append((self.stated_met, self.counts.met))
        return all(number >= held for number, held in stated)


def recount(
    stated_part: int, stated_total: int, stated_exceeded: int | None, counts: Counts
) -> Recount:
    """Compare a stated "x of y met or exceeded" with the verdicts of the same set of targets.

    Computed only when each of the stated targets has a class. The counts are over targets in force
    at the level of the province, without the illustrative ones.
    """
    agrees = stated_part == counts.met_or_exceeded and stated_exceeded in {None, counts.exceeded}
    if counts.total != stated_total or counts.with_class != stated_total:
        outcome = RecountOutcome.CANNOT_BE_COMPUTED
    else:
        outcome = RecountOutcome.AGREES if agrees else RecountOutcome.DISAGREES
    return Recount(
        outcome=outcome,
        stated_part=stated_part,
        stated_total=stated_total,
        stated_exceeded=stated_exceeded,
        counts=counts,
    )
