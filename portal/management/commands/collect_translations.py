from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal import translations

OWN = ("portal", "assignments", "indicators", "news", "departments")


class Command(BaseCommand):
    help = "Bring the Vietnamese catalogue up to date with the texts in code and templates."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing; fail if something is to do"
        )

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        path = settings.LOCALE_PATHS[0] / "vi" / "LC_MESSAGES" / "django.po"
        wanted = translations.collected(settings.BASE_DIR / name for name in OWN)
        catalogue = _catalogue(path)
        if check:
            problems = translations.problems(catalogue, wanted)
            if problems:
                raise CommandError(
                    "\n".join(problems)
                    + "\nRun `python manage.py collect_translations`, then translate what is new."
                )
            return
        translations.update(catalogue, wanted)
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue.save(str(path))
        left = len(catalogue.untranslated_entries())
        self.stdout.write(f"{len(catalogue)} texts, {left} of them to be translated")


def _catalogue(path: Path) -> polib.POFile:
    if path.exists():
        return polib.pofile(str(path), wrapwidth=100)
    catalogue = polib.POFile(wrapwidth=100)
    catalogue.metadata = {
        "Language": "vi",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    return catalogue
