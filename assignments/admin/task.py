from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assignments import assigning, standings, visibility
from assignments.admin.sight import SightAdmin
from assignments.models import Assignment, Task, TaskGroup
from assignments.resources import TaskResource
from assignments.visibility import signed_in
from departments.editing import OPENED, RecordAdmin, RowsInline, VersionedForm
from departments.fields import NFCTextField
from departments.refusals import RefusingAdmin, by_field, put, refusing
from indicators.admin.exporting import ExportAdmin
from indicators.admin.sight import PicksTargets
from indicators.models import Target
from indicators.periods import day_in_province

SHORT = AdminTextareaWidget(attrs={"rows": 3})
TERMS = ["responsible_post", "deadline", "deliverable_vi", "deliverable_en", "authority"]
TERM_LINES = [("deadline", "responsible_post"), ("deliverable_vi", "deliverable_en"), "authority"]


class TaskForm(VersionedForm):
    """Asks the rules of `assigning` before anything is saved."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "code" in self.fields and not self.instance.pk:
            self.fields["code"].required = False
            self.fields["code"].help_text = _("Empty: the next number of the plan's period.")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if cleaned and not cleaned.get("code") and cleaned.get("plan"):
            cleaned["code"] = assigning.free_code(cleaned["plan"])
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc] # Django's own hook, without a public one
        try:
            assigning.check_basis(self.instance)
            if self.instance.pk:
                assigning.check_parts(self.instance)
        except ValidationError as error:
            put(self, by_field(error))


class GivenInline(RowsInline):
    """Departments that have the task. Only the terms change here, the status by its buttons."""

    model = Assignment
    form = VersionedForm
    template = "admin/edit_inline/stacked.html"
    readonly_fields: ClassVar[Any] = ["department", "role", "status", "percent"]
    fields: ClassVar[Any] = [("department", "role", "status", "percent"), *TERM_LINES, OPENED]
    verbose_name_plural = _("assignments")
    can_delete = False
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Assignment]:
        return super().get_queryset(request).select_related("department", "task")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if self.has_change_permission(request, obj):
            return self.fields
        return [name for name in self.fields if name != OPENED]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and assigning.may_assign(
            signed_in(request.user)
        )


class NewInline(RowsInline):
    """Departments that get the task now."""

    model = Assignment
    template = "admin/edit_inline/stacked.html"
    fields: ClassVar[Any] = [("department", "role"), *TERM_LINES]
    autocomplete_fields: ClassVar[Any] = ["department"]
    verbose_name = _("department")
    verbose_name_plural = _("assign to a department")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Assignment]:
        return super().get_queryset(request).none()

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_add_permission(request, obj) and assigning.may_assign(
            signed_in(request.user)
        )


@admin.register(Task)
class TaskAdmin(PicksTargets, ExportAdmin, SightAdmin, RefusingAdmin):
    form = TaskForm
    resource_classes: ClassVar[list[Any]] = [TaskResource]
    formfield_overrides: ClassVar[dict[Any, Any]] = {NFCTextField: {"widget": SHORT}}
    list_display = ["code", "title", "plan", "group", "state", "deadline", "visibility"]
    list_display_links = ["code", "title"]
    list_filter = [
        "plan", "visibility", "mode", "is_continuous",
        ("assignments__department", admin.RelatedOnlyFieldListFilter),
        ("group", admin.RelatedOnlyFieldListFilter), "source__kind",
    ]  # fmt: skip
    date_hierarchy = "deadline"
    search_fields = ["code", "title_vi__folded", "title_en__folded",
                     "addressee_as_written__folded"]  # fmt: skip
    autocomplete_fields = ["plan", "group", "passage", "document", "source", "targets"]
    inlines: ClassVar[list[Any]] = [GivenInline, NewInline]
    fieldsets = [
        (None, {"fields": ["code", "plan", "group", "title_vi", "title_en"]}),
        (_("What it rests on"), {"fields": ["passage", "words", "document", "source"]}),
        (
            _("What is to be done"),
            {"fields": ["content_vi", "content_en", "expected_result", "targets"]},
        ),
        (
            _("By whom and by when"),
            {
                "fields": [
                    "addressee_as_written", "mode", "assigned_on", "is_continuous", "deadline",
                    "deadline_as_written",
                ]
            },
        ),
        (_("Who may see it"), {"fields": ["visibility"]}),
    ]  # fmt: skip

    def get_inlines(self, request: HttpRequest, obj: Task | None) -> list[Any]:
        return list(self.inlines) if obj else [NewInline]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        today = day_in_province(timezone.now())
        return {"assigned_on": today} | super().get_changeform_initial_data(request)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Task]:
        at = timezone.now()
        seen = visibility.tasks(request.user, on=day_in_province(at), at=at)
        return standings.with_parts(seen).order_by(*self.get_ordering(request) or ["code"])

    def get_fieldsets(self, request: HttpRequest, obj: Task | None = None) -> Any:
        """Who only reads a task sees of its targets what the public sees."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return fieldsets
        return [
            (title, {**options, "fields": [_shown(name) for name in options["fields"]]})
            for title, options in fieldsets
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Task | None = None) -> list[str]:
        return ["public_targets"]

    @admin.display(description=_("title"), ordering="title_vi")
    def title(self, task: Task) -> str:
        return task.title

    @admin.display(description=_("state"))
    def state(self, task: Task) -> str:
        today = day_in_province(timezone.now())
        return str(standings.task_standing(task, today=today).time_class.label)

    @admin.display(description=_("targets it serves"))
    def public_targets(self, task: Task) -> str:
        targets = Target.objects.released(timezone.now()).filter(tasks=task)
        return ", ".join(str(target) for target in targets.select_related("indicator")) or "–"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and assigning.may_create(signed_in(request.user))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if not super().has_change_permission(request, obj):
            return False
        user = signed_in(request.user)
        return assigning.may_create(user) if obj is None else assigning.may_edit(user, obj)

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Only those who assign tasks make them confidential, or public again."""
        if db_field.name == "visibility" and not assigning.may_assign(signed_in(request.user)):
            kwargs["choices"] = [(Task.Visibility.PUBLIC.value, Task.Visibility.PUBLIC.label)]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Task, form: Any, change: bool) -> None:
        if not change:
            assigning.create(obj, by=signed_in(request.user))
        elif form.changed_data:
            assigning.edit(obj, by=signed_in(request.user), version=form.cleaned_data[OPENED])

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        formset.new_objects, formset.changed_objects, formset.deleted_objects = [], [], []
        for row, filled in enumerate(formset.forms):
            if not filled.has_changed():
                continue
            with refusing(prefix=formset.prefix, row=row):
                if filled.instance.pk:
                    given = _change(filled, by=signed_in(request.user))
                    formset.changed_objects.append((given, filled.changed_data))
                else:
                    formset.new_objects.append(
                        _assign(form.instance, filled, by=signed_in(request.user))
                    )


def _shown(name: str) -> str:
    return "public_targets" if name == "targets" else name


def _assign(task: Task, filled: Any, *, by: Any) -> Assignment:
    terms = {name: filled.cleaned_data[name] for name in ("department", "role", *TERMS)}
    return assigning.assign(task, by=by, **terms)


def _change(filled: Any, *, by: Any) -> Assignment:
    changes = {name: filled.cleaned_data[name] for name in filled.changed_data}
    return assigning.change(filled.instance, by=by, version=filled.cleaned_data[OPENED], **changes)


@admin.register(TaskGroup)
class TaskGroupAdmin(RecordAdmin):
    list_display = ["position", "name_vi", "name_en", "plan"]
    list_display_links = ["name_vi"]
    list_filter = ["plan"]
    list_select_related = ["plan"]
    search_fields = ["name_vi__folded", "name_en__folded"]
    autocomplete_fields = ["plan", "source"]
