"""The targets that an article sets, and what it says again of existing ones."""

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from departments.models import Area, User
from indicators import drafts, setting
from indicators.admin.fields import NumberFormField, PeriodFormField, decimals_of
from indicators.admin.shown import Shown, link
from indicators.admin.target import correction
from indicators.assessment import Aggregation, Comparator, Form
from indicators.models import Mention, Target, TargetVersion
from indicators.setting import Reading, Terms
from news import translating
from news.models import Article
from portal.admin.rows import PublicRows, RowsInline, SentenceForm, picker

KEY = ("indicator", "period", "area", "assigner", "is_stretch")
"""What makes a target the same target."""


class ReadingForm(SentenceForm):
    """Comparator, numbers and form as the sentence writes them."""

    value = NumberFormField(label=_("Value"), required=False)
    upper_value = NumberFormField(
        label=_("Upper value"), required=False, help_text=_("Only for a range.")
    )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if cleaned is None or self.errors:
            return cleaned
        if cleaned["value"] is None and cleaned["form"] != Form.COMPLETION:
            self.add_error("value", _("Give the number as the sentence writes it."))
        if cleaned["upper_value"] is not None and cleaned["comparator"] != Comparator.RANGE:
            self.add_error("upper_value", _("Only a range has an upper value."))
        return cleaned

    def reading(self) -> Reading:
        said = self.cleaned_data
        return Reading(
            comparator=Comparator(said["comparator"]), value=said["value"],
            upper_value=said["upper_value"], form=Form(said["form"]),
        )  # fmt: skip


