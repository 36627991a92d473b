"""What the demonstration holds once it is loaded, whole and as of earlier days."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Q

from assignments.models import Assignment, Task
from assignments.statuses import Role, Status, TimeClass, time_class
from departments.models import Area, Department, Membership, User
from indicators import standings
from indicators.assessment import Comparator, Verdict
from indicators.models import Claim, Mention, Observation, Plan, Target, TargetVersion
from indicators.periods import PROVINCE_TIME, day_in_province
from news import quoting
from news.models import Article, Passage
from portal.demonstration import loading
from portal.demonstration.people import ACCOUNTS, PASSWORD

END_OF_JANUARY = datetime(2026, 1, 31, 23, tzinfo=PROVINCE_TIME)
LOADED_AT = datetime(2027, 11, 20, 18, tzinfo=PROVINCE_TIME)
JULY = datetime.combine(date(2025, 7, 31), time.max, tzinfo=PROVINCE_TIME)
RUNNING = str(LOADED_AT.year)


@pytest.fixture(scope="module")
def whole(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The demonstration, loaded once and taken back after the last test."""
    with django_db_blocker.unblock(), transaction.atomic():
        loading.load(until=LOADED_AT, say=lambda _text: None)
        yield
        transaction.set_rollback(True)


pytestmark = pytest.mark.django_db


def key_targets(at: datetime) -> list[standings.Standing]:
    targets = Target.objects.filter(sets__code="26-key-targets", plan__slug="2025")
    return standings.standings(targets, at=at)


def standing(plan: str, indicator: str, *, at: datetime) -> standings.Standing:
    target = Target.objects.get(plan__slug=plan, indicator__code=indicator)
    found = standings.standing(target, at=at)
    assert found is not None
    return found


@pytest.mark.usefixtures("whole")
def test_counts() -> None:
    counts = {
        model: model._default_manager.count()
        for model in (Article, Area, Department, Plan, Target, TargetVersion, Task, Claim)
    }

    assert counts == {
        Article: 40,
        Area: 175,
        Department: 34,
        Plan: 5,
        Target: 43,
        TargetVersion: 44,
        Task: 60,
        Claim: 2,
    }


@pytest.mark.usefixtures("whole")
def test_communes_have_their_predecessors() -> None:
    new = Area.objects.filter(starts_on=date(2025, 7, 1))

    assert new.count() == 45
    assert Area.objects.filter(successors__in=new).distinct().count() == 129


@pytest.mark.usefixtures("whole")
def test_growth_is_missed_against_both_promises() -> None:
    growth = standing("2025", "grdp_growth", at=END_OF_JANUARY)

    promised = [(version.comparator, version.value) for version in growth.versions]
    assert promised == [(Comparator.GT, Decimal("10.5")), (Comparator.EQ, Decimal("8.5"))]
    assert growth.observation is not None
    assert growth.observation.value == Decimal("7.34")
    assert [each.verdict for each in growth.assessments] == [Verdict.MISSED, Verdict.MISSED]


@pytest.mark.usefixtures("whole")
def test_two_articles_read_growth_differently() -> None:
    mentions = Mention.objects.filter(
        target__plan__slug="2025",
        target__indicator__code="grdp_growth",
        passage__article__language="vi",
    )
    readings = {
        (mention.passage.article.slug, mention.comparator)
        for mention in mentions.select_related("passage__article")
        if mention.value == Decimal("10.5")
    }

    assert {comparator for _slug, comparator in readings} == {Comparator.GT, Comparator.EQ}


@pytest.mark.usefixtures("whole")
def test_poverty_is_missed_by_a_tenth_of_a_point() -> None:
    poverty = standing("2025", "poverty_rate", at=END_OF_JANUARY)

    assert poverty.verdict == Verdict.MISSED
    assert poverty.assessment.gap == Decimal("0.12")


@pytest.mark.usefixtures("whole")
def test_forecast_of_poverty_was_superseded() -> None:
    figures = Observation.objects.filter(indicator__code="poverty_rate", period="2025")

    in_july = figures.known_on(JULY).values_list("value", flat=True)
    in_january = figures.known_on(END_OF_JANUARY).values_list("value", flat=True)

    assert (list(in_july), list(in_january)) == ([Decimal("17.66")], [Decimal("17.78")])


@pytest.mark.usefixtures("whole")
def test_verdicts_on_the_plan_of_2025() -> None:
    counts = Counter(each.verdict for each in key_targets(END_OF_JANUARY))

    assert counts == {
        Verdict.EXCEEDED: 10,
        Verdict.MET: 4,
        Verdict.NEARLY_MET: 1,
        Verdict.MISSED: 6,
        Verdict.NOT_DUE: 2,
        Verdict.NO_DATA: 2,
    }


@pytest.mark.usefixtures("whole")
def test_claim_of_2025() -> None:
    claim = Claim.objects.released(END_OF_JANUARY).get(target_set__plan__slug="2025")

    assert (claim.stated_part, claim.stated_total, claim.target_set.stated_size) == (21, 26, 26)


@pytest.mark.usefixtures("whole")
def test_margins_are_frozen_with_the_first_verdict() -> None:
    frozen = dict(Plan.objects.values_list("slug", "margins_frozen_at"))

    new_year = datetime(2026, 1, 1, tzinfo=PROVINCE_TIME)
    assert frozen["2024"] == datetime(2025, 1, 6, 8, tzinfo=PROVINCE_TIME)
    assert frozen["2025"] == frozen["term-2020-2025"] == new_year
    assert frozen[RUNNING] is None


