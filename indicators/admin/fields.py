"""Form fields for periods and numbers as people type them."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from indicators import periods
from indicators.fields import PeriodField, ValueField
from indicators.numbers import MINUS, Convention, format_number, parse
from indicators.periods import Period


class PeriodFormField(forms.CharField):
    """A period by its code."""

    def prepare_value(self, value: Any) -> Any:
        return value.code if isinstance(value, Period) else value

    def to_python(self, value: Any) -> Any:
        code = super().to_python(value)
        if code in self.empty_values:
            return None
        try:
            return periods.parse(str(code))
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error

    def run_validators(self, value: Any) -> None:
        super().run_validators(value.code if isinstance(value, Period) else value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (self.prepare_value(initial) or "") != (data or "").strip()


class NumberFormField(forms.CharField):
    """A number in the writing of one language; None takes what means the same in both.

    `shown_in` is the writing in which a stored number was put into the field.
    """

    def __init__(self, *, convention: Convention | None = None, **kwargs: Any) -> None:
        for unused in ("max_digits", "decimal_places", "localize", "empty_value"):
            kwargs.pop(unused, None)
        self.convention = self.shown_in = convention
        super().__init__(**{"widget": forms.TextInput(attrs={"inputmode": "decimal"}), **kwargs})

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Decimal):
            return value
        if self.shown_in is None:
            return f"{value.normalize():f}"
        return format_number(value, language=self.shown_in).replace(MINUS, "-")

    def speak(
        self, convention: Convention, *, stored: Any, stored_in: Convention, typed: str | None
    ) -> None:
        """Read what is typed by the convention, but a number as it was stored by the one it is
        shown in: the language of an article may change in the same form."""
        self.convention = self.shown_in = stored_in
        if typed is not None and self.has_changed(stored, typed):
            self.convention = convention

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if text in self.empty_values:
            return None
        try:
            return parse(str(text), convention=self.convention)
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (self.prepare_value(initial) or "") != (data or "").strip()


def decimals_of(*numbers: Decimal | None) -> int:
    """How many decimals are written in the number with the most of them."""
    return max((len(f"{number:f}".partition(".")[2]) for number in numbers if number is not None),
               default=0)  # fmt: skip


OVERRIDES: dict[Any, dict[str, Any]] = {
    PeriodField: {"form_class": PeriodFormField},
    ValueField: {"form_class": NumberFormField},
}
"""For `formfield_overrides` of an admin."""
