"""Loading the demonstration as of an earlier day, and when it is refused."""

from datetime import date, datetime, time
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import timezone

from departments.models import Department, User
from indicators import standings
from indicators.assessment import Verdict
from indicators.models import Observation, Plan, Target, TargetVersion
from indicators.periods import PROVINCE_TIME, day_in_province
from portal.demonstration import loading

JULY = datetime.combine(date(2025, 7, 31), time.max, tzinfo=PROVINCE_TIME)

pytestmark = pytest.mark.django_db


def test_until_july_knows_no_later_number() -> None:
    call_command("load_demo", "--until", "2025-07-31", stdout=StringIO())

    growth = TargetVersion.objects.filter(
        target__indicator__code="grdp_growth", target__plan__slug="2025"
    )
    figures = Observation.objects.filter(indicator__code="grdp_growth", period="2025")
    assert [version.value for version in growth] == [Decimal("10.5")]
    assert not figures.exists()
    assert not Plan.objects.filter(source__kind="illustrative").exists()
    key_targets = Target.objects.filter(sets__code="26-key-targets", plan__slug="2025")
    found = standings.standings(key_targets, at=JULY)
    assert {each.verdict for each in found} == {Verdict.NOT_DUE}


def test_a_failure_leaves_nothing() -> None:
    said = []

    def stop(text: str) -> None:
        said.append(text)
        if len(said) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        loading.load(until=JULY, say=stop)

    assert not User.objects.exists()
    assert not Department.objects.exists()


def test_a_day_ahead_is_refused() -> None:
    tomorrow = date.fromordinal(day_in_province(timezone.now()).toordinal() + 1)

    with pytest.raises(CommandError, match="lies ahead"):
        call_command("load_demo", "--until", tomorrow.isoformat(), stdout=StringIO())


@override_settings(PRODUCTION=True)
def test_production_is_refused() -> None:
    with pytest.raises(CommandError, match="development only"):
        call_command("load_demo", stdout=StringIO())


def test_accounts_of_an_empty_portal() -> None:
    out = StringIO()

    call_command("demo_accounts", stdout=out)

    assert "load_demo" in out.getvalue()
