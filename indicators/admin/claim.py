"""Claims: sentences that count results. They are recorded with the article that makes them."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from departments.editing import RecordAdmin
from indicators.models import Claim


@admin.register(Claim)
class ClaimAdmin(RecordAdmin):
    list_display = ["words", "target_set", "stated_part", "stated_total", "as_of", "source"]
    list_filter = ["kind"]
    list_select_related = ["target_set", "source"]
    date_hierarchy = "as_of"
    search_fields = ["words__folded", "target_set__name_vi__folded", "target_set__name_en__folded"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
