"""Two who record at once, and a server that dies in the middle: never half, never two."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection, connections
from django.utils import timezone

from departments.access import Role
from departments.models import User
from indicators import recording
from indicators.models import ImportBatch, Observation
from indicators.periods import parse
from indicators.recording import FiguresMoved, Row
from tests import builders, factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def rows(db: None) -> list[Row]:
    area, source = factories.AreaFactory.create(), factories.SourceFactory.create()
    return [
        Row(
            indicator=factories.IndicatorFactory.create(), period=parse("2025"), area=area,
            source=source, value=Decimal(1), as_of=date(2025, 12, 31), line=line,
        )
        for line in range(2, 6)
    ]  # fmt: skip


def at_once(*jobs: Callable[[], object]) -> list[object]:
    """What each job returned or raised, all started together."""
    gate = threading.Barrier(len(jobs))
    results: list[object] = [None] * len(jobs)

    def run(place: int, job: Callable[[], object]) -> None:
        gate.wait()
        try:
            results[place] = job()
        except Exception as error:
            results[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def with_value(rows: list[Row], value: int, *, backwards: bool = False) -> list[Row]:
    changed = [Row(**{**vars(row), "value": Decimal(value)}) for row in rows]
    return changed[::-1] if backwards else changed


def save(rows: list[Row], by: User, **options: Any) -> list[Observation]:
    return recording.record_batch(
        rows, by=by, at=timezone.now(), door=ImportBatch.Door.SPREADSHEET, **options
    )


def test_two_batches_of_the_same_figures_leave_one_current_row_each(rows: list[Row]) -> None:
    people = [builders.person(Role.STATISTICIAN) for _ in range(4)]

    results = at_once(
        *(
            lambda value=value, by=by: save(with_value(rows, value, backwards=value % 2 == 0), by)
            for value, by in enumerate(people, start=10)
        )
    )

    assert [type(result) for result in results] == [list] * 4
    for row in rows:
        chain = list(Observation.objects.filter(indicator=row.indicator).order_by("known"))
        assert len(chain) == 4
        assert [figure.known.upper for figure in chain] == [
            *(figure.known.lower for figure in chain[1:]),
            None,
        ]


def test_of_two_who_confirmed_the_same_preview_the_second_is_told(rows: list[Row]) -> None:
    people = [builders.person(Role.STATISTICIAN) for _ in range(2)]
    shown = recording.fingerprint(recording.preview(rows, by=people[0], at=timezone.now()))

    results = at_once(
        lambda: save(with_value(rows, 1), people[0], seen=shown),
        lambda: save(with_value(rows, 2), people[1], seen=shown),
    )

    assert {type(result) for result in results} == {list, FiguresMoved}
    assert Observation.objects.count() == len(rows)


# kill -9


CHILD = """
import django
django.setup()
from datetime import date
from decimal import Decimal
from django.utils import timezone
from departments.models import Area, User
from indicators import recording
from indicators.models import ImportBatch, Indicator, Source
from indicators.periods import parse
from indicators.recording import Row
rows = [
    Row(indicator=each, period=parse("2025"), area=Area.objects.get(), source=Source.objects.get(),
        value=Decimal(9), as_of=date(2025, 12, 31), line=line)
    for line, each in enumerate(Indicator.objects.order_by("pk"), start=2)
]
print("ready", flush=True)
recording.record_batch(
    rows, by=User.objects.get(email="statistician@example.vn"), at=timezone.now(),
    door=ImportBatch.Door.SPREADSHEET,
)
print("done", flush=True)
"""


@pytest.fixture
def blocker() -> Iterator[psycopg.Connection[Any]]:
    """A session of its own, in the same database, that can hold locks."""
    own = connection.get_connection_params()
    names = ("dbname", "user", "password", "host", "port")
    with psycopg.connect(**{name: own[name] for name in names if own.get(name)}) as session:
        yield session


@pytest.mark.parametrize("table", ["indicators_indicator", "indicators_observation"])
def test_killed_in_the_middle_leaves_everything_as_it_was(
    statistician: User, rows: list[Row], blocker: psycopg.Connection[Any], table: str
) -> None:
    save(rows, statistician)
    before = list(Observation.objects.order_by("pk").values_list("pk", "value", "known"))
    mode = "SHARE ROW EXCLUSIVE" if table == "indicators_observation" else "ACCESS EXCLUSIVE"
    blocker.execute(f"LOCK TABLE {table} IN {mode} MODE")
    process = subprocess.Popen(
        [sys.executable, "-c", CHILD], env=_environment(), stdout=subprocess.PIPE,
        cwd=Path(settings.BASE_DIR),
    )  # fmt: skip

    _wait_until_it_is_blocked(blocker, table)
    process.send_signal(signal.SIGKILL)
    out, _err = process.communicate(timeout=30)
    blocker.rollback()
    _wait_until_nobody_waits()

    assert b"done" not in out
    assert list(Observation.objects.order_by("pk").values_list("pk", "value", "known")) == before
    assert ImportBatch.objects.count() == 1
    assert len(save(with_value(rows, 9), statistician)) == len(rows)


def _environment() -> dict[str, str]:
    own = connection.get_connection_params()
    query = f"?host={own['host']}" if own.get("host") else ""
    port = f"&port={own['port']}" if own.get("port") else ""
    url = f"postgresql://{own.get('user', '')}@/{own['dbname']}{query}{port}"
    return {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "portal.settings"}


def _wait_until_it_is_blocked(session: psycopg.Connection[Any], table: str) -> None:
    question = "SELECT count(*) FROM pg_locks WHERE relation = %s::regclass AND NOT granted"
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        found = session.execute(question, [table]).fetchone()
        if found and found[0]:
            return
        time.sleep(0.05)
    pytest.fail("the import did not reach the lock")


def _wait_until_nobody_waits() -> None:
    """The server notices that its client is gone when it answers."""
    deadline = time.monotonic() + 30
    question = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
        "AND pid <> pg_backend_pid() AND state <> 'idle'"
    )
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute(question)
            if cursor.fetchone()[0] == 0:
                return
        time.sleep(0.05)
    pytest.fail("the killed import still holds its connection")
