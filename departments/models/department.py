from datetime import date

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from departments.bilingual import Bilingual
from departments.fields import NFCCharField, SortKeyField
from departments.models.area import Area
from departments.models.codes import code_validator
from departments.models.searching import folded_index
from departments.models.validity import ValidityQuerySet, order_of_days, validity


class DepartmentQuerySet(models.QuerySet["Department"]):
    def existing_on(self, day: date) -> "DepartmentQuerySet":
        return self.filter(
            Q(opened_on=None) | Q(opened_on__lte=day), Q(closed_on=None) | Q(closed_on__gt=day)
        )


@pghistory.track()
class Department(models.Model):
    """An organisation that answers for something. Its code outlives a change of its name."""

    class Kind(models.TextChoices):
        PEOPLES_COUNCIL = "peoples_council", _("People's Council")
        PEOPLES_COMMITTEE = "peoples_committee", _("People's Committee")
        OFFICE = "office", _("office")
        DEPARTMENT = "department", pgettext_lazy("kind of organisation", "department")
        BOARD = "board", _("board")
        INSPECTORATE = "inspectorate", _("inspectorate")
        VERTICAL_AGENCY = "vertical_agency", _("vertical agency")
        ARMED_FORCE = "armed_force", _("armed force")
        COMMUNES = "communes", _("communes and wards")
        PARTY_BODY = "party_body", _("Party body")
        MASS_ORGANISATION = "mass_organisation", _("mass organisation")
        PROJECT_BOARD = "project_board", _("project management board")
        PUBLIC_SERVICE_UNIT = "public_service_unit", _("public service unit")

    code = models.CharField(
        _("code"),
        max_length=20,
        unique=True,
        validators=[code_validator],
        help_text=_("Stays the same when the department is renamed."),
    )
    slug = models.SlugField(
        _("address"),
        max_length=100,
        unique=True,
        help_text=_("The last part of the page's address."),
    )
    kind = models.CharField(_("kind"), max_length=30, choices=Kind.choices)
    name_vi = NFCCharField(_("name in Vietnamese"), max_length=200)
    name_en = NFCCharField(_("name in English"), max_length=200)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("belongs to"),
    )
    area = models.ForeignKey(
        Area,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="departments",
        verbose_name=_("area"),
    )
    opened_on = models.DateField(_("opened on"), null=True, blank=True)
    closed_on = models.DateField(
        _("closed on"), null=True, blank=True, help_text=_("The first day on which it is gone.")
    )
    sort_key = SortKeyField(source="name_vi")
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        ordering = ["sort_key", "code"]
        constraints = [order_of_days("department_opens_before_it_closes", "opened_on", "closed_on")]
        indexes = [
            folded_index("name_vi", name="department_name_vi_folded"),
            folded_index("name_en", name="department_name_en_folded"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("departments:department", args=[self.slug])

    name = Bilingual()
    """The present name in the reader's language; `names` holds the earlier ones."""

    def exists_on(self, day: date) -> bool:
        return (self.opened_on is None or self.opened_on <= day) and (
            self.closed_on is None or day < self.closed_on
        )


@pghistory.track()
class DepartmentName(models.Model):
    """What a department was called over a stretch of time."""

    department = models.ForeignKey(Department, models.CASCADE, related_name="names")
    name_vi = NFCCharField(_("name in Vietnamese"), max_length=200)
    name_en = NFCCharField(_("name in English"), max_length=200)
    starts_on = models.DateField(_("called so from"), null=True, blank=True)
    ends_on = models.DateField(
        _("called so until"),
        null=True,
        blank=True,
        help_text=_("The first day of the next name."),
    )

    objects = ValidityQuerySet.as_manager()

    class Meta:
        verbose_name = _("earlier or present name")
        verbose_name_plural = _("earlier and present names")
        ordering = [F("starts_on").asc(nulls_first=True)]
        constraints = [
            order_of_days("department_name_starts_before_it_ends"),
            ExclusionConstraint(
                name="department_has_one_name_at_a_time",
                expressions=[
                    ("department", RangeOperators.EQUAL),
                    (validity(), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("The department has another name on some of these days."),
            ),
        ]

    name = Bilingual()

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Succession(models.Model):
    """Which department took over which field of work from one that closed or gave it away."""

    predecessor = models.ForeignKey(
        Department,
        models.PROTECT,
        related_name="successions",
        verbose_name=_("from"),
    )
    successor = models.ForeignKey(
        Department,
        models.PROTECT,
        related_name="inheritances",
        verbose_name=_("to"),
    )
    field_vi = NFCCharField(
        _("field of work in Vietnamese"),
        max_length=200,
        blank=True,
        help_text=_("Empty: everything."),
    )
    field_en = NFCCharField(_("field of work in English"), max_length=200, blank=True)
    effective_on = models.DateField(_("from the day"))

    class Meta:
        verbose_name = _("succession")
        verbose_name_plural = _("successions")
        ordering = ["effective_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")),
                name="succession_to_another_department",
                violation_error_message=_("A department cannot succeed itself."),
            ),
            models.UniqueConstraint(
                fields=["predecessor", "successor", "field_vi", "effective_on"],
                name="succession_of_a_field_once",
                violation_error_message=_("This succession is recorded already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor.code} → {self.successor.code}"

    field = Bilingual()
