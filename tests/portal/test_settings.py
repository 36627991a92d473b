"""Settings under an environment of their own, in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.utils import formats, translation

CHECKOUT = Path(__file__).parents[2]
URL = "postgresql://portal:secret@db.example:5433/portal?sslmode=require"
PRODUCTION = {
    "PORTAL_MODE": "production",
    "PORTAL_SECRET_KEY": "k" * 50,
    "PORTAL_ALLOWED_HOSTS": "portal.example,www.portal.example",
    "DATABASE_URL": URL,
}


def load(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    code = (
        "import json; from portal import settings;"
        "print(json.dumps({n: v for n, v in vars(settings).items() if n.isupper()}, default=str))"
    )
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=CHECKOUT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def settings_of(environment: dict[str, str]) -> dict[str, Any]:
    loaded = load(environment)
    assert loaded.returncode == 0, loaded.stderr
    values: dict[str, Any] = json.loads(loaded.stdout)
    return values


def test_development_serves_the_own_machine_from_the_local_server() -> None:
    settings = settings_of({})

    assert settings["ALLOWED_HOSTS"] == ["127.0.0.1", "localhost", "[::1]"]
    assert settings["DATABASES"]["default"]["HOST"].startswith("/")
    assert settings["DATABASES"]["default"]["NAME"] == "portal"


def test_production_takes_its_values_from_the_environment() -> None:
    settings = settings_of(PRODUCTION)

    database = settings["DATABASES"]["default"]
    assert settings["ALLOWED_HOSTS"] == ["portal.example", "www.portal.example"]
    assert settings["SECRET_KEY"] == "k" * 50
    assert (database["HOST"], database["PORT"], database["USER"]) == (
        "db.example",
        "5433",
        "portal",
    )
    assert database["OPTIONS"]["sslmode"] == "require"
    assert database["OPTIONS"]["pool"]["max_size"] == 8


def test_production_protects_what_travels() -> None:
    settings = settings_of(PRODUCTION)

    assert settings["SECURE_SSL_REDIRECT"]
    assert settings["SECURE_HSTS_SECONDS"] >= 365 * 24 * 60 * 60
    assert settings["SESSION_COOKIE_SECURE"]
    assert settings["CSRF_COOKIE_SECURE"]
    assert "SECURE_PROXY_SSL_HEADER" not in settings
    assert settings["PASSWORD_HASHERS"][0].endswith("Argon2PasswordHasher")


def test_a_proxy_is_trusted_only_when_named() -> None:
    settings = settings_of(PRODUCTION | {"PORTAL_BEHIND_PROXY": "true"})

    assert settings["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]


def test_the_pool_can_be_left_to_another_program() -> None:
    settings = settings_of({"PORTAL_DATABASE_POOL": "0"})

    assert settings["DATABASES"]["default"]["OPTIONS"] == {}


@pytest.mark.parametrize(
    ("environment", "advice"),
    [
        ({"PORTAL_MODE": "prod"}, "Set PORTAL_MODE to development or production."),
        ({"PORTAL_MODE": ""}, "Set PORTAL_MODE to development or production."),
        (PRODUCTION | {"PORTAL_SECRET_KEY": ""}, "Set PORTAL_SECRET_KEY to at least 50"),
        (PRODUCTION | {"PORTAL_SECRET_KEY": "short"}, "Set PORTAL_SECRET_KEY to at least 50"),
        (PRODUCTION | {"PORTAL_ALLOWED_HOSTS": ""}, "Set PORTAL_ALLOWED_HOSTS to the names"),
        (PRODUCTION | {"PORTAL_ALLOWED_HOSTS": "*"}, "Set PORTAL_ALLOWED_HOSTS to the names"),
        (PRODUCTION | {"PORTAL_ALLOWED_HOSTS": "a,,b"}, "Set PORTAL_ALLOWED_HOSTS to the names"),
        (PRODUCTION | {"DATABASE_URL": ""}, "must read postgresql://"),
        ({"DATABASE_URL": "mysql://host/name"}, "must read postgresql://"),
        ({"DATABASE_URL": "postgresql://host"}, "must read postgresql://"),
        ({"DATABASE_URL": "postgresql://host:port/name"}, "must read postgresql://"),
        ({"DATABASE_URL": "postgresql://host/name?nonsense=1"}, "must read postgresql://"),
        ({"PORTAL_DATABASE_POOL": "many"}, "Set PORTAL_DATABASE_POOL to the largest number"),
        ({"PORTAL_DATABASE_POOL": "-1"}, "Set PORTAL_DATABASE_POOL to the largest number"),
        ({"PORTAL_BEHIND_PROXY": "perhaps"}, "Set PORTAL_BEHIND_PROXY to true"),
    ],
)
def test_a_bad_value_says_what_to_do(environment: dict[str, str], advice: str) -> None:
    loaded = load(environment)

    assert loaded.returncode != 0
    last = loaded.stderr.strip().splitlines()[-1]
    assert last.startswith("django.core.exceptions.ImproperlyConfigured:")
    assert advice in last


@pytest.mark.parametrize("name", ["PORTAL_SECRET_KEY", "PORTAL_ALLOWED_HOSTS", "DATABASE_URL"])
def test_production_refuses_to_start_without(name: str) -> None:
    loaded = load({key: value for key, value in PRODUCTION.items() if key != name})

    assert f"Set {name} to" in loaded.stderr


def test_a_bad_secret_is_not_printed() -> None:
    loaded = load(PRODUCTION | {"DATABASE_URL": "postgresql://u:hush@host:port/name"})

    assert "hush" not in loaded.stderr


@pytest.mark.parametrize("language", ["vi", "en"])
def test_dates_are_written_day_first(language: str) -> None:
    with translation.override(language):
        assert formats.get_format("DATE_FORMAT") == "d/m/Y"
        assert formats.get_format("SHORT_DATE_FORMAT") == "d/m/Y"
        assert formats.get_format("DATE_INPUT_FORMATS")[0] == "%d/%m/%Y"
        assert "%m/%d/%Y" not in formats.get_format("DATE_INPUT_FORMATS")
        assert "%m/%d/%Y %H:%M" not in formats.get_format("DATETIME_INPUT_FORMATS")
