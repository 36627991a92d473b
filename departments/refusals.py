"""What an action refuses comes back to the form at its place, and nothing typed is lost."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from departments.versions import EditConflict

Messages = Mapping[str, Sequence[str]]


class Refused(Exception):
    """An action refused a row of a form; nothing of the form was saved."""

    def __init__(self, messages: Messages, *, prefix: str, row: int) -> None:
        self.messages = messages
        self.prefix = prefix
        self.row = row
        super().__init__(f"{prefix} {row}: {dict(messages)}")


@contextmanager
def refusing(*, prefix: str, row: int, states: tuple[type[Exception], ...] = ()) -> Iterator[None]:
    """Turn what an action raises into `Refused`. `states` are domain exceptions with a sentence."""
    try:
        yield
    except ValidationError as error:
        raise Refused(by_field(error), prefix=prefix, row=row) from error
    except EditConflict as error:
        sentence = _(
            "Somebody else saved this meanwhile. Nothing was overwritten: open the page again."
        )
        raise Refused({NON_FIELD_ERRORS: [sentence]}, prefix=prefix, row=row) from error
    except PermissionDenied as error:
        sentence = str(error) or _("You may not do this.")
        raise Refused({NON_FIELD_ERRORS: [sentence]}, prefix=prefix, row=row) from error
    except IntegrityError as error:
        raise Refused({NON_FIELD_ERRORS: [broken(error)]}, prefix=prefix, row=row) from error
    except states as error:
        raise Refused({NON_FIELD_ERRORS: [str(error)]}, prefix=prefix, row=row) from error


def by_field(error: ValidationError) -> dict[str, list[str]]:
    if hasattr(error, "error_dict"):
        return error.message_dict
    return {NON_FIELD_ERRORS: error.messages}


def broken(error: IntegrityError) -> str:
    """The sentence of the constraint that was broken. Raises the error again if it has none."""
    diagnosis = getattr(error.__cause__, "diag", None)
    name = getattr(diagnosis, "constraint_name", None)
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name:
                return str(constraint.get_violation_error_message())
    raise error


class RefusingAdmin(admin.ModelAdmin):  # type: ignore[type-arg] # serves every model
    """Shows the form again when an action refuses one of its rows."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Refused as refused:
            request.refused = refused  # type: ignore[attr-defined] # read below, in the second pass
            return super().changeform_view(request, object_id, form_url, extra_context)

    def _create_formsets(self, request: HttpRequest, obj: Any, change: bool) -> Any:
        formsets, inlines = super()._create_formsets(request, obj, change)  # type: ignore[misc] # Django's own hook, without a public one
        refused = getattr(request, "refused", None)
        for formset in formsets:
            if refused is not None and formset.prefix == refused.prefix:
                mark(formset, refused)
        return formsets, inlines


def mark(formset: Any, refused: Refused) -> None:
    """Put the messages at the fields of their row; above the rows if the row is being deleted."""
    formset.full_clean()
    form = formset.forms[refused.row]
    if form in formset.deleted_forms:
        sentences = [sentence for each in refused.messages.values() for sentence in each]
        formset.non_form_errors().extend(sentences)
        return
    put(form, refused.messages)


def put(form: Any, messages: Messages) -> None:
    """Put the messages at their fields, and those of no field above the form."""
    for name, sentences in messages.items():
        for sentence in sentences:
            form.add_error(name if name in form.fields else None, sentence)
