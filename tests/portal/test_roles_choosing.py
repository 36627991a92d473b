"""Whoever may fill in a form may also look for what its fields ask for."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.test import RequestFactory

pytestmark = pytest.mark.django_db

WRITERS = ["editor", "chief_editor", "statistician", "coordinator", "administrator"]


def asked(desk: Any, request: HttpRequest) -> Iterator[type[Model]]:
    """The records that the fields of a new form, and of its rows, look for."""
    rows = [each for each in desk.get_inline_instances(request) if may_add(each, request)]
    for part in (desk, *rows):
        for name in part.autocomplete_fields:
            yield part.model._meta.get_field(name).related_model


def may_add(rows: Any, request: HttpRequest) -> bool:
    return bool(rows.has_add_permission(request, None))


@pytest.mark.parametrize("who", WRITERS)
def test_who_may_add_a_record_may_look_for_what_it_asks(
    who: str, request: pytest.FixtureRequest, rf: RequestFactory
) -> None:
    sent = rf.get("/admin/")
    sent.user = request.getfixturevalue(who)

    locked = {
        f"{model._meta.label} asks for {related._meta.label}"
        for model, desk in admin.site._registry.items()
        if desk.has_add_permission(sent)
        for related in asked(desk, sent)
        if not admin.site._registry[related].has_view_permission(sent)
    }

    assert locked == set()
