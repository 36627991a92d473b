"""Plans with their perspectives and sets of targets."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from departments.editing import RecordAdmin, RowsInline, VersionedAdmin
from departments.refusals import RefusingAdmin
from indicators.admin import sight
from indicators.admin.fields import OVERRIDES, NumberFormField
from indicators.admin.shown import Shown
from indicators.models import Perspective, Plan, TargetSet


class PerspectiveInline(RowsInline):
    model = Perspective
    template = "admin/edit_inline/stacked.html"
    autocomplete_fields = ["passage", "source"]
    ordering = ["position"]


class TargetSetInline(RowsInline):
    model = TargetSet
    fields = ["code", "name_vi", "name_en", "stated_size"]
    show_change_link = True


@admin.register(Plan)
class PlanAdmin(Shown, RefusingAdmin, VersionedAdmin):
    list_display = ["name_vi", "name_en", "kind", "period_code", "margins_frozen_at"]
    list_filter = ["kind"]
    date_hierarchy = "period_end"
    search_fields = ["slug", "name_vi__folded", "name_en__folded"]
    autocomplete_fields = ["article", "source"]
    inlines: ClassVar = [PerspectiveInline, TargetSetInline]
    formfield_overrides = {**OVERRIDES, models.DecimalField: {"form_class": NumberFormField}}
    readonly_fields = ["margins_frozen_at"]
    fieldsets = [
        (None, {"fields": ["name_vi", "name_en", "slug", "kind", "period"]}),
        (_("Announced by"), {"fields": ["article", "source"]}),
        (
            _("Margins"),
            {
                "fields": [*Plan.MARGINS, "margins_frozen_at"],
                "description": _(
                    "By these a result is nearly met or exceeded. They are printed beside every "
                    "verdict, and stay as they are once the first verdict is public."
                ),
            },
        ),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Plan | None = None) -> list[Any]:
        frozen = obj is not None and obj.margins_frozen_at is not None
        return [*super().get_readonly_fields(request, obj), *(Plan.MARGINS if frozen else ())]


@admin.register(TargetSet)
class TargetSetAdmin(sight.PicksTargets, RecordAdmin):
    list_display = ["name_vi", "name_en", "plan", "code", "stated_size"]
    list_filter = ["plan__kind"]
    list_select_related = ["plan"]
    search_fields = ["code", "name_vi__folded", "name_en__folded", "plan__name_vi__folded"]
    autocomplete_fields = ["plan", "targets"]
