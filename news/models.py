"""Articles with every published wording, and the sentences in them on which something rests."""

import uuid
from datetime import date, datetime

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import MD5, Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from departments.bilingual import Bilingual
from departments.fields import NFCCharField, NFCTextField
from departments.models import folded_index


class Language(models.TextChoices):
    VI = "vi", "Tiếng Việt"
    EN = "en", "English"


class Category(models.Model):
    """A heading of the news, such as Politics or Economy."""

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    name_vi = NFCCharField(_("name in Vietnamese"), max_length=80)
    name_en = NFCCharField(_("name in English"), max_length=80)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("news:category", args=[self.slug])

    name = Bilingual()


@pghistory.track()
class Document(models.Model):
    """The legal basis of a target or a task: a resolution, decision or plan. Never an article."""

    class Kind(models.TextChoices):
        RESOLUTION = "resolution", _("resolution")
        DECISION = "decision", _("decision")
        PLAN = "plan", _("plan")
        DIRECTIVE = "directive", _("directive")
        OFFICIAL_LETTER = "official_letter", _("official letter")
        CONCLUSION = "conclusion", _("notice of conclusion")
        TELEGRAM = "telegram", _("urgent telegram")
        ACTION_PROGRAMME = "action_programme", _("action programme")
        SCHEME = "scheme", _("scheme")

    kind = models.CharField(_("kind"), max_length=30, choices=Kind.choices)
    number_symbol = NFCCharField(
        _("number and symbol"),
        max_length=60,
        blank=True,
        help_text=_("As printed, for example 57/NQ-HĐND."),
    )
    title_vi = NFCTextField(_("title in Vietnamese"))
    title_en = NFCTextField(_("title in English"), blank=True)
    issuer = NFCCharField(_("issued by"), max_length=200)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    signer = NFCCharField(_("signed by"), max_length=150, blank=True)
    link = models.URLField(_("link"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = [F("issued_on").desc(nulls_last=True), "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "number_symbol", "issued_on"],
                condition=~Q(number_symbol=""),
                name="document_once",
                violation_error_message=_("This document is recorded already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number_symbol}".strip()

    def get_absolute_url(self) -> str:
        return reverse("news:document", args=[self.pk])

    title = Bilingual()


class ArticleQuerySet(models.QuerySet["Article"]):
    def published(self) -> "ArticleQuerySet":
        return self.filter(status=Article.Status.PUBLISHED)

    def known_on(self, moment: datetime) -> "ArticleQuerySet":
        """What the public could read at that moment."""
        return self.filter(
            Q(withdrawn_at=None) | Q(withdrawn_at__gt=moment), published_at__lte=moment
        )


@pghistory.track()
class Article(models.Model):
    """A news article. The fields of text are the editor's working copy; the public reads
    `published_revision`."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        SCHEDULED = "scheduled", _("scheduled")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")

    language = models.CharField(
        _("language"), max_length=2, choices=Language.choices, default=Language.VI
    )
    translation_group = models.UUIDField(
        _("translation group"), default=uuid.uuid4, editable=False, db_index=True
    )
    title = NFCCharField(_("title"), max_length=250)
    slug = models.SlugField(
        _("address"),
        max_length=120,
        unique=True,
        help_text=_("The last part of the page's address; made from the title when left empty."),
    )
    lead = NFCTextField(
        _("lead"), blank=True, help_text=_("One or two sentences that say what happened.")
    )
    body = NFCTextField(_("text"), blank=True)
    agency_prefix = NFCCharField(
        _("agency prefix"),
        max_length=20,
        blank=True,
        help_text=_("Stands before the text, for example ĐBP."),
    )
    byline = NFCCharField(_("byline"), max_length=150, blank=True, help_text=_("Who wrote it."))
    byline_post = NFCCharField(
        _("author's post"),
        max_length=250,
        blank=True,
        help_text=_("The office the author holds, where the article is signed with it."),
    )
    event_on = models.DateField(
        _("day of the event"), null=True, blank=True, help_text=_("Leave empty when unknown.")
    )
    published_on = models.DateField(
        _("day of publication"),
        null=True,
        blank=True,
        help_text=_("On which the source published it. Leave empty when unknown."),
    )
    category = models.ForeignKey(
        Category, models.PROTECT, related_name="articles", verbose_name=_("category")
    )
    source_name = NFCCharField(_("source"), max_length=150, blank=True)
    source_url = models.URLField(_("address of the source"), max_length=500, blank=True)
    is_illustrative = models.BooleanField(
        _("illustrative"),
        default=False,
        help_text=_("Invented as an example. The page says so, and nothing in it counts."),
    )
    status = models.CharField(
        _("status"), max_length=20, choices=Status.choices, default=Status.DRAFT, editable=False
    )
    published_revision = models.ForeignKey(
        "Revision", models.PROTECT, null=True, editable=False, related_name="+"
    )
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)
    entered_afterwards = models.BooleanField(
        _("entered afterwards"),
        default=False,
        editable=False,
        help_text=_("The portal dates its publication back; the page says so."),
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, editable=False)
    withdrawal_reason = NFCTextField(_("reason of withdrawal"), blank=True, editable=False)
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = [F("published_at").desc(nulls_first=True), "-id"]
        permissions = [
            ("publish_article", _("Can publish articles")),
            ("withdraw_article", _("Can withdraw articles")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["translation_group", "language"],
                name="article_one_per_language_in_its_translation_group",
                violation_error_message=_("There is a translation into this language already."),
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=["draft", "submitted", "scheduled"],
                    published_revision=None,
                    published_at=None,
                )
                | Q(
                    status__in=["published", "withdrawn"],
                    published_revision__isnull=False,
                    published_at__isnull=False,
                ),
                name="article_published_with_a_revision",
                violation_error_message=_("What is published has a revision, a draft has none."),
            ),
            models.CheckConstraint(
                condition=Q(status="withdrawn", withdrawn_at__isnull=False)
                & ~Q(withdrawal_reason="")
                | ~Q(status="withdrawn") & Q(withdrawn_at=None, withdrawal_reason=""),
                name="article_withdrawn_with_a_reason",
                violation_error_message=_("A withdrawal needs its moment and its reason."),
            ),
        ]
        indexes = [
            folded_index("title", name="article_title_folded"),
            folded_index("lead", name="article_lead_folded"),
            models.Index(fields=["status", "-published_at"], name="article_status_published"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page in the article's own language."""
        with override(self.language):
            return reverse("news:article", args=[self.slug])

    @property
    def is_published(self) -> bool:
        return self.status == self.Status.PUBLISHED

    def is_known_on(self, moment: datetime) -> bool:
        """Whether the public could read it at that moment, as `known_on` says of many."""
        return (
            self.published_at is not None
            and self.published_at <= moment
            and (self.withdrawn_at is None or self.withdrawn_at > moment)
        )

    @property
    def decided_on(self) -> date | None:
        """The day that counts for what the article decides: the event's, else publication's."""
        return self.event_on or self.published_on


@pgtrigger.register(
    pgtrigger.Protect(name="revision_append_only", operation=pgtrigger.Update | pgtrigger.Delete)
)
class Revision(models.Model):
    """The immutable text of one published version of an article."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField(_("number"))
    title = NFCCharField(_("title"), max_length=250)
    lead = NFCTextField(_("lead"), blank=True)
    body = NFCTextField(_("text"), blank=True)
    text = NFCTextField(
        _("plain text"),
        help_text=_("Title, lead and blocks with a blank line between; passages are found in it."),
    )
    note = NFCTextField(
        _("what changed"), blank=True, help_text=_("Readers see it beside the correction.")
    )
    published_at = models.DateTimeField(_("published at"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("published by")
    )

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["article", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "number"],
                name="revision_number_once",
                violation_error_message=_("The article has a revision of this number already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    def get_absolute_url(self) -> str:
        with override(self.article.language):
            return reverse("news:revision", args=[self.article.slug, self.number])


class PassageQuerySet(models.QuerySet["Passage"]):
    def known_on(self, moment: datetime) -> "PassageQuerySet":
        """Passages of articles that the public could read at that moment."""
        return self.filter(
            Q(article__withdrawn_at=None) | Q(article__withdrawn_at__gt=moment),
            article__published_at__lte=moment,
        )


@pghistory.track()
class Passage(models.Model):
    """A sentence, caption or table row of an article on which something rests.

    No position is stored: `quoting.locate` finds the words in a text, exactly, or says that they
    need review.
    """

    article = models.ForeignKey(
        Article, models.PROTECT, related_name="passages", verbose_name=_("article")
    )
    quote = NFCTextField(_("exact words"))
    prefix = NFCCharField(_("text before"), max_length=80, blank=True)
    suffix = NFCCharField(_("text after"), max_length=80, blank=True)
    translation_of = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="translations",
        verbose_name=_("translation of"),
        help_text=_("The sentence of the original article that this one says again."),
    )
    first_revision = models.ForeignKey(
        Revision, models.PROTECT, null=True, editable=False, related_name="first_passages"
    )

    objects = PassageQuerySet.as_manager()

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        ordering = ["article", "id"]
        constraints = [
            models.UniqueConstraint(
                "article",
                MD5("quote"),
                MD5("prefix"),
                MD5("suffix"),
                name="passage_once",
                violation_error_message=_("This sentence is a passage already."),
            ),
            models.CheckConstraint(
                condition=~Q(quote=""),
                name="passage_has_words",
                violation_error_message=_("A passage needs its exact words."),
            ),
            models.UniqueConstraint(
                fields=["id", "article"],
                name="passage_belongs_to_one_article",
                violation_error_message=_("A passage belongs to one article."),
            ),
        ]

    def __str__(self) -> str:
        return self.quote if len(self.quote) <= 80 else f"{self.quote[:79]}…"
