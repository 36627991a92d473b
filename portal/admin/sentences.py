"""The sentences of an article's working text, as the rows of its form choose among them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2s
from typing import Final

from departments.vietnamese import nfc
from indicators.numbers import Convention
from news import html, quoting
from news import text as texts
from news.models import Article, Passage

LABEL_LENGTH: Final = 110


@dataclass(frozen=True)
class Sentence:
    """A sentence of the text; `occurrence` counts where its words stand several times."""

    words: str
    occurrence: int
    start: int

    @property
    def key(self) -> str:
        """The same as long as the words are, whatever is written before or after them."""
        return f"{digest(self.words)}-{self.occurrence}"

    @property
    def label(self) -> str:
        return shortened(self.words)


@dataclass(frozen=True)
class Working:
    """The text that is being saved, and the text that readers see, if any."""

    text: str
    convention: Convention
    """How the text writes numbers, by its language."""
    stored_in: Convention
    """How it did so when it was saved last."""
    published: str | None = None

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """In order. Of a published article only those that readers see, too."""
        found = []
        start = 0
        for words in texts.sentences(self.text):
            start = self.text.index(words, start)
            places = [span.start for span in texts.occurrences(self.text, words)]
            if start in places and self._is_public(words):
                found.append(Sentence(words, places.index(start), start))
            start += len(words)
        return tuple(found)

    @cached_property
    def choices(self) -> list[tuple[str, str]]:
        return [(sentence.key, sentence.label) for sentence in self.sentences]

    def by_key(self, key: str) -> Sentence | None:
        return next((sentence for sentence in self.sentences if sentence.key == key), None)

    def holding(self, words: str) -> Sentence | None:
        """The only sentence with these words."""
        found = [sentence for sentence in self.sentences if nfc(words) in sentence.words]
        return found[0] if words and len(found) == 1 else None

    def of(self, passage: Passage) -> Sentence | None:
        """The sentence that the passage is, wherever it stands now."""
        span = quoting.locate(self.text, passage)
        if span is None:
            return None
        return next(
            (each for each in self.sentences
             if each.start == span.start and each.words == passage.quote),
            None,
        )  # fmt: skip

    def _is_public(self, words: str) -> bool:
        return self.published is None or bool(texts.occurrences(self.published, words))


def digest(words: str) -> str:
    return blake2s(words.encode(), digest_size=6).hexdigest()


def shortened(words: str) -> str:
    return words if len(words) <= LABEL_LENGTH else f"{words[: LABEL_LENGTH - 1]}…"


def working(article: Article | None, *, posted: Mapping[str, str] | None = None) -> Working:
    """From what is being saved, else from the record. Queries for the published text."""
    revision = article.published_revision if article else None
    published = revision.text if revision else None
    stored_in = Convention(article.language) if article else Convention.VI
    if posted is not None and "title" in posted:
        text = html.text_of(posted["title"], posted.get("lead", ""), posted.get("body", ""))
        language = posted.get("language", "")
        convention = Convention(language) if language in Convention.values else stored_in
        return Working(text, convention, stored_in, published)
    text = quoting.working_text(article) if article else ""
    return Working(text, stored_in, stored_in, published)
