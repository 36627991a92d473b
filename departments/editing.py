"""Admin forms that never overwrite what somebody else saved meanwhile."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _

from departments.models import User
from departments.versions import advance

OPENED: str = "opened_version"
HTTPS: dict[Any, dict[str, Any]] = {models.URLField: {"assume_scheme": "https"}}
"""An address that is typed without its scheme."""


def person(request: HttpRequest) -> User:
    """Who is signed in. Raises `PermissionDenied` for a visitor."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


class VersionedForm(forms.ModelForm):  # type: ignore[type-arg] # serves every versioned model
    """A form that carries the version it was opened with, and shows both texts on a conflict."""

    opened_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[OPENED].initial = self.instance.version

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.instance.pk and cleaned is not None:
            current = type(self.instance)._default_manager.select_for_update(of=("self",)).get(
                pk=self.instance.pk
            )  # fmt: skip
            if current.version != cleaned.get(OPENED):
                self._show_both(current, cleaned)
        return cleaned

    def _show_both(self, current: Any, cleaned: dict[str, Any]) -> None:
        """Their text beside every field that differs; the form keeps what was typed.

        The form then stands on the present version, so what is saved next is meant.
        """
        data: Any = self.data.copy()  # type: ignore[attr-defined] # of a request, a QueryDict
        data[self.add_prefix(OPENED)] = str(current.version)
        self.data = data
        for name in self.changed_data:
            if name in cleaned and hasattr(current, name) and _differ(current, name, cleaned):
                self.add_error(
                    name,
                    _("Somebody else saved this meanwhile: “%(theirs)s”. Yours stands below.")
                    % {"theirs": shown(current, name)},
                )
        raise ValidationError(
            _(
                "Somebody else saved this record since you opened it. Nothing was overwritten. "
                "Their text stands at each field that differs from yours: put what you want to "
                "keep into the form, and save again."
            ),
            code="conflict",
        )


def _differ(current: models.Model, name: str, cleaned: dict[str, Any]) -> bool:
    theirs = getattr(current, name)
    if isinstance(theirs, models.Manager):
        return set(theirs.all()) != set(cleaned[name])
    return bool(theirs != cleaned[name])


def shown(record: Any, name: str) -> str:
    """The value of a field as a person reads it. Queries for what it points to."""
    display = getattr(record, f"get_{name}_display", None)
    value = display() if display else getattr(record, name)
    if isinstance(value, models.Manager):
        return ", ".join(str(each) for each in value.all()) or "–"
    return "–" if value in (None, "") else str(value)


class VersionedAdmin(admin.ModelAdmin):  # type: ignore[type-arg] # serves every versioned model
    """Saves through `versions.advance`, so that the second of two savers is told."""

    form = VersionedForm
    formfield_overrides = HTTPS

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = list(super().get_fieldsets(request, obj))
        named = {name for _title, options in fieldsets for name in options["fields"]}
        if obj is not None and not self.has_change_permission(request, obj):
            return [(title, _without(options, OPENED)) for title, options in fieldsets]
        if OPENED not in named:
            title, options = fieldsets[0]
            fieldsets[0] = (title, {**options, "fields": [*options["fields"], OPENED]})
        return fieldsets

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change and form.changed_data:
            advance(obj, expected=form.cleaned_data[OPENED])
        super().save_model(request, obj, form, change)

    def save_related(
        self, request: HttpRequest, form: Any, formsets: Sequence[Any], change: bool
    ) -> None:
        """A changed row is a change of the record it belongs to."""
        rows_changed = any(formset.has_changed() for formset in formsets)
        if change and rows_changed and not form.changed_data:
            advance(form.instance, expected=form.cleaned_data[OPENED])
        super().save_related(request, form, formsets, change)


def _without(options: Any, name: str) -> Any:
    return {**options, "fields": [field for field in options["fields"] if field != name]}


class RecordAdmin(admin.ModelAdmin):  # type: ignore[type-arg] # generic for the type checker only
    """The stock admin of a record without a version."""

    formfield_overrides = HTTPS


class RowsInline(admin.TabularInline):  # type: ignore[type-arg] # generic for the type checker only
    """Rows that are edited with the record they belong to."""

    extra = 0


class Untouched:
    """A formset that takes nothing from what is posted, so it need not even stand on the page."""

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)

    def is_valid(self) -> bool:
        return True

    def has_changed(self) -> bool:
        return False

    def save(self, commit: bool = True) -> list[Any]:
        self.new_objects: list[Any] = []
        self.changed_objects: list[Any] = []
        self.deleted_objects: list[Any] = []
        return []


class UntouchedFormSet(Untouched, forms.BaseInlineFormSet):  # type: ignore[type-arg, misc] # any model; `save` returns none
    """The rows of a foreign key, as they are."""


class ReadOnlyInline(RowsInline):
    """Rows that are shown with the record, and changed elsewhere."""

    formset = UntouchedFormSet

    class Media:
        css: ClassVar = {"all": ["departments/listing.css"]}

    columns: Sequence[Any] = ()
    classes = ("listing",)
    can_delete = False
    max_num = 0

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.columns or super().get_fields(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.columns or super().get_readonly_fields(request, obj)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
