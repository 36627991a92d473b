"""Periods, numbers and stretches of time as the tables of the admin show them."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from indicators.assessment import Comparator, Form
from indicators.numbers import Convention, format_number


def language_of(request: HttpRequest) -> str:
    """The language of the page, which decides only how numbers are shown, never how read."""
    return str(getattr(request, "LANGUAGE_CODE", Convention.VI))


def numbers(record: Any, *, language: str) -> str:
    """The value, or both ends of a range; empty without one."""
    values = [number for number in (record.value, record.upper_value) if number is not None]
    return " – ".join(format_number(number, language=language) for number in values)


def stated(record: Any, *, language: str) -> str:
    """Comparator and numbers as one reads them: "> 10.5", "6.6 – 6.8"."""
    comparator = Comparator(getattr(record, "comparator", Comparator.EQ))
    sign = "" if comparator in {Comparator.RANGE, Comparator.EQ} else f"{comparator.label} "
    form = "" if record.form == Form.LEVEL else f" ({record.get_form_display()})"
    written = numbers(record, language=language)
    return f"{sign}{written}{form}" if written else str(record.get_form_display())


def link(record: Any, *, text: Any = None) -> str:
    """To the page of the record in the admin."""
    opts = record._meta
    url = reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[record.pk])
    return format_html('<a href="{}">{}</a>', url, record if text is None else text)


class Shown:
    """Columns for records of statistics."""

    @admin.display(description=_("period"), ordering="period_end")
    def period_code(self, record: Any) -> str:
        return str(record.period.code)

    @admin.display(description=_("says"))
    def says(self, record: Any) -> str:
        return stated(record, language=_language())

    @admin.display(description=_("value"))
    def number(self, record: Any) -> str:
        return numbers(record, language=_language())

    @admin.display(description=_("known to the public"))
    def known_span(self, record: Any) -> str:
        if record.known is None:
            return str(_("with its article"))
        if record.known.isempty:
            return str(_("never"))
        return f"{_moment(record.known.lower)} – {_moment(record.known.upper)}".strip()


def _moment(moment: Any) -> str:
    if moment is None:
        return ""
    return formats.date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")


def _language() -> str:
    return Convention.EN if get_language() == "en" else Convention.VI
