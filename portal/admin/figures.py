"""The figures that an article reports, and the results it counts."""

from datetime import datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from departments.models import Area, User
from indicators import drafts, recording
from indicators.admin.fields import NumberFormField, PeriodFormField
from indicators.admin.shown import Shown
from indicators.assessment import FigureStatus, Form
from indicators.models import Claim, ImportBatch, Observation
from indicators.recording import Row, RowsRefused
from news.models import Article
from portal.admin.rows import PublicRows, RowsInline, SentenceForm, picker

KEY = ("indicator", "period", "area", "source")
"""Of which there is one current figure."""


class FigureForm(SentenceForm):
    indicator = picker("indicator", of=Observation, label=_("Indicator"))
    period = PeriodFormField(
        label=_("Period"), help_text=_("For example 2025, 2025-H1, 2025-9M or 2025-M07.")
    )
    area = picker("area", of=Observation, label=_("Area"))
    source = picker("source", of=Observation, label=_("Source"))
    value = NumberFormField(label=_("Value"))
    upper_value = NumberFormField(
        label=_("Upper value"), required=False,
        help_text=_("Only when the article gives a range."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self.initial.setdefault("area", Area.objects.filter(kind=Area.Kind.PROVINCE).first())

    def add(self, *, by: User, at: datetime) -> Observation:
        said = self.cleaned_data
        row = Row(
            indicator=said["indicator"], period=said["period"], area=said["area"],
            source=said["source"], value=said["value"], upper_value=said["upper_value"],
            as_of=said["as_of"], status=FigureStatus(said["status"]), form=Form(said["form"]),
            passage=self.quoted(), words=said["words"], note=said["note"],
        )  # fmt: skip
        try:
            figure = recording.record(row, by=by, at=at, door=ImportBatch.Door.FORM)
        except RowsRefused as refused:
            raise ValidationError(refused.changes[0].errors) from refused
        if figure is None:
            raise ValidationError(gettext("This figure is recorded already, word by word."))
        return figure

    def remove(self, *, by: User) -> None:
        drafts.remove(self.instance, by=by)


class FigureRows(RowsInline):
    model = Observation
    indicator_key = "indicator"
    form = FigureForm
    prefix = "figures"
    verbose_name = _("figure")
    verbose_name_plural = _("figures it reports")
    written_twice = _("Another row reports this figure from the same source.")
    fieldsets: ClassVar = [
        (None, {"fields": ["sentence", "words", ("indicator", "period"),
                           ("value", "upper_value", "form"), ("as_of", "status", "source")]}),
        (_("More"), {"classes": ["collapse"], "fields": ["area", "note"]}),
    ]  # fmt: skip

    def rows_of(self, queryset: QuerySet[Any], record: Article) -> QuerySet[Any]:
        rows = super().rows_of(queryset, record).filter(known=None)
        return rows.select_related("passage", "indicator", "area", "source")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who may enter a figure may take it out again while nobody has read it."""
        return self.has_change_permission(request, obj)

    def key_of(self, form: Any) -> Any:
        said = getattr(form, "cleaned_data", {})
        if not all(said.get(name) for name in KEY):
            return None
        return said["indicator"], said["period"].code, said["area"], said["source"]


class PublicFigures(Shown, PublicRows):
    model = Observation
    indicator_key = "indicator"
    prefix = "public-figures"
    verbose_name_plural = _("figures it reports, as the public knows them")
    columns = ["indicator", "period_code", "number", "status", "as_of", "words", "source",
              "known_span"]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("indicator", "source")


class ClaimForm(SentenceForm):
    target_set = picker("target_set", of=Claim, label=_("Target set"))
    source = picker("source", of=Claim, label=_("Source"))

    def add(self, *, by: User, at: datetime) -> Claim:
        said = self.cleaned_data
        names = ("target_set", "kind", "stated_part", "stated_total", "stated_exceeded", "as_of",
                 "words", "source")  # fmt: skip
        record = Claim(passage=self.quoted(), **{name: said[name] for name in names})
        return drafts.claim(record, by=by)

    def remove(self, *, by: User) -> None:
        drafts.remove(self.instance, by=by)


class ClaimRows(RowsInline):
    model = Claim
    form = ClaimForm
    prefix = "claims"
    verbose_name = _("claim")
    verbose_name_plural = _("results it counts")
    fieldsets: ClassVar = [
        (None, {"fields": ["sentence", "words", ("target_set", "kind"),
                           ("stated_part", "stated_total", "stated_exceeded"),
                           ("as_of", "source")]}),
    ]  # fmt: skip

    def rows_of(self, queryset: QuerySet[Any], record: Article) -> QuerySet[Any]:
        return super().rows_of(queryset, record).select_related("passage", "target_set", "source")


class PublicClaims(PublicRows):
    model = Claim
    prefix = "public-claims"
    verbose_name_plural = _("results it counts, as the public knows them")
    columns = ["target_set", "stated_part", "stated_total", "stated_exceeded", "as_of", "words"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("target_set")
