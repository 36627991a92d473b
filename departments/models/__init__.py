"""Who is who: people, departments, areas, and for which department a person may act."""

from departments.models.area import Area
from departments.models.codes import code_validator
from departments.models.department import Department, DepartmentName, Succession
from departments.models.membership import Membership
from departments.models.searching import folded_index
from departments.models.user import User
from departments.models.validity import ValidityQuerySet, order_of_days, validity

__all__ = [
    "Area",
    "Department",
    "DepartmentName",
    "Membership",
    "Succession",
    "User",
    "ValidityQuerySet",
    "code_validator",
    "folded_index",
    "order_of_days",
    "validity",
]
