"""Seven verdicts that sum to the whole, and claims counted again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.assessment import Counts, RecountOutcome, Verdict, count, recount


@given(st.lists(st.sampled_from(list(Verdict))))
def test_verdicts_partition_any_set(verdicts: list[Verdict]) -> None:
    counts = count(verdicts)

    assert counts.total == len(verdicts)
    assert sum(getattr(counts, verdict.value) for verdict in Verdict) == len(verdicts)
    assert counts.met_or_exceeded == sum(v in {"met", "exceeded"} for v in verdicts)


def test_nearly_met_is_not_met() -> None:
    counts = count([Verdict.NEARLY_MET, Verdict.MET, Verdict.EXCEEDED, Verdict.NO_DATA])

    assert (counts.met_or_exceeded, counts.not_met, counts.with_class) == (2, 1, 3)


def test_16_including_8_exceeded_is_8_and_8_and_10() -> None:
    counts = Counts(exceeded=8, met=8, nearly_met=2, missed=8)

    found = recount(16, 26, 8, counts)

    assert found.outcome == RecountOutcome.AGREES
    assert (found.stated_exceeded, found.stated_met, found.stated_not_met) == (8, 8, 10)


@pytest.mark.parametrize(
    ("part", "exceeded", "outcome"),
    [
        (16, None, RecountOutcome.AGREES),
        (16, 7, RecountOutcome.DISAGREES),
        (17, None, RecountOutcome.DISAGREES),
        (17, 8, RecountOutcome.DISAGREES),
    ],
)
def test_a_whole_set_agrees_or_disagrees(
    part: int, exceeded: int | None, outcome: RecountOutcome
) -> None:
    counts = Counts(exceeded=8, met=8, missed=10)

    assert recount(part, 26, exceeded, counts).outcome == outcome


def test_21_of_26_cannot_be_computed_from_nine() -> None:
    counts = Counts(exceeded=4, met=2, missed=3)

    found = recount(21, 26, None, counts)

    assert found.outcome == RecountOutcome.CANNOT_BE_COMPUTED
    assert (found.held, found.missing, found.not_held, found.surplus) == (9, 17, 17, 0)
    assert found.stated_met is None
    assert found.is_possible


@pytest.mark.parametrize(
    "counts",
    [
        Counts(exceeded=8, met=8, missed=9, no_data=1),
        Counts(exceeded=8, met=8, missed=9, cannot_be_judged=1),
        Counts(exceeded=8, met=8, missed=9, not_due=1),
    ],
)
def test_a_target_without_a_class_is_missing_but_held(counts: Counts) -> None:
    found = recount(16, 26, 8, counts)

    assert found.outcome == RecountOutcome.CANNOT_BE_COMPUTED
    assert (found.held, found.missing, found.not_held) == (25, 1, 0)


@pytest.mark.parametrize(
    ("counts", "possible"),
    [
        (Counts(missed=5), True),
        (Counts(missed=4, nearly_met=2), False),
        (Counts(exceeded=9), False),
        (Counts(met=13, exceeded=8), True),
        (Counts(met=14), False),
    ],
)
def test_part_of_a_set_may_already_rule_a_claim_out(counts: Counts, possible: bool) -> None:
    assert recount(21, 26, 8, counts).is_possible is possible


def test_more_targets_than_the_claim_counts_are_another_set() -> None:
    found = recount(16, 26, None, Counts(met=16, missed=11))

    assert found.outcome == RecountOutcome.CANNOT_BE_COMPUTED
    assert (found.surplus, found.not_held, found.missing) == (1, 0, 0)
