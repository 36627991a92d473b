"""Twenty people at one assignment at the same moment: one wins each version."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.auth.models import Group
from django.db import connection

from assignments import workflow
from assignments.models import Assignment, ProgressReport
from departments.access import Role
from departments.versions import EditConflict
from tests import builders
from tests.factories import NOW

THREADS = 20


@pytest.mark.django_db(transaction=True)
def test_twenty_reports_at_once_have_one_winner() -> None:
    for role in Role:
        Group.objects.get_or_create(name=role.value)
    given = builders.assignment()
    officer = builders.person(department=given.department)
    start = Barrier(THREADS)

    def report(number: int) -> bool:
        own = Assignment.objects.select_related("department").get(pk=given.pk)
        start.wait(timeout=30)
        try:
            workflow.report_progress(
                own, by=officer, at=NOW, version=1, percent=number, text=f"Báo cáo {number}."
            )
        except EditConflict:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(THREADS) as threads:
        won = list(threads.map(report, range(THREADS)))

    given.refresh_from_db()
    [saved] = ProgressReport.objects.all()
    assert won.count(True) == 1
    assert (given.version, given.percent) == (2, won.index(True))
    assert saved.percent == given.percent
    assert given.transitions.count() == 1
