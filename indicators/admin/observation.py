"""Figures one by one; a change is a row of its own."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminDateWidget, AdminSplitDateTime
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from departments.editing import RecordAdmin
from departments.models import Area, User
from indicators import periods, recording
from indicators.admin import sight
from indicators.admin.exporting import ExportAdmin
from indicators.admin.fields import NumberFormField, PeriodFormField
from indicators.admin.importing import ImportAdmin
from indicators.assessment import FigureStatus, Form
from indicators.models import ImportBatch, Observation
from indicators.numbers import format_number
from indicators.periods import day_in_province
from indicators.recording import FiguresMoved, Row, RowsRefused
from indicators.resources import ObservationResource

KEY = ["indicator", "period", "area", "source"]
SAID = ["value", "upper_value", "form", "status", "as_of"]


class FigureNumberField(NumberFormField):
    """Shows a stored number so that it reads the same in both writings: 15.2920 for 15.292."""

    def prepare_value(self, value: Any) -> Any:
        shown = super().prepare_value(value)
        if isinstance(shown, str) and len(shown.partition(".")[2]) == 3:
            return f"{shown}0"
        return shown


class FigureForm(forms.ModelForm):  # type: ignore[type-arg] # generic for the type checker only
    """One figure. Saving it records a row of its own; the one before stays on record."""

    by: ClassVar[User]
    period = PeriodFormField(
        label=gettext_lazy("Period"),
        help_text=gettext_lazy("For example 2025, 2025-H1, 2025-Q3, 2025-M07, 2025-9M."),
    )
    value = FigureNumberField(label=gettext_lazy("Value"))
    upper_value = FigureNumberField(
        label=gettext_lazy("Upper value"),
        required=False,
        help_text=gettext_lazy("Only when the source gives a range."),
    )
    as_of = forms.DateField(
        label=gettext_lazy("As of"),
        widget=AdminDateWidget,
        help_text=gettext_lazy("The day that the figure describes or ends."),
    )
    released_at = forms.SplitDateTimeField(
        label=gettext_lazy("Released at"),
        required=False,
        widget=AdminSplitDateTime,
        help_text=gettext_lazy("Empty: now. The public sees the figure from then on."),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Observation
        fields = [*KEY, *SAID, "released_at", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row: Row | None = None
        self.shown: Observation | None = None
        self.fingerprint = ""
        figure = self.instance
        if not figure.pk:
            return
        is_ahead = figure.known is not None and figure.known.lower > timezone.now()
        self.initial["released_at"] = figure.known.lower if is_ahead else None
        self.initial["seen"] = str(figure.pk)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if self.errors:
            return said
        keys = {name: said.get(name) or getattr(self.instance, name) for name in KEY}
        row = Row(
            **keys,
            value=said["value"],
            upper_value=said["upper_value"],
            form=Form(said["form"]),
            status=FigureStatus(said["status"]),
            as_of=said["as_of"],
            released_at=said["released_at"],
            note=said["note"],
        )
        [change] = recording.preview([row], by=self.by, at=timezone.now())
        for error in change.errors:
            self.add_error(None, error)
        old = change.old
        if self.instance.pk and not change.errors and (old is None or str(old.pk) != said["seen"]):
            self.add_error(
                None,
                _("Somebody recorded this figure meanwhile. Open it again to see what is current."),
            )
        self.row, self.shown = row, old
        self.fingerprint = recording.fingerprint([change])
        return said

    def _post_clean(self) -> None:
        """Nothing: the instance stays as it is on record, `recording` checks the row."""


class StateFilter(admin.SimpleListFilter):
    """Where a figure stands between the draft that reports it and the one that replaces it."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("current", _("known now")),
            ("ahead", _("released later")),
            ("waiting", _("waiting for its article")),
            ("replaced", _("replaced")),
            ("all", _("all")),
        ]

    def choices(self, changelist: Any) -> Any:
        """The first choice is what is shown without any: everything that is not replaced."""
        yield {
            "selected": self.value() is None,
            "query_string": changelist.get_query_string(remove=[self.parameter_name]),
            "display": _("not replaced"),
        }
        yield from list(super().choices(changelist))[1:]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        at = timezone.now()
        over = Q(known__endswith__lte=at) | Q(known__isempty=True)
        match self.value():
            case "current":
                return queryset.filter(known__contains=at)
            case "ahead":
                return queryset.filter(known__startswith__gt=at)
            case "waiting":
                return queryset.filter(known=None)
            case "replaced":
                return queryset.filter(over)
            case "all":
                return queryset
            case _other:
                lasting = Q(known__endswith=None) | Q(known__endswith__gt=at)
                return queryset.filter(Q(known=None) | Q(known__isempty=False) & lasting)


