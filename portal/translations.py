"""Translations without the gettext programs: texts collected, checked and compiled."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.utils.translation.template import templatize

# The position of the text, and of its plural and its context where there are any.
FUNCTIONS: dict[str, tuple[int, int | None, int | None]] = {
    "_": (0, None, None),
    "gettext": (0, None, None),
    "gettext_lazy": (0, None, None),
    "gettext_noop": (0, None, None),
    "ngettext": (0, 1, None),
    "ngettext_lazy": (0, 1, None),
    "pgettext": (1, None, 0),
    "pgettext_lazy": (1, None, 0),
    "npgettext": (1, 2, 0),
    "npgettext_lazy": (1, 2, 0),
}
CALL = re.compile(r"(?<![\w.])(?:_|n?p?gettext)\(")


@dataclass(frozen=True)
class Message:
    text: str
    plural: str | None = None
    context: str | None = None


def in_python(source: str) -> set[Message]:
    """The texts that Python code marks. Only literal arguments count."""
    return {
        message
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        for message in _marked(node)
    }


def in_template(source: str) -> set[Message]:
    return {message for call in _calls(templatize(source)) for message in _marked(call)}


def collected(folders: Iterable[Path]) -> dict[Message, set[str]]:
    """Every marked text of the apps' Python files and templates, with the files that have it."""
    found: dict[Message, set[str]] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix == ".py" and "migrations" not in path.parts:
                messages = in_python(path.read_text())
            elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
                messages = in_template(path.read_text())
            else:
                continue
            for message in messages:
                found.setdefault(message, set()).add(str(path.relative_to(folder.parent)))
    return found


def update(catalogue: polib.POFile, wanted: dict[Message, set[str]]) -> None:
    """Give the catalogue the wanted texts; what is translated and what is of a package stays."""
    entries = {_message(entry): entry for entry in catalogue}
    catalogue.clear()
    for message in sorted(wanted, key=lambda m: (m.text, m.context or "")):
        entry = entries.get(message) or polib.POEntry(
            msgid=message.text,
            msgctxt=message.context,
            **(
                {"msgid_plural": message.plural, "msgstr_plural": {0: ""}}
                if message.plural
                else {"msgstr": ""}
            ),
        )
        entry.occurrences = [(path, "") for path in sorted(wanted[message])]
        entry.comment = ""
        catalogue.append(entry)
    catalogue.extend(
        entry for message, entry in entries.items() if package_of(entry) and message not in wanted
    )


def package_of(entry: polib.POEntry) -> str:
    """Empty for our own texts; else the package whose text we translate, from the `#.` comment."""
    return str(entry.comment)


def problems(catalogue: polib.POFile, wanted: Iterable[Message]) -> list[str]:
    """What is missing, left over or inconsistent, one line each."""
    entries = {_message(entry): entry for entry in catalogue}
    wanted = set(wanted)
    missing = [f"not in the catalogue: {m.text!r}" for m in wanted - entries.keys()]
    left_over = [
        f"no longer used: {m.text!r}"
        for m, entry in entries.items()
        if m not in wanted and not package_of(entry)
    ]
    untranslated = [
        f"not translated: {m.text!r}" for m, entry in entries.items() if not entry.translated()
    ]
    differing = [
        f"placeholders differ: {m.text!r}"
        for m, entry in entries.items()
        if entry.translated() and any(_fields(m.text) != _fields(t) for t in _texts(entry))
    ]
    return sorted(missing + left_over + untranslated + differing)


def catalogues(locale_folders: Iterable[Path]) -> list[Path]:
    return [path for folder in locale_folders for path in sorted(Path(folder).rglob("*.po"))]


def uncompiled(locale_folders: Iterable[Path]) -> list[Path]:
    """The catalogues whose compiled twin is missing or differs."""
    return [
        path
        for path in catalogues(locale_folders)
        if not path.with_suffix(".mo").exists()
        or path.with_suffix(".mo").read_bytes() != polib.pofile(str(path)).to_binary()
    ]


def compile_all(locale_folders: Iterable[Path]) -> list[Path]:
    """Compile the catalogues that need it and return them."""
    changed = uncompiled(locale_folders)
    for path in changed:
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))
    return changed


def _message(entry: polib.POEntry) -> Message:
    return Message(entry.msgid, entry.msgid_plural or None, entry.msgctxt or None)


def _texts(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def _fields(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)[sd]|(?<!%)%[sd]|\{\w*\}", text))


def _marked(call: ast.Call) -> Iterator[Message]:
    function = call.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    if name not in FUNCTIONS:
        return
    literals = [
        node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
        for node in call.args
    ]
    text, plural, context = (
        literals[position] if position is not None and position < len(literals) else None
        for position in FUNCTIONS[name]
    )
    if text:
        yield Message(text, plural, context)


def _calls(source: str) -> Iterator[ast.Call]:
    """The calls in what `templatize` makes of a template, which is not quite Python."""
    for match in CALL.finditer(source):
        end = match.end()
        while (end := source.find(")", end) + 1) > 0:
            try:
                expression = ast.parse(source[match.start() : end], mode="eval").body
            except SyntaxError:
                continue
            if isinstance(expression, ast.Call):
                yield expression
            break
