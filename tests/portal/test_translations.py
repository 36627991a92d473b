from pathlib import Path

import polib
import pytest

from portal import translations
from portal.translations import Message


@pytest.mark.parametrize(
    ("source", "messages"),
    [
        ('_("Plan")', {Message("Plan")}),
        ('gettext_lazy("A long " "text")', {Message("A long text")}),
        ('ngettext("%(n)s day", "%(n)s days", n)', {Message("%(n)s day", "%(n)s days")}),
        ('pgettext("verb", "rank")', {Message("rank", context="verb")}),
        ('translation.npgettext("c", "a", "b", 2)', {Message("a", "b", "c")}),
        ("_(variable)", set()),
        ('other("Plan")', set()),
    ],
)
def test_texts_in_python(source: str, messages: set[Message]) -> None:
    assert translations.in_python(source) == messages


@pytest.mark.parametrize(
    ("source", "messages"),
    [
        ('{% translate "Plan" %}', {Message("Plan")}),
        ("{% translate 'It is \"so\" (yes)' as x %}", {Message('It is "so" (yes)')}),
        ('{% translate "rank" context "verb" %}', {Message("rank", context="verb")}),
        (
            "{% blocktranslate count n=days trimmed %}\n {{ n }} day\n"
            "{% plural %}\n {{ n }} days\n{% endblocktranslate %}",
            {Message("%(n)s day", "%(n)s days")},
        ),
        ('{% include "a.html" with title=_("Tasks") %}', {Message("Tasks")}),
        ("{# translate nothing #} plain", set()),
    ],
)
def test_texts_in_templates(source: str, messages: set[Message]) -> None:
    assert translations.in_template(source) == messages


def test_update_keeps_translations_and_drops_what_is_unused() -> None:
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(msgid="Plan", msgstr="Kế hoạch"))
    catalogue.append(polib.POEntry(msgid="Old", msgstr="Cũ"))

    translations.update(catalogue, {Message("Plan"): {"a.py"}, Message("New"): {"b.py"}})

    assert [(entry.msgid, entry.msgstr) for entry in catalogue] == [
        ("New", ""),
        ("Plan", "Kế hoạch"),
    ]


def test_problems_name_each_text() -> None:
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(msgid="Old", msgstr="Cũ"))
    catalogue.append(polib.POEntry(msgid="Empty", msgstr=""))
    catalogue.append(polib.POEntry(msgid="%(n)s days", msgstr="%(m)s ngày"))

    found = translations.problems(
        catalogue, [Message("Empty"), Message("%(n)s days"), Message("New")]
    )

    assert found == [
        "no longer used: 'Old'",
        "not in the catalogue: 'New'",
        "not translated: 'Empty'",
        "placeholders differ: '%(n)s days'",
    ]


def test_only_what_changed_is_compiled(tmp_path: Path) -> None:
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=utf-8"}
    catalogue.append(polib.POEntry(msgid="Plan", msgstr="Kế hoạch"))
    catalogue.save(str(tmp_path / "django.po"))

    assert translations.compile_all([tmp_path]) == [tmp_path / "django.po"]
    assert translations.compile_all([tmp_path]) == []
