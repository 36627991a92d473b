"""What import contracts cannot see: names in strings, migrations, templates, addresses."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.staticfiles import finders
from django.db.migrations.loader import MigrationLoader
from django.db.models import ForeignKey, ManyToManyField, Model

CHECKOUT = Path(__file__).parents[1]
APPS = ["departments", "news", "indicators", "assignments", "portal"]  # from below upwards
FORBIDDEN_NAMES = {"core", "common", "utils", "util", "helpers", "helper", "services", "managers"}
MAY_POINT_UP = {"base.html", "theme"}

OWN = "|".join(APPS)
NAMED_MODULE = re.compile(rf"({OWN})\.\w+(\.\w+)*")
ADDRESS = re.compile(rf"({OWN}):[\w-]+|admin:({OWN})_\w+")
TAG = re.compile(r"""\{%\s*(extends|include|load|url)\s+(.+?)\s*%\}""")
STATIC = re.compile(r"""\{%\s*static\s+["']([^"']+)["']""")
INLINE = re.compile(
    r"<style\b|<script\b(?![^>]*\bsrc=)|\sstyle\s*=|\son[a-z]+\s*=|javascript:", re.IGNORECASE
)
RULES = [
    "departments/vietnamese.py",
    "indicators/periods.py",
    "indicators/numbers.py",
    "indicators/assessment",
    "assignments/statuses.py",
]
DJANGO_FOR_RULES = {"django.db.models", "django.utils.text", "django.utils.translation"}


def points_up(owner: str, named: str) -> bool:
    return APPS.index(named) > APPS.index(owner)


def python_files(app: str) -> list[Path]:
    return sorted((CHECKOUT / app).rglob("*.py"))


def templates() -> Iterator[tuple[str, Path]]:
    for app in APPS:
        for path in sorted((CHECKOUT / app).glob("templates/**/*.html")):
            yield app, path


def strings_of(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def own_models() -> Iterator[type[Model]]:
    for app in APPS:
        yield from apps.get_app_config(app).get_models()


def test_no_key_points_up() -> None:
    upwards = [
        f"{model._meta.label}.{field.name}"
        for model in own_models()
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey | ManyToManyField)
        and (named := field.remote_field.model._meta.app_label) in APPS
        and points_up(model._meta.app_label, named)
    ]

    assert upwards == []


def test_no_key_is_generic() -> None:
    generic = [
        model._meta.label
        for model in own_models()
        if any(isinstance(field, GenericForeignKey) for field in model._meta.private_fields)
    ]

    assert generic == []


def test_no_migration_depends_on_an_app_above() -> None:
    upwards = [
        f"{app}.{name} on {needed[0]}.{needed[1]}"
        for (app, name), migration in MigrationLoader(None).disk_migrations.items()
        if app in APPS
        for needed in [*migration.dependencies, *migration.run_before]
        if needed[0] in APPS and points_up(app, needed[0])
    ]

    assert upwards == []


@pytest.mark.parametrize("app", APPS)
def test_no_string_names_a_module_or_address_above(app: str) -> None:
    upwards = [
        f"{path.relative_to(CHECKOUT)}:{line}: {text}"
        for path in python_files(app)
        for line, text in strings_of(path)
        if (match := NAMED_MODULE.fullmatch(text) or ADDRESS.fullmatch(text))
        and points_up(app, match[1] or match[2])
    ]

    assert upwards == []


@pytest.mark.parametrize("app", APPS)
def test_no_model_above_is_looked_up(app: str) -> None:
    upwards = [
        f"{path.relative_to(CHECKOUT)}:{node.lineno}"
        for path in python_files(app)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"get_model", "get_app_config"}
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and node.args[0].value in APPS
        and points_up(app, str(node.args[0].value))
    ]

    assert upwards == []


def owner_of_template(name: str) -> str | None:
    if (Path(admin.__path__[0]) / "templates" / name).exists():
        return None  # Django's own name, whoever overrides it
    return next((app for app in APPS if (CHECKOUT / app / "templates" / name).exists()), None)


def owner_of_library(name: str) -> str | None:
    return next(
        (app for app in APPS if (CHECKOUT / app / "templatetags" / f"{name}.py").exists()), None
    )


def owners_named(tag: str, words: str) -> Iterator[tuple[str, str | None]]:
    """The names a template tag holds, each with the app it belongs to."""
    quoted = re.match(r"""["']([^"']+)["']""", words)
    if tag == "load":
        for name in words.split():
            yield name, owner_of_library(name)
    elif quoted and tag == "url":
        address = ADDRESS.fullmatch(quoted[1])
        yield quoted[1], (address[1] or address[2]) if address else None
    elif quoted:
        yield quoted[1], owner_of_template(quoted[1])


def test_no_template_points_up() -> None:
    upwards = [
        f"{path.relative_to(CHECKOUT)}: {tag} {name}"
        for app, path in templates()
        for tag, words in TAG.findall(path.read_text())
        for name, owner in owners_named(tag, words)
        if owner and name not in MAY_POINT_UP and points_up(app, owner)
    ]

    assert upwards == []


def test_templates_have_nothing_inline() -> None:
    inline = [
        f"{path.relative_to(CHECKOUT)}: {found.group().strip()}"
        for _, path in templates()
        for found in INLINE.finditer(re.sub(r"\{#.*?#\}", "", path.read_text()))
    ]

    assert inline == []


def test_every_static_file_a_template_names_exists() -> None:
    missing = [
        f"{path.relative_to(CHECKOUT)}: {name}"
        for _, path in templates()
        for name in STATIC.findall(path.read_text())
        if finders.find(name) is None
    ]

    assert missing == []


def test_no_module_is_named_for_nothing() -> None:
    nameless = [
        str(path.relative_to(CHECKOUT))
        for app in [*APPS, "tests"]
        for path in sorted((CHECKOUT / app).rglob("*"))
        if path.stem in FORBIDDEN_NAMES and (path.suffix == ".py" or path.is_dir())
    ]

    assert nameless == []


def imports_of(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, node.module or ""


def test_rules_know_of_django_only_choices_and_translations() -> None:
    files = [
        path
        for rule in RULES
        for path in ([CHECKOUT / rule] if rule.endswith(".py") else (CHECKOUT / rule).rglob("*.py"))
    ]

    knowing = [
        f"{path.relative_to(CHECKOUT)}:{line}: {name}"
        for path in files
        for line, name in imports_of(path)
        if name.split(".")[0] in {"django", "psycopg", "os"} and name not in DJANGO_FOR_RULES
    ]

    assert files
    assert knowing == []


def test_settings_are_read_through_django() -> None:
    direct = [
        f"{path.relative_to(CHECKOUT)}:{line}"
        for app in APPS
        for path in python_files(app)
        for line, name in imports_of(path)
        if name == "portal.settings"
    ]

    assert direct == []
