"""Model fields of statistics: reference periods, values, and the time when something was known."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import DateTimeRangeField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from indicators import periods
from indicators.periods import Period

if TYPE_CHECKING:  # Django's fields take type arguments from the type checker only
    PeriodBase = models.CharField[Period | str | None, Any]
    DateField = models.DateField[date, date]
    DecimalField = models.DecimalField[Decimal | None, Any]
else:
    PeriodBase, DateField, DecimalField = models.CharField, models.DateField, models.DecimalField


class PeriodField(PeriodBase):
    """A reference period, stored as its code ("2025-9M") and read as a `Period`."""

    description = "Reference period"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": 20, **kwargs})

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Period | None:
        return None if value is None else periods.parse(value)

    def to_python(self, value: Any) -> Period | None:
        if value is None or value == "" or isinstance(value, Period):
            return value or None
        try:
            return periods.parse(str(value))
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error

    def get_prep_value(self, value: Any) -> str | None:
        period = self.to_python(value)
        return None if period is None else period.code

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj)) or ""

    def run_validators(self, value: Any) -> None:
        super().run_validators(value.code if isinstance(value, Period) else value)

    def formfield(self, *args: Any, **kwargs: Any) -> Any:
        return super().formfield(*args, **{"help_text": self.help_text or EXAMPLES, **kwargs})


EXAMPLES = _("A period, for example 2025, 2025-H1, 2025-Q3, 2025-M07, 2025-9M or 2021-2025.")


class PeriodEndField(DateField):
    """The last day of the record's period, written whenever it is saved: for order and filters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"editable": False, "db_index": True, **kwargs})

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        period: Period = PeriodField().to_python(model_instance.period)  # type: ignore[attr-defined,assignment] # every owner has a period
        setattr(model_instance, self.attname, period.end)
        return period.end


class ValueField(DecimalField):
    """A number in the indicator's unit: numeric(24, 6), never float."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_digits": 24, "decimal_places": 6, **kwargs})


class KnownField(DateTimeRangeField):
    """When the public could know a record: from its publication or release, until it is replaced.

    Null while the article that it rests on is a draft. Written by actions only.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(
            *args, **{"null": True, "editable": False, "verbose_name": _("known"), **kwargs}
        )
