import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from departments.models.department import Department
from departments.models.user import User
from departments.models.validity import ValidityQuerySet, order_of_days, validity


@pghistory.track()
class Membership(models.Model):
    """A person acts for a department over a stretch of time."""

    class Role(models.TextChoices):
        OFFICER = "officer", _("officer")
        HEAD = "head", _("head")

    user = models.ForeignKey(
        User, models.PROTECT, related_name="memberships", verbose_name=_("person")
    )
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="memberships", verbose_name=_("department")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, default=Role.OFFICER)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(
        _("until"),
        null=True,
        blank=True,
        help_text=_("The first day on which the person no longer acts for the department."),
    )

    objects = ValidityQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["starts_on", "id"]
        constraints = [
            order_of_days("membership_starts_before_it_ends"),
            ExclusionConstraint(
                name="membership_in_a_department_once_at_a_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("department", RangeOperators.EQUAL),
                    (validity(), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_(
                    "This person already acts for the department on some of these days."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.department}"
