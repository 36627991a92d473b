"""What is measured, what was promised, what came out, and which sentence says so."""

from indicators.models.claim import Claim
from indicators.models.indicator import Indicator, Responsibility, SeriesBreak, UnitOfMeasure
from indicators.models.observation import ImportBatch, Observation
from indicators.models.plan import Perspective, Plan, TargetSet
from indicators.models.source import Source
from indicators.models.target import Mention, Target, TargetVersion

__all__ = [
    "Claim",
    "ImportBatch",
    "Indicator",
    "Mention",
    "Observation",
    "Perspective",
    "Plan",
    "Responsibility",
    "SeriesBreak",
    "Source",
    "Target",
    "TargetSet",
    "TargetVersion",
    "UnitOfMeasure",
]
