from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from news.models import Category
from news.pages import article_list


@require_safe
def articles(request: HttpRequest, slug: str = "") -> HttpResponse:
    """All news, or those of one category."""
    category = get_object_or_404(Category, slug=slug) if slug else None
    page = article_list(
        category,
        page=request.GET.get("page"),
        language=get_language() or "vi",
        at=timezone.now(),
    )
    return render(request, "news/article_list.html", {"page": page})
