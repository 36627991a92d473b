"""What every page's navigation needs to know."""

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from indicators.models import Plan


def navigation(request: HttpRequest) -> dict[str, object]:
    """Context processor. Asks the database only if the page draws the navigation."""
    return {"plan_url": SimpleLazyObject(current_plan_url)}


def current_plan_url() -> str:
    """Empty while there is no plan. Queries."""
    now = timezone.now()
    plan = Plan.objects.current(on=timezone.localdate(now), at=now)
    return plan.get_absolute_url() if plan else ""
