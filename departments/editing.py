"""Admin forms that never overwrite what somebody else saved meanwhile."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _

from departments.versions import advance


class VersionedForm(forms.ModelForm):  # type: ignore[type-arg] # serves every versioned model
    """A form that carries the version it was opened with, and shows both texts on a conflict."""

    opened_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opened_version"].initial = self.instance.version

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.instance.pk and cleaned is not None:
            manager = type(self.instance)._default_manager
            current = manager.select_for_update(of=("self",)).get(pk=self.instance.pk)
            if current.version != cleaned.get("opened_version"):
                raise ValidationError(self._conflict(current, cleaned), code="conflict")
        return cleaned

    def _conflict(self, current: models.Model, cleaned: dict[str, Any]) -> list[str]:
        texts = [
            _(
                "Somebody else saved this record since you opened it. Nothing was overwritten. "
                "Compare the two below, put what you want to keep into the form, and save again."
            )
        ]
        for name in self.changed_data:
            if not hasattr(current, name):
                continue
            theirs = getattr(current, name)
            if theirs != cleaned.get(name):
                texts.append(
                    _("%(label)s: now “%(theirs)s”, yours “%(yours)s”.")
                    % {
                        "label": self.fields[name].label or name,
                        "theirs": theirs,
                        "yours": cleaned.get(name),
                    }
                )
        self.data = self.data.copy()
        self.data[self.add_prefix("opened_version")] = str(current.version)  # type: ignore[attr-defined] # every versioned model has it
        return texts


class VersionedAdmin(admin.ModelAdmin):  # type: ignore[type-arg] # serves every versioned model
    """Saves through `versions.advance`, so that the second of two savers is told."""

    form = VersionedForm

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = list(super().get_fieldsets(request, obj))
        named = {name for _title, options in fieldsets for name in options["fields"]}
        if "opened_version" not in named:
            title, options = fieldsets[0]
            fields = [*options["fields"], "opened_version"]
            fieldsets[0] = (title, {**options, "fields": fields})
        return fieldsets

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change and form.changed_data:
            advance(obj, expected=form.cleaned_data["opened_version"])
        super().save_model(request, obj, form, change)
