"""What a person may not see is not there, at any address of the admin."""

from typing import Any

from django.http import HttpRequest

from departments.editing import VersionedAdmin


class SightAdmin(VersionedAdmin):
    """Its queryset is what the person sees. Nothing is deleted that may have been public."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
