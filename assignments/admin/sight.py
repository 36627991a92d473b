"""What a person may not see is not there, at any address of the admin."""

from typing import Any

from django.http import Http404, HttpRequest

from departments.editing import VersionedAdmin


class SightAdmin(VersionedAdmin):
    """Its queryset is what the person sees. Nothing is deleted that may have been public."""

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any:
        """Raises `Http404` where the stock admin leads to the index and names the record's id."""
        record = super().get_object(request, object_id, from_field)
        if record is None:
            raise Http404
        return record

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
