"""Passages: sentences of an article on which something rests. Exact, or needing review."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from departments.vietnamese import nfc
from news import html
from news import text as texts
from news.models import Article, Passage
from news.text import Span


def working_text(article: Article) -> str:
    """The plain text of the editor's working copy."""
    return html.text_of(article.title, article.lead, article.body)


def quote(article: Article, sentence: str, *, occurrence: int = 0) -> Passage:
    """The passage of these exact words; made when it is new.

    `occurrence` counts from 0 where the same words stand several times. Raises `ValidationError`
    when the words do not stand in the text.
    """
    text = working_text(article)
    wanted = nfc(sentence).strip()
    spans = texts.occurrences(text, wanted)
    if occurrence >= len(spans):
        raise ValidationError(
            _("These words do not stand in the article: “%(words)s”. Pick a sentence of the text.")
            % {"words": wanted}
        )
    prefix, suffix = texts.context(text, spans[occurrence])
    existing = article.passages.filter(quote=wanted)
    for passage in existing:
        if len(spans) == 1 or (passage.prefix, passage.suffix) == (prefix, suffix):
            return passage
    public = article.published_revision
    stands = public is not None and texts.locate(public.text, wanted, prefix, suffix) is not None
    passage, _made = Passage.objects.get_or_create(
        article=article,
        quote=wanted,
        prefix=prefix,
        suffix=suffix,
        defaults={"first_revision": public if stands else None},
    )
    return passage


def check_words(passage: Passage, words: str) -> None:
    """Raises `ValidationError` unless the words, whole, stand in the passage."""
    if not texts.occurrences(passage.quote, nfc(words)):
        raise ValidationError(
            _("Copy the words exactly from the sentence: “%(sentence)s”.")
            % {"sentence": passage.quote}
        )


def locate(text: str, passage: Passage) -> Span | None:
    """Where the passage stands in the text; None when it needs review."""
    return texts.locate(text, passage.quote, prefix=passage.prefix, suffix=passage.suffix)


def lost(article: Article, text: str) -> list[Passage]:
    """The passages of the article that can no longer be located in the text. Queries once."""
    return [passage for passage in article.passages.all() if locate(text, passage) is None]
