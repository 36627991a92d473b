import os
import subprocess
import sys

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from portal.database.places import CHECKOUT


def test_healthz_answers_without_the_database(client: Client) -> None:
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")
    assert not response.cookies


@pytest.mark.django_db
def test_readyz_is_ready_when_every_migration_is_applied(client: Client) -> None:
    response = client.get("/readyz")

    assert (response.status_code, response.content) == (200, b"ok\n")
    assert not response.cookies


@pytest.mark.django_db
def test_readyz_names_the_first_missing_migration(client: Client) -> None:
    MigrationRecorder(connection).record_unapplied("sessions", "0001_initial")

    response = client.get("/readyz")

    assert response.status_code == 503
    assert b"migrations are missing, the first is sessions.0001_initial" in response.content


def test_readyz_says_that_the_database_cannot_be_reached() -> None:
    code = (
        "import django; django.setup();"
        "from django.test import RequestFactory; from portal.health import readyz;"
        "response = readyz(RequestFactory().get('/readyz'));"
        "print(response.status_code, response.content.decode())"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code],
        cwd=CHECKOUT,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "DATABASE_URL": "postgresql://portal@/portal?host=/nowhere",
            "PORTAL_DATABASE_POOL": "0",
        },
        capture_output=True,
        text=True,
        check=True,
    )

    assert answer.stdout == "503 the database cannot be reached\n\n"


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_probes_refuse_to_be_posted_to(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405
