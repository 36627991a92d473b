"""Reads the demonstration's files. No database, no clock: the year of loading is passed in."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
LANGUAGES = ("vi", "en")

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class ArticleFile:
    """An article of one language: its front matter, and its body in HTML."""

    name: str
    fields: dict[str, Any]
    body: str


def fill(text: str, *, year: int) -> str:
    """The years of the running plan in place of {last_year}, {year} and {next_year}."""
    for name, value in (("last_year", year - 1), ("year", year), ("next_year", year + 1)):
        text = text.replace("{" + name + "}", str(value))
    return text


def table(path: str, *, year: int) -> dict[str, Any]:
    """One file of data, such as "plans.toml"."""
    return tomllib.loads(fill((FOLDER / path).read_text(encoding="utf-8"), year=year))


def articles(*, year: int) -> list[ArticleFile]:
    return [
        _article(path.stem, fill(path.read_text(encoding="utf-8"), year=year))
        for path in sorted((FOLDER / "articles").glob("*.html"))
    ]


def passages(*, year: int) -> dict[str, dict[str, str]]:
    """Sentences by "article group#key", in both languages."""
    return {
        f"{path.stem}#{key}": sentence
        for path in sorted((FOLDER / "passages").glob("*.toml"))
        for key, sentence in table(f"passages/{path.name}", year=year).items()
    }


def targets(*, year: int) -> Rows:
    return _rows("targets", "target", year=year)


def tasks(*, year: int) -> Rows:
    return _rows("tasks", "task", year=year)


def observations(*, year: int) -> Rows:
    """Figures, each with the code of its indicator."""
    return [
        {"indicator": code, **row}
        for path in sorted((FOLDER / "observations").glob("*.toml"))
        for code, series in table(f"observations/{path.name}", year=year).items()
        for row in series["rows"]
    ]


def circle(names: list[str], *, year: int) -> list[str]:
    """Codes of departments, with each circle such as "@AFTER" spelled out, none twice."""
    circles = table("departments.toml", year=year)["circles"]
    codes = [
        code for name in names for code in (circles[name[1:]] if name.startswith("@") else [name])
    ]
    return list(dict.fromkeys(codes))


def _rows(folder: str, key: str, *, year: int) -> Rows:
    return [
        row
        for path in sorted((FOLDER / folder).glob("*.toml"))
        for row in table(f"{folder}/{path.name}", year=year)[key]
    ]


def _article(name: str, text: str) -> ArticleFile:
    _before, fields, body = text.split("+++\n", 2)
    return ArticleFile(name=name, fields=tomllib.loads(fields), body=body.strip())
