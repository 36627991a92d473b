"""Records that hold over a stretch of days: from `starts_on` until the day before `ends_on`."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _


def validity(start: str = "starts_on", end: str = "ends_on") -> Func:
    """The days on which a record holds, as a range; the end day itself is outside."""
    return Func(F(start), F(end), Value("[)"), function="daterange")


def order_of_days(name: str, start: str = "starts_on", end: str = "ends_on") -> Any:
    return models.CheckConstraint(
        condition=Q(**{f"{end}__gt": F(start)}) | Q(**{end: None}) | Q(**{start: None}),
        name=name,
        violation_error_message=_("The end day must lie after the first day."),
    )


class ValidityQuerySet(models.QuerySet[Any]):
    """Records that hold from `starts_on` until the day before `ends_on`."""

    def valid_on(self, day: date) -> Self:
        return self.filter(
            Q(starts_on=None) | Q(starts_on__lte=day), Q(ends_on=None) | Q(ends_on__gt=day)
        )