class TargetForm(ReadingForm):
    indicator = picker("indicator", of=Target, label=_("Indicator"))
    plan = picker("plan", of=Target, label=_("Plan"))
    period = PeriodFormField(
        label=_("Period"), help_text=_("For example 2025, 2025-H1, 2025-Q3 or 2021-2025.")
    )
    area = picker("area", of=Target, label=_("Area"))
    assigner = forms.ChoiceField(label=_("Set by"), choices=Target.Assigner.choices)
    is_stretch = forms.BooleanField(
        label=_("Stretch target"), required=False,
        help_text=_("To strive for, beyond the binding one."),
    )  # fmt: skip
    source = picker("source", of=TargetVersion, label=_("Source"))
    document = picker("document", of=TargetVersion, label=_("Document"), required=False)
    tolerance = NumberFormField(
        label=_("Tolerance"), required=False,
        help_text=_("How far “about” reaches; empty: the plan's own tolerance."),
    )  # fmt: skip
    baseline_period = PeriodFormField(label=_("Baseline period"), required=False)
    baseline_value = NumberFormField(
        label=_("Baseline"), required=False,
        help_text=_("Frozen as it was known when the target was set."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            target = self.instance.target
            self.initial.update({name: getattr(target, name) for name in (*KEY, "plan")})
        else:
            self.initial.setdefault("assigner", Target.Assigner.PEOPLES_COMMITTEE)
            self.initial.setdefault("area", Area.objects.filter(kind=Area.Kind.PROVINCE).first())
        if "in_force_from" in self.fields:
            self.fields["in_force_from"].required = False
            self.fields["in_force_from"].help_text = _(
                "The day of the decision. Empty: the day of the event, else of publication."
            )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if cleaned is None or self.errors:
            return cleaned
        held = Target.objects.filter(**self.key()).exclude(plan=cleaned["plan"])
        target = held.select_related("plan").first()
        if target is not None and not self._is_alone(target):
            self.add_error(
                "plan",
                gettext(
                    "The plan “%(plan)s” holds this target already. Choose that plan; on the page "
                    "of the target, let the other plan adopt it."
                )
                % {"plan": target.plan},
            )
        return cleaned

    def _is_alone(self, target: Target) -> bool:
        """The target rests on this row only, so it can move to another plan with it."""
        return target == getattr(self.instance, "target", None) and not (
            target.versions.exclude(pk=self.instance.pk).exists() or target.mentions.exists()
        )

    def key(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in KEY}

    def add(self, *, by: User, at: datetime) -> TargetVersion:
        said = self.cleaned_data
        return setting.set_target(
            **{**self.key(), "assigner": Target.Assigner(said["assigner"])},
            plan=said["plan"], article=self.article, passage=self.quoted(), words=said["words"],
            reading=self.reading(), source=said["source"], by=by, at=at, terms=self.terms(),
            document=said["document"], in_force_from=said["in_force_from"],
        )  # fmt: skip

    def revise(self, *, by: User, at: datetime) -> TargetVersion:
        """Another indicator, period or plan makes it another target."""
        if {*KEY, "plan"} & set(self.changed_data):
            return self._replace(by=by, at=at)
        said = self.cleaned_data
        terms = vars(self.terms())
        if not {"value", "upper_value"} & set(self.changed_data):
            terms = terms | {"decimals_written": self.instance.decimals_written}
        return setting.edit_draft(
            self.instance, by=by, passage=self.quoted(), words=said["words"],
            source=said["source"], document=said["document"],
            in_force_from=said["in_force_from"] or self.instance.in_force_from,
            **vars(self.reading()), **terms,
        )  # fmt: skip

    def _replace(self, *, by: User, at: datetime) -> TargetVersion:
        """Tasks and sets follow the target if nothing else is left of it."""
        former = self.instance.target
        tasks, sets = list(former.tasks.all()), list(former.sets.all())
        setting.remove_draft(self.instance, by=by)
        version = self.add(by=by, at=at)
        if not Target.objects.filter(pk=former.pk).exists():
            version.target.tasks.add(*tasks)
            version.target.sets.add(*sets)
        return version

    def remove(self, *, by: User) -> None:
        setting.remove_draft(self.instance, by=by)

    def terms(self) -> Terms:
        said = self.cleaned_data
        return Terms(
            decimals_written=decimals_of(said["value"], said["upper_value"]),
            tolerance=said["tolerance"],
            aggregation=Aggregation(said["aggregation"]),
            baseline_period=said["baseline_period"],
            baseline_value=said["baseline_value"],
            deadline=said["deadline"],
            deadline_as_written=said["deadline_as_written"],
            reason_vi=said["reason_vi"],
            reason_en=said["reason_en"],
        )


class TargetRows(RowsInline):
    model = TargetVersion
    indicator_key = "target__indicator"
    form = TargetForm
    prefix = "targets"
    verbose_name = _("target")
    verbose_name_plural = _("targets it sets")
    written_twice = _(
        "Another row sets this target. What one article says of it again is a mention of it."
    )
    fieldsets = [
        (None, {"fields": ["sentence", "words", ("indicator", "plan"), ("period", "assigner"),
                           ("comparator", "value", "upper_value", "form"),
                           ("deadline", "source")]}),
        (
            _("More"),
            {
                "classes": ["collapse"],
                "fields": ["deadline_as_written", ("area", "is_stretch"),
                           ("document", "in_force_from"), ("tolerance", "aggregation"),
                           ("baseline_period", "baseline_value"), "reason_vi",
                           "reason_en"],
            },
        ),
    ]  # fmt: skip

    def rows_of(self, queryset: QuerySet[Any], record: Article) -> QuerySet[Any]:
        return (
            super()
            .rows_of(queryset, record)
            .select_related(
                "passage", "target__indicator", "target__plan", "target__area", "source", "document"
            )
        )

    def key_of(self, form: Any) -> Any:
        said = getattr(form, "cleaned_data", {})
        if not all(said.get(name) for name in KEY[:4]):
            return None
        return (said["indicator"], said["period"].code, said["area"], said["assigner"],
                said["is_stretch"], said.get("in_force_from"))  # fmt: skip


class PublicTargets(Shown, PublicRows):
    model = TargetVersion
    indicator_key = "target__indicator"
    prefix = "public-targets"
    verbose_name_plural = _("targets it sets, as the public knows them")
    columns = ["target_link", "says", "words", "source", "known_span", correction]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("target__indicator", "source")

    def rows_of(self, queryset: QuerySet[Any], record: Article) -> QuerySet[Any]:
        return queryset.filter(article=record)

    @admin.display(description=_("target"))
    def target_link(self, version: TargetVersion) -> str:
        return link(version.target)


class MentionForm(ReadingForm):
    target = picker("target", of=Mention, label=_("Target"))
    translated: TargetVersion | None = None

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if cleaned is not None and not self.errors and cleaned["role"] == Mention.Role.TRANSLATES:
            self.translated = self._translated(cleaned["target"])
            if self.translated is None:
                self.add_error(
                    "role",
                    gettext("No article that this one translates sets the target. See above."),
                )
        return cleaned

    def _translated(self, target: Target) -> TargetVersion | None:
        """What the article in the other language says of the target."""
        others = target.versions.filter(
            article__translation_group=self.article.translation_group
        ).exclude(article=self.article.pk)
        return others.select_related("passage").order_by("-in_force_from", "-pk").first()

    def add(self, *, by: User, at: datetime) -> Mention:
        said = self.cleaned_data
        passage = self.quoted()
        try:
            if self.translated is not None:
                translating.translate(passage, original=self.translated.passage)
            return setting.mention(
                said["target"], passage=passage, words=said["words"],
                role=Mention.Role(said["role"]), reading=self.reading(), by=by,
                version=self.translated,
            )  # fmt: skip
        except ValidationError as error:
            refused = error if hasattr(error, "error_dict") else ValidationError({"words": error})
            raise refused from error

    def remove(self, *, by: User) -> None:
        drafts.remove(self.instance, by=by)


class MentionRows(RowsInline):
    model = Mention
    indicator_key = "target__indicator"
    form = MentionForm
    prefix = "mentions"
    verbose_name = _("mention of an existing target")
    verbose_name_plural = _("existing targets it mentions")
    fieldsets: ClassVar = [
        (None, {"fields": ["sentence", "words", ("target", "role"),
                           ("comparator", "value", "upper_value", "form")]}),
    ]  # fmt: skip

    def rows_of(self, queryset: QuerySet[Any], record: Article) -> QuerySet[Any]:
        return super().rows_of(queryset, record).select_related("passage", "target__indicator")


class PublicMentions(Shown, PublicRows):
    model = Mention
    indicator_key = "target__indicator"
    prefix = "public-mentions"
    verbose_name_plural = _("existing targets it mentions, as the public knows them")
    columns = ["target_link", "role", "says", "words"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("target__indicator")

    @admin.display(description=_("target"))
    def target_link(self, mention: Mention) -> str:
        return link(mention.target)
