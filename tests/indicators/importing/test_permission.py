"""Who may bring in a file of figures, and which."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from departments.access import Role
from departments.models import Membership, User
from indicators.models import Indicator, Observation
from tests import builders, factories
from tests.indicators.importing.desk import (
    CONFIRM,
    EXPORT,
    IMPORT,
    ClientOf,
    choose,
    confirm,
    csv,
    errors,
    row,
)

pytestmark = pytest.mark.django_db


def test_every_step_asks_for_permission(
    client_of: ClientOf, statistician: User, officer_a: User, growth: Indicator
) -> None:
    ticket = choose(client_of(statistician), csv(row())).context["ticket"]
    client = client_of(officer_a)

    answers = [
        client.get(IMPORT).status_code,
        choose(client, csv(row())).status_code,
        client.get(CONFIRM).status_code,
        client.post(CONFIRM, {"ticket": ticket}).status_code,
        client.get(EXPORT).status_code,
        client.post(EXPORT, {"format": "0"}).status_code,
    ]

    assert answers == [403] * 6
    assert not Observation.objects.exists()


@pytest.mark.parametrize("role", [None, *Role])
def test_only_statisticians_import(client_of: ClientOf, role: Role | None) -> None:
    user = builders.person(*([role] if role else []))

    answer = client_of(user).get(IMPORT)

    assert answer.status_code == (200 if role == Role.STATISTICIAN else 403)


@pytest.mark.parametrize("fields", [{"is_superuser": True}, {}])
def test_permission_without_the_role_is_not_enough(
    client_of: ClientOf, fields: dict[str, Any]
) -> None:
    user = builders.person(**fields)
    user.user_permissions.add(Permission.objects.get(codename="import_observation"))

    assert client_of(user).get(IMPORT).status_code == 403


def test_anonymous_is_asked_to_sign_in(client: Client) -> None:
    assert client.get(IMPORT).status_code == 302
    assert client.post(CONFIRM, {"ticket": "x"}).status_code == 302


def test_confirmation_is_a_post(client_of: ClientOf, statistician: User) -> None:
    assert client_of(statistician).get(CONFIRM).status_code == 405


def test_rows_of_other_departments_are_refused_whole(
    client_of: ClientOf, department_a: Any, growth: Indicator
) -> None:
    user = builders.person(Role.STATISTICIAN, department=department_a)
    own = factories.IndicatorFactory.create(code="own")
    Membership.objects.update(starts_on=date(2020, 1, 1))
    factories.ResponsibilityFactory.create(indicator=own, department=department_a)
    client = client_of(user)

    page = choose(client, csv(row(indicator="own"), row()))
    confirm(client, choose(client, csv(row(indicator="own"))))

    assert errors(page) == ["Your department is not responsible for “GRDP growth”."]
    assert [figure.indicator for figure in Observation.objects.all()] == [own]


def test_confidential_indicator_of_others_is_as_if_unknown(
    client_of: ClientOf, department_a: Any, growth: Indicator
) -> None:
    user = builders.person(Role.STATISTICIAN, department=department_a)
    Indicator.objects.update(is_public=False)

    page = choose(client_of(user), csv(row()))

    assert errors(page) == ["Column “indicator”: No record has the code “grdp”."]