@pytest.mark.usefixtures("whole")
def test_every_passage_stands_in_its_article() -> None:
    lost = [
        passage.quote
        for passage in Passage.objects.select_related("article__published_revision")
        if passage.article.published_revision is None
        or quoting.locate(passage.article.published_revision.text, passage) is None
    ]

    assert lost == []


@pytest.mark.usefixtures("whole")
def test_english_passages_translate_vietnamese_ones() -> None:
    english = Passage.objects.filter(article__language="en")
    originals = english.filter(translation_of__article__language="vi")

    assert english.count() == originals.count() == Passage.objects.count() // 2
    assert not Passage.objects.filter(article__language="vi").exclude(translation_of=None).exists()


@pytest.mark.usefixtures("whole")
def test_versions_rest_on_originals_and_are_translated() -> None:
    versions = TargetVersion.objects.all()

    assert not versions.exclude(article__language="vi").exists()
    assert not versions.exclude(
        pk__in=Mention.objects.filter(role=Mention.Role.TRANSLATES).values("target_version")
    ).exists()


@pytest.mark.usefixtures("whole")
def test_everything_published_says_that_it_was_entered_afterwards() -> None:
    assert not Article.objects.exclude(entered_afterwards=True).exists()
    assert not Observation.objects.exclude(batch__entered_afterwards=True).exists()


@pytest.mark.usefixtures("whole")
def test_nothing_lies_ahead() -> None:
    assert not Article.objects.filter(published_at__gt=LOADED_AT).exists()
    assert not Observation.objects.filter(released_at__gt=LOADED_AT).exists()
    assert not Assignment.objects.filter(reports__reported_at__gt=LOADED_AT).exists()


@pytest.mark.usefixtures("whole")
def test_running_tasks_show_every_status_and_time_class() -> None:
    leading = Assignment.objects.counted().filter(task__plan__slug=RUNNING)
    classes = {
        time_class(
            Status(each.status),
            deadline=each.deadline,
            reported_on=each.reported_on,
            today=day_in_province(LOADED_AT),
        )
        for each in leading
    }

    assert {Status(each.status) for each in leading} == set(Status)
    assert classes == set(TimeClass) - {TimeClass.OUTSIDE}


@pytest.mark.usefixtures("whole")
def test_tasks_of_2025_are_finished_by_all_who_took_part() -> None:
    unfinished = Assignment.objects.filter(task__plan__slug="2025").exclude(
        Q(status=Status.COMPLETED) | Q(task__is_continuous=True)
    )

    assert [str(each) for each in unfinished] == []


@pytest.mark.usefixtures("whole")
def test_departments_take_part_only_while_they_exist() -> None:
    early = Assignment.objects.filter(
        transitions__made_at__date__lt=date(2025, 3, 1), department__opened_on=date(2025, 3, 1)
    )

    assert not early.exists()
    assert Assignment.objects.filter(role=Role.COOPERATING, department__code="UBNDX").exists()


@pytest.mark.usefixtures("whole")
def test_confidential_tasks_are_not_public() -> None:
    confidential = Task.objects.confidential()

    assert confidential.count() == 2
    assert not (Task.objects.released(LOADED_AT) & confidential).exists()


@pytest.mark.usefixtures("whole")
def test_tasks_serve_targets_that_were_set_after_them() -> None:
    served = Target.objects.filter(tasks__code="NV23").values_list("indicator__code", flat=True)

    assert set(served) == {"tourist_arrivals", "tourism_revenue"}


@pytest.mark.usefixtures("whole")
def test_movement_adopts_targets_of_the_year() -> None:
    adopted = Plan.objects.get(slug="movement-2025").adopted_targets

    assert adopted.count() == 5


@pytest.mark.usefixtures("whole")
def test_only_listed_people_can_sign_in() -> None:
    able = {user.email for user in User.objects.all() if user.has_usable_password()}

    assert able == {account.email for account in ACCOUNTS}
    assert User.objects.get(email="editor@dienbien.example").check_password(PASSWORD)
    assert not User.objects.filter(is_superuser=True).exists()


@pytest.mark.usefixtures("whole")
def test_every_department_has_somebody_who_reports() -> None:
    acting = Membership.objects.values("department")

    assert not Department.objects.exclude(pk__in=acting).exists()


@pytest.mark.usefixtures("whole")
def test_accounts_are_listed() -> None:
    out = StringIO()

    call_command("demo_accounts", stdout=out)

    lines = out.getvalue().splitlines()
    assert len(lines) == len(ACCOUNTS) + 1
    assert all(account.email in out.getvalue() for account in ACCOUNTS)


@pytest.mark.usefixtures("whole")
def test_loading_twice_is_refused() -> None:
    with pytest.raises(CommandError, match="empty database"):
        call_command("load_demo", stdout=StringIO())


@pytest.mark.usefixtures("whole")
def test_if_empty_leaves_what_is_there() -> None:
    out = StringIO()

    call_command("load_demo", "--if-empty", stdout=out)

    assert "not loaded again" in out.getvalue()
    assert Article.objects.count() == 40
