"""Rows in an admin form that belong to its record by another way than a foreign key."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.checks import InlineModelAdminChecks
from django.contrib.admin.utils import flatten_fieldsets
from django.db import models
from django.http import HttpRequest

from departments.editing import ReadOnlyInline, Untouched


class RelatedChecks(InlineModelAdminChecks):
    """The checks of an inline but those of its foreign key."""

    def _check_exclude_of_parent_model(self, *args: Any) -> list[Any]:
        return []

    def _check_relation(self, *args: Any) -> list[Any]:
        return []


class RelatedFormSet(forms.BaseModelFormSet):  # type: ignore[type-arg] # serves every model
    """The rows that its inline finds for the record."""

    inline: Any

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        instance: Any = None,
        prefix: str | None = None,
        queryset: Any = None,
        **kwargs: Any,
    ) -> None:
        kwargs.pop("save_as_new", None)
        self.instance = instance
        rows = queryset.none() if instance.pk is None else self.inline.rows_of(queryset, instance)
        super().__init__(data, files, prefix=prefix, queryset=rows, **kwargs)

    @classmethod
    def get_default_prefix(cls) -> str:
        return str(cls.inline.prefix)


class RelatedInline(admin.options.InlineModelAdmin):  # type: ignore[type-arg] # serves every model
    """An inline that says itself which rows belong to the record."""

    checks_class = RelatedChecks
    formset = RelatedFormSet  # type: ignore[assignment] # without a foreign key
    prefix: str
    extra = 0

    def rows_of(self, queryset: models.QuerySet[Any], record: Any) -> models.QuerySet[Any]:
        raise NotImplementedError

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        readonly = self.get_readonly_fields(request, obj)
        fields = flatten_fieldsets(self.get_fieldsets(request, obj))
        formset = forms.modelformset_factory(
            self.model,
            form=self.form,
            formset=self.formset,
            fields=[name for name in fields if name not in readonly],
            formfield_callback=partial(self.formfield_for_dbfield, request=request),
            extra=self.get_extra(request, obj),
            max_num=self.get_max_num(request, obj),
            can_delete=self.can_delete and self.has_delete_permission(request, obj),
        )
        formset.inline = self  # type: ignore[attr-defined] # of RelatedFormSet
        return formset


class ListFormSet(Untouched, RelatedFormSet):
    """Such rows, as they are."""


class RelatedList(ReadOnlyInline, RelatedInline):
    """A table of such rows, each changed elsewhere."""

    formset = ListFormSet  # type: ignore[assignment] # without a foreign key
    can_delete = False
    max_num = 0
