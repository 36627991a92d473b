"""Indicators, with the departments that answer for them and the breaks in their series."""

from typing import ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from departments.editing import RowsInline, VersionedAdmin
from departments.refusals import RefusingAdmin
from indicators.admin.exporting import ExportAdmin
from indicators.models import Indicator, Responsibility, SeriesBreak
from indicators.resources import IndicatorResource


class ResponsibilityInline(RowsInline):
    model = Responsibility
    autocomplete_fields = ["department"]


class SeriesBreakInline(RowsInline):
    model = SeriesBreak


@admin.register(Indicator)
class IndicatorAdmin(ExportAdmin, RefusingAdmin, VersionedAdmin):
    resource_classes: ClassVar = [IndicatorResource]
    list_display = ["code", "name_vi", "name_en", "group", "unit", "direction", "is_public"]
    list_filter = ["group", "measure", "direction", "is_public"]
    list_select_related = ["unit"]
    search_fields = ["code", "name_vi__folded", "name_en__folded"]
    autocomplete_fields = ["unit", "parent"]
    inlines: ClassVar = [ResponsibilityInline, SeriesBreakInline]
    fieldsets = [
        (None, {"fields": ["code", "name_vi", "name_en", "aliases", "group", "parent"]}),
        (_("How it is measured"), {"fields": [("unit", "decimals"), ("measure", "direction"),
                                              ("price_basis", "publication_lag_days")]}),
        (_("What it means"), {"fields": ["definition_vi", "definition_en", "is_public"]}),
    ]  # fmt: skip
