"""What a person may not see of indicators and targets is not there, at any address of the admin."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from indicators import visibility
from indicators.models import Indicator, Target
from indicators.periods import day_in_province


def indicators(request: HttpRequest) -> QuerySet[Indicator]:
    """Read at the edge: what this person sees today."""
    return visibility.indicators(request.user, on=day_in_province(timezone.now())).order_by()


def targets(request: HttpRequest) -> QuerySet[Target]:
    return visibility.targets(request.user, on=day_in_province(timezone.now())).order_by()


class Confined(admin.options.BaseModelAdmin):  # type: ignore[type-arg] # to mix into any admin or inline
    """Keys that are shown or picked lead only to what the person sees."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.related_model is Indicator:
            kwargs.setdefault("queryset", indicators(request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.related_model is Target:
            kwargs.setdefault("queryset", targets(request).select_related("indicator"))
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class PicksTargets(Confined, admin.ModelAdmin):  # type: ignore[type-arg] # serves every model with `targets`
    """Whoever picks targets leaves alone those that they do not see."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        picked = form.cleaned_data.get("targets")
        if change and picked is not None:
            hidden = form.instance.targets.exclude(pk__in=targets(request).values("pk"))
            form.cleaned_data["targets"] = Target.objects.filter(
                pk__in=[target.pk for target in (*picked, *hidden)]
            )
        super().save_related(request, form, formsets, change)
