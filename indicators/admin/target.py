"""Targets: what was promised, every version and reading of it, and the figures against it."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import Fieldset
from django.contrib.admin.widgets import AdminDateWidget, AutocompleteSelect
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from departments.editing import ReadOnlyInline, VersionedAdmin, person
from departments.refusals import broken, by_field, put
from departments.related import RelatedList
from indicators import setting
from indicators.admin import sight
from indicators.admin.exporting import ExportAdmin
from indicators.admin.fields import NumberFormField, decimals_of
from indicators.admin.shown import Shown, link
from indicators.models import Mention, Observation, Source, Target, TargetVersion
from indicators.numbers import Convention
from indicators.resources import TargetResource
from news.models import Document


@admin.display(description="")
def correction(version: TargetVersion) -> str:
    """Only what the public knows now is corrected; a draft is edited with its article."""
    if version.known is None or version.known.upper is not None:
        return "–"
    url = reverse("admin:indicators_target_correct", args=[version.target_id, version.pk])
    return format_html('<a href="{}">{}</a>', url, _("Correct"))


class VersionInline(Shown, ReadOnlyInline):
    model = TargetVersion
    columns = ["in_force_from", "says", "words", "article", "source", "known_span", correction]
    verbose_name_plural = _("versions")

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request)
        return rows.select_related("target__indicator", "article", "source")


class MentionInline(Shown, ReadOnlyInline):
    model = Mention
    columns = ["role", "says", "words", "article"]
    verbose_name_plural = _("mentions")

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request)
        return rows.select_related("target__indicator", "passage__article")

    @admin.display(description=_("article"))
    def article(self, mention: Mention) -> str:
        return link(mention.passage.article)


class FigureInline(Shown, RelatedList):
    """What came out for the indicator in the area, whatever the period."""

    model = Observation
    prefix = "figures"
    columns = ["period_code", "number", "status", "as_of", "source", "words", "known_span"]
    ordering = ["-period_end", "-as_of", "-id"]
    verbose_name_plural = _("figures")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("indicator", "source")

    def rows_of(self, queryset: QuerySet[Any], record: Target) -> QuerySet[Any]:
        return queryset.filter(indicator=record.indicator_id, area=record.area_id)


class CorrectionForm(forms.ModelForm):  # type: ignore[type-arg] # generic for the type checker only
    """What a version should have said. Numbers are read as the article writes them."""

    value = NumberFormField(label=_("Value"), required=False)
    upper_value = NumberFormField(label=_("Upper value"), required=False)
    tolerance = NumberFormField(label=_("Tolerance"), required=False)
    baseline_value = NumberFormField(label=_("Baseline"), required=False)
    reason_vi = forms.CharField(
        label=_("Reason of the correction in Vietnamese"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Readers see it beside the target."),
    )
    reason_en = forms.CharField(
        label=_("Reason of the correction in English"), required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    source = forms.ModelChoiceField(
        Source.objects.all(), label=_("Source"),
        widget=AutocompleteSelect(TargetVersion._meta.get_field("source"), admin.site),
    )  # fmt: skip
    document = forms.ModelChoiceField(
        Document.objects.all(), label=_("Document"), required=False,
        widget=AutocompleteSelect(TargetVersion._meta.get_field("document"), admin.site),
    )  # fmt: skip

    class Meta:
        model = TargetVersion
        fields: ClassVar = [
            "words", "comparator", "value", "upper_value", "form", "tolerance", "baseline_value",
            "deadline", "deadline_as_written", "in_force_from", "source", "document",
            "reason_vi", "reason_en",
        ]  # fmt: skip
        widgets: ClassVar = {
            "words": forms.Textarea(attrs={"rows": 2}),
            "deadline": AdminDateWidget(),
            "in_force_from": AdminDateWidget(),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update(reason_vi="", reason_en="")
        for field in self.fields.values():
            if isinstance(field, NumberFormField):
                field.convention = field.shown_in = Convention(self.instance.article.language)

    def _post_clean(self) -> None:
        """`setting.correct` checks; the version itself stays as it was."""

    def changes(self) -> dict[str, Any]:
        """What differs from the version. `decimals_written` follows the numbers."""
        changes: dict[str, Any] = {}
        for name in self.changed_data:
            value = self.cleaned_data[name]
            changes |= {f"{name}_id": value.pk} if isinstance(value, Model) else {name: value}
        # The earlier reason is not this one's, in neither language.
        changes |= {name: self.cleaned_data[name] for name in ("reason_vi", "reason_en")}
        if {"value", "upper_value"} & set(changes):
            numbers = (self.cleaned_data["value"], self.cleaned_data["upper_value"])
            changes["decimals_written"] = decimals_of(*numbers)
        return changes


@admin.register(Target)
class TargetAdmin(sight.Confined, Shown, ExportAdmin, VersionedAdmin):
    """Targets are set by the sentence of an article, on the article's page."""

    resource_classes: ClassVar = [TargetResource]

    list_display = ["indicator", "period_code", "plan", "area", "assigner", "is_stretch"]
    list_filter = ["assigner", "is_stretch", "indicator__group", "plan"]
    list_select_related = ["indicator", "plan", "area"]
    date_hierarchy = "period_end"
    search_fields = ["indicator__code", "indicator__name_vi__folded", "indicator__name_en__folded",
                     "period"]  # fmt: skip
    autocomplete_fields = ["adopted_by"]
    readonly_fields = ["indicator", "plan", "period_code", "area", "assigner", "is_stretch"]
    fields = [*readonly_fields, "adopted_by"]
    inlines: ClassVar[list[Any]] = [VersionInline, MentionInline, FigureInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Target]:
        seen = sight.targets(request).values("pk")
        return super().get_queryset(request).filter(pk__in=seen)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Target], search_term: str
    ) -> tuple[QuerySet[Target], bool]:
        """Autocomplete names each target by its indicator."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        return found.select_related("indicator"), may_repeat

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        correct = path(
            "<int:target_id>/correct/<int:version_id>/",
            self.admin_site.admin_view(self.correct_view),
            name="indicators_target_correct",
        )
        return [correct, *super().get_urls()]

    def correct_view(self, request: HttpRequest, target_id: int, version_id: int) -> HttpResponse:
        """Replace a public version that was recorded wrongly."""
        public = TargetVersion.objects.filter(known__isnull=False, known__endswith=None)
        rows = public.select_related("article", "target__indicator", "passage")
        seen = self.get_queryset(request).order_by().values("pk")
        version = get_object_or_404(rows.filter(target__in=seen), pk=version_id, target=target_id)
        if not self.has_change_permission(request, version.target):
            raise PermissionDenied
        form = CorrectionForm(request.POST or None, instance=version)
        if request.method == "POST" and form.is_valid() and self._correct(request, form, version):
            return HttpResponseRedirect(reverse("admin:indicators_target_change", args=[target_id]))
        fieldset = Fieldset(form, fields=CorrectionForm.Meta.fields, model_admin=self)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Correct a target"),
            "opts": self.opts,
            "version": version,
            "form": form,
            "fieldset": fieldset,
            "media": self.media + form.media,
        }
        return TemplateResponse(request, "admin/indicators/target/correct.html", context)

    def _correct(self, request: HttpRequest, form: CorrectionForm, version: TargetVersion) -> bool:
        try:
            with transaction.atomic():
                setting.correct(version, by=person(request), at=timezone.now(), **form.changes())
        except ValidationError as error:
            put(form, by_field(error))
        except IntegrityError as error:
            put(form, {NON_FIELD_ERRORS: [broken(error)]})
        except setting.NotCurrent as error:
            put(form, {NON_FIELD_ERRORS: [str(error)]})
        else:
            messages.success(request, _("Corrected. The wrong version stays in the chain."))
            return True
        return False
