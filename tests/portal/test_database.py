"""The local server, really started: as this user, with this user's rights."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest

from portal.database import accounts, locking, places, processes, programs, server
from portal.database.errors import LocalDatabaseError
from portal.database.places import Place

Supervisor = subprocess.Popen[str]
RunBeside = Callable[..., Supervisor]

PRINT_URL = [sys.executable, "-c", "import os; print(os.environ['DATABASE_URL'])"]
WAIT = [sys.executable, "-c", "print('ready', flush=True); import time; time.sleep(60)"]


@pytest.fixture(autouse=True)
def without_database_url(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)


@pytest.fixture
def place() -> Iterator[Place]:
    with server.temporary_folder("portal-test-place-", parent=places.SHORT) as home:
        yield places.temporary(home)


@pytest.fixture
def checkout(tmp_path: Path) -> Iterator[Path]:
    """A checkout of the module alone, below a path far longer than a socket's may be."""
    folder = tmp_path / ("long" * 25) / ("path" * 15)
    shutil.copytree(
        places.CHECKOUT / "portal" / "database",
        folder / "portal" / "database",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    yield folder
    subprocess.run(database("remove"), cwd=folder, check=True)


def database(*words: str) -> list[str]:
    return [sys.executable, "-m", "portal.database", *words]


@pytest.fixture
def run_beside() -> Iterator[RunBeside]:
    """Start `run` with a command; what still runs when the test ends is ended."""
    with ExitStack() as stack:

        def start(*command: str, checkout: Path | None = None) -> Supervisor:
            supervisor = subprocess.Popen(
                database("run", *(() if checkout else ("--temporary",)), "--", *command),
                cwd=checkout or places.CHECKOUT,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            stack.enter_context(supervisor)
            stack.callback(supervisor.terminate)
            return supervisor

        yield start


def wait_until_ready(supervisor: Supervisor) -> None:
    assert supervisor.stdout is not None
    assert supervisor.stdout.readline() == "ready\n"


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def servers_of(supervisor: Supervisor) -> set[int]:
    return processes.carrying(f"portal-test-{os.geteuid()}-{supervisor.pid}-")


def test_run_gives_a_command_a_database_and_leaves_no_server(run_beside: RunBeside) -> None:
    supervisor = run_beside(
        sys.executable,
        "-c",
        "import os, psycopg\n"
        "with psycopg.connect(os.environ['DATABASE_URL']) as connection:\n"
        "    print(connection.execute('SHOW server_encoding').fetchone()[0])",
    )

    printed, complaints = supervisor.communicate(timeout=60)

    assert (printed, complaints, supervisor.returncode) == ("UTF8\n", "", 0)
    assert servers_of(supervisor) == set()


def test_run_returns_the_status_of_the_command(run_beside: RunBeside) -> None:
    supervisor = run_beside(sys.executable, "-c", "raise SystemExit(7)")

    supervisor.communicate(timeout=60)

    assert supervisor.returncode == 7


def test_run_leaves_a_named_server_alone(
    run_beside: RunBeside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere/else")
    supervisor = run_beside(*PRINT_URL)

    printed, _ = supervisor.communicate(timeout=60)

    assert printed == "postgresql://somewhere/else\n"


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_no_server_and_no_command_is_left_when_the_supervisor_ends(
    run_beside: RunBeside, ending: signal.Signals
) -> None:
    supervisor = run_beside(*WAIT)
    wait_until_ready(supervisor)
    assert servers_of(supervisor)

    supervisor.send_signal(ending)

    assert supervisor.stdout is not None
    # The command holds the pipe, so its end is the command's end.
    assert supervisor.stdout.read() == ""
    supervisor.wait(timeout=60)
    wait_until(lambda: not servers_of(supervisor))


def test_what_a_killed_command_leaves_is_ended(run_beside: RunBeside) -> None:
    supervisor = run_beside("sh", "-c", "sleep 300 & echo $!; kill -KILL $$")

    printed, _ = supervisor.communicate(timeout=60)

    assert supervisor.returncode == 128 + signal.SIGKILL
    with pytest.raises(ProcessLookupError):
        os.kill(int(printed), 0)


def test_a_killed_server_is_started_again(run_beside: RunBeside) -> None:
    supervisor = run_beside(*WAIT)
    wait_until_ready(supervisor)
    before = servers_of(supervisor)
    (home,) = places.SHORT.glob(f"portal-test-{os.geteuid()}-{supervisor.pid}-*")
    killed = places.temporary(home)

    os.kill(server._postmaster(killed), signal.SIGKILL)

    wait_until(lambda: bool(servers_of(supervisor) - before) and server.running(killed))
    supervisor.terminate()
    _, complaints = supervisor.communicate(timeout=60)
    assert "ended unexpectedly" in complaints


def test_two_runs_share_the_server_of_a_checkout(run_beside: RunBeside, checkout: Path) -> None:
    first = run_beside(*PRINT_URL, checkout=checkout)
    second = run_beside(*PRINT_URL, checkout=checkout)

    printed = [first.communicate(timeout=60)[0], second.communicate(timeout=60)[0]]

    assert (first.returncode, second.returncode) == (0, 0)
    assert printed[0] == printed[1]


def test_data_stay_from_one_run_to_the_next(run_beside: RunBeside, checkout: Path) -> None:
    code = "import os, psycopg; psycopg.connect(os.environ['DATABASE_URL'], autocommit=True)"
    first = run_beside(
        sys.executable, "-c", f"{code}.execute('CREATE TABLE t ()')", checkout=checkout
    )
    assert first.wait(timeout=60) == 0

    second = run_beside(sys.executable, "-c", f"{code}.execute('DROP TABLE t')", checkout=checkout)

    assert second.wait(timeout=60) == 0


def test_stop_ends_the_server_and_what_uses_it(run_beside: RunBeside, checkout: Path) -> None:
    supervisor = run_beside(*WAIT, checkout=checkout)
    wait_until_ready(supervisor)

    stopped = subprocess.run(database("stop"), cwd=checkout, check=False)

    assert stopped.returncode == 0
    assert supervisor.wait(timeout=60) == 128 + signal.SIGTERM
    status = subprocess.run(database("status"), cwd=checkout, check=False)
    assert status.returncode == 3


def test_a_stale_number_of_a_living_process_is_no_server(place: Place) -> None:
    process = server.started(place, careless=True)
    process.kill()
    process.wait()
    number = place.data / "postmaster.pid"
    number.write_text(number.read_text().replace(str(process.pid), str(os.getpid()), 1))

    again = server.started(place, careless=True)

    assert server.running(place)
    server.stop(again)
    assert not server.running(place)


def test_data_of_another_major_version_are_refused(place: Place) -> None:
    server.stop(server.started(place, careless=True))
    (place.data / "PG_VERSION").write_text("15\n")

    with pytest.raises(LocalDatabaseError, match="made by PostgreSQL 15"):
        server.started(place, careless=True)


def test_the_folder_of_the_socket_is_private(place: Place) -> None:
    server.stop(server.started(place, careless=True))

    assert place.socket.stat().st_mode & 0o777 == 0o700
    assert place.data.stat().st_mode & 0o777 == 0o700


def test_a_link_in_place_of_a_private_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "folder").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(OSError, match="folder"):
        accounts.private_folder(tmp_path / "folder", account=None)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_a_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.chown(tmp_path / "folder", 12345, 12345)

    with pytest.raises(LocalDatabaseError, match="another user"):
        accounts.private_folder(tmp_path / "folder", account=None)


@pytest.mark.parametrize("uid", [0, 1000])
def test_the_path_of_the_socket_is_short_enough(uid: int) -> None:
    socket = places.local(Path("/home") / ("x" * 200), uid=uid).socket / ".s.PGSQL.5432"

    assert len(str(socket)) <= 107


def test_two_users_of_one_checkout_have_servers_of_their_own() -> None:
    checkout = Path("/srv/portal")

    assert places.local(checkout, uid=1000).name != places.local(checkout, uid=1001).name


def test_programs_named_in_the_environment_must_exist(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_PG_BIN", "/nowhere")

    with pytest.raises(LocalDatabaseError, match="/nowhere/postgres does not start"):
        programs.installed(account=None, copies=Path("/nowhere"))


def test_programs_must_be_new_enough(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    old = tmp_path / "postgres"
    old.write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 15.4'\n")
    old.chmod(0o755)
    monkeypatch.setenv("PORTAL_PG_BIN", str(tmp_path))

    with pytest.raises(LocalDatabaseError, match="PostgreSQL 15, but 16 or newer"):
        programs.installed(account=None, copies=tmp_path)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root lends an account")
def test_programs_out_of_reach_of_the_account_are_copied(place: Place) -> None:
    package = programs.installed(account=None, copies=place.home).folder.parents[1]

    copy = programs._copied(package, place.home) / "pginstall" / "bin"

    lent = programs.Programs(copy, accounts.lent())
    assert lent.major() >= 16
    assert "initdb" in lent.call("initdb", "--version")


def test_a_lock_is_held_by_one_process_at_a_time(tmp_path: Path) -> None:
    with locking.held(tmp_path / "lock") as first, locking.held(tmp_path / "lock") as second:
        assert (first, second) == (True, False)
        assert locking.holder(tmp_path / "lock") == os.getpid()
    assert locking.holder(tmp_path / "lock") is None


def test_importing_the_settings_starts_nothing(place: Place) -> None:
    subprocess.run(
        [sys.executable, "-c", "import portal.settings"], cwd=places.CHECKOUT, check=True
    )

    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(place.url)
