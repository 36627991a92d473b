from typing import Any

from django.db.models import Prefetch, QuerySet
from import_export.fields import Field

from indicators import visibility
from indicators.models import Responsibility
from indicators.periods import day_in_province
from indicators.resources.records import RecordResource


class IndicatorResource(RecordResource):
    """What is measured, with the department that leads it on the day of the export."""

    code = Field("code", "code")
    name_vi = Field("name_vi", "name in Vietnamese")
    name_en = Field("name_en", "name in English")
    other_names = Field("aliases", "other names")
    group = Field("group", "group")
    parent = Field("parent__code", "part of")
    unit = Field("unit__code", "unit")
    direction = Field("direction", "better is")
    measure = Field("measure", "measure")
    decimals = Field("decimals", "decimals")
    price_basis = Field("price_basis", "price basis")
    publication_lag_days = Field("publication_lag_days", "publication lag in days")
    department = Field("led_by_now", "department")
    is_public = Field("is_public", "public")
    definition_vi = Field("definition_vi", "definition in Vietnamese")
    definition_en = Field("definition_en", "definition in English")

    @classmethod
    def get_display_name(cls) -> str:
        return "indicators"

    def visible(self, records: QuerySet[Any]) -> QuerySet[Any]:
        day = day_in_province(self.at)
        seen = visibility.indicators(self.by, on=day)
        leads = Responsibility.objects.valid_on(day).select_related("department")
        return (
            records.filter(pk__in=seen.order_by().values("pk"))
            .select_related("parent", "unit")
            .prefetch_related(Prefetch("responsibilities", leads, to_attr="leads"))
        )

    def export_field(self, field: Field, instance: Any, **kwargs: Any) -> Any:
        if field.attribute == "led_by_now":
            return ", ".join(lead.department.code for lead in instance.leads)
        if field.attribute == "aliases":
            return "; ".join(instance.aliases)
        return super().export_field(field, instance, **kwargs)
