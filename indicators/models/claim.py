from datetime import datetime

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from departments.fields import NFCTextField
from indicators.models.plan import Plan, TargetSet
from indicators.models.source import Source
from news.models import Passage


class ClaimQuerySet(models.QuerySet["Claim"]):
    def known_on(self, moment: datetime) -> "ClaimQuerySet":
        return self.filter(
            Q(passage__article__withdrawn_at=None) | Q(passage__article__withdrawn_at__gt=moment),
            passage__article__published_at__lte=moment,
        )

    def released(self, at: datetime) -> "ClaimQuerySet":
        """Those on plans that are public."""
        return self.known_on(at).filter(target_set__plan__in=Plan.objects.released(at))


@pghistory.track()
class Claim(models.Model):
    """A sentence that counts results, such as "16 of 26 met or exceeded, 8 of them exceeded"."""

    class Kind(models.TextChoices):
        MET_OR_EXCEEDED = "met_or_exceeded", _("so many of so many targets met or exceeded")

    target_set = models.ForeignKey(
        TargetSet, models.PROTECT, related_name="claims", verbose_name=_("target set")
    )
    kind = models.CharField(
        _("kind"), max_length=30, choices=Kind.choices, default=Kind.MET_OR_EXCEEDED
    )
    stated_part = models.PositiveSmallIntegerField(_("met or exceeded, as stated"))
    stated_total = models.PositiveSmallIntegerField(_("of how many, as stated"))
    stated_exceeded = models.PositiveSmallIntegerField(
        _("of these exceeded, as stated"), null=True, blank=True
    )
    as_of = models.DateField(_("as of"))
    passage = models.ForeignKey(
        Passage, models.PROTECT, related_name="claims", verbose_name=_("sentence")
    )
    words = NFCTextField(_("words"))
    source = models.ForeignKey(
        Source, models.PROTECT, related_name="claims", verbose_name=_("source")
    )

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["-as_of", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stated_part__lte=F("stated_total"))
                & (Q(stated_exceeded=None) | Q(stated_exceeded__lte=F("stated_part"))),
                name="claim_parts_within_the_whole",
                violation_error_message=_(
                    "Those exceeded are among those met or exceeded, and these among all."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(words=""),
                name="claim_has_words",
                violation_error_message=_("Mark the words of the claim."),
            ),
            models.UniqueConstraint(
                fields=["target_set", "passage", "words"],
                name="claim_once",
                violation_error_message=_("This claim is recorded already."),
            ),
        ]

    def __str__(self) -> str:
        return self.words
