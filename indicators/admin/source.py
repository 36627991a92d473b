"""Sources and units of measure."""

from django.contrib import admin

from departments.editing import RecordAdmin
from indicators.models import Source, UnitOfMeasure


@admin.register(Source)
class SourceAdmin(RecordAdmin):
    list_display = ["code", "kind", "name_vi", "name_en", "document"]
    list_filter = ["kind"]
    list_select_related = ["document"]
    search_fields = ["code", "name_vi__folded", "name_en__folded"]
    autocomplete_fields = ["document"]


@admin.register(UnitOfMeasure)
class UnitOfMeasureAdmin(RecordAdmin):
    list_display = ["code", "kind", "symbol_vi", "symbol_en"]
    list_filter = ["kind"]
    search_fields = ["code", "symbol_vi__folded", "symbol_en__folded"]
