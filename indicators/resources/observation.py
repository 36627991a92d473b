"""Figures as rows that can be changed in a spreadsheet and imported again."""

from typing import Any

from django.db.models import QuerySet
from import_export.fields import Field

from indicators import visibility
from indicators.periods import day_in_province
from indicators.resources.columns import title
from indicators.resources.records import RecordResource


class ObservationResource(RecordResource):
    """The columns that an import takes, and some that are for reading only."""

    indicator = Field("indicator__code", title("indicator"))
    indicator_name = Field("indicator__name", title("indicator_name"))
    unit = Field("indicator__unit__symbol", title("unit"))
    period = Field("period__code", title("period"))
    area = Field("area__code", title("area"))
    source = Field("source__code", title("source"))
    value = Field("value", title("value"))
    upper_value = Field("upper_value", title("upper_value"))
    form = Field("form", title("form"))
    status = Field("status", title("status"))
    as_of = Field("as_of", title("as_of"))
    note = Field("note", title("note"))
    known_from = Field("known__lower", title("known_from"))
    known_until = Field("known__upper", title("known_until"))
    batch = Field("batch_id", title("batch"))

    @classmethod
    def get_display_name(cls) -> str:
        return "figures"

    def visible(self, records: QuerySet[Any]) -> QuerySet[Any]:
        indicators = visibility.indicators(self.by, on=day_in_province(self.at))
        return records.filter(indicator__in=indicators.order_by().values("pk")).select_related(
            "indicator__unit", "area", "source"
        )
