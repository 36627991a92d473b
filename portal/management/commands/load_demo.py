from datetime import date, datetime, time
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from departments.models import Area, Department, User
from indicators.periods import PROVINCE_TIME, day_in_province
from news.models import Article
from portal.demonstration import loading


class Command(BaseCommand):
    help = "Load the demonstration: real figures of the years up to 2025, a plan for this year."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--until",
            type=date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="load it as it stood at the end of this day in the province",
        )
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing when there are articles already"
        )

    def handle(
        self, *args: Any, until: date | None = None, if_empty: bool = False, **options: Any
    ) -> None:
        if settings.PRODUCTION:
            raise CommandError(
                "The demonstration brings people whose password everybody knows. "
                "It is loaded in development only: unset PORTAL_MODE."
            )
        if if_empty and Article.objects.exists():
            self.stdout.write("There are articles already; the demonstration is not loaded again.")
            return
        if any(model.objects.exists() for model in (Article, Department, Area, User)):
            raise CommandError(
                "The demonstration is loaded into an empty database only, and this one holds "
                "records. Choose another database, or empty it: python manage.py flush"
            )
        started = monotonic()
        moment = _moment(until, now=timezone.now())
        self._say(f"Loading the demonstration as of {day_in_province(moment):%d/%m/%Y} ...")
        loading.load(until=moment, say=lambda text: self._say(text, since=started))
        self._say("loaded", since=started)

    def _say(self, text: str, *, since: float | None = None) -> None:
        clock = "" if since is None else f"{monotonic() - since:5.1f} s  "
        self.stdout.write(clock + text)
        self.stdout.flush()


def _moment(until: date | None, *, now: datetime) -> datetime:
    if until is None or until == day_in_province(now):
        return now
    if until > day_in_province(now):
        raise CommandError("--until lies ahead. Choose today or an earlier day.")
    return datetime.combine(until, time.max, tzinfo=PROVINCE_TIME)
