"""Articles in both languages, with the sentences on which something rests."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from news import quoting
from news.models import Article
from portal import announcing
from portal.demonstration import content
from portal.demonstration.world import FIRST_RUNNING_YEAR, World, moment

ORIGINAL, TRANSLATION = content.LANGUAGES


@dataclass(frozen=True)
class Story:
    """An article with its translation, and the moment of their release."""

    group: str
    released_at: datetime
    files: dict[str, content.ArticleFile]


def stories(world: World) -> list[Story]:
    """In order of release. Those of the running plan only when its year has come."""
    files: dict[str, dict[str, content.ArticleFile]] = {}
    for file in content.articles(year=world.year):
        if _is_due(world, file.fields):
            files.setdefault(file.fields["group"], {})[file.fields["language"]] = file
    found = [
        Story(group, _released_at(world, pair[ORIGINAL].fields), pair)
        for group, pair in files.items()
    ]
    return sorted(found, key=lambda story: story.released_at)


def draft(world: World, story: Story) -> None:
    """The article, its translation, and their sentences."""
    original = _article(world, story, ORIGINAL)
    _article(world, story, TRANSLATION, translation_group=original.translation_group)
    for name, sentences in content.passages(year=world.year).items():
        if name.startswith(f"{story.group}#"):
            _quote(world, story.group, name, sentences)


def publish(world: World, story: Story) -> None:
    for language in content.LANGUAGES:
        announcing.publish(
            world.articles[story.group, language],
            by=world.people["editor"],
            at=story.released_at,
            entered_afterwards=True,
        )


def _is_due(world: World, fields: dict[str, Any]) -> bool:
    is_running = "released_days_before_loading" in fields
    return not is_running or world.today.year >= FIRST_RUNNING_YEAR


def _released_at(world: World, fields: dict[str, Any]) -> datetime:
    """As written, but for the running plan no later than so many days before the loading."""
    released_at = moment(fields["released_at"])
    days = fields.get("released_days_before_loading")
    if days is None:
        return released_at
    latest = world.today - timedelta(days=days)
    return min(released_at, datetime.combine(latest, released_at.timetz()))


def _article(world: World, story: Story, language: str, **fields: Any) -> Article:
    file = story.files[language]
    written = file.fields
    published_on = written.get("published_on")
    article = Article(
        language=language,
        title=written["title"],
        slug=written["slug"],
        lead=written["lead"],
        body=file.body,
        agency_prefix=written["agency_prefix"],
        byline=written["byline"],
        byline_post=written["byline_post"],
        event_on=written.get("event_on"),
        published_on=story.released_at.date() if published_on == "released" else published_on,
        category=world.categories[written["category"]],
        source_name=written["source_name"],
        source_url=written["source_url"],
        is_illustrative=written["illustrative"],
        created_by=world.people["editor"],
        **fields,
    )
    article.full_clean()
    article.save()
    world.articles[story.group, language] = article
    return article


def _quote(world: World, group: str, name: str, sentences: dict[str, str]) -> None:
    for language in content.LANGUAGES:
        passage = quoting.quote(world.articles[group, language], sentences[language])
        if language == TRANSLATION:
            passage.translation_of = world.passages[name, ORIGINAL]
            passage.save()
        world.passages[name, language] = passage
