from typing import Any

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assignments.models import Task, TaskGroup
from assignments.models.task import TaskQuerySet
from assignments.statuses import TimeClass
from departments.models import Department
from indicators.models import Plan


class GroupChoiceField(forms.ModelChoiceField):  # type: ignore[type-arg] # generic for the type checker only
    def label_from_instance(self, group: Any) -> str:
        return f"{group.plan}: {group}"


class GroupFilter(django_filters.ModelChoiceFilter):  # type: ignore[misc] # untyped library
    field_class = GroupChoiceField


class TaskFilter(django_filters.FilterSet):  # type: ignore[misc] # untyped library
    """Offers only what occurs among the tasks it is given, so that a choice tells nothing else.

    The time class is not stored; `state` is only checked here, and applied by the view.
    """

    q = django_filters.CharFilter(
        label=_("Words in the title"), method="having_words", max_length=200
    )
    plan = django_filters.ModelChoiceFilter(
        label=_("Plan"), queryset=Plan.objects.none(), empty_label=_("all plans")
    )
    group = GroupFilter(
        label=_("Group of tasks"), queryset=TaskGroup.objects.none(), empty_label=_("all groups")
    )
    department = django_filters.ModelChoiceFilter(
        label=_("Department"),
        queryset=Department.objects.none(),
        empty_label=_("all departments"),
        method="with_department",
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=TimeClass.choices, method="unchanged", widget=forms.HiddenInput
    )

    class Meta:
        model = Task
        fields: tuple[str, ...] = ()

    def __init__(self, data: Any, queryset: TaskQuerySet) -> None:
        super().__init__(data, queryset)
        keys = queryset.order_by()
        self.filters["plan"].queryset = Plan.objects.filter(pk__in=keys.values("plan"))
        self.filters["group"].queryset = TaskGroup.objects.filter(
            pk__in=keys.values("group")
        ).select_related("plan")
        self.filters["department"].queryset = Department.objects.filter(
            assignments__task__in=keys.values("pk")
        ).distinct()

    @property
    def chosen_state(self) -> str:
        """The chosen time class; empty for all, and for what is none."""
        self.form.is_valid()
        return str(self.form.cleaned_data.get("state") or "")

    def having_words(self, tasks: TaskQuerySet, name: str, words: str) -> TaskQuerySet:
        return tasks.filter(
            Q(title_vi__folded=words) | Q(title_en__folded=words) | Q(code__icontains=words)
        )

    def with_department(
        self, tasks: TaskQuerySet, name: str, department: Department
    ) -> TaskQuerySet:
        return tasks.filter(assignments__department=department)

    def unchanged(self, tasks: TaskQuerySet, name: str, value: str) -> TaskQuerySet:
        return tasks
