"""What the resources of all records share."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from import_export.fields import Field
from import_export.resources import Resource

from departments.models import User


class RecordResource(Resource):  # type: ignore[misc] # import-export has no annotations
    """Rows for export only. Values stay numbers and days; the formats write them.

    A subclass names its fields, and in `visible` the records that the person may see.
    """

    def __init__(self, *, by: User, at: datetime, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.by = by
        self.at = at

    def visible(self, records: QuerySet[Any]) -> QuerySet[Any]:
        raise NotImplementedError

    def filter_export(self, queryset: QuerySet[Any], **kwargs: Any) -> QuerySet[Any]:
        return self.visible(queryset)

    def export_field(self, field: Field, instance: Any, **kwargs: Any) -> Any:
        return field.get_value(instance)

    def import_data(self, *args: Any, **kwargs: Any) -> Any:
        """Nothing is written past the actions: figures come in through `recording`."""
        raise NotImplementedError
