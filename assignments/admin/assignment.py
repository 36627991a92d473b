from typing import Any, ClassVar

from django import forms as django_forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import Q
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from assignments import assigning, forms, pages, standings, visibility, workflow
from assignments.admin.sight import SightAdmin
from assignments.forms import Tried
from assignments.models import Assignment, Transition
from assignments.statuses import Step, TimeClass
from assignments.visibility import signed_in
from departments.editing import OPENED, ReadOnlyInline, VersionedForm
from departments.models import User
from departments.refusals import by_field, put
from indicators.periods import day_in_province


class TermsForm(VersionedForm):
    """Asks the rules of `assigning` before anything is saved."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        officer = self.fields.get("officer")
        if isinstance(officer, django_forms.ModelChoiceField):
            present = Q(memberships__department=self.instance.department_id, is_active=True)
            named = Q(pk=self.instance.officer_id)  # also who left: saving must not drop the name
            officer.queryset = User.objects.filter(present | named).distinct()

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc] # Django's own hook, without a public one
        try:
            assigning.check_deadline(self.instance.task, self.instance.deadline)
        except ValidationError as error:
            put(self, by_field(error))


class TimeClassFilter(admin.SimpleListFilter):
    """The time class is derived from dates, so it is told row by row."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return TimeClass.choices

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() not in TimeClass.values:
            return queryset
        today = day_in_province(timezone.now())
        chosen = [
            assignment.pk
            for assignment in queryset.only("status", "deadline", "reported_on")
            .select_related(None)
            .order_by()
            if standings.standing(assignment, today=today).time_class == self.value()
        ]
        return queryset.filter(pk__in=chosen)


class HistoryInline(ReadOnlyInline):
    model = Transition
    columns = ("made_at", "who", "step", "to_status", "percent", "said")
    ordering: ClassVar[Any] = ["-made_at", "-pk"]
    verbose_name_plural = _("history")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Transition]:
        return super().get_queryset(request).select_related("report", "made_by")

    @admin.display(description=_("made by"))
    def who(self, transition: Transition) -> str:
        return str(transition.made_by)

    @admin.display(description=_("percent done"))
    def percent(self, transition: Transition) -> str:
        return f"{transition.report.percent}%" if transition.report else "–"

    @admin.display(description=_("said"))
    def said(self, transition: Transition) -> str:
        report = transition.report
        texts = [report.text, report.difficulties, report.proposals] if report else []
        return "\n".join(text for text in [*texts, transition.reason] if text) or "–"


@admin.register(Assignment)
class AssignmentAdmin(SightAdmin):
    """Everybody sees the parts in the tasks they see; the office changes the terms."""

    form = TermsForm
    list_display = ["task", "department", "state", "status", "percent", "deadline"]
    list_filter = [
        TimeClassFilter, "status", "role",
        ("department", admin.RelatedOnlyFieldListFilter), "task__plan",
    ]  # fmt: skip
    date_hierarchy = "deadline"
    search_fields = ["task__code", "task__title_vi__folded", "task__title_en__folded",
                     "department__name_vi__folded", "department__name_en__folded"]  # fmt: skip
    readonly_fields = ["task", "department", "role", "original_deadline", "status", "percent",
                       "reported_on"]  # fmt: skip
    fieldsets = [
        (None, {"fields": ["task", "department", "role"]}),
        (_("State"), {"fields": ["status", "percent", "reported_on"]}),
        (
            _("Terms"),
            {
                "fields": [
                    "responsible_post", "officer", "deadline", "original_deadline",
                    "deliverable_vi", "deliverable_en", "authority",
                ]
            },
        ),
    ]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Assignment]:
        at = timezone.now()
        seen = visibility.assignments(request.user, on=day_in_province(at), at=at)
        return seen.select_related(*pages.PARTS).order_by(*self.get_ordering(request) or ["-pk"])

    def get_inlines(self, request: HttpRequest, obj: Assignment | None = None) -> list[Any]:
        """What was reported is not published: the department and the office read it."""
        on = day_in_province(timezone.now())
        reads = obj is not None and visibility.may_read_reports(request.user, obj, on=on)
        return [HistoryInline] if reads else []

    @admin.display(description=_("state"))
    def state(self, assignment: Assignment) -> str:
        today = day_in_province(timezone.now())
        return str(standings.standing(assignment, today=today).time_class.label)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # a task is assigned on its own page

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and assigning.may_assign(
            signed_in(request.user)
        )

    def save_model(self, request: HttpRequest, obj: Assignment, form: Any, change: bool) -> None:
        changes = {name: form.cleaned_data[name] for name in form.changed_data}
        if changes:
            version = form.cleaned_data[OPENED]
            assigning.change(obj, by=signed_in(request.user), version=version, **changes)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        if context["original"] is not None:
            context["page"] = self._page(request, context["original"])
        return super().render_change_form(request, context, *args, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        step = path(
            "<int:pk>/steps/<slug:step>/",
            self.admin_site.admin_view(self.step_view),
            name="assignments_assignment_step",
        )
        return [step, *super().get_urls()]

    def step_view(self, request: HttpRequest, pk: int, step: str) -> HttpResponse:
        """One step of the workflow, with the same form as in the workspace."""
        assignment = self.get_object(request, str(pk))
        if not self.has_view_permission(request, assignment):
            raise PermissionDenied
        if step not in Step.values:
            raise Http404
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        tried = Tried(Step(step), forms.bound(Step(step), request.POST))
        at = timezone.now()
        workflow.check_actor(assignment, tried.step, by=signed_in(request.user), at=at)
        if not tried.form.submit(assignment, tried.step, by=signed_in(request.user), at=at):
            return self._refused(request, pk, tried)
        self.log_change(request, assignment, str(tried.step.label))
        messages.success(request, str(forms.DONE[tried.step]))
        return HttpResponseRedirect(
            reverse("admin:assignments_assignment_change", args=[assignment.pk])
        )

    def _refused(self, request: HttpRequest, pk: int, tried: Tried) -> HttpResponse:
        assignment = self.get_object(request, str(pk))
        context = {
            **self.admin_site.each_context(request),
            "title": str(assignment),
            "opts": self.opts,
            "original": assignment,
            "page": self._page(request, assignment, tried),
        }
        return TemplateResponse(
            request,
            "admin/assignments/assignment/step.html",
            context,
            status=409 if tried.form.is_refused else None,
        )

    def _page(
        self, request: HttpRequest, assignment: Assignment, tried: Tried | None = None
    ) -> pages.AssignmentPage:
        return pages.assignment_page(
            assignment,
            reader=signed_in(request.user),
            at=timezone.now(),
            language=get_language() or "vi",
            tried=tried,
        )
