"""What every test shares. The network is closed by options in pyproject.toml."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from hypothesis import configuration

pytest_plugins = ["tests.cast"]

configuration.set_hypothesis_home_dir(Path(".cache/hypothesis"))


def pytest_configure() -> None:
    # Argon2 is slow on purpose; test_settings.py looks at the real list.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """One connection for each thread: a pool outlives the database that a test run deletes."""
    connections["default"].settings_dict["OPTIONS"].pop("pool", None)
