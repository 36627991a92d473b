from pathlib import Path
from typing import Any

import polib
import pytest
from django.core import checks as django_checks
from pytest_django.fixtures import Settings

from portal import checks, translations


def identifiers(found: list[django_checks.CheckMessage]) -> list[str | None]:
    return [message.id for message in found]


@pytest.mark.parametrize(
    ("production", "development_key", "expected"),
    [(True, True, ["portal.E001"]), (True, False, []), (False, True, [])],
)
def test_production_must_not_sign_with_the_key_of_development(
    settings: Settings, production: bool, development_key: bool, expected: list[str]
) -> None:
    settings.PRODUCTION = production
    settings.SECRET_KEY = settings.DEVELOPMENT_KEY if development_key else "another key"

    assert identifiers(checks.development_key(None)) == expected


def test_the_content_security_policy_is_strict() -> None:
    assert checks.content_security_policy(None) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"style-src": ["'self'", "'unsafe-inline'"]}, ["portal.E003"]),
        ({"script-src": "'unsafe-eval'"}, ["portal.E003"]),
        ({"img-src": ["*", "https:"]}, ["portal.E003", "portal.E003"]),
        ({"object-src": None}, ["portal.E002"]),
    ],
)
def test_a_loose_content_security_policy_is_an_error(
    settings: Settings, change: dict[str, Any], expected: list[str]
) -> None:
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"] | change
    directives = {name: sources for name, sources in directives.items() if sources is not None}
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": directives}

    assert identifiers(checks.content_security_policy(None)) == expected


def test_translations_must_be_compiled(settings: Settings, tmp_path: Path) -> None:
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=utf-8"}
    catalogue.append(polib.POEntry(msgid="target", msgstr="chỉ tiêu"))
    catalogue.save(str(tmp_path / "django.po"))
    settings.LOCALE_PATHS = [tmp_path]

    assert identifiers(checks.compiled_translations(None)) == ["portal.E004"]
    translations.compile_all([tmp_path])
    assert checks.compiled_translations(None) == []


@pytest.mark.django_db
def test_the_server_of_the_tests_is_good_enough() -> None:
    assert checks.server(databases=["default"]) == []


@pytest.mark.django_db
def test_an_unfit_server_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "OLDEST_SERVER", 990000)
    monkeypatch.setattr(checks, "EXTENSIONS", {"unaccent", "no_such_extension"})

    assert identifiers(checks.server(databases=["default"])) == ["portal.E005", "portal.E007"]
