"""What the list of departments shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from departments.models import Department, Succession
from departments.models.department import DepartmentQuerySet
from departments.vietnamese import sort_key


@dataclass(frozen=True)
class DepartmentRow:
    department: Department

    @property
    def name_key(self) -> str:
        return sort_key(self.department.name)

    @property
    def kind_key(self) -> int:
        return Department.Kind.values.index(self.department.kind)

    @property
    def parent_key(self) -> str:
        return sort_key(self.department.parent.name) if self.department.parent else ""

    @property
    def opened_key(self) -> date:
        return self.department.opened_on or date.min


@dataclass(frozen=True, kw_only=True)
class Heir:
    name: str
    url: str
    field: str


@dataclass(frozen=True, kw_only=True)
class ClosedDepartment:
    name: str
    url: str
    closed_on: date | None
    heirs: Sequence[Heir]


@dataclass(frozen=True, kw_only=True)
class DepartmentList:
    title: str
    lead: str
    list_url: str
    rows: list[DepartmentRow]
    closed: Sequence[ClosedDepartment]


def department_list(departments: DepartmentQuerySet, *, on: date) -> DepartmentList:
    """Those that exist on the day, and apart from them those that are gone. Three queries."""
    rows = [DepartmentRow(each) for each in departments.existing_on(on).select_related("parent")]
    return DepartmentList(
        title=_("Departments"),
        lead=_("Who answers for what. Departments that were closed stay on record below."),
        list_url=reverse("departments:departments"),
        rows=sorted(rows, key=lambda row: row.name_key),
        closed=closed_departments(departments, on=on),
    )


def closed_departments(departments: DepartmentQuerySet, *, on: date) -> list[ClosedDepartment]:
    """With those that took over their work, field by field. Two queries."""
    heirs = Succession.objects.select_related("successor").order_by("effective_on", "pk")
    gone = departments.filter(closed_on__lte=on).prefetch_related(Prefetch("successions", heirs))
    return [
        ClosedDepartment(
            name=each.name,
            url=each.get_absolute_url(),
            closed_on=each.closed_on,
            heirs=[
                Heir(
                    name=heir.successor.name,
                    url=heir.successor.get_absolute_url(),
                    field=heir.field,
                )
                for heir in each.successions.all()
            ],
        )
        for each in sorted(gone, key=lambda each: sort_key(each.name))
    ]
