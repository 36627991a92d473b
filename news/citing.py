"""Addresses of sentences: where readers find a passage, in their language where there is one."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import override

from news import quoting
from news.models import Article, Passage, PassageQuerySet, Revision


@dataclass(frozen=True)
class Citation:
    """A passage as a page quotes it: in the original, or in its translation."""

    passage: Passage
    quoted: Passage
    revision: Revision | None
    """The older revision that still holds the words; None when the present text does."""

    @property
    def language(self) -> str:
        return self.quoted.article.language

    @property
    def title(self) -> str:
        revision = self.quoted.article.published_revision
        return revision.title if revision else self.quoted.article.title

    @property
    def is_translation(self) -> bool:
        return self.quoted != self.passage

    def url(self, anchor: str = "") -> str:
        """The page in the article's own language, at the anchor of the record that cites it.

        A translated sentence is marked as a whole, so its anchor is its own.
        """
        if not anchor or self.is_translation:
            anchor = anchor_of(self.quoted)
        address = self.quoted.article.get_absolute_url()
        if self.revision is not None:
            with override(self.language):
                address = reverse(
                    "news:revision", args=[self.quoted.article.slug, self.revision.number]
                )
        return f"{address}#{anchor}"


def anchor_of(passage: Passage) -> str:
    return f"passage-{passage.pk}"


def in_language(article: Article, *, language: str) -> Article:
    """The published translation, if there is one; else the article itself. Queries."""
    if article.language == language:
        return article
    twins = Article.objects.published().select_related("published_revision", "category")
    return (
        twins.filter(translation_group=article.translation_group, language=language).first()
        or article
    )


def citations(passages: Iterable[Passage], *, language: str) -> dict[int, Citation]:
    """For each passage, by its key, where a reader of the language finds it.

    A translation is taken when its article is published. At most four queries, whatever the
    number of passages; each text is loaded once.
    """
    keys = {passage.pk for passage in passages}
    originals = {passage.pk: passage for passage in _without_texts().filter(pk__in=keys)}
    quoted = {
        key: passage for key, passage in originals.items() if passage.article.language == language
    }
    translated = (
        _without_texts()
        .filter(
            translation_of__in=keys - set(quoted),
            article__language=language,
            article__status=Article.Status.PUBLISHED,
        )
        .order_by("-pk")
    )
    for passage in translated:
        if passage.translation_of_id is not None:
            quoted[passage.translation_of_id] = passage
    chosen = {key: quoted.get(key, original) for key, original in originals.items()}
    holders = _older_holders(_lost(chosen.values()))
    return {
        key: Citation(passage=originals[key], quoted=passage, revision=holders.get(passage.pk))
        for key, passage in chosen.items()
    }


def _without_texts() -> PassageQuerySet:
    revision = "article__published_revision"
    return Passage.objects.select_related(revision).defer(
        "article__body", "article__lead", f"{revision}__body", f"{revision}__lead",
        f"{revision}__text",
    )  # fmt: skip


def _lost(passages: Iterable[Passage]) -> list[Passage]:
    """Those that the present text of their article no longer holds. One query."""
    rows = [
        (row, row.article.published_revision_id)
        for row in passages
        if row.article.published_revision_id is not None
    ]
    present = Revision.objects.filter(pk__in={revision for _row, revision in rows})
    texts = dict(present.values_list("pk", "text"))
    return [row for row, revision in rows if quoting.locate(texts[revision], row) is None]


def _older_holders(passages: Iterable[Passage]) -> dict[int, Revision]:
    """The last revision that still holds each passage. One query, none if nothing is lost."""
    lost = list(passages)
    if not lost:
        return {}
    revisions: dict[int, list[Revision]] = defaultdict(list)
    for revision in (
        Revision.objects.filter(article__in={passage.article_id for passage in lost})
        .defer("body", "lead")
        .order_by("-number")
    ):
        revisions[revision.article_id].append(revision)
    holders = {}
    for passage in lost:
        for revision in revisions[passage.article_id]:
            if quoting.locate(revision.text, passage) is not None:
                holders[passage.pk] = revision
                break
    return holders