@admin.register(Observation)
class ObservationAdmin(sight.Confined, ImportAdmin, ExportAdmin, RecordAdmin):
    resource_classes: ClassVar = [ObservationResource]
    import_export_change_list_template = "admin/import_export/change_list_import_export.html"
    change_form_template = "admin/indicators/observation/change_form.html"
    form = FigureForm
    list_display = [
        "indicator",
        "period_name",
        "area",
        "number",
        "status",
        "source",
        "as_of",
        "state",
    ]
    list_filter = [StateFilter, "status", "indicator__group", "source__kind"]
    list_select_related = ["indicator__unit", "area", "source"]
    date_hierarchy = "as_of"
    ordering = ["-period_end", "indicator__sort_key", "-pk"]
    search_fields = [
        "indicator__code__folded", "indicator__name_vi__folded", "indicator__name_en__folded",
        "area__name_vi__folded", "area__name_en__folded", "source__code__folded",
        "source__name_vi__folded",
    ]  # fmt: skip
    autocomplete_fields = ["indicator", "area", "source"]
    readonly_fields = ["period_name", "number", "state", "sentence"]
    linked_filters = ("batch",)

    def view_on_site(self, obj: Observation) -> str | None:
        """The page of the indicator, where the figure stands."""
        return obj.indicator.get_absolute_url() if obj.indicator.is_public else None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Observation]:
        seen = sight.indicators(request).values("pk")
        return super().get_queryset(request).filter(indicator__in=seen)

    def get_fieldsets(self, request: HttpRequest, obj: Observation | None = None) -> Any:
        release = (gettext_lazy("Release"), {"fields": ["released_at", "note"]})
        if obj is None:
            return [(None, {"fields": KEY}), (_("The figure"), {"fields": SAID}), release]
        key = (None, {"fields": ["indicator", "period_name", "area", "source", "sentence"]})
        if self.has_change_permission(request, obj):
            return [key, (_("The figure"), {"fields": [*SAID, "seen"]}), release]
        said = ["number", "form", "status", "as_of", "note", "state"]
        return [key, (_("The figure"), {"fields": said})]

    def get_readonly_fields(self, request: HttpRequest, obj: Observation | None = None) -> Any:
        keys = ["indicator", "area", "source"] if obj is not None else []
        return [*super().get_readonly_fields(request, obj), *keys]

    def get_form(
        self,
        request: HttpRequest,
        obj: Observation | None = None,
        change: bool = False,
        **kwargs: Any,
    ) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.by = request.user
        if change:
            form.base_fields.pop("period", None)
        else:
            form.base_fields.pop("seen", None)
        return form

    # What a person may do

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and _may_record(request)

    def has_change_permission(self, request: HttpRequest, obj: Observation | None = None) -> bool:
        """A figure that is known or will be, of an indicator that the person records."""
        if not super().has_change_permission(request, obj) or not _may_record(request):
            return False
        return obj is None or _may_replace(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    # Saving

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        """Records the figure, so the object of the page is the new row from here on."""
        recorded = recording.record(
            form.row,
            by=form.by,
            at=timezone.now(),
            door=ImportBatch.Door.FORM,
            seen=form.fingerprint,
        )
        form.was_recorded = recorded is not None
        return recorded or form.shown

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Nothing: `save_form` recorded it."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Nothing: a figure has no rows of its own. The answer looks at the form again."""
        request.figure_form = form  # type: ignore[attr-defined] # the hooks after this have no form

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The batch says who recorded what and when."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The batch says who recorded what and when."""

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> Any:
        form = request.figure_form  # type: ignore[attr-defined] # of `save_related`
        if not form.was_recorded:
            return self._unchanged(request, obj)
        if form.shown is not None:
            text = _("It replaces %(old)s, which stays on record.")
            messages.warning(request, text % {"old": _number(form.shown)})
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        if not request.figure_form.was_recorded:  # type: ignore[attr-defined] # of `save_related`
            return self._unchanged(request, obj)
        messages.success(request, _("Recorded. The figure before it stays on record below."))
        return HttpResponseRedirect(_address(obj))

    def _unchanged(self, request: HttpRequest, obj: Any) -> HttpResponse:
        messages.info(request, _("This figure is on record already, so nothing was recorded."))
        return HttpResponseRedirect(_address(obj))

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except (FiguresMoved, RowsRefused) as error:  # between the check of the form and the lock
            sentences = error.messages if isinstance(error, RowsRefused) else [str(error)]
            messages.error(request, " ".join(sentences))
            return HttpResponseRedirect(request.get_full_path())

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        province = Area.objects.filter(kind=Area.Kind.PROVINCE).first()
        return {"area": province, **super().get_changeform_initial_data(request)}

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        figure = kwargs.get("obj")
        if figure is not None:
            context["history"] = _history(figure)
            context["show_save_and_continue"] = context["show_save_and_add_another"] = False
        return super().render_change_form(request, context, *args, **kwargs)

    # What is shown

    @admin.display(description=gettext_lazy("period"), ordering="period_end")
    def period_name(self, figure: Observation) -> str:
        return periods.label(figure.period, get_language() or "vi")

    @admin.display(description=gettext_lazy("value"))
    def number(self, figure: Observation) -> str:
        return _number(figure)

    @admin.display(description=gettext_lazy("state"))
    def state(self, figure: Observation) -> str:
        return _state(figure)

    @admin.display(description=gettext_lazy("sentence"))
    def sentence(self, figure: Observation) -> str:
        return figure.passage.quote if figure.passage else "–"


def _may_record(request: HttpRequest) -> bool:
    return isinstance(request.user, User) and recording.may_record(request.user)


def _may_replace(request: HttpRequest, figure: Observation) -> bool:
    at = timezone.now()
    known = figure.known
    if known is None or known.isempty or (known.upper is not None and known.upper <= at):
        return False
    assert isinstance(request.user, User)  # noqa: S101 - `_may_record` looked
    recordable = recording.recordable_by(request.user, on=day_in_province(at))
    return recordable is None or figure.indicator_id in recordable


def _address(figure: Observation) -> str:
    return reverse("admin:indicators_observation_change", args=[figure.pk])


def _history(figure: Observation) -> list[dict[str, Any]]:
    """All figures of the same key, the newest first. One query."""
    rows = Observation.objects.filter(
        indicator=figure.indicator_id,
        period=figure.period,
        area=figure.area_id,
        source=figure.source_id,
    ).select_related("indicator__unit", "batch__recorded_by", "passage__article")
    return [
        {"row": row, "number": _number(row), "state": _state(row), "is_this": row.pk == figure.pk}
        for row in rows.order_by("-pk")
    ]


def _number(figure: Observation) -> str:
    language = get_language() or "vi"
    number = format_number(figure.value, language=language)
    if figure.upper_value is not None:
        number = f"{number}–{format_number(figure.upper_value, language=language)}"
    return f"{number}\N{NO-BREAK SPACE}{figure.indicator.unit.symbol}"


def _state(figure: Observation) -> str:
    at = timezone.now()
    known = figure.known
    if known is None:
        return _("waiting for its article")
    if known.isempty:
        return _("replaced before its release")
    if known.lower > at:
        return _("released later")
    return _("known now") if known.upper is None or known.upper > at else _("replaced")
