import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from departments.models import Department, DepartmentName
from departments.models.department import DepartmentQuerySet


class DepartmentFilter(django_filters.FilterSet):  # type: ignore[misc] # untyped library
    q = django_filters.CharFilter(
        label=_("Words in the name"), method="having_words", max_length=200,
        help_text=_("Earlier names count too."),
    )  # fmt: skip
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=Department.Kind.choices, empty_label=_("all kinds")
    )

    class Meta:
        model = Department
        fields: tuple[str, ...] = ()

    def having_words(
        self, departments: DepartmentQuerySet, name: str, words: str
    ) -> DepartmentQuerySet:
        named = Q(name_vi__folded=words) | Q(name_en__folded=words)
        earlier = DepartmentName.objects.filter(named).values("department").order_by()
        return departments.filter(named | Q(code__icontains=words) | Q(pk__in=earlier))
