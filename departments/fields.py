"""Model fields that every app shares: text in NFC, and keys in Vietnamese order."""

from typing import TYPE_CHECKING, Any, Final
from unicodedata import category

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Lookup, lookups
from django.utils.translation import gettext as _

from departments.vietnamese import nfc, sort_key

if TYPE_CHECKING:  # Django's fields take type arguments from the type checker only
    CharField = models.CharField[str, str]
    TextField = models.TextField[str, str]
else:
    CharField, TextField = models.CharField, models.TextField


TURNING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Signs that show a text in another order than it is written."""


def check_readable(text: str) -> None:
    """Raises `ValidationError` for a text that shows nothing, or shows something else."""
    if text and all(category(sign)[0] in "CZ" for sign in text):
        raise ValidationError(_("Write something that can be read."), code="invisible")
    if TURNING & set(text):
        raise ValidationError(
            _("The text holds invisible signs that turn its direction. Type it anew."),
            code="turned",
        )


class NFCCharField(CharField):
    """A line of text, stored and looked up in Unicode normal form C."""

    default_validators = [check_readable]

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return nfc(text) if isinstance(text, str) else text

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        return nfc(text) if isinstance(text, str) else text


class NFCTextField(TextField):
    """A longer text, stored and looked up in Unicode normal form C."""

    default_validators = [check_readable]

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return nfc(text) if isinstance(text, str) else text

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        return nfc(text) if isinstance(text, str) else text


class Composed(Lookup):
    """Looks for the composed spelling, however the text was typed."""

    def get_prep_lookup(self) -> Any:
        wanted = super().get_prep_lookup()
        return nfc(wanted) if isinstance(wanted, str) else wanted


# Those that Django does not prepare by the field, as it does `exact` and `in`.
for pattern in (
    lookups.IExact,
    lookups.Contains,
    lookups.IContains,
    lookups.StartsWith,
    lookups.IStartsWith,
    lookups.EndsWith,
    lookups.IEndsWith,
):
    composed = type(f"Composed{pattern.__name__}", (Composed, pattern), {})
    NFCCharField.register_lookup(composed)
    NFCTextField.register_lookup(composed)


class SortKeyField(CharField):
    """The Vietnamese dictionary order of another field, written whenever the record is saved.

    The embedded server has no ICU collations, so the order is computed here. A `QuerySet.update`
    of the source field must set this one too.
    """

    def __init__(self, *, source: str, **kwargs: Any) -> None:
        self.source = source
        super().__init__(
            **{
                "max_length": 1000,
                "db_collation": "C",
                "editable": False,
                "db_index": True,
                "default": "",
                **kwargs,
            }
        )

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "source": self.source}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        key = sort_key(getattr(model_instance, self.source))[: self.max_length]
        setattr(model_instance, self.attname, key)
        return key
