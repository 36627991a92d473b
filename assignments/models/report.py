import pgtrigger
from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from assignments.models.assignment import Assignment
from assignments.statuses import Status, Step
from departments.fields import NFCTextField


@pgtrigger.register(
    pgtrigger.Protect(
        name="progressreport_append_only", operation=pgtrigger.Update | pgtrigger.Delete
    )
)
class ProgressReport(models.Model):
    """What a department says about its assignment. Never changed afterwards."""

    assignment = models.ForeignKey(
        Assignment, models.PROTECT, related_name="reports", verbose_name=_("assignment")
    )
    percent = models.PositiveSmallIntegerField(
        _("percent done"), validators=[MaxValueValidator(100)]
    )
    is_done = models.BooleanField(_("reports the assignment done"), default=False)
    text = NFCTextField(_("what was done"))
    difficulties = NFCTextField(_("difficulties"), blank=True)
    proposals = NFCTextField(_("proposals"), blank=True)
    reported_at = models.DateTimeField(_("reported at"))
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("reported by")
    )
    recorded_at = models.DateTimeField(_("recorded at"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("progress report")
        verbose_name_plural = _("progress reports")
        ordering = ["reported_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__lte=100),
                name="progressreport_percent_at_most_100",
                violation_error_message=_("The percentage lies between 0 and 100."),
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="progressreport_has_text",
                violation_error_message=_("Say in a sentence what was done."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment} {self.reported_at:%d/%m/%Y}"


@pgtrigger.register(
    pgtrigger.Protect(name="transition_append_only", operation=pgtrigger.Update | pgtrigger.Delete)
)
class Transition(models.Model):
    """One step of an assignment through the workflow, with its reason. Never changed."""

    assignment = models.ForeignKey(
        Assignment, models.PROTECT, related_name="transitions", verbose_name=_("assignment")
    )
    step = models.CharField(_("step"), max_length=30, choices=Step.choices)
    from_status = models.CharField(_("from"), max_length=30, choices=Status.choices)
    to_status = models.CharField(_("to"), max_length=30, choices=Status.choices)
    report = models.OneToOneField(
        ProgressReport,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="transition",
        verbose_name=_("progress report"),
    )
    reason = NFCTextField(_("reason"), blank=True)
    made_at = models.DateTimeField(_("made at"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by")
    )
    recorded_at = models.DateTimeField(_("recorded at"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("step of the workflow")
        verbose_name_plural = _("steps of the workflow")
        ordering = ["made_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(to_status="returned") | ~Q(reason=""),
                name="transition_returned_with_a_reason",
                violation_error_message=_("Say why the report is returned."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_from_status_display()} → {self.get_to_status_display()}"
