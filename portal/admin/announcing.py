"""Publishing, correcting and withdrawing an article: a page to confirm, and one call each."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from departments.editing import person
from departments.models import User
from departments.versions import EditConflict
from indicators.admin import sight
from indicators.admin.shown import language_of, stated
from indicators.chaining import PastIsClosed
from news import publishing
from news.models import Article
from news.publishing import CannotPublish, PassagesLost
from portal import announcing, unpublished
from portal.admin.tasks import visible


class PublishForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)


class CorrectionForm(PublishForm):
    note = forms.CharField(
        label=_("What changed"), widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Readers see it beside the correction."),
    )  # fmt: skip


class WithdrawForm(PublishForm):
    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Readers see it at the article's address."),
    )  # fmt: skip


def urls(desk: Any) -> list[URLPattern]:
    guard = desk.admin_site.admin_view
    return [
        path("<int:pk>/publish/", guard(partial(publish, desk)), name="news_article_publish"),
        path("<int:pk>/withdraw/", guard(partial(withdraw, desk)), name="news_article_withdraw"),
    ]


def offers(article: Article, *, by: User) -> dict[str, bool]:
    """Which buttons stand on the article. Publishing saves first, so the next page judges it."""
    may_publish = may(partial(publishing.check_publish, article, by=by))
    return {
        "offers_publication": may_publish and not article.is_published,
        "offers_correction": may_publish and article.is_published,
        "offers_withdrawal": may(partial(publishing.check_withdraw, article, by=by, reason="-")),
    }


def may(check: Callable[[], None]) -> bool:
    try:
        check()
    except (PermissionDenied, CannotPublish):
        return False
    return True


def check_publish(article: Article, *, by: User) -> None:
    """Raises what publishing the saved text would raise, or that there is nothing to publish."""
    publishing.check_publish(article, by=by)
    lost = unpublished.lost(article)
    if lost:
        raise PassagesLost(lost)
    if article.is_published and not unpublished.differs(article):
        raise CannotPublish(gettext("Readers see this text already. Change it first, and save."))


def publish(desk: Any, request: HttpRequest, pk: int) -> HttpResponse:
    article = _article(desk, request, pk)
    kind = CorrectionForm if article.is_published else PublishForm
    form = kind(request.POST or None, initial={"version": article.version})
    by = person(request)
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data.get("note", "")
        done = gettext("Published. Readers see it now.")
        act = partial(announcing.publish, by=by, at=timezone.now(), note=note)
        if _done(desk, request, article, form, act=act, done=done):
            return _back(article)
    refusal = ""
    try:
        check_publish(article, by=by)
    except CannotPublish as error:
        refusal = str(error)
    waiting = unpublished.waiting(
        article, tasks=visible(request), indicators=sight.indicators(request).values("pk")
    )
    language = language_of(request)
    context = {
        "title": _("Publish a correction") if article.is_published else _("Publish the article"),
        "button": _("Publish now"),
        "form": form,
        "refusal": refusal,
        "waiting": waiting,
        "versions": [(row, stated(row, language=language)) for row in waiting.versions],
        "figures": [(row, stated(row, language=language)) for row in waiting.figures],
    }
    return _page(desk, request, article, context)


def withdraw(desk: Any, request: HttpRequest, pk: int) -> HttpResponse:
    article = _article(desk, request, pk)
    by = person(request)
    form = WithdrawForm(request.POST or None, initial={"version": article.version})
    refusal = ""
    try:
        publishing.check_withdraw(article, by=by, reason="-")
    except CannotPublish as error:
        refusal = str(error)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        done = gettext("Withdrawn. Its address stays, and says why.")
        act = partial(announcing.withdraw, by=by, at=timezone.now(), reason=reason)
        if _done(desk, request, article, form, act=act, done=done):
            return _back(article)
    context = {
        "title": _("Withdraw the article"),
        "button": _("Withdraw now"),
        "form": form,
        "refusal": refusal,
        "is_withdrawal": True,
        "resting": unpublished.resting(article, tasks=visible(request)),
    }
    return _page(desk, request, article, context)


def _done(
    desk: Any, request: HttpRequest, article: Article, form: Any, *,
    act: Callable[[Article], Any], done: str,
) -> bool:  # fmt: skip
    """Whether the action went through; else the form or a message says why not."""
    present = article.version
    article.version = form.cleaned_data["version"]
    try:
        act(article)
    except (CannotPublish, PastIsClosed) as error:
        form.add_error(None, str(error))
    except EditConflict as conflict:
        present = getattr(conflict.current, "version", present)
        form.data = form.data.copy()
        form.data["version"] = str(present)
        form.add_error(
            None,
            gettext(
                "Somebody else saved this article meanwhile. Nothing was done: look at it again, "
                "then confirm."
            ),
        )
    else:
        desk.log_change(request, article, done)
        messages.success(request, done)
        return True
    article.refresh_from_db()
    return False


def _article(desk: Any, request: HttpRequest, pk: int) -> Article:
    article = get_object_or_404(Article.objects.select_related("published_revision"), pk=pk)
    if not desk.has_change_permission(request, article):
        raise PermissionDenied
    return article


def _back(article: Article) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:news_article_change", args=[article.pk]))


def _page(
    desk: Any, request: HttpRequest, article: Article, context: dict[str, Any]
) -> HttpResponse:
    everywhere = desk.admin_site.each_context(request)
    common = {"opts": desk.opts, "article": article, "media": desk.media}
    template = "admin/news/article/announce.html"
    return TemplateResponse(request, template, {**everywhere, **common, **context})
