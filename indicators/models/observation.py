from datetime import datetime
from typing import Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from departments.fields import NFCCharField, NFCTextField
from departments.models import Area
from indicators.assessment import Figure, FigureStatus, Form
from indicators.fields import KnownField, PeriodEndField, PeriodField, ValueField
from indicators.models.chain import ChainQuerySet, append_only
from indicators.models.indicator import Indicator
from indicators.models.source import Source
from news.models import Passage


@pgtrigger.register(
    pgtrigger.Protect(name="importbatch_append_only", operation=pgtrigger.Update | pgtrigger.Delete)
)
class ImportBatch(models.Model):
    """Figures that were recorded together, by one person at one time."""

    class Door(models.TextChoices):
        FORM = "form", _("form")
        SPREADSHEET = "spreadsheet", _("spreadsheet")
        COMMAND = "command", _("command")

    door = models.CharField(_("entered by"), max_length=20, choices=Door.choices)
    file_name = NFCCharField(_("file"), max_length=250, blank=True)
    note = NFCTextField(_("note"), blank=True)
    entered_afterwards = models.BooleanField(
        _("entered afterwards"),
        default=False,
        help_text=_("The portal dates these figures back to their release; the page says so."),
    )
    recorded_at = models.DateTimeField(_("recorded at"), db_default=Now(), editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=_("recorded by"),
    )

    class Meta:
        verbose_name = _("batch of figures")
        verbose_name_plural = _("batches of figures")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.pk}: {self.file_name or self.get_door_display()}"


class ObservationQuerySet(ChainQuerySet):
    def released(self, at: datetime) -> Self:
        return self.known_on(at).filter(indicator__is_public=True)

    def told_until(self, moment: datetime) -> Self:
        """Also what was replaced since; not what rested on an article that was withdrawn."""
        return self.filter(known__startswith__lte=moment, known__isempty=False).exclude(
            passage__article__withdrawn_at__lte=moment
        )


@pgtrigger.register(append_only("observation_append_only"))
class Observation(models.Model):
    """A figure: what came out for an indicator, a period and an area, by one source."""

    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="observations", verbose_name=_("indicator")
    )
    period = PeriodField(_("period"))
    period_end = PeriodEndField()
    area = models.ForeignKey(
        Area, models.PROTECT, related_name="observations", verbose_name=_("area")
    )
    source = models.ForeignKey(
        Source, models.PROTECT, related_name="observations", verbose_name=_("source")
    )
    value = ValueField(_("value"))
    upper_value = ValueField(
        _("upper value"),
        null=True,
        blank=True,
        help_text=_("Only when the source gives a range."),
    )
    form = models.CharField(
        _("form"),
        max_length=20,
        choices=Form.choices,
        default=Form.LEVEL,
        help_text=_("A change, when only the change was published."),
    )
    status = models.CharField(
        _("status"), max_length=20, choices=FigureStatus.choices, default=FigureStatus.ESTIMATE
    )
    as_of = models.DateField(_("as of"), help_text=_("The day that the figure describes or ends."))
    released_at = models.DateTimeField(
        _("released at"), help_text=_("When the public may know it; may lie ahead.")
    )
    passage = models.ForeignKey(
        Passage,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="observations",
        verbose_name=_("sentence"),
    )
    words = NFCTextField(_("words"), blank=True)
    note = NFCTextField(_("note"), blank=True)
    batch = models.ForeignKey(
        ImportBatch,
        models.PROTECT,
        related_name="observations",
        editable=False,
        verbose_name=_("batch"),
    )
    known = KnownField()
    recorded_at = models.DateTimeField(_("recorded at"), db_default=Now(), editable=False)

    objects = ObservationQuerySet.as_manager()

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering = ["indicator", "-period_end", "-as_of", "-id"]
        permissions = [("import_observation", _("Can import figures from spreadsheets"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(upper_value=None) | Q(upper_value__gte=F("value")),
                name="observation_upper_value_not_below",
                violation_error_message=_("The upper value is not below the lower one."),
            ),
            models.CheckConstraint(
                condition=Q(passage=None, words="") | Q(passage__isnull=False) & ~Q(words=""),
                name="observation_words_of_its_sentence",
                violation_error_message=_(
                    "A figure from an article needs the words that state it."
                ),
            ),
            ExclusionConstraint(
                name="observation_one_current_per_source",
                expressions=[
                    ("indicator", RangeOperators.EQUAL),
                    ("period", RangeOperators.EQUAL),
                    ("area", RangeOperators.EQUAL),
                    ("source", RangeOperators.EQUAL),
                    ("known", RangeOperators.OVERLAPS),
                ],
                violation_error_message=_(
                    "There is a figure of this source for this period and area already."
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["indicator", "area", "period_end"], name="observation_series")
        ]

    def __str__(self) -> str:
        return f"{self.indicator.code} {self.period.code}"

    @property
    def figure(self) -> Figure:
        return Figure(
            value=self.value,
            upper=self.upper_value,
            form=Form(self.form),
            status=FigureStatus(self.status),
            as_of=self.as_of,
        )
