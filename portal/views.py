"""Pages that show more than one app may know. Each loads, makes one call and renders."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from departments.models import Department
from indicators.models import Indicator, Plan, Target
from indicators.periods import day_in_province
from news.citing import in_language
from news.models import Article, Document, Revision
from portal.pages.article import ArticlePage, article_page
from portal.pages.department import department_page
from portal.pages.document import document_page
from portal.pages.home import home_page
from portal.pages.indicator import indicator_page
from portal.pages.plan import plan_page
from portal.pages.target import target_page


@require_safe
def front(request: HttpRequest) -> HttpResponseRedirect:
    """The bare address leads to the reader's language."""
    return redirect("portal:home")


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    plan = Plan.objects.current(on=day_in_province(at), at=at)
    return render(request, "portal/home.html", {"page": home_page(plan, at=at)})


@require_safe
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    at = timezone.now()
    found = get_object_or_404(
        Plan.objects.released(at).select_related("article__published_revision", "source"),
        slug=slug,
    )
    page = plan_page(found, at=at, verdict=request.GET.get("verdict", ""))
    return render(request, "portal/plan.html", {"page": page})


@require_safe
def target(request: HttpRequest, pk: int) -> HttpResponse:
    at = timezone.now()
    page = target_page(get_object_or_404(Target.objects.released(at), pk=pk), at=at)
    if page is None:
        raise Http404
    return render(request, "portal/target.html", {"page": page})


@require_safe
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """A confidential one is not there."""
    public = Indicator.objects.public().select_related("unit", "parent")
    page = indicator_page(get_object_or_404(public, code=code), at=timezone.now())
    return render(request, "indicators/indicator.html", {"page": page})


@require_safe
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """A document on which nothing but confidential things rest is not to be seen."""
    page = document_page(get_object_or_404(Document, pk=pk), at=timezone.now())
    if page is None:
        raise Http404
    return render(request, "portal/document.html", {"page": page})


@require_safe
def department(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Department, slug=slug)
    page = department_page(found, at=timezone.now(), time_class=request.GET.get("state", ""))
    return render(request, "portal/department.html", {"page": page})


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """In the other language the translation, or the original with a notice.

    A withdrawn article keeps its address and says why it was withdrawn.
    """
    at = timezone.now()
    found = _article(slug)
    language = translation.get_language() or "vi"
    readable = in_language(found, language=language)
    if readable != found:
        return redirect(readable.get_absolute_url())
    page = article_page(found, at=at)
    if page is None:
        raise Http404
    context = {"page": page, "other_language_url": _other_language_url(found, language)}
    if not found.is_published:
        return render(request, "portal/withdrawn.html", context, status=410)
    return render(request, "portal/article.html", context)


@require_safe
def revision(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One published wording; also when the article was corrected since."""
    found = _article(slug)
    if not found.is_published:
        return redirect(found.get_absolute_url())
    wanted = get_object_or_404(Revision, article=found, number=number)
    page: ArticlePage | None = article_page(found, at=timezone.now(), revision=wanted)
    return render(request, "portal/revision.html", {"page": page, "revision": wanted})


def _article(slug: str) -> Article:
    articles = Article.objects.exclude(published_revision=None).select_related(
        "published_revision", "category"
    )
    return get_object_or_404(articles, slug=slug)


def _other_language_url(article: Article, language: str) -> str:
    """The translation, or the same article with its notice under the other language."""
    other = "en" if language == "vi" else "vi"
    readable = in_language(article, language=other)
    if readable != article:
        return readable.get_absolute_url()
    with translation.override(other):
        return reverse("news:article", args=[article.slug])
