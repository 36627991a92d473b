"""The demonstration's files agree with each other. Pure: no database."""

import re
from decimal import Decimal
from typing import Any

import pytest

from departments.vietnamese import slugify
from indicators import numbers, periods
from indicators.assessment import Comparator, FigureStatus, Form
from news.html import blocks, text_of
from news.text import occurrences, sentences
from portal.demonstration import content

YEAR = 2030
ARTICLES = content.articles(year=YEAR)
PASSAGES = content.passages(year=YEAR)
TARGETS = content.targets(year=YEAR)
TASKS = content.tasks(year=YEAR)
OBSERVATIONS = content.observations(year=YEAR)
CLAIMS = content.table("claims.toml", year=YEAR)["claim"]
INDICATORS = content.table("indicators.toml", year=YEAR)
PLANS = content.table("plans.toml", year=YEAR)
SOURCES = {s["code"]: s for s in content.table("sources.toml", year=YEAR)["source"]}
BY_GROUP = {(a.fields["group"], a.fields["language"]): a for a in ARTICLES}
READINGS = [
    {"indicator": target["indicator"], **row}
    for target in TARGETS
    for row in [*target["version"], *target.get("mention", [])]
]
CITING = [*READINGS, *OBSERVATIONS, *CLAIMS, *TASKS]
NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
MILLIONS = {"vi": "triệu lượt", "en": "million visits"}
NUMBER_IN_OTHER_WORDS = {"temporary_houses_removed", "military_recruitment"}


def stated(words: str, language: str) -> set[Decimal]:
    """Every number in the words, visits in millions spelled out."""
    convention = numbers.Convention(language)
    found = {numbers.parse(text, convention=convention) for text in NUMBER.findall(words)}
    return found | ({n * 1000000 for n in found} if MILLIONS[language] in words else set())


def test_articles_come_in_both_languages() -> None:
    groups = {group for group, _language in BY_GROUP}

    assert len(BY_GROUP) == len(ARTICLES) == 2 * len(groups) == 40


def test_slugs_are_unique_and_plain() -> None:
    slugs = [article.fields["slug"] for article in ARTICLES]

    assert len(set(slugs)) == len(slugs)
    assert [slugify(slug) for slug in slugs] == slugs
    assert max(map(len, slugs)) <= 120


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.name)
def test_article_is_of_a_newspaper_length(article: content.ArticleFile) -> None:
    words = " ".join(block.text for block in blocks(article.body)).split()

    assert 150 <= len(words) <= 450


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.name)
def test_illustrative_article_says_so_in_its_lead(article: content.ArticleFile) -> None:
    word = {"vi": "minh họa", "en": "illustrative"}[article.fields["language"]]

    assert (word in article.fields["lead"]) == article.fields["illustrative"]


@pytest.mark.parametrize("language", content.LANGUAGES)
@pytest.mark.parametrize("key", PASSAGES)
def test_passage_is_one_sentence_that_stands_once(key: str, language: str) -> None:
    article = BY_GROUP[key.partition("#")[0], language]
    sentence = PASSAGES[key][language]

    text = text_of(article.fields["title"], article.fields["lead"], article.body)

    assert len(occurrences(text, sentence)) == 1
    assert sentence in sentences(text)


def test_something_rests_on_every_passage() -> None:
    assert {row["passage"] for row in CITING if "passage" in row} == set(PASSAGES)


@pytest.mark.parametrize("language", content.LANGUAGES)
def test_words_stand_once_in_their_passage(language: str) -> None:
    wrong = [
        row[f"words_{language}"]
        for row in CITING
        if f"words_{language}" in row
        and len(occurrences(PASSAGES[row["passage"]][language], row[f"words_{language}"])) != 1
    ]

    assert wrong == []


@pytest.mark.parametrize("language", content.LANGUAGES)
def test_reading_has_the_number_of_its_words(language: str) -> None:
    wrong = [
        (row["value"], row[f"words_{language}"])
        for row in READINGS
        if row["indicator"] not in NUMBER_IN_OTHER_WORDS
        and abs(Decimal(row["value"])) not in stated(row[f"words_{language}"], language)
    ]

    assert wrong == []


@pytest.mark.parametrize("language", content.LANGUAGES)
def test_reported_figure_has_the_number_of_its_words(language: str) -> None:
    wrong = [
        (row["value"], row[f"words_{language}"])
        for row in OBSERVATIONS
        if "passage" in row
        and row["source"] != "derived"
        and Decimal(row["value"]) not in stated(row[f"words_{language}"], language)
    ]

    assert wrong == []


def test_derived_figure_shows_its_sum() -> None:
    assert all(row.get("note") for row in OBSERVATIONS if row["source"] == "derived")


def test_readings_use_the_words_of_the_rules() -> None:
    for row in READINGS:
        Comparator(row["comparator"])
        Form(row.get("form", "level"))
    for row in OBSERVATIONS:
        FigureStatus(row["status"])
        periods.parse(row["period"])


def test_names_refer_to_what_there_is() -> None:
    plans = {plan["slug"] for plan in PLANS["plan"]}
    sets = {f"{s['plan']}/{s['code']}" for s in PLANS["set"]}
    units = {u["code"] for u in content.table("units.toml", year=YEAR)["rows"]}

    assert {row["indicator"] for row in [*TARGETS, *OBSERVATIONS]} <= set(INDICATORS)
    assert {t["plan"] for t in [*TARGETS, *TASKS]} <= plans
    assert {plan for t in TARGETS for plan in t.get("adopted_by", [])} <= plans
    assert {name for t in TARGETS for name in t.get("sets", [])} <= sets
    assert {claim["set"] for claim in CLAIMS} <= sets
    assert {row["source"] for row in CITING if "source" in row} <= set(SOURCES)
    assert {i["unit"] for i in INDICATORS.values()} <= units
    assert {p["article"] for p in PLANS["plan"] if "article" in p} <= {g for g, _l in BY_GROUP}


def test_illustrative_targets_are_set_by_illustrative_articles() -> None:
    def is_illustrative(version: dict[str, Any]) -> bool:
        group = version["passage"].partition("#")[0]
        return bool(BY_GROUP[group, "vi"].fields["illustrative"])

    wrong = [
        version["passage"]
        for target in TARGETS
        for version in target["version"]
        if (SOURCES[version["source"]]["kind"] == "illustrative") != is_illustrative(version)
    ]

    assert wrong == []


def test_sizes_are_those_of_the_plan() -> None:
    key_targets = [t for t in TARGETS if "2025/26-key-targets" in t.get("sets", [])]

    assert len(INDICATORS) == 26
    assert len(key_targets) == 25
    assert len([t for t in TASKS if t["plan"] == "2025"]) == 40
    assert [code for code, i in INDICATORS.items() if not i.get("public", True)] == [
        "military_recruitment"
    ]


def test_communes_come_from_the_old_units() -> None:
    areas = content.table("areas.toml", year=YEAR)
    old = [area["code"] for area in areas["old"]["rows"]]
    new = areas["new"]["rows"]

    assert (len(new), len(old)) == (45, 129)
    assert {code for area in new for code in area["from"]} == set(old)
    assert len({area["code"] for area in new} | set(old)) == 174


def test_confidential_sentence_gives_no_number() -> None:
    secret = {
        row["passage"]
        for row in CITING
        if "passage" in row
        and (row.get("public") is False or row.get("indicator") == "military_recruitment")
    }

    assert secret == {"targets-2025-illustrative#defence", "tasks-running#defence"}
    assert not any(re.search(r"[0-9]", text) for key in secret for text in PASSAGES[key].values())
