"""What binds a confirmation to its file and its person."""

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from departments.access import Role
from departments.models import Membership, User
from indicators.admin import uploads
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
    messages,
    row,
)

pytestmark = pytest.mark.django_db


def test_ticket_of_somebody_else_is_refused(
    client_of: ClientOf, statistician: User, growth: Indicator
) -> None:
    page = choose(client_of(statistician), csv(row()))
    other = client_of(builders.person(Role.STATISTICIAN))

    answer = confirm(other, page)

    assert "Choose the file again" in messages(answer)[0]
    assert not Observation.objects.exists()


@pytest.mark.parametrize("ticket", ["", "x", "../../../../etc/passwd", "x" * 10_000])
def test_ticket_of_nobody_is_refused(client_of: ClientOf, statistician: User, ticket: str) -> None:
    answer = client_of(statistician).post(CONFIRM, {"ticket": ticket}, follow=True)

    assert "Choose the file again" in messages(answer)[0]


def test_file_that_was_exchanged_is_refused(
    client_of: ClientOf, statistician: User, growth: Indicator, folder: Path
) -> None:
    client = client_of(statistician)
    page = choose(client, csv(row()))
    [path] = folder.iterdir()
    path.write_bytes(path.read_bytes().replace(b"7.34", b"9.99"))

    confirm(client, page)

    assert not Observation.objects.exists()


def test_second_confirmation_records_nothing(
    client_of: ClientOf, statistician: User, growth: Indicator
) -> None:
    client = client_of(statistician)
    page = choose(client, csv(row()))
    confirm(client, page)

    answer = confirm(client, page)

    assert "Choose the file again" in messages(answer)[0]
    assert Observation.objects.count() == 1


def test_ticket_and_file_last_an_hour(
    client_of: ClientOf, statistician: User, growth: Indicator, folder: Path
) -> None:
    client = client_of(statistician)
    began = timezone.now()
    page = choose(client, csv(row()))

    with time_machine.travel(began + timedelta(minutes=61), tick=False):
        answer = confirm(client, page)
        choose(client, csv(row("8")))

    assert "too old" in messages(answer)[0]
    assert len(list(folder.iterdir())) == 1


def test_kept_file_cannot_be_guessed_or_read_by_others(folder: Path) -> None:
    name, _digest = uploads.keep(b"x")

    assert re.fullmatch("[0-9a-f]{64}", name)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / name).stat().st_mode & 0o777 == 0o600


def test_figure_that_moved_since_the_preview_is_shown_again(
    client_of: ClientOf, statistician: User, growth: Indicator
) -> None:
    client = client_of(statistician)
    page = choose(client, csv(row()))
    source = factories.SourceFactory.create(code="so")
    builders.figure(growth, "9", source=source, at=timezone.now())

    again = confirm(client, page)
    values = [figure.value for figure in Observation.objects.filter(known__endswith=None)]
    after = confirm(client, again)

    assert "Somebody recorded one of these figures meanwhile" in messages(again)[0]
    assert values == [9]
    assert again.context["changed"][0].old.startswith("9\xa0%")
    assert messages(after) == ["1 figure recorded."]


def test_right_that_was_lost_since_the_preview_counts(
    client_of: ClientOf, department_a: Any, growth: Indicator
) -> None:
    user = builders.person(Role.STATISTICIAN, department=department_a)
    Membership.objects.update(starts_on=date(2020, 1, 1))
    lead = factories.ResponsibilityFactory.create(indicator=growth, department=department_a)
    client = client_of(user)
    page = choose(client, csv(row()))
    lead.delete()

    again = confirm(client, page)

    assert errors(again) == ["Your department is not responsible for “GRDP growth”."]
    assert not Observation.objects.exists()


def test_code_that_was_renamed_since_the_preview_counts(
    client_of: ClientOf, statistician: User, growth: Indicator
) -> None:
    client = client_of(statistician)
    page = choose(client, csv(row()))
    Indicator.objects.update(code="gdp")

    again = confirm(client, page)

    assert again.context["found"].unknown_indicators == ["grdp"]
    assert not Observation.objects.exists()


def test_queries_do_not_grow_with_the_rows(
    client_of: ClientOf, statistician: User, growth: Indicator
) -> None:
    client = client_of(statistician)
    choose(client, csv(row()))
    counts = []
    for size in (1, 3, 12):
        rows = [row(period=f"2025-M{month:02}") for month in range(1, size + 1)]
        with CaptureQueriesContext(connection) as queries:
            choose(client, csv(*rows))
        counts.append(len(queries))

    assert len(set(counts)) == 1


def test_page_obeys_the_strict_policy(
    client_of: ClientOf, statistician: User, growth: Indicator
) -> None:
    client = client_of(statistician)

    for page in (client.get(IMPORT), choose(client, csv(row(), row("x"))), client.get(EXPORT)):
        html = page.content.decode()
        assert " style=" not in html
        assert not re.search(r" on\w+=", html)
        assert not re.search(r"<script(?![^>]*\bsrc=)", html)


def test_texts_of_the_file_are_shown_as_texts(
    client_of: ClientOf, statistician: User, growth: Indicator
) -> None:
    page = choose(
        client_of(statistician), csv(row("<b>7</b>"), row(indicator="<script>x</script>"))
    )

    assert b"<b>7" not in page.content
    assert b"<script>x" not in page.content
