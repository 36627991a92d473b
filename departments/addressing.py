"""What stands in an address of the admin is typed by anybody, so it is checked like a form."""

import re
from collections.abc import Iterator
from typing import Any, ClassVar, Final

from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import Field, Model
from django.http import Http404, HttpRequest

ENDINGS: Final = re.compile(
    r"(__(id|pk))?(__(exact|in|isnull|gte|gt|lte|lt|year|month|day))?", re.ASCII
)
"""Of the lookups that lists of the admin link to."""


class AddressedAdmin(admin.ModelAdmin):  # type: ignore[type-arg] # serves every model
    """Takes from an address what its own pages write into one, and refuses the rest."""

    linked_filters: ClassVar[tuple[str, ...]] = ()
    """Fields by which other pages filter the list, beside its own filters."""

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Expressions, ranges and parts of words are for the search box to look for."""
        if not super().lookup_allowed(lookup, value, request):
            return False
        if not _is_field(self.model, lookup.partition("__")[0]):
            return True  # of a filter with a name of its own, or nonsense that the list drops
        return any(
            lookup.startswith(name) and ENDINGS.fullmatch(lookup[len(name) :])
            for name in self._filters(request)
        )

    def _filters(self, request: HttpRequest) -> Iterator[str]:
        yield from self.linked_filters
        if self.date_hierarchy:
            yield self.date_hierarchy
        for each in self.get_list_filter(request):
            name = each[0] if isinstance(each, list | tuple) else each
            yield name if isinstance(name, str) else name.parameter_name  # type: ignore[union-attr] # a filter class

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """What does not fit its field is left out."""
        initial = super().get_changeform_initial_data(request)
        return {name: value for name, value in initial.items() if _fits(self.model, name, value)}

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any:
        """Raises `Http404` where the stock admin leads to the index and names the record's id."""
        record = super().get_object(request, object_id, from_field)
        if record is None:
            raise Http404
        return record


def _is_field(model: type[Model], name: str) -> bool:
    try:
        model._meta.get_field("id" if name == "pk" else name)
    except FieldDoesNotExist:
        return False
    return True


def _fits(model: type[Model], name: str, value: Any) -> bool:
    """Whether the value names a record, where the field points to one."""
    if not _is_field(model, name):
        return True
    key = getattr(model._meta.get_field(name), "target_field", None)
    if not isinstance(key, Field):
        return True
    try:
        for each in value if isinstance(value, list | tuple) else [value]:
            key.clean(each, None)
    except ValidationError:
        return False
    return True
