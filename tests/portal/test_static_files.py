from pathlib import Path

from django.core.management import call_command
from pytest_django.fixtures import Settings


def test_every_file_that_a_static_file_names_exists(settings: Settings, tmp_path: Path) -> None:
    """What production does with names that carry a hash fails at the first dead reference."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    }

    call_command("collectstatic", interactive=False, verbosity=0)

    assert (tmp_path / "staticfiles.json").exists()
