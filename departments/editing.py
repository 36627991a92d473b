"""Admin forms that never overwrite what somebody else saved meanwhile."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _

from departments.addressing import AddressedAdmin
from departments.models import User
from departments.refusals import refusing
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
        if cleaned is not None:
            check_opened(self, cleaned)
        return cleaned


def check_opened(form: Any, cleaned: dict[str, Any]) -> None:
    """Compare the version that the form was opened with, under a lock of the record.

    On a conflict their text stands beside every field that differs, and the form keeps what was
    typed. It then stands on the present version, so what is saved next is meant. Raises
    `ValidationError`.
    """
    if not form.instance.pk:
        return
    rows = type(form.instance)._default_manager.select_for_update(of=("self",))
    current = rows.get(pk=form.instance.pk)
    if current.version == cleaned.get(OPENED):
        return
    form.data = form.data.copy()
    form.data[form.add_prefix(OPENED)] = str(current.version)
    for name in form.changed_data:
        if name in cleaned and hasattr(current, name) and _differ(current, name, cleaned):
            form.add_error(
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


class VersionedAdmin(AddressedAdmin):
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


class RecordAdmin(AddressedAdmin):
    """The stock admin of a record without a version."""

    formfield_overrides = HTTPS


class RowsFormSet(forms.BaseInlineFormSet):  # type: ignore[type-arg] # serves every model
    """Rows whose constraints span several of them, so that only the database sees them broken."""

    def save_new(self, form: Any, commit: bool = True) -> Any:
        with refusing(prefix=str(self.prefix), row=self.forms.index(form)):
            return super().save_new(form, commit)

    def save_existing(self, form: Any, obj: Any, commit: bool = True) -> Any:
        with refusing(prefix=str(self.prefix), row=self.forms.index(form)):
            return super().save_existing(form, obj, commit)


class RowsInline(admin.TabularInline):  # type: ignore[type-arg] # generic for the type checker only
    """Rows that are edited with the record they belong to."""

    formset = RowsFormSet
    formfield_overrides = {
        **HTTPS,
        models.TextField: {"widget": forms.Textarea(attrs={"rows": 2, "cols": 40})},
    }
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


class UntouchedFormSet(Untouched, forms.BaseInlineFormSet):  # type: ignore[type-arg] # any model
    """The rows of a foreign key, as they are."""


class ReadOnlyInline(RowsInline):
    """Rows that are shown with the record, and changed elsewhere."""

    formset = UntouchedFormSet  # type: ignore[assignment] # nothing of it is saved

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
