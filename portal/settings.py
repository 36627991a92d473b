"""All settings, read from the environment. `docs/settings.md` lists the variables."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError, ValidationError, validate
from psycopg.conninfo import conninfo_to_dict

from portal import logs
from portal.database import places

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()


@contextmanager
def advice(text: str) -> Iterator[None]:
    """Say what to do about a bad value, without repeating it: it may be a secret."""
    try:
        yield
    except (EnvError, psycopg.ProgrammingError):
        raise ImproperlyConfigured(f"{text} See docs/settings.md.") from None


def no_wildcard(host: str) -> None:
    if "*" in host or "/" in host:
        raise ValidationError("a host name")


# Mode

with advice("Set PORTAL_MODE to development or production."):
    _mode = env.str(
        "PORTAL_MODE", "development", validate=validate.OneOf(["development", "production"])
    )
PRODUCTION = _mode == "production"
DEBUG = False

DEVELOPMENT_KEY = "only-for-development-" * 3
LOOPBACK_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
if PRODUCTION:
    with advice("Set PORTAL_SECRET_KEY to at least 50 random characters."):
        SECRET_KEY = env.str("PORTAL_SECRET_KEY", validate=validate.Length(min=50))
    with advice("Set PORTAL_ALLOWED_HOSTS to the host names served, separated by commas."):
        ALLOWED_HOSTS = env.list(
            "PORTAL_ALLOWED_HOSTS", validate=[validate.Length(min=1), *[validate.ContainsNoneOf("")]]
        )
else:
    SECRET_KEY = DEVELOPMENT_KEY
    ALLOWED_HOSTS = LOOPBACK_HOSTS
