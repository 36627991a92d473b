from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from departments.bilingual import Bilingual
from departments.fields import NFCCharField, NFCTextField
from indicators.assessment import Margins
from indicators.fields import PeriodEndField, PeriodField
from indicators.models.source import Source
from news.models import Article, Passage


class PlanQuerySet(models.QuerySet["Plan"]):
    def known_on(self, moment: datetime) -> "PlanQuerySet":
        """Plans that no article announced, or one the public could read at that moment."""
        return self.filter(
            Q(article=None)
            | Q(article__published_at__lte=moment)
            & (Q(article__withdrawn_at=None) | Q(article__withdrawn_at__gt=moment))
        )

    def released(self, at: datetime) -> "PlanQuerySet":
        return self.known_on(at)

    def current(self, *, on: date, at: datetime) -> "Plan | None":
        """The year plan whose period holds the day, else the latest one; an illustrative plan only
        if there is no other. Queries.
        """
        plans = (
            self.released(at)
            .filter(kind=Plan.Kind.YEAR)
            .select_related("source")
            .order_by("-period_end", "pk")
        )
        real = [plan for plan in plans if not plan.source.is_illustrative]
        candidates = real or list(plans)
        holding = [plan for plan in candidates if plan.period.contains(on)]
        return next(iter(holding or candidates), None)


def margin_field(label: Any, default: str, **kwargs: Any) -> Any:
    return models.DecimalField(
        label, max_digits=6, decimal_places=3, default=Decimal(default), **kwargs
    )


@pghistory.track()
@pgtrigger.register(
    pgtrigger.Protect(
        name="plan_margins_frozen",
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(
            "OLD.margins_frozen_at IS NOT NULL AND ("
            "(OLD.margins_frozen_at, OLD.nearly_points, OLD.nearly_percent, OLD.nearly_places,"
            " OLD.tolerance_points, OLD.tolerance_percent, OLD.exceeded_points,"
            " OLD.exceeded_percent) IS DISTINCT FROM"
            " (NEW.margins_frozen_at, NEW.nearly_points, NEW.nearly_percent, NEW.nearly_places,"
            " NEW.tolerance_points, NEW.tolerance_percent, NEW.exceeded_points,"
            " NEW.exceeded_percent))"
        ),
    )
)
class Plan(models.Model):
    """A set of promises for a period, with the margins by which they are judged."""

    class Kind(models.TextChoices):
        YEAR = "year", _("year plan")
        FIVE_YEAR = "five_year", _("five-year plan")
        TERM = "term", _("Party-term resolution")
        MOVEMENT = "movement", _("emulation movement")

    MARGINS: ClassVar[tuple[str, ...]] = (
        "nearly_points", "nearly_percent", "nearly_places", "tolerance_points",
        "tolerance_percent", "exceeded_points", "exceeded_percent",
    )  # fmt: skip

    slug = models.SlugField(_("address"), max_length=100, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    name_vi = NFCCharField(_("name in Vietnamese"), max_length=250)
    name_en = NFCCharField(_("name in English"), max_length=250)
    period = PeriodField(_("period"))
    period_end = PeriodEndField()
    article = models.ForeignKey(
        Article,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="plans",
        verbose_name=_("announced in"),
    )
    source = models.ForeignKey(
        Source, models.PROTECT, related_name="plans", verbose_name=_("source")
    )
    nearly_points = margin_field(
        _("nearly met: points"),
        "0.1",
        help_text=_("A rate or share this close to its target is nearly met."),
    )
    nearly_percent = margin_field(_("nearly met: per cent of the target"), "2")
    nearly_places = margin_field(_("nearly met: places of a rank"), "1")
    tolerance_points = margin_field(
        _("about: points"), "0.5", help_text=_("How far “about” reaches for a rate or share.")
    )
    tolerance_percent = margin_field(_("about: per cent of the target"), "2")
    exceeded_points = margin_field(
        _("exceeded beyond “over”: points"),
        "0.5",
        help_text=_("“Over 10 %” is exceeded when the result lies this far beyond."),
    )
    exceeded_percent = margin_field(_("exceeded beyond “over”: per cent of the target"), "5")
    margins_frozen_at = models.DateTimeField(
        _("margins frozen at"),
        null=True,
        editable=False,
        help_text=_("When the first verdict became public; no margin changes after that."),
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering = ["-period_end", "slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    nearly_points__gte=0,
                    nearly_percent__gte=0,
                    nearly_places__gte=0,
                    tolerance_points__gte=0,
                    tolerance_percent__gte=0,
                    exceeded_points__gte=0,
                    exceeded_percent__gte=0,
                ),
                name="plan_margins_not_negative",
                violation_error_message=_("A margin cannot be negative."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("indicators:plan", args=[self.slug])

    name = Bilingual()

    def is_known_on(self, moment: datetime) -> bool:
        """As `known_on` says of many. Queries unless the article is loaded."""
        return self.article is None or self.article.is_known_on(moment)

    @property
    def margins(self) -> Margins:
        return Margins(**{name: getattr(self, name) for name in self.MARGINS})


class PerspectiveQuerySet(models.QuerySet["Perspective"]):
    def known_on(self, moment: datetime) -> "PerspectiveQuerySet":
        """Those without a sentence, or with one that the public could read at that moment."""
        return self.filter(
            Q(passage=None)
            | Q(passage__article__published_at__lte=moment)
            & (
                Q(passage__article__withdrawn_at=None)
                | Q(passage__article__withdrawn_at__gt=moment)
            )
        )

    def released(self, at: datetime) -> "PerspectiveQuerySet":
        return self.known_on(at).filter(plan__in=Plan.objects.released(at))


@pghistory.track()
class Perspective(models.Model):
    """One of a plan's guiding perspectives."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="perspectives")
    position = models.PositiveSmallIntegerField(_("position"))
    text_vi = NFCTextField(_("text in Vietnamese"))
    text_en = NFCTextField(_("text in English"))
    passage = models.ForeignKey(
        Passage,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="perspectives",
        verbose_name=_("sentence"),
    )
    source = models.ForeignKey(
        Source, models.PROTECT, related_name="perspectives", verbose_name=_("source")
    )

    objects = PerspectiveQuerySet.as_manager()

    class Meta:
        verbose_name = _("guiding perspective")
        verbose_name_plural = _("guiding perspectives")
        ordering = ["plan", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "position"],
                name="perspective_position_once",
                violation_error_message=_("Two perspectives cannot stand at one position."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.text}"

    text = Bilingual()


@pghistory.track()
class TargetSet(models.Model):
    """A named set of a plan's targets, such as "26 key targets"."""

    plan = models.ForeignKey(
        Plan, models.PROTECT, related_name="target_sets", verbose_name=_("plan")
    )
    code = models.SlugField(_("code"), max_length=60)
    name_vi = NFCCharField(_("name in Vietnamese"), max_length=200)
    name_en = NFCCharField(_("name in English"), max_length=200)
    stated_size = models.PositiveSmallIntegerField(
        _("number of targets as stated"),
        null=True,
        blank=True,
        help_text=_("How many the article says there are, also when fewer are known."),
    )
    targets = models.ManyToManyField(
        "indicators.Target", blank=True, related_name="sets", verbose_name=_("targets")
    )

    class Meta:
        verbose_name = _("target set")
        verbose_name_plural = _("target sets")
        ordering = ["plan", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "code"],
                name="target_set_code_once_in_a_plan",
                violation_error_message=_("The plan has a set with this code already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    name = Bilingual()
