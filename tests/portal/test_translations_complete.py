"""The Vietnamese catalogues are complete, and a Vietnamese page shows none of our English texts."""

from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from assignments.models import Assignment, Task
from assignments.statuses import Status
from departments.models import Department, User
from indicators.models import TargetVersion
from portal import translations
from portal.management.commands.collect_translations import OWN
from tests.builders import assignment_in, figure, published_article, published_target, task_from

FOLDER = settings.LOCALE_PATHS[0] / "vi" / "LC_MESSAGES"
DOMAINS = ["django", "djangojs"]
WITHOUT_END = {"br", "circle", "col", "hr", "img", "input", "line", "link", "meta", "path", "rect"}
WITHOUT_TEXT = {"code", "script", "style"}
SPOKEN = ("alt", "aria-label", "placeholder", "title")


def catalogue(domain: str) -> polib.POFile:
    return polib.pofile(str(FOLDER / f"{domain}.po"))


def texts_of(package: str, domain: str) -> set[tuple[str, str | None]]:
    """The texts that a package offers for translation, in any language that it has."""
    spec = find_spec(package)
    assert spec is not None, f"{package} is not installed"
    assert spec.origin is not None
    folder = Path(spec.origin).parent
    places = [folder / "locale", folder / "conf" / "locale"]
    return {
        (entry.msgid, entry.msgctxt)
        for place in places
        for path in place.glob(f"*/LC_MESSAGES/{domain}.po")
        for entry in polib.pofile(str(path))
    }


def test_every_text_of_ours_is_translated_and_nothing_is_left_over() -> None:
    wanted = translations.collected(settings.BASE_DIR / name for name in OWN)

    assert translations.problems(catalogue("django"), wanted) == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_entry_has_a_translation_and_the_same_placeholders(domain: str) -> None:
    entries = catalogue(domain)

    problems = translations.problems(entries, [])

    assert [line for line in problems if not line.startswith("no longer used")] == []
    assert [entry.msgid for entry in entries if entry.fuzzy or entry.obsolete] == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_texts_of_packages_are_still_in_the_packages(domain: str) -> None:
    translated: dict[str, set[tuple[str, str | None]]] = {}
    for entry in catalogue(domain):
        if package := translations.package_of(entry):
            translated.setdefault(package, set()).add((entry.msgid, entry.msgctxt))

    gone = {package: texts - texts_of(package, domain) for package, texts in translated.items()}

    assert {package: texts for package, texts in gone.items() if texts} == {}


class Reader(HTMLParser):
    """Collects what a person reads on a page; parts in another language stand apart."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.read: set[str] = set()

    @property
    def is_silent(self) -> bool:
        return any(silent for _tag, silent in self.open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if not self.is_silent and given.get("lang", "vi") == "vi":
            self.read |= {str(given[name]).strip() for name in SPOKEN if given.get(name)}
        if tag not in WITHOUT_END:
            self.open.append((tag, tag in WITHOUT_TEXT or given.get("lang", "vi") != "vi"))

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self.open) - 1, -1, -1):
            if self.open[place][0] == tag:
                del self.open[place:]
                return

    def handle_data(self, data: str) -> None:
        if not self.is_silent:
            self.read.add(" ".join(data.split()))


@cache
def english_texts() -> set[str]:
    """Without those that are the same in Vietnamese."""
    entries = catalogue("django")
    texts = {text for entry in entries for text in (entry.msgid, entry.msgid_plural) if text}
    return texts - {entry.msgstr for entry in entries}


def untranslated(page: str) -> set[str]:
    """Our English texts that stand on the page word by word."""
    reader = Reader()
    reader.feed(page)
    return reader.read & english_texts()


def test_the_reader_finds_an_english_text() -> None:
    page = '<p title="Tasks">Targets</p><p lang="en">Verdict</p><code>Plan</code>'

    assert untranslated(page) == {"Tasks", "Targets"}


@pytest.fixture(autouse=True)
def vietnamese(english: None) -> Iterator[None]:
    with translation.override("vi"):
        yield


@pytest.fixture
def target(department_a: Department) -> TargetVersion:
    version = published_target(at=timezone.now() - timedelta(days=30))
    figure(version.target.indicator, "7.34", at=timezone.now() - timedelta(days=3))
    return version


@pytest.fixture
def task(target: TargetVersion) -> Task:
    sentence = "Giao Sở Tài chính xây dựng kịch bản tăng trưởng."
    article = published_article(sentence, at=timezone.now() - timedelta(days=20))
    return task_from(article, sentence, plan=target.target.plan)


@pytest.fixture
def given(task: Task, department_a: Department, officer_a: User) -> Assignment:
    return assignment_in(Status.IN_PROGRESS, task=task, department=department_a)


def addresses(target: TargetVersion, given: Assignment) -> list[str]:
    indicator = target.target.indicator
    return [
        reverse("portal:home"),
        reverse("news:articles"),
        target.article.get_absolute_url(),
        target.target.plan.get_absolute_url(),
        reverse("indicators:indicators"),
        indicator.get_absolute_url(),
        reverse("indicators:targets"),
        target.target.get_absolute_url(),
        reverse("assignments:tasks"),
        given.task.get_absolute_url(),
        reverse("departments:departments"),
        given.department.get_absolute_url(),
        reverse("assignments:workspace"),
        given.get_absolute_url(),
        "/vi/nowhere/",
        "/admin/",
    ]


@pytest.mark.django_db
def test_vietnamese_pages_show_no_english_text_of_ours(
    client: Client, target: TargetVersion, given: Assignment, officer_a: User
) -> None:
    client.force_login(officer_a)
    client.cookies["django_language"] = "vi"

    shown = {
        address: untranslated(client.get(address).content.decode())
        for address in addresses(target, given)
    }

    assert {address: texts for address, texts in shown.items() if texts} == {}
