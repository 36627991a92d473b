import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from departments.bilingual import Bilingual
from departments.fields import NFCCharField, SortKeyField
from departments.models.codes import code_validator
from departments.models.validity import ValidityQuerySet, order_of_days


class AreaQuerySet(ValidityQuerySet):
    def province(self) -> "Area":
        """The province itself. Queries."""
        province: Area = self.get(kind=Area.Kind.PROVINCE)
        return province


@pghistory.track()
class Area(models.Model):
    """The province, or a commune or ward in it, while it exists."""

    class Kind(models.TextChoices):
        PROVINCE = "province", _("province")
        COMMUNE = "commune", _("commune")
        WARD = "ward", _("ward")
        TOWNSHIP = "township", _("township")

    code = models.CharField(
        _("code"),
        max_length=60,
        unique=True,
        validators=[code_validator],
        help_text=_("Never reused: a new commune of an old name has a code of its own."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    name_vi = NFCCharField(_("name in Vietnamese"), max_length=150)
    name_en = NFCCharField(_("name in English"), max_length=150)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("lies in"),
    )
    starts_on = models.DateField(_("exists from"), null=True, blank=True)
    ends_on = models.DateField(
        _("exists until"), null=True, blank=True, help_text=_("The first day on which it is gone.")
    )
    predecessors = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="successors",
        verbose_name=_("formed from"),
    )
    sort_key = SortKeyField(source="name_vi")

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        ordering = ["sort_key", "code"]
        constraints = [
            order_of_days("area_exists_before_it_ends"),
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(kind="province"),
                name="area_one_province",
                violation_error_message=_(
                    "The portal serves one province, and it is there already."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    name = Bilingual()
