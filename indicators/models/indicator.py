from datetime import date
from typing import Any

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from departments.bilingual import Bilingual
from departments.fields import NFCCharField, NFCTextField, SortKeyField
from departments.models import (
    Department,
    ValidityQuerySet,
    code_validator,
    folded_index,
    order_of_days,
    validity,
)
from indicators.assessment import Direction, Measure


@pghistory.track()
class UnitOfMeasure(models.Model):
    """A unit of measure. A percentage point is never the same unit as a per cent."""

    class Kind(models.TextChoices):
        MONEY = "money", _("money")
        PERCENT = "percent", _("per cent or per mille")
        POINTS = "points", _("percentage points")
        TIMES = "times", _("times")
        COUNT = "count", _("count")
        QUANTITY = "quantity", _("quantity")
        RANK = "rank", _("rank")
        SCORE = "score", _("score")

    code = models.CharField(_("code"), max_length=40, unique=True, validators=[code_validator])
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    symbol_vi = NFCCharField(_("symbol in Vietnamese"), max_length=60)
    symbol_en = NFCCharField(_("symbol in English"), max_length=60)
    scale = models.DecimalField(
        _("scale"),
        max_digits=24,
        decimal_places=6,
        default=1,
        help_text=_("One unit in the base unit: 1000000000 for billion đồng."),
    )

    class Meta:
        verbose_name = _("unit of measure")
        verbose_name_plural = _("units of measure")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(scale__gt=0),
                name="unit_scale_positive",
                violation_error_message=_("The scale must be greater than zero."),
            )
        ]

    def __str__(self) -> str:
        return self.symbol

    symbol = Bilingual()

    @property
    def is_percent_like(self) -> bool:
        """Margins of this unit are in points (`assessment`)."""
        return self.kind in {self.Kind.PERCENT, self.Kind.POINTS}


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def public(self) -> "IndicatorQuerySet":
        return self.filter(is_public=True)

    def led_by(self, departments: Any, *, on: date) -> "IndicatorQuerySet":
        """Indicators for which one of the departments is responsible on this day."""
        return self.filter(
            pk__in=Responsibility.objects.valid_on(on)
            .filter(department__in=departments)
            .values("indicator")
        )


@pghistory.track()
class Indicator(models.Model):
    """What is measured."""

    class Group(models.TextChoices):
        ECONOMIC = "economic", _("Economy")
        SOCIAL = "social", _("Society")
        ENVIRONMENT = "environment", _("Environment")
        GOVERNANCE = "governance", _("Governance")
        DEFENCE = "defence", _("Defence and security")

    class PriceBasis(models.TextChoices):
        CONSTANT_2010 = "constant_2010", _("constant 2010 prices")
        CURRENT = "current", _("current prices")

    code = models.CharField(
        _("code"),
        max_length=60,
        unique=True,
        validators=[code_validator],
        help_text=_("Part of the page's address; spreadsheets name the indicator by it."),
    )
    name_vi = NFCCharField(_("name in Vietnamese"), max_length=250)
    name_en = NFCCharField(_("name in English"), max_length=250)
    aliases = ArrayField(
        NFCCharField(max_length=250),
        verbose_name=_("other names"),
        default=list,
        blank=True,
        help_text=_("As articles call it, separated by commas."),
    )
    group = models.CharField(_("group"), max_length=20, choices=Group.choices)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
        help_text=_("For figures by sex, ethnic group or sector: the indicator as a whole."),
    )
    unit = models.ForeignKey(
        UnitOfMeasure, models.PROTECT, related_name="indicators", verbose_name=_("unit of measure")
    )
    direction = models.CharField(
        _("better is"), max_length=10, choices=Direction.choices, default=Direction.HIGHER
    )
    measure = models.CharField(_("measure"), max_length=20, choices=Measure.choices)
    decimals = models.PositiveSmallIntegerField(
        _("decimals"),
        default=2,
        validators=[MaxValueValidator(6)],
        help_text=_("How many decimals are compared and shown."),
    )
    price_basis = models.CharField(
        _("price basis"), max_length=20, choices=PriceBasis.choices, blank=True
    )
    publication_lag_days = models.PositiveSmallIntegerField(
        _("publication lag in days"),
        default=31,
        help_text=_("A result is expected this many days after the deadline."),
    )
    definition_vi = NFCTextField(_("definition in Vietnamese"), blank=True)
    definition_en = NFCTextField(_("definition in English"), blank=True)
    is_public = models.BooleanField(
        _("public"),
        default=True,
        help_text=_("Clear for defence and security: no page shows or counts it."),
    )
    sort_key = SortKeyField(source="name_vi")
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["sort_key", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decimals__lte=6),
                name="indicator_decimals_as_stored",
                violation_error_message=_("At most six decimals are kept."),
            )
        ]
        indexes = [
            folded_index("name_vi", name="indicator_name_vi_folded"),
            folded_index("name_en", name="indicator_name_en_folded"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("indicators:indicator", args=[self.code])

    name = Bilingual()

    definition = Bilingual()


@pghistory.track()
class SeriesBreak(models.Model):
    """A day on which figures before and after stop being comparable."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="breaks")
    breaks_on = models.DateField(_("from the day"))
    reason_vi = NFCTextField(_("reason in Vietnamese"))
    reason_en = NFCTextField(_("reason in English"))

    class Meta:
        verbose_name = _("break in the series")
        verbose_name_plural = _("breaks in the series")
        ordering = ["breaks_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "breaks_on"],
                name="series_break_once_a_day",
                violation_error_message=_("A break on this day is recorded already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator.code} {self.breaks_on:%d/%m/%Y}"

    reason = Bilingual()


@pghistory.track()
class Responsibility(models.Model):
    """Which department leads an indicator, and from when to when."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="responsibilities")
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="responsibilities", verbose_name=_("department")
    )
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(
        _("until"),
        null=True,
        blank=True,
        help_text=_("The first day on which it no longer leads."),
    )

    objects = ValidityQuerySet.as_manager()

    class Meta:
        verbose_name = _("responsibility")
        verbose_name_plural = _("responsibilities")
        ordering = ["indicator", "starts_on"]
        constraints = [
            order_of_days("responsibility_starts_before_it_ends"),
            ExclusionConstraint(
                name="indicator_led_by_one_department_at_a_time",
                expressions=[
                    ("indicator", RangeOperators.EQUAL),
                    (validity(), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Another department leads it on some of these days."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator.code}: {self.department}"
