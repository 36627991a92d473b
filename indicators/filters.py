from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from departments.models import Department
from indicators.assessment import Verdict
from indicators.models import Indicator, Plan, Responsibility, Target, UnitOfMeasure
from indicators.models.indicator import IndicatorQuerySet
from indicators.models.target import TargetQuerySet

ALL_PLANS: Final = "*"
"""No address of a plan, so it never means one."""


class IndicatorFilter(django_filters.FilterSet):  # type: ignore[misc] # untyped library
    """Offers only units and departments of public indicators, so that a choice tells no more."""

    q = django_filters.CharFilter(
        label=_("Words in the name"), method="having_words", max_length=200
    )
    group = django_filters.ChoiceFilter(
        label=_("Group"), choices=Indicator.Group.choices, empty_label=_("all groups")
    )
    unit = django_filters.ModelChoiceFilter(
        label=_("Unit"), queryset=UnitOfMeasure.objects.none(), to_field_name="code",
        empty_label=_("all units"),
    )  # fmt: skip
    department = django_filters.ModelChoiceFilter(
        label=_("Followed by"), queryset=Department.objects.none(), to_field_name="slug",
        empty_label=_("all departments"), method="led_by",
    )  # fmt: skip

    class Meta:
        model = Indicator
        fields: tuple[str, ...] = ()

    def __init__(self, data: Any, queryset: IndicatorQuerySet, *, on: date) -> None:
        super().__init__(data, queryset)
        self.on = on
        keys = queryset.order_by().values("pk")
        self.filters["unit"].queryset = UnitOfMeasure.objects.filter(indicators__in=keys).distinct()
        self.filters["department"].queryset = Department.objects.filter(
            pk__in=Responsibility.objects.valid_on(on)
            .filter(indicator__in=keys)
            .values("department")
        )

    def having_words(
        self, indicators: IndicatorQuerySet, name: str, words: str
    ) -> IndicatorQuerySet:
        return indicators.filter(
            Q(name_vi__folded=words) | Q(name_en__folded=words) | Q(code__icontains=words)
        )

    def led_by(
        self, indicators: IndicatorQuerySet, name: str, department: Department
    ) -> IndicatorQuerySet:
        return indicators.led_by([department], on=self.on)


class TargetFilter(django_filters.FilterSet):  # type: ignore[misc] # untyped library
    """Narrows targets by name and group. Plan and verdict are links of the page and kept here;
    the page applies them, because what it counts depends on the plan but not on the verdict.
    """

    q = django_filters.CharFilter(
        label=_("Words in the name"), method="having_words", max_length=200
    )
    group = django_filters.ChoiceFilter(
        label=_("Group"), field_name="indicator__group", choices=Indicator.Group.choices,
        empty_label=_("all groups"),
    )  # fmt: skip
    plan = django_filters.ChoiceFilter(method="unchanged", widget=forms.HiddenInput)
    verdict = django_filters.ChoiceFilter(
        choices=Verdict.choices, method="unchanged", widget=forms.HiddenInput
    )

    class Meta:
        model = Target
        fields: tuple[str, ...] = ()

    def __init__(self, data: Any, queryset: TargetQuerySet, *, plans: Sequence[Plan]) -> None:
        super().__init__(data, queryset)
        self.filters["plan"].extra["choices"] = [
            (ALL_PLANS, ALL_PLANS), *((plan.slug, plan.slug) for plan in plans)
        ]  # fmt: skip

    @property
    def chosen(self) -> dict[str, str]:
        """The filters that are set, without those that mean nothing."""
        self.form.full_clean()
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    def having_words(self, targets: TargetQuerySet, name: str, words: str) -> TargetQuerySet:
        return targets.filter(
            Q(indicator__name_vi__folded=words)
            | Q(indicator__name_en__folded=words)
            | Q(indicator__code__icontains=words)
        )

    def unchanged(self, targets: TargetQuerySet, name: str, value: str) -> TargetQuerySet:
        return targets
