import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from departments.bilingual import Bilingual
from departments.fields import NFCCharField, NFCTextField
from departments.models import code_validator, folded_index
from news.models import Document


@pghistory.track()
class Source(models.Model):
    """Where a number comes from. What is illustrative is marked everywhere and counts nowhere."""

    class Kind(models.TextChoices):
        STATUTE = "statute", _("statute or document")
        STATISTICS = "statistics", _("statistics release")
        PRESS = "press", _("press")
        DERIVED = "derived", _("derived")
        ILLUSTRATIVE = "illustrative", _("illustrative")

    code = models.CharField(
        _("code"),
        max_length=60,
        unique=True,
        validators=[code_validator],
        help_text=_("Short; spreadsheets name the source by it."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    name_vi = NFCCharField(_("name in Vietnamese"), max_length=250)
    name_en = NFCCharField(_("name in English"), max_length=250)
    note_vi = NFCTextField(_("note in Vietnamese"), blank=True)
    note_en = NFCTextField(_("note in English"), blank=True)
    link = models.URLField(_("link"), max_length=500, blank=True)
    document = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sources",
        verbose_name=_("document"),
    )

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["code"]
        indexes = [folded_index("name_vi", name="source_name_vi_folded")]

    def __str__(self) -> str:
        return self.name

    name = Bilingual()

    note = Bilingual()

    @property
    def is_illustrative(self) -> bool:
        return self.kind == self.Kind.ILLUSTRATIVE
