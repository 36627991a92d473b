"""What the plan of 2025 comes to by the portal's own rules, from the files alone."""

from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from indicators import periods
from indicators.assessment import (
    Aggregation,
    Comparator,
    Direction,
    Figure,
    FigureStatus,
    Form,
    Margins,
    Measure,
    Promise,
    Verdict,
    standing,
)
from portal.demonstration import content

YEAR = 2030
INDICATORS = content.table("indicators.toml", year=YEAR)
UNITS = {unit["code"]: unit for unit in content.table("units.toml", year=YEAR)["rows"]}
OBSERVATIONS = content.observations(year=YEAR)
TARGETS = {
    target["indicator"]: target
    for target in content.targets(year=YEAR)
    if "2025/26-key-targets" in target.get("sets", [])
}


def figures(indicator: str) -> list[Figure]:
    return [
        Figure(value=Decimal(row["value"]), status=FigureStatus(row["status"]), as_of=row["as_of"])
        for row in OBSERVATIONS
        if row["indicator"] == indicator and row["period"] == "2025"
    ]


def promise(indicator: str, version: dict[str, Any]) -> Promise:
    row = INDICATORS[indicator]
    return Promise(
        comparator=Comparator(version["comparator"]),
        value=Decimal(version["value"]),
        direction=Direction(row["direction"]),
        measure=Measure(row["measure"]),
        unit_is_percent_like=UNITS[row["unit"]]["kind"] in {"percent", "points"},
        decimals=row["decimals"],
        form=Form(version.get("form", "level")),
    )


def verdict(indicator: str, *, version: int = -1, on: date = date(2026, 1, 31)) -> Verdict:
    terms = TARGETS[indicator]["version"][version]
    return standing(
        promise(indicator, terms),
        figures(indicator),
        margins=Margins(),
        deadline=terms.get("deadline"),
        publication_lag_days=INDICATORS[indicator]["lag"],
        today=on,
        period_end=date(2025, 12, 31),
    ).verdict


def test_plan_2025_at_the_end_of_january() -> None:
    counts = Counter(verdict(indicator) for indicator in TARGETS)

    assert counts == {
        Verdict.EXCEEDED: 10,
        Verdict.MET: 4,
        Verdict.NEARLY_MET: 1,
        Verdict.MISSED: 6,
        Verdict.NOT_DUE: 2,
        Verdict.NO_DATA: 2,
    }


@pytest.mark.parametrize("version", [0, 1])
def test_growth_is_missed_against_both_promises(version: int) -> None:
    assert verdict("grdp_growth", version=version) == Verdict.MISSED


@pytest.mark.parametrize(
    ("indicator", "expected"),
    [
        ("poverty_rate", Verdict.MISSED),
        ("temporary_houses_removed", Verdict.MET),
        ("tourist_arrivals", Verdict.MET),
        ("macadamia_new_area", Verdict.NEARLY_MET),
        ("public_investment_disbursement", Verdict.NOT_DUE),
        ("total_budget_revenue", Verdict.NO_DATA),
    ],
)
def test_single_targets(indicator: str, expected: Verdict) -> None:
    assert verdict(indicator) == expected


def test_terms_of_several_years_are_aggregated() -> None:
    found = {
        version["aggregation"]
        for target in content.targets(year=YEAR)
        if target["plan"] == "term-2020-2025"
        for version in target["version"]
    }

    assert {Aggregation(name) for name in found} == set(Aggregation) - {Aggregation.MEAN}


def test_all_targets_have_periods() -> None:
    assert all(periods.parse(target["period"]) for target in content.targets(year=YEAR))
