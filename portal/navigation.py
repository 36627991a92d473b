"""What every page's navigation needs to know."""

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from indicators.models import Plan

SECTIONS = {
    "plan": {"plan", "target", "targets"},
    "indicators": {"indicator", "indicators"},
    "tasks": {"task", "tasks"},
    "departments": {"department", "departments"},
    "news": {"article", "articles", "category", "revision", "document"},
    "workspace": {"workspace", "assignment"},
}
"""Names of addresses by the entry of the navigation that they stand under."""


def navigation(request: HttpRequest) -> dict[str, object]:
    """Context processor. Asks the database only if the page draws the navigation."""
    return {"plan_url": SimpleLazyObject(current_plan_url)}


def current_plan_url() -> str:
    """Empty while there is no plan. Queries."""
    now = timezone.now()
    plan = Plan.objects.current(on=timezone.localdate(now), at=now)
    return plan.get_absolute_url() if plan else ""


def section_of(name: str) -> str:
    """The entry under which an address of that name stands; empty where there is none."""
    return next((entry for entry, names in SECTIONS.items() if name in names), "")
