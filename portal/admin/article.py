"""The article's desk with everything that hangs on an article."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, reverse
from django.utils import timezone
from django.utils.translation import ngettext
from js_asset import Script

from departments.editing import person
from departments.refusals import RefusingAdmin
from news.admin import ArticleAdmin as PlainArticleAdmin
from news.models import Article
from portal import unpublished
from portal.admin import announcing
from portal.admin.figures import ClaimRows, FigureRows, PublicClaims, PublicFigures
from portal.admin.rows import PublicRows, RowFormSet
from portal.admin.sentences import working
from portal.admin.targets import MentionRows, PublicMentions, PublicTargets, TargetRows
from portal.admin.tasks import PublicTasks, TaskRows

EDITED: list[Any] = [TargetRows, FigureRows, TaskRows, ClaimRows, MentionRows]
PUBLIC: list[Any] = [PublicTargets, PublicFigures, PublicTasks, PublicClaims, PublicMentions]

admin.site.unregister(Article)


@admin.register(Article)
class ArticleAdmin(RefusingAdmin, PlainArticleAdmin):
    change_form_template = "admin/news/article/portal_change_form.html"

    class Media:
        js: ClassVar = [Script("portal/admin/sentences.js", type="module")]

    def get_urls(self) -> list[URLPattern]:
        return [*announcing.urls(self), *super().get_urls()]

    def get_inlines(self, request: HttpRequest, obj: Article | None) -> list[Any]:
        """What is public is shown; what is not is edited, unless the article was withdrawn."""
        plain = super().get_inlines(request, obj)
        if obj is None:
            return [*EDITED, *plain]
        if not self.has_change_permission(request, obj):
            return [*PUBLIC, *plain]
        if obj.published_at is None:
            return [*EDITED, *plain]
        if obj.is_published:
            return [*PUBLIC, *EDITED, *plain]
        return [*PUBLIC, *plain]

    def get_inline_instances(self, request: HttpRequest, obj: Article | None = None) -> list[Any]:
        """The rows choose among the sentences of the text that is being saved."""
        if not hasattr(request, "working"):
            posted = request.POST if request.method == "POST" else None
            request.working = working(obj, posted=posted)  # type: ignore[attr-defined] # for the rows
        return super().get_inline_instances(request, obj)

    def get_inline_formsets(
        self, request: HttpRequest, formsets: Any, inline_instances: Any, obj: Any = None
    ) -> Any:
        """Tables of nothing are left out."""
        pairs = [
            (formset, inline)
            for formset, inline in zip(formsets, inline_instances, strict=True)
            if not isinstance(inline, PublicRows) or formset.initial_form_count()
        ]
        shown = [formset for formset, _inline in pairs], [inline for _formset, inline in pairs]
        return super().get_inline_formsets(request, *shown, obj)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        if isinstance(formset, RowFormSet):
            formset.save_rows(by=person(request), at=timezone.now())
        else:
            super().save_formset(request, form, formset, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        article: Article = form.instance
        unpublished.remove_idle(article)
        lost = unpublished.lost(article)
        if lost:
            sentences = "; ".join(f"“{passage.quote}”" for passage in lost)
            self.message_user(
                request,
                ngettext(
                    "Saved. Something rests on a sentence that no longer stands in the text: "
                    "%(sentences)s. Put it back, or pick another one in its row.",
                    "Saved. Something rests on sentences that no longer stand in the text: "
                    "%(sentences)s. Put them back, or pick others in their rows.",
                    len(lost),
                )
                % {"sentences": sentences},
                messages.WARNING,
            )

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        article = kwargs.get("obj")
        if article is not None and self.has_change_permission(request, article):
            context |= announcing.offers(article, by=person(request))
        context["sentences"] = getattr(request, "working", working(article)).sentences
        return super().render_change_form(request, context, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        """Publishing saves first, so nothing that stands in the form is lost."""
        if "_announce" in request.POST:
            return HttpResponseRedirect(reverse("admin:news_article_publish", args=[obj.pk]))
        return super().response_change(request, obj)
