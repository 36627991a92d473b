"""The tasks that an article assigns."""

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelectMultiple
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assignments import assigning, visibility
from assignments.models import Task
from departments.editing import check_opened, person
from departments.models import User
from indicators.admin.shown import link
from indicators.models import Target
from indicators.numbers import Convention
from indicators.periods import day_in_province
from news.models import Article
from portal.admin.rows import PublicRows, RowsInline, SentenceForm, picker

FIELDS = (
    "plan", "group", "title_vi", "title_en", "mode", "words", "document", "source",
    "expected_result", "addressee_as_written", "assigned_on", "is_continuous", "deadline",
    "deadline_as_written",
)  # fmt: skip


def visible(request: HttpRequest) -> QuerySet[Any]:
    """Read at the edge: today's tasks of this person."""
    now = timezone.now()
    return visibility.tasks(person(request), on=day_in_province(now), at=now)


class TaskForm(SentenceForm):
    opened_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    plan = picker("plan", of=Task, label=_("Plan"))
    group = picker("group", of=Task, label=_("Group"), required=False)
    source = picker("source", of=Task, label=_("Source"))
    document = picker("document", of=Task, label=_("Document"), required=False)
    targets = forms.ModelMultipleChoiceField(
        Target.objects.all(), label=_("Targets it serves"), required=False,
        widget=AutocompleteSelectMultiple(Task._meta.get_field("targets"), admin.site),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["opened_version"] = self.instance.version
        if "title_vi" in self.fields:
            self.fields["title_vi"].required = False
            self.fields["title_vi"].help_text = _("Empty: the words, if they are Vietnamese.")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if cleaned is None:
            return cleaned
        check_opened(self, cleaned)
        if not cleaned.get("title_vi"):
            if self.working.convention == Convention.VI and cleaned.get("words"):
                cleaned["title_vi"] = capfirst(cleaned["words"][:300])
            else:
                self.add_error("title_vi", gettext("Say in Vietnamese what is to be done."))
        return cleaned

    def add(self, *, by: User, at: datetime) -> Task:
        said = self.cleaned_data
        task = Task(passage=self.quoted(), code=assigning.free_code(said["plan"]), **self._parts())
        return assigning.create(task, by=by, targets=list(said["targets"].all()))

    def revise(self, *, by: User, at: datetime) -> Task:
        task = Task.objects.get(pk=self.instance.pk)
        task.passage = self.quoted()
        for name, value in self._parts().items():
            setattr(task, name, value)
        assigning.edit(task, by=by, version=self.cleaned_data["opened_version"] or 0)
        self._revise_targets(task)
        return task

    def _revise_targets(self, task: Task) -> None:
        """Only what the person picked or dropped: what they do not see stays.

        Read again, as a row above may have moved a target to another period meanwhile.
        """
        before = {target.pk for target in self.initial["targets"]}
        picked = {target.pk for target in self.cleaned_data["targets"]}
        task.targets.remove(*self.seen["targets"].filter(pk__in=before - picked))
        task.targets.add(*self.seen["targets"].filter(pk__in=picked - before))

    def remove(self, *, by: User) -> None:
        assigning.remove(Task.objects.get(pk=self.instance.pk), by=by)

    def _parts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FIELDS}


class TaskRows(RowsInline):
    model = Task
    form = TaskForm
    prefix = "tasks"
    verbose_name = _("task")
    verbose_name_plural = _("tasks it assigns")
    fieldsets: ClassVar = [
        (None, {"fields": ["opened_version", "sentence", "words", ("title_vi", "title_en"),
                           ("plan", "group"), ("mode", "addressee_as_written"),
                           ("deadline", "is_continuous", "source"), "targets"]}),
        (_("More"), {"classes": ["collapse"], "fields": [
            "deadline_as_written", "assigned_on", "expected_result", "document"]}),
    ]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> Any:
        return visible(request)

    def rows_of(self, queryset: QuerySet[Any], record: Article) -> QuerySet[Any]:
        rows = super().rows_of(queryset, record)
        return rows.select_related("passage", "plan", "group", "source", "document")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who may record a task may take it out again while nobody has read it."""
        return self.has_change_permission(request, obj)


class PublicTasks(PublicRows):
    model = Task
    prefix = "public-tasks"
    verbose_name_plural = _("tasks it assigns, as the public knows them")
    columns = ["task_link", "mode", "deadline", "words", "source"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return visible(request).select_related("source")

    @admin.display(description=_("task"))
    def task_link(self, task: Task) -> str:
        return link(task, text=f"{task.code} {task}")
