from datetime import date, datetime
from typing import Self

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from departments.bilingual import Bilingual
from departments.fields import NFCCharField, NFCTextField
from departments.models import Area
from indicators.assessment import Aggregation, Comparator, Form
from indicators.fields import KnownField, PeriodEndField, PeriodField, ValueField
from indicators.models.chain import ChainQuerySet, append_only
from indicators.models.indicator import Indicator
from indicators.models.plan import Plan
from indicators.models.source import Source
from news.models import Article, Document, Passage


class TargetQuerySet(models.QuerySet["Target"]):
    def known_on(self, moment: datetime) -> "TargetQuerySet":
        """Targets of which the public knew a version at that moment."""
        return self.filter(
            pk__in=TargetVersion.objects.known_on(moment).values("target").order_by()
        )

    def released(self, at: datetime) -> "TargetQuerySet":
        return self.known_on(at).filter(indicator__is_public=True)


@pghistory.track()
class Target(models.Model):
    """A promise: one indicator, one period, one area, one who set it. Its versions say what."""

    class Assigner(models.TextChoices):
        GOVERNMENT = "government", _("the Government")
        MINISTRY = "ministry", _("a ministry")
        PARTY_CONGRESS = "party_congress", _("the provincial Party Congress")
        PEOPLES_COUNCIL = "peoples_council", _("the People's Council")
        PEOPLES_COMMITTEE = "peoples_committee", _("the People's Committee")

    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="targets", verbose_name=_("indicator")
    )
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="targets", verbose_name=_("plan"))
    period = PeriodField(_("period"))
    period_end = PeriodEndField()
    area = models.ForeignKey(Area, models.PROTECT, related_name="targets", verbose_name=_("area"))
    assigner = models.CharField(
        _("set by"),
        max_length=30,
        choices=Assigner.choices,
        default=Assigner.PEOPLES_COMMITTEE,
    )
    is_stretch = models.BooleanField(
        _("stretch target"), default=False, help_text=_("To strive for, beyond the binding one.")
    )
    adopted_by = models.ManyToManyField(
        Plan,
        blank=True,
        related_name="adopted_targets",
        verbose_name=_("adopted by"),
        help_text=_("Other plans that repeat this promise."),
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = TargetQuerySet.as_manager()

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["-period_end", "indicator__sort_key", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "period", "area", "assigner", "is_stretch"],
                name="target_once_per_indicator_period_area_and_assigner",
                violation_error_message=_(
                    "This target exists already. Add a version to it, or let the plan adopt it."
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator}, {self.period.code}"

    def get_absolute_url(self) -> str:
        return reverse("indicators:target", args=[self.pk])


class TargetVersionQuerySet(ChainQuerySet):
    def released(self, at: datetime) -> Self:
        return self.known_on(at).filter(target__indicator__is_public=True)

    def in_order(self) -> "TargetVersionQuerySet":
        return self.order_by("target", "in_force_from", "id")


@pgtrigger.register(append_only("targetversion_append_only"))
class TargetVersion(models.Model):
    """What a target says, by the sentence that set it."""

    target = models.ForeignKey(
        Target, models.PROTECT, related_name="versions", verbose_name=_("target")
    )
    article = models.ForeignKey(
        Article, models.PROTECT, related_name="target_versions", verbose_name=_("article")
    )
    passage = models.ForeignKey(
        Passage, models.PROTECT, related_name="target_versions", verbose_name=_("sentence")
    )
    words = NFCTextField(
        _("words"), help_text=_("The words of the sentence that state this target.")
    )
    form = models.CharField(_("form"), max_length=20, choices=Form.choices, default=Form.LEVEL)
    comparator = models.CharField(
        _("comparator"), max_length=10, choices=Comparator.choices, default=Comparator.EQ
    )
    value = ValueField(_("value"), null=True, blank=True)
    upper_value = ValueField(
        _("upper value"), null=True, blank=True, help_text=_("Only for a range.")
    )
    decimals_written = models.PositiveSmallIntegerField(
        _("decimals as written"),
        default=0,
        validators=[MaxValueValidator(6)],
        help_text=_("Decimals of the number in the sentence."),
    )
    tolerance = ValueField(
        _("tolerance"),
        null=True,
        blank=True,
        help_text=_("How far “about” reaches; empty: the plan's own tolerance."),
    )
    aggregation = models.CharField(
        _("over several years"),
        max_length=20,
        choices=Aggregation.choices,
        default=Aggregation.END,
    )
    baseline_period = PeriodField(_("baseline period"), null=True, blank=True)
    baseline_value = ValueField(
        _("baseline"),
        null=True,
        blank=True,
        help_text=_("Frozen as it was known when the target was set."),
    )
    deadline = models.DateField(
        _("deadline"), null=True, blank=True, help_text=_("Empty: the end of the period.")
    )
    deadline_as_written = NFCCharField(_("deadline as written"), max_length=150, blank=True)
    document = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="target_versions",
        verbose_name=_("document"),
    )
    source = models.ForeignKey(
        Source, models.PROTECT, related_name="target_versions", verbose_name=_("source")
    )
    reason_vi = NFCTextField(_("reason of the change in Vietnamese"), blank=True)
    reason_en = NFCTextField(_("reason of the change in English"), blank=True)
    in_force_from = models.DateField(_("in force from"), help_text=_("The day of the decision."))
    known = KnownField()
    recorded_at = models.DateTimeField(_("recorded at"), db_default=Now(), editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=_("recorded by"),
    )

    objects = TargetVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a target")
        verbose_name_plural = _("versions of a target")
        ordering = ["target", "in_force_from", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(value__isnull=False) | Q(form="completion"),
                name="targetversion_has_a_value",
                violation_error_message=_(
                    "Give the number. Only the completion of a task may stand without one."
                ),
            ),
            models.CheckConstraint(
                condition=Q(upper_value=None) | Q(comparator="range", upper_value__gte=F("value")),
                name="targetversion_upper_value_of_a_range",
                violation_error_message=_(
                    "Only a range has an upper value, and it is not below the lower one."
                ),
            ),
            models.CheckConstraint(
                condition=Q(tolerance=None) | Q(tolerance__gte=0),
                name="targetversion_tolerance_not_negative",
                violation_error_message=_("A tolerance cannot be negative."),
            ),
            models.CheckConstraint(
                condition=~Q(words=""),
                name="targetversion_has_words",
                violation_error_message=_("Mark the words that state the target."),
            ),
            ExclusionConstraint(
                name="targetversion_one_in_force_from_a_day",
                expressions=[
                    ("target", RangeOperators.EQUAL),
                    ("in_force_from", RangeOperators.EQUAL),
                    ("known", RangeOperators.OVERLAPS),
                ],
                violation_error_message=_(
                    "The target has a version in force from this day. Correct that one instead."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target} ({self.in_force_from:%d/%m/%Y})"

    reason = Bilingual()

    @property
    def due_on(self) -> date:
        """The deadline, else the end of the period."""
        return self.deadline or self.target.period.end


class MentionQuerySet(models.QuerySet["Mention"]):
    def known_on(self, moment: datetime) -> "MentionQuerySet":
        return self.filter(
            Q(passage__article__withdrawn_at=None) | Q(passage__article__withdrawn_at__gt=moment),
            passage__article__published_at__lte=moment,
        )

    def released(self, at: datetime) -> "MentionQuerySet":
        """Of a target that is public: one that waits with its draft has no page to lead to."""
        return self.known_on(at).filter(target__in=Target.objects.released(at))


@pghistory.track()
class Mention(models.Model):
    """A further reading of the same target, in another sentence or in the same one."""

    class Role(models.TextChoices):
        REPEATS = "repeats", _("repeats")
        REVISES = "revises", _("revises")
        REPORTS = "reports", _("reports")
        TRANSLATES = "translates", _("translates")

    target = models.ForeignKey(
        Target, models.PROTECT, related_name="mentions", verbose_name=_("target")
    )
    target_version = models.ForeignKey(
        TargetVersion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="mentions",
        verbose_name=_("version"),
        help_text=_("The version that this sentence says again."),
    )
    passage = models.ForeignKey(
        Passage, models.PROTECT, related_name="mentions", verbose_name=_("sentence")
    )
    words = NFCTextField(_("words"))
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    form = models.CharField(_("form"), max_length=20, choices=Form.choices, default=Form.LEVEL)
    comparator = models.CharField(
        _("comparator"), max_length=10, choices=Comparator.choices, default=Comparator.EQ
    )
    value = ValueField(_("value"), null=True, blank=True)
    upper_value = ValueField(_("upper value"), null=True, blank=True)

    objects = MentionQuerySet.as_manager()

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        ordering = ["target", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["target", "passage", "words"],
                name="mention_once",
                violation_error_message=_("This reading is recorded already."),
            ),
            models.CheckConstraint(
                condition=~Q(words=""),
                name="mention_has_words",
                violation_error_message=_("Mark the words of the reading."),
            ),
            models.CheckConstraint(
                condition=Q(upper_value=None) | Q(comparator="range", upper_value__gte=F("value")),
                name="mention_upper_value_of_a_range",
                violation_error_message=_(
                    "Only a range has an upper value, and it is not below the lower one."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target}: {self.words}"
