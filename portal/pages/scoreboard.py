"""How the targets of a plan stand, and what is left out of the count of promises kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from indicators.assessment import Counts, Verdict
from indicators.models import Plan, Target
from indicators.standings import Standing, counts, standings


@dataclass(frozen=True, kw_only=True)
class Scoreboard:
    """Every public target of a plan.

    `counted` are the binding ones that are not illustrative: those that "14 of 25" speaks of.
    """

    standings: Sequence[Standing]
    counted: Sequence[Standing]
    confidential: int

    @property
    def counts(self) -> dict[str, int]:
        """The seven verdicts of every public target; they sum to the whole."""
        return by_verdict(counts(self.standings))

    @property
    def kept(self) -> int:
        return counts(self.counted).met_or_exceeded

    @property
    def total(self) -> int:
        return len(self.counted)

    @property
    def left_out(self) -> int:
        return len([each for each in self.standings if each.is_binding]) - len(self.counted)


def by_verdict(counted: Counts) -> dict[str, int]:
    return {verdict.value: getattr(counted, verdict.value) for verdict in Verdict}


def scoreboard(plan: Plan, *, at: datetime) -> Scoreboard:
    """Five queries, whatever the number of targets. Adopted targets count with the plan.

    An illustrative plan has nothing but examples: all of it counts, and the page says what it is.
    """
    targets = Target.objects.filter(Q(plan=plan) | Q(adopted_by=plan)).distinct()
    public = Target.objects.filter(pk__in=targets.order_by().values("pk")).released(at)
    known = targets.known_on(at).count()
    stood = standings(public, at=at)
    is_example = plan.source.is_illustrative
    return Scoreboard(
        standings=stood,
        counted=[
            each for each in stood if each.is_binding and (is_example or not each.is_illustrative)
        ],
        confidential=known - len(stood),
    )
