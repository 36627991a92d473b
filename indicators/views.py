from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from departments.tables import arrange
from indicators.filters import IndicatorFilter, TargetFilter
from indicators.models import Indicator, Plan, Target
from indicators.pages.indicators import indicator_list
from indicators.pages.targets import target_list
from indicators.periods import day_in_province
from indicators.tables import IndicatorTable, TargetTable


@require_safe
def indicators(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    chosen = IndicatorFilter(request.GET, Indicator.objects.public(), on=day_in_province(at))
    page = indicator_list(chosen.qs, at=at)
    table = IndicatorTable(page.rows)
    arrange(table, request)
    context = {"page": page, "filter": chosen, "table": table}
    return render(request, "indicators/indicator_list.html", context)


@require_safe
def targets(request: HttpRequest) -> HttpResponse:
    """Of the current plan, unless the address names another one or all."""
    at = timezone.now()
    plans = list(Plan.objects.released(at).select_related("source"))
    chosen = TargetFilter(request.GET, Target.objects.released(at), plans=plans)
    page = target_list(chosen.qs, chosen=chosen.chosen, plans=plans, at=at)
    table = TargetTable(page.rows, exclude=page.columns_left_out)
    arrange(table, request)
    context = {"page": page, "filter": chosen, "table": table}
    return render(request, "indicators/target_list.html", context)
