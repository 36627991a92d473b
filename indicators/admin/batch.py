"""Batches of figures: who recorded what, when and from which file."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy

from departments.editing import RecordAdmin
from indicators.models import ImportBatch


@admin.register(ImportBatch)
class ImportBatchAdmin(RecordAdmin):
    """To look at only: a batch is what was done."""

    list_display = ["pk", "door", "file_name", "figures", "recorded_by", "recorded_at", "note"]
    list_filter = ["door", "entered_afterwards", "recorded_at"]
    list_select_related = ["recorded_by"]
    date_hierarchy = "recorded_at"
    search_fields = ["file_name__folded", "note__folded", "recorded_by__name__folded"]
    fields: ClassVar[Any] = [
        "door", "file_name", "note", "entered_afterwards", "recorded_by", "recorded_at", "figures",
    ]  # fmt: skip
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImportBatch]:
        batches: QuerySet[ImportBatch] = super().get_queryset(request)
        return batches.annotate(size=Count("observations"))

    @admin.display(description=gettext_lazy("figures"), ordering="size")
    def figures(self, batch: Any) -> str:
        address = reverse("admin:indicators_observation_changelist")
        return format_html(
            '<a href="{}?batch__id__exact={}&amp;state=all">{}</a>', address, batch.pk, batch.size
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
