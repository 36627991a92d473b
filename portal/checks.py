"""System checks for what Django does not check. `PortalConfig.ready` registers them."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags
from django.db import connections

from portal import translations

OLDEST_SERVER = 160000
EXTENSIONS = {"unaccent", "pg_trgm", "btree_gist"}
UNSAFE_SOURCES = {"'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'", "*", "https:", "http:"}
CLOSED_DIRECTIVES = {"default-src", "base-uri", "object-src", "frame-ancestors", "form-action"}


def register() -> None:
    checks.register(development_key, Tags.security, deploy=True)
    checks.register(content_security_policy, Tags.security)
    checks.register(compiled_translations, Tags.translation, deploy=True)
    checks.register(server, Tags.database)


def development_key(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    if not settings.PRODUCTION or settings.SECRET_KEY != settings.DEVELOPMENT_KEY:
        return []
    return [
        Error(
            "The secret key is the one of development.",
            hint="Set PORTAL_SECRET_KEY to at least 50 random characters.",
            id="portal.E001",
        )
    ]


def content_security_policy(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    directives: dict[str, Any] = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    found = [
        Error(
            f"The Content-Security-Policy says nothing about {name}.",
            hint="Name its sources in settings.py, or 'none'.",
            id="portal.E002",
        )
        for name in sorted(CLOSED_DIRECTIVES - directives.keys())
    ]
    for name, sources in directives.items():
        listed = [sources] if isinstance(sources, str) else sources
        if isinstance(listed, list | tuple | set):
            found += [
                Error(
                    f"The Content-Security-Policy allows {source} as {name}.",
                    hint="Move the style or script to a file of its own.",
                    id="portal.E003",
                )
                for source in listed
                if source in UNSAFE_SOURCES
            ]
    return list(found)


def compiled_translations(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    return [
        Error(
            f"{path} is not compiled.",
            hint="Run `python manage.py compile_translations`.",
            id="portal.E004",
        )
        for path in translations.uncompiled(settings.LOCALE_PATHS)
    ]


def server(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    return [message for alias in databases or () for message in _server(alias)]


def _server(alias: str) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version_num')::int, "
            "current_setting('server_encoding'), "
            "ARRAY(SELECT name::text FROM pg_available_extensions)"
        )
        version, encoding, available = cursor.fetchone()
    if version < OLDEST_SERVER:
        found.append(
            Error(
                f"The database is PostgreSQL {version // 10000}.",
                hint="Use PostgreSQL 16 or newer.",
                id="portal.E005",
            )
        )
    if encoding != "UTF8":
        found.append(
            Error(
                f"The database is encoded in {encoding}.",
                hint="Create it with ENCODING 'UTF8'.",
                id="portal.E006",
            )
        )
    found += [
        Error(
            f"The database server has no extension {name}.",
            hint="Install the package with PostgreSQL's additional modules (contrib).",
            id="portal.E007",
        )
        for name in sorted(EXTENSIONS - set(available))
    ]
    return found
