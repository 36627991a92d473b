from typing import Any

from django.db.models import Q, QuerySet
from import_export.fields import Field

from indicators import visibility
from indicators.models import TargetVersion
from indicators.periods import day_in_province
from indicators.resources.records import RecordResource


class TargetResource(RecordResource):
    """What each target says: a row for every version that has not been corrected since."""

    target = Field("target_id", "target")
    indicator = Field("target__indicator__code", "indicator")
    indicator_name = Field("target__indicator__name", "indicator name")
    unit = Field("target__indicator__unit__symbol", "unit")
    plan = Field("target__plan__slug", "plan")
    period = Field("target__period__code", "period")
    area = Field("target__area__code", "area")
    assigner = Field("target__assigner", "set by")
    is_stretch = Field("target__is_stretch", "stretch target")
    in_force_from = Field("in_force_from", "in force from")
    form = Field("form", "form")
    comparator = Field("comparator", "comparator")
    value = Field("value", "value")
    upper_value = Field("upper_value", "upper value")
    tolerance = Field("tolerance", "tolerance")
    baseline = Field("baseline_value", "baseline")
    deadline = Field("due_on", "deadline")
    words = Field("words", "words")
    article = Field("article__slug", "article")
    source = Field("source__code", "source")
    known_from = Field("known__lower", "known from")

    @classmethod
    def get_display_name(cls) -> str:
        return "targets"

    def visible(self, records: QuerySet[Any]) -> QuerySet[Any]:
        seen = visibility.indicators(self.by, on=day_in_province(self.at))
        standing = Q(known=None) | Q(known__endswith=None) | Q(known__endswith__gt=self.at)
        versions = TargetVersion.objects.filter(
            standing,
            target__in=records.order_by().values("pk"),
            target__indicator__in=seen.order_by().values("pk"),
        ).exclude(known__isempty=True)
        return versions.select_related(
            "target__indicator__unit", "target__plan", "target__area", "article", "source"
        ).order_by("-target__period_end", "target__indicator__sort_key", "target", "in_force_from")
