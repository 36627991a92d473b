from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from portal import translations


class Command(BaseCommand):
    help = "Compile the translations that changed; the gettext programs are not needed."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        for path in translations.compile_all(settings.LOCALE_PATHS):
            self.stdout.write(f"compiled {path.relative_to(settings.BASE_DIR)}")
