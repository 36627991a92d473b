"""The editor's desk: articles, their published texts, categories and documents."""

import uuid
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django_prose_editor.widgets import AdminProseEditorWidget
from js_asset import Media, Script

from departments.editing import (
    ReadOnlyInline,
    RecordAdmin,
    VersionedAdmin,
    VersionedForm,
    person,
)
from departments.vietnamese import slugify
from news import html
from news.models import Article, Category, Document, Passage, Revision

EXTENSIONS: dict[str, Any] = {
    "Bold": True,
    "Italic": True,
    "Heading": {"levels": [2, 3]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "HardBreak": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"]},
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "HTML": True,
}
"""What `news.html` keeps, less the captions, which come with the photos."""

SLUG_LENGTH = 100


class BodyField(forms.CharField):
    """Rich text, cleaned before anything sees it."""

    def __init__(self, **kwargs: Any) -> None:
        widget = AdminProseEditorWidget(
            config={"extensions": EXTENSIONS}, preset="configurable", attrs={"rows": 24}
        )
        super().__init__(**{**kwargs, "widget": widget, "strip": False})

    def to_python(self, value: Any) -> str:
        """Browsers send every line break as two characters."""
        return str(super().to_python(value) or "").replace("\r\n", "\n")

    def clean(self, value: Any) -> str:
        return html.clean(super().clean(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(initial) != self.to_python(data)


def free_slug(title: str, *, article: Article) -> str:
    """The title as an address, numbered when another article has it. Queries once.

    Raises ValueError when nothing of the title can stand in an address.
    """
    slug = slugify(title, max_length=SLUG_LENGTH)
    taken = set(
        Article.objects.exclude(pk=article.pk)
        .filter(slug__startswith=slug)
        .values_list("slug", flat=True)
    )
    numbered = (f"{slug}-{number}" for number in range(2, len(taken) + 2))
    return next(each for each in (slug, *numbered) if each not in taken)


class ArticleForm(VersionedForm):
    body = BodyField(
        label=_("Text"), required=False,
        help_text=_("One sentence says one thing best: targets and tasks rest on sentences."),
    )  # fmt: skip
    translation_of = forms.ModelChoiceField(
        Article.objects.all(), label=_("Translation of"), required=False,
        widget=AutocompleteSelect(Passage._meta.get_field("article"), admin.site),
        help_text=_("The article in the other language that says the same."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
        if "lead" in self.fields:
            self.fields["lead"].widget.attrs["rows"] = 3
        if "translation_of" in self.fields and self.instance.pk:
            self.initial["translation_of"] = (
                Article.objects.filter(translation_group=self.instance.translation_group)
                .exclude(pk=self.instance.pk)
                .first()
            )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if cleaned is None:
            return cleaned
        if "slug" in self.fields and not cleaned.get("slug") and cleaned.get("title"):
            try:
                cleaned["slug"] = free_slug(cleaned["title"], article=self.instance)
            except ValueError as error:
                self.add_error("title", str(error))
        self._join(cleaned.get("translation_of"))
        group = Article.objects.filter(translation_group=self.instance.translation_group)
        if group.exclude(pk=self.instance.pk).filter(language=cleaned.get("language")).exists():
            name = "translation_of" if "translation_of" in self.changed_data else "language"
            self.add_error(name, _("There is a translation into this language already."))
        return cleaned

    def _join(self, original: Article | None) -> None:
        """Take over the group of the original, or leave the present one when it was emptied."""
        if "translation_of" not in self.changed_data:
            return
        if original is None:
            self.instance.translation_group = uuid.uuid4()
        elif original.pk == self.instance.pk:
            self.add_error("translation_of", _("An article is not its own translation."))
        else:
            self.instance.translation_group = original.translation_group


@admin.display(description=_("first published"))
def first_published(passage: Passage) -> str:
    if passage.first_revision is None:
        return "-"
    return date_format(localtime(passage.first_revision.published_at), "SHORT_DATETIME_FORMAT")


class RevisionInline(ReadOnlyInline):
    model = Revision
    columns = ["number", "title", "note", "published_at", "published_by"]
    ordering = ["-number"]
    verbose_name_plural = _("published texts")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("published_by")


class PassageInline(ReadOnlyInline):
    model = Passage
    columns = ["quote", first_published]
    verbose_name_plural = _("sentences on which something rests")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("first_revision")


class ArticleAdmin(VersionedAdmin):
    """The plain desk. `portal` adds what hangs on an article."""

    form = ArticleForm
    list_display = ["title", "language", "status", "category", "event_on", "published_at"]
    list_filter = ["status", "language", "category", "is_illustrative"]
    list_select_related = ["category"]
    date_hierarchy = "published_on"
    search_fields = ["title__folded", "lead__folded", "slug"]
    readonly_fields = ["status", "published_at", "withdrawn_at", "withdrawal_reason"]
    inlines: ClassVar[list[Any]] = [PassageInline, RevisionInline]
    fieldsets = [
        (None, {"fields": ["language", "title", "lead", "body"]}),
        (_("Signed by"), {"fields": [("byline", "byline_post"), "agency_prefix"]}),
        (_("Days"), {"fields": [("event_on", "published_on")]}),
        (
            _("Category and source"),
            {"fields": [("category", "is_illustrative"), ("source_name", "source_url")]},
        ),
        (_("Address and translation"), {"fields": ["slug", "translation_of"]}),
    ]
    state = (
        _("State"),
        {"fields": [("status", "published_at"), ("withdrawn_at", "withdrawal_reason")]},
    )

    class Media:
        css: ClassVar = {"all": ["portal/admin/article.css"]}
        js: ClassVar = [Script("portal/admin/editor.js", type="module")]

    def get_inlines(self, request: HttpRequest, obj: Article | None) -> list[Any]:
        if obj is None:
            return []
        was_published = obj.published_at is not None
        return [each for each in self.inlines if was_published or each is not RevisionInline]

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> Any:
        """A new article is a draft, and nothing else is to be said of its state."""
        fieldsets = super().get_fieldsets(request, obj)
        return [*fieldsets, self.state] if obj else fieldsets

    def get_view_on_site_url(self, obj: Article | None = None) -> str | None:
        """Readers find it once it was published."""
        if obj is None or obj.published_at is None:
            return None
        return super().get_view_on_site_url(obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Article | None = None) -> list[str]:
        """A public address stays as it is."""
        fields = list(super().get_readonly_fields(request, obj))
        return [*fields, "slug"] if obj and obj.published_at else fields

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """What was published, or has a sentence on which something rests, is never deleted."""
        if not super().has_delete_permission(request, obj):
            return False
        return obj is None or (obj.published_at is None and not obj.passages.exists())

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Articles are deleted one at a time, where the reason against it can be seen."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        if not change:
            obj.created_by = person(request)
        super().save_model(request, obj, form, change)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        """The editor's import map stands in the page, so it carries the nonce of the answer."""
        context["media"] = Media.from_media(
            context["media"],
            nonce=request.csp_nonce,  # type: ignore[attr-defined] # set by django-csp
        )
        return super().render_change_form(request, context, *args, **kwargs)


@admin.register(Category)
class CategoryAdmin(RecordAdmin):
    list_display = ["name_vi", "name_en", "slug", "position"]
    search_fields = ["name_vi__folded", "name_en__folded"]
    prepopulated_fields: ClassVar = {"slug": ["name_en"]}


@admin.register(Document)
class DocumentAdmin(RecordAdmin):
    list_display = ["number_symbol", "kind", "title_vi", "issuer", "issued_on"]
    list_filter = ["kind"]
    date_hierarchy = "issued_on"
    search_fields = ["number_symbol__folded", "title_vi__folded", "title_en__folded",
                     "issuer__folded"]  # fmt: skip


@admin.register(Passage)
class PassageAdmin(RecordAdmin):
    """Sentences are quoted where something is made to rest on them; here they are looked up."""

    list_display = ["quote", "article", first_published]
    list_select_related = ["article", "first_revision"]
    search_fields = ["quote__folded", "article__title__folded"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


admin.site.register(Article, ArticleAdmin)
