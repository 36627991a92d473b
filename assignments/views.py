from dataclasses import asdict
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.views import View
from django.views.decorators.cache import never_cache

from assignments import forms, pages, standings, visibility, workflow
from assignments.filters import TaskFilter
from assignments.forms import Tried
from assignments.models import Assignment, Task
from assignments.statuses import Step
from assignments.tables import TaskTable
from assignments.urgency import Urgency
from assignments.visibility import signed_in
from departments.tables import arrange
from indicators.periods import day_in_province

CONFLICT = 409


class TaskList(View):
    """The public tasks. The counts cover what the other filters leave, and partition it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        at = timezone.now()
        released = Task.objects.released(at)
        chosen = TaskFilter(request.GET, released)
        found = standings.task_standings(chosen.qs, today=day_in_province(at))
        rows = [row for row in found if chosen.chosen_state in ("", row.time_class)]
        table = TaskTable(rows)
        arrange(table, request)
        context = {
            "filter": chosen,
            "table": table,
            "state": chosen.chosen_state,
            "counts": asdict(standings.counts(found)),
            "total": len(found),
            "confidential": Task.objects.known_on(at).confidential().count(),
            "illustrative": any(row.task.source.is_illustrative for row in rows),
            "at": at,
        }
        return render(request, "assignments/task_list.html", context)


class TaskPage(View):
    """One public task; a confidential one is not there, whoever asks."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        at = timezone.now()
        tasks = standings.with_parts(Task.objects.released(at)).select_related(
            "group", "plan", "source", "document", "passage"
        )
        task = get_object_or_404(tasks, pk=pk)
        page = pages.task_page(task, at=at, language=get_language() or "vi")
        return render(request, "assignments/task.html", {"page": page, "at": at})


@method_decorator(never_cache, name="dispatch")
class Private(LoginRequiredMixin, View):
    """A page of somebody who signed in; computers of an office are shared, so none is kept."""


class Workspace(Private):
    """The assignments of the person's departments, and for coordinators what awaits them."""

    def get(self, request: HttpRequest) -> HttpResponse:
        at = timezone.now()
        chosen = request.GET.get("class", "")
        page = pages.workspace(
            signed_in(request.user), at=at, chosen=chosen if chosen in Urgency.values else ""
        )
        return render(request, "assignments/workspace.html", {"page": page, "at": at})


class AssignmentPage(Private):
    """One assignment, with the steps that the person may take now."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        at = timezone.now()
        return show(request, visible(request, pk, at=at), at=at)


class TakeStep(Private):
    """One step of the workflow. What was typed survives every refusal."""

    http_method_names = ["post"]

    def handle_no_permission(self) -> HttpResponseRedirect:
        """After signing in, to the page with the forms: this address takes only what is sent."""
        page = reverse("assignments:assignment", args=[self.kwargs["pk"]])
        return redirect_to_login(page, self.get_login_url())

    def post(self, request: HttpRequest, pk: int, step: str) -> HttpResponse:
        at = timezone.now()
        assignment = visible(request, pk, at=at)
        if step not in Step.values:
            raise Http404
        tried = Tried(Step(step), forms.bound(Step(step), request.POST))
        reader = signed_in(request.user)
        workflow.check_actor(assignment, tried.step, by=reader, at=at)
        if tried.form.submit(assignment, tried.step, by=reader, at=at):
            messages.success(request, str(forms.DONE[tried.step]))
            return redirect(assignment)
        return show(request, visible(request, pk, at=at), at=at, tried=tried)


def visible(request: HttpRequest, pk: int, *, at: datetime) -> Assignment:
    """Raises `Http404` for what is not the person's to see."""
    assignments = visibility.assignments(request.user, on=day_in_province(at), at=at)
    return get_object_or_404(assignments.select_related(*pages.PARTS), pk=pk)


def show(
    request: HttpRequest, assignment: Assignment, *, at: datetime, tried: Tried | None = None
) -> HttpResponse:
    page = pages.assignment_page(
        assignment,
        reader=signed_in(request.user),
        at=at,
        language=get_language() or "vi",
        tried=tried,
    )
    refused = tried is not None and tried.form.is_refused
    return render(
        request,
        "assignments/assignment.html",
        {"page": page, "at": at},
        status=CONFLICT if refused else None,
    )
