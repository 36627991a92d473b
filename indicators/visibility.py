"""Who may see which indicators in the admin and its exports. Pages for the public show less."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from departments.access import Role, departments_of, has_role
from departments.models import User
from indicators.models import Indicator, Target
from indicators.models.indicator import IndicatorQuerySet
from indicators.models.target import TargetQuerySet


def indicators(user: User | AnonymousUser, *, on: date) -> IndicatorQuerySet:
    """The public ones, and the confidential ones of the person's own departments.

    Coordinators, auditors and statisticians of no department see all. Queries.
    """
    if has_role(user, Role.COORDINATOR, Role.AUDITOR) or serves_all(user):
        return Indicator.objects.all()
    own = Indicator.objects.led_by(departments_of(user, on=on), on=on)
    return Indicator.objects.filter(Q(is_public=True) | Q(pk__in=own.order_by().values("pk")))


def targets(user: User | AnonymousUser, *, on: date) -> TargetQuerySet:
    """Those of the indicators that the person may see."""
    seen = indicators(user, on=on).order_by().values("pk")
    return Target.objects.filter(indicator__in=seen)


def serves_all(user: User | AnonymousUser) -> bool:
    """Whether the person is a statistician who never was bound to a department. Queries.

    A membership that has ended opens nothing: who left a department has to be given a new one.
    """
    return (
        isinstance(user, User)
        and has_role(user, Role.STATISTICIAN)
        and not user.memberships.exists()
    )
