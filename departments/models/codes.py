"""Codes: short names that files and addresses use, and that outlive a renaming."""

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

code_validator = RegexValidator(
    r"^[A-Za-z0-9][A-Za-z0-9_.-]*$",
    _("Write letters without diacritics, digits, and the signs . _ - only."),
)
