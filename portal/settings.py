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
    except (EnvError, ValidationError, psycopg.ProgrammingError):
        raise ImproperlyConfigured(f"{text} See docs/settings.md.") from None


# Mode and hosts

with advice("Set PORTAL_MODE to development or production."):
    _modes = validate.OneOf(["development", "production"])
    PRODUCTION = env.str("PORTAL_MODE", "development", validate=_modes) == "production"

DEBUG = False
DEVELOPMENT_KEY = "only-for-development-" * 3
SECRET_KEY = DEVELOPMENT_KEY
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
if PRODUCTION:
    with advice("Set PORTAL_SECRET_KEY to at least 50 random characters."):
        SECRET_KEY = env.str("PORTAL_SECRET_KEY", validate=validate.Length(min=50))
    with advice("Set PORTAL_ALLOWED_HOSTS to the names served, such as portal.example,localhost."):
        _names = validate.Regexp(r"^[\w.-]+(,[\w.-]+)*$")
        ALLOWED_HOSTS = env.str("PORTAL_ALLOWED_HOSTS", validate=_names).split(",")

# Applications

INSTALLED_APPS = [
    "portal.apps.PortalConfig",
    "assignments.apps.AssignmentsConfig",
    "indicators.apps.IndicatorsConfig",
    "news.apps.NewsConfig",
    "departments.apps.DepartmentsConfig",
    "django_tables2",
    "django_filters",
    "import_export",
    "django_prose_editor",
    "csp",
    "pghistory",
    "pgtrigger",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
]

MIDDLEWARE = [
    "portal.logs.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.signing_in.PersonLanguage",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "portal.nul.RefuseNul",
    "pghistory.middleware.HistoryMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
AUTH_USER_MODEL = "departments.User"
LOGIN_URL = "/admin/login/"
LOGOUT_REDIRECT_URL = LOGIN_URL
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.navigation.navigation",
            ],
        },
    },
]

# Database

if PRODUCTION:
    with advice("Set DATABASE_URL to postgresql://user:password@host:5432/name."):
        _url = env.str("DATABASE_URL")
else:
    _url = env.str("DATABASE_URL", "") or places.local().url

with advice("DATABASE_URL must read postgresql://user:password@host:5432/name."):
    if not _url.startswith(("postgresql://", "postgres://")):
        raise ValidationError("another engine")
    _server = {name: str(value) for name, value in conninfo_to_dict(_url).items()}
    if not _server.get("dbname") or not _server.get("port", "5432").isdecimal():
        raise ValidationError("no name, or no port")

with advice("Set PORTAL_DATABASE_POOL to the largest number of connections, 0 for no pool."):
    _pool = env.int("PORTAL_DATABASE_POOL", 8, validate=validate.Range(min=0, max=500))

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _server.pop("dbname"),
        "USER": _server.pop("user", ""),
        "PASSWORD": _server.pop("password", ""),
        "HOST": _server.pop("host", ""),
        "PORT": _server.pop("port", ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": _server
        | ({"pool": {"min_size": 1, "max_size": _pool, "timeout": 5}} if _pool else {}),
    }
}

# Languages, dates and numbers

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "portal" / "locale"]
FORMAT_MODULE_PATH = ["portal.formats"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True

# Files

_STATIC_STORAGE = {
    True: "whitenoise.storage.CompressedManifestStaticFilesStorage",
    False: "django.contrib.staticfiles.storage.StaticFilesStorage",
}
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
MEDIA_ROOT = BASE_DIR / "var" / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _STATIC_STORAGE[PRODUCTION]},
}
# In development files are served from where they are written, without collectstatic.
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = not PRODUCTION

# Bounds of a request: an article with many targets has some thousand fields.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# Sign-in

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
SESSION_COOKIE_AGE = 12 * 60 * 60  # a working day: computers of an office are shared
SESSION_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = PRODUCTION
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"

# Headers

with advice("Set PORTAL_BEHIND_PROXY to true if a proxy sets X-Forwarded-Proto, else to false."):
    if env.bool("PORTAL_BEHIND_PROXY", False):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = ["^healthz$", "^readyz$"]  # asked from inside, without TLS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],  # the nonce is for the editor's import map
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
        "upgrade-insecure-requests": PRODUCTION,
    }
}

LOGGING = logs.configuration(as_json=PRODUCTION)

# Tables look the same everywhere

DJANGO_TABLES2_TEMPLATE = "portal/table.html"
