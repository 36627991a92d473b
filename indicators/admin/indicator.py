"""Indicators, with the departments that answer for them and the breaks in their series."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from departments.editing import RowsInline, VersionedAdmin, person
from departments.refusals import RefusingAdmin
from indicators import recording, visibility
from indicators.admin import sight
from indicators.admin.exporting import ExportAdmin
from indicators.models import Indicator, Responsibility, SeriesBreak
from indicators.periods import day_in_province
from indicators.resources import IndicatorResource


class ResponsibilityInline(RowsInline):
    """Who answers for an indicator records it, so nobody of a department decides on that."""

    model = Responsibility
    autocomplete_fields = ["department"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_add_permission(request, obj) and _serves_all(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and _serves_all(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and _serves_all(request)


class SeriesBreakInline(RowsInline):
    model = SeriesBreak


@admin.register(Indicator)
class IndicatorAdmin(sight.Confined, ExportAdmin, RefusingAdmin, VersionedAdmin):
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

    def get_queryset(self, request: HttpRequest) -> QuerySet[Indicator]:
        seen = sight.indicators(request).values("pk")
        return super().get_queryset(request).filter(pk__in=seen)

    def get_fieldsets(self, request: HttpRequest, obj: Indicator | None = None) -> Any:
        """A parent that the person may not see is neither shown nor taken away."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or obj.parent is None or obj.parent in sight.indicators(request):
            return fieldsets
        return [
            (title, {**options, "fields": [name for name in options["fields"] if name != "parent"]})
            for title, options in fieldsets
        ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and _serves_all(request)

    def has_change_permission(self, request: HttpRequest, obj: Indicator | None = None) -> bool:
        """A statistician of a department changes what the department answers for."""
        if not super().has_change_permission(request, obj):
            return False
        today = day_in_province(timezone.now())
        own = recording.recordable_by(person(request), on=today)
        return obj is None or own is None or obj.pk in own


def _serves_all(request: HttpRequest) -> bool:
    return visibility.serves_all(person(request))
