import socket
from pathlib import Path

import polib
import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from portal.management.commands import demo


@pytest.fixture
def catalogue(settings: Settings, tmp_path: Path) -> Path:
    settings.LOCALE_PATHS = [tmp_path]
    settings.BASE_DIR = tmp_path
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "models.py").write_text('_("Article")')
    return tmp_path / "vi" / "LC_MESSAGES" / "django.po"


def test_a_text_without_translation_is_found_and_collected(
    catalogue: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(CommandError, match="not in the catalogue: 'Article'"):
        call_command("collect_translations", check=True)

    call_command("collect_translations")

    assert capsys.readouterr().out == "1 texts, 1 of them to be translated\n"
    assert [entry.msgid for entry in polib.pofile(str(catalogue))] == ["Article"]
    with pytest.raises(CommandError, match="not translated: 'Article'"):
        call_command("collect_translations", check=True)


def test_a_complete_catalogue_passes_and_is_compiled(
    catalogue: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("collect_translations")
    entries = polib.pofile(str(catalogue))
    entries[0].msgstr = "Bài viết"
    entries.save()

    call_command("collect_translations", check=True)
    call_command("compile_translations")

    assert catalogue.with_suffix(".mo").exists()
    assert "compiled vi/LC_MESSAGES/django.po" in capsys.readouterr().out


def test_a_port_in_use_is_named() -> None:
    with socket.socket() as other:
        other.bind((demo.HOST, 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(CommandError, match=f"Port {port} cannot be used"):
            demo.check_port(port)


def test_a_port_beyond_the_last_is_refused() -> None:
    with pytest.raises(CommandError, match="Port 70000 cannot be used"):
        demo.check_port(70000)


def test_a_second_demonstration_is_told_where_the_first_is(
    settings: Settings, tmp_path: Path
) -> None:
    settings.BASE_DIR = tmp_path
    demo.claim("http://127.0.0.1:8000")

    with pytest.raises(CommandError, match=r"runs already: http://127\.0\.0\.1:8000/"):
        demo.claim("http://127.0.0.1:8001")


def test_the_demonstration_is_not_for_production(settings: Settings) -> None:
    settings.PRODUCTION = True

    with pytest.raises(CommandError, match="unset PORTAL_MODE"):
        call_command("demo")
