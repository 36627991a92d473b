"""Forms of the admin as a browser sends them: what stands in them, and what was typed over it."""

from datetime import date, datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.forms import BaseForm
from django.test import Client

from departments.editing import Untouched
from departments.models import User

ENGLISH = {"accept-language": "en"}


def desk(user: User) -> Client:
    """The person's browser, in English."""
    client = Client(headers=ENGLISH)
    client.force_login(user)
    return client


def standing(response: Any) -> dict[str, Any]:
    """Every field of the page's form with its rows, as it would be sent back untouched."""
    fields = _form(response.context["adminform"].form)
    for rows in response.context["inline_admin_formsets"]:
        if not isinstance(rows.formset, Untouched):
            fields |= _form(rows.formset.management_form)
            for form in rows.formset.forms:
                fields |= _form(form)
    return fields


def errors(response: Any) -> dict[str, list[str]]:
    """The sentences at the fields; those of rows by "prefix-number-field"."""
    found = dict(response.context["adminform"].form.errors.items())
    for rows in response.context["inline_admin_formsets"]:
        if rows.formset.non_form_errors():
            found[rows.formset.prefix] = list(rows.formset.non_form_errors())
        for form in rows.formset.forms:
            found |= {form.add_prefix(name): list(said) for name, said in form.errors.items()}
    return found


def messages(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def row(prefix: str, number: int, **fields: Any) -> dict[str, Any]:
    """A new row, with the management form that says there is one."""
    return {
        f"{prefix}-TOTAL_FORMS": number + 1,
        **{f"{prefix}-{number}-{name}": _written(value) for name, value in fields.items()},
    }


def _form(form: BaseForm) -> dict[str, Any]:
    fields = {}
    for bound in form:
        value = _written(bound.value())
        if value is not None and not (value is False or bound.field.disabled):
            fields[bound.html_name] = "on" if value is True else value
    return fields


def _written(value: Any) -> Any:
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, list | tuple | QuerySet):
        return [_written(each) for each in value]
    return value
