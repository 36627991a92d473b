"""Tasks as a spreadsheet, for those who may see them."""

from typing import Any

from django.db.models import QuerySet
from import_export.fields import Field

from assignments import standings, visibility
from assignments.statuses import Role
from indicators.periods import day_in_province
from indicators.resources.records import RecordResource


class TaskResource(RecordResource):
    """A row for each task as it stands on the day. What was reported is not in it."""

    code = Field("task__code", "task")
    title_vi = Field("task__title_vi", "title in Vietnamese")
    title_en = Field("task__title_en", "title in English")
    plan = Field("task__plan__slug", "plan")
    group = Field("task__group__name", "group")
    mode = Field("task__mode", "mode")
    visibility = Field("task__visibility", "visibility")
    addressee = Field("task__addressee_as_written", "addressee as written")
    leads = Field("leading_codes", "led by")
    others = Field("other_codes", "with")
    assigned_on = Field("task__assigned_on", "assigned on")
    deadline = Field("deadline", "deadline")
    state = Field("time_class", "state")
    days_late = Field("days_late", "days late")
    statuses = Field("statuses", "status of those who lead")
    percent = Field("percent", "percent done")
    words = Field("task__words", "words")
    source = Field("task__source__code", "source")

    @classmethod
    def get_display_name(cls) -> str:
        return "tasks"

    def visible(self, records: QuerySet[Any]) -> QuerySet[Any]:
        seen = visibility.tasks(self.by, on=day_in_province(self.at), at=self.at)
        return records.filter(pk__in=seen.order_by().values("pk"))

    def export_resource(self, instance: Any, **kwargs: Any) -> list[Any]:
        standing = standings.task_standing(instance, today=day_in_province(self.at))
        exported: list[Any] = super().export_resource(ExportedTask(standing), **kwargs)
        return exported


class ExportedTask:
    """A task as a row: several departments in one cell, by their codes."""

    def __init__(self, standing: standings.TaskStanding) -> None:
        leads = [part.assignment for part in standing.leads]
        others = [part.assignment for part in standing.parts if not part.is_lead]
        decisive = standing.decisive
        self.task = standing.task
        self.leading_codes = "; ".join(each.department.code for each in leads)
        self.other_codes = "; ".join(
            f"{each.department.code} ({Role(each.role).value})" for each in others
        )
        self.statuses = "; ".join(each.status for each in leads)
        self.percent = min((each.percent for each in leads), default=None)
        self.deadline = standing.deadline
        self.time_class = standing.time_class.value
        self.days_late = decisive.days_late if decisive else None
