"""The place in an article at which a record's words stand: the id of their mark."""

from typing import Final

from django.db import models

from assignments.models import Task
from indicators.models import Claim, Mention, Observation, TargetVersion
from news.citing import anchor_of as anchor_of_passage
from news.models import Passage

NAMES: Final[dict[type[models.Model], str]] = {
    TargetVersion: "version",
    Mention: "mention",
    Observation: "figure",
    Task: "task",
    Claim: "claim",
}


def anchor_of(record: models.Model) -> str:
    """For example "version-12"."""
    if isinstance(record, Passage):
        return anchor_of_passage(record)
    return f"{NAMES[type(record)]}-{record.pk}"
