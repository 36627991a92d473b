"""Two people at one record: the second one is told, and nothing is overwritten."""

from typing import Any

from django.db import models
from django.db.models import F


class EditConflict(Exception):
    """Somebody saved the record since the editor opened it."""

    def __init__(self, current: models.Model) -> None:
        self.current = current
        super().__init__(f"{current._meta.label} {current.pk} was saved by somebody else")


def advance(instance: Any, *, expected: int) -> None:
    """Take the next version of the record, if `expected` is still the present one.

    The row stays locked until the transaction ends. Raises `EditConflict` with the present state.
    """
    rows = type(instance)._default_manager.filter(pk=instance.pk, version=expected)
    if not rows.update(version=F("version") + 1):
        raise EditConflict(type(instance)._default_manager.get(pk=instance.pk))
    instance.version = expected + 1
