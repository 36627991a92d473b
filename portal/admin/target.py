"""The target's page with the tasks that serve it."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from assignments.models import Task
from departments.related import RelatedList
from indicators.admin.shown import link
from indicators.admin.target import TargetAdmin as PlainTargetAdmin
from indicators.models import Target
from portal.admin.tasks import visible

admin.site.unregister(Target)


class TaskInline(RelatedList):
    model = Task
    prefix = "tasks"
    columns = ["task_link", "mode", "deadline", "source"]
    verbose_name_plural = _("tasks that serve it")

    def get_queryset(self, request: HttpRequest) -> Any:
        return visible(request).select_related("source")

    def rows_of(self, queryset: QuerySet[Any], record: Target) -> QuerySet[Any]:
        return queryset.filter(targets=record)

    @admin.display(description=_("task"))
    def task_link(self, task: Task) -> str:
        return link(task, text=f"{task.code} {task}")


@admin.register(Target)
class TargetAdmin(PlainTargetAdmin):
    inlines: ClassVar[list[Any]] = [*PlainTargetAdmin.inlines, TaskInline]
