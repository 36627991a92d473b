from datetime import datetime
from typing import Any

import pghistory
from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assignments.models.task import Task
from assignments.statuses import Role, Status
from departments.bilingual import Bilingual
from departments.fields import NFCCharField
from departments.models import Department


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def released(self, at: datetime) -> "AssignmentQuerySet":
        return self.filter(task__in=Task.objects.released(at))

    def of_departments(self, departments: Any) -> "AssignmentQuerySet":
        return self.filter(department__in=departments)

    def counted(self) -> "AssignmentQuerySet":
        """Counting is by the department that leads."""
        return self.filter(role=Role.LEAD)


@pghistory.track()
class Assignment(models.Model):
    """One department's part in a task."""

    task = models.ForeignKey(
        Task, models.PROTECT, related_name="assignments", verbose_name=_("task")
    )
    mode = models.CharField(max_length=10, choices=Task.Mode.choices, editable=False)
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="assignments", verbose_name=_("department")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, default=Role.LEAD)
    responsible_post = NFCCharField(_("responsible post"), max_length=200, blank=True)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assignments",
        verbose_name=_("responsible officer"),
    )
    deadline = models.DateField(
        _("deadline"), null=True, blank=True, help_text=_("Until the end of this day.")
    )
    original_deadline = models.DateField(
        _("original deadline"), null=True, blank=True, editable=False
    )
    deliverable_vi = NFCCharField(_("deliverable in Vietnamese"), max_length=300, blank=True)
    deliverable_en = NFCCharField(_("deliverable in English"), max_length=300, blank=True)
    authority = NFCCharField(
        _("authority"), max_length=200, blank=True, help_text=_("Who decides on the result.")
    )
    status = models.CharField(
        _("status"),
        max_length=30,
        choices=Status.choices,
        default=Status.NOT_YET_RECEIVED,
        editable=False,
    )
    percent = models.PositiveSmallIntegerField(
        _("percent done"), default=0, validators=[MaxValueValidator(100)], editable=False
    )
    reported_on = models.DateField(
        _("reported done on"),
        null=True,
        editable=False,
        help_text=_("The day that counts against the deadline."),
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["task", "role", "id"]
        permissions = [
            ("report_assignment", _("Can report on assignments of the own department")),
            ("confirm_assignment", _("Can confirm or return reports")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["task", "department"],
                name="assignment_once_per_department",
                violation_error_message=_("The department has this task already."),
            ),
            models.UniqueConstraint(
                fields=["task"],
                condition=Q(mode="joint", role="lead"),
                name="assignment_one_lead_of_a_joint_task",
                violation_error_message=_("A joint task has one leading department at most."),
            ),
            models.CheckConstraint(
                condition=Q(mode="joint") | Q(role="lead"),
                name="assignment_each_leads_its_own",
                violation_error_message=_(
                    "Where each department answers for its own, every one of them leads."
                ),
            ),
            models.CheckConstraint(
                condition=Q(percent__lte=100),
                name="assignment_percent_at_most_100",
                violation_error_message=_("The percentage lies between 0 and 100."),
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=["awaiting_confirmation", "completed"], reported_on__isnull=False
                )
                | Q(status__in=["not_yet_received", "in_progress", "returned"], reported_on=None),
                name="assignment_reported_done_on_a_day",
                violation_error_message=_("What is reported done has the day of the report."),
            ),
        ]
        indexes = [models.Index(fields=["department", "status"], name="assignment_of_department")]

    def __str__(self) -> str:
        return f"{self.department}: {self.task}"

    def get_absolute_url(self) -> str:
        return reverse("assignments:assignment", args=[self.pk])

    deliverable = Bilingual()
