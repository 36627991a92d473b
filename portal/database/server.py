"""One PostgreSQL server: made, started, proven by a connection, stopped.

Only the holder of the place's lock calls `started`; `running` and `status` are for everybody.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from portal.database import locking
from portal.database.accounts import Account, lent, private_folder
from portal.database.errors import LocalDatabaseError
from portal.database.places import DATABASE, SUPERUSER, Place
from portal.database.processes import carrying, ending_with_parent
from portal.database.programs import Programs, installed

ATTEMPTS = 5
SECONDS_TO_ANSWER = 60.0
SECONDS_TO_STOP = 30.0

# Safe only where the data may be lost with the machine's power: a test's.
CARELESS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def started(place: Place, *, careless: bool = False) -> subprocess.Popen[bytes]:
    """Start the server and return its process, a child that ends with this one.

    Clears up first what an interrupted run left behind.
    """
    account = lent()
    _make_folders(place, account=account)
    programs = installed(account=account, copies=place.copies)
    _clear(place)
    _initialise(place, programs, careless=careless)
    for attempt in range(ATTEMPTS):
        process = _launch(place, programs, options=CARELESS if careless else ())
        if _answers(place, process):
            _create_database(place)
            return process
        stop(process)
        time.sleep(attempt)
        _clear(place)
    raise LocalDatabaseError(f"The database server does not start. It says:\n{_last_words(place)}")


def running(place: Place) -> bool:
    """True when the server answers a real connection."""
    try:
        _connect(place, dbname="postgres").close()
    except psycopg.OperationalError:
        return False
    return True


def stop(process: subprocess.Popen[bytes]) -> None:
    """Stop the server, gently, then less so. Open connections are cut."""
    for ending in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        if process.poll() is None:
            process.send_signal(ending)
            try:
                process.wait(SECONDS_TO_STOP)
            except subprocess.TimeoutExpired:
                continue
        return


def stop_any(place: Place) -> bool:
    """Stop the server of this place whoever started it; False when none runs."""
    if owner := locking.holder(place.lock):
        os.kill(owner, signal.SIGTERM)
        deadline = time.monotonic() + 2 * SECONDS_TO_STOP
        while locking.holder(place.lock) == owner:
            if time.monotonic() > deadline:
                raise LocalDatabaseError(f"Process {owner} keeps the server and does not end.")
            time.sleep(0.1)
        return True
    return _clear(place)


@contextmanager
def temporary_folder(prefix: str, *, parent: Path) -> Iterator[Path]:
    """A folder that is gone afterwards; those of runs that were killed go first."""
    for old in parent.glob(f"{prefix}*"):
        lock = old / "lock"
        made = old.lstat()
        just_made = time.time() - made.st_mtime < SECONDS_TO_ANSWER
        if made.st_uid == os.geteuid() and not just_made and lock.exists():
            with locking.held(lock) as ours:
                if ours:
                    shutil.rmtree(old, ignore_errors=True)
    home = parent / f"{prefix}{os.getpid()}-{time.monotonic_ns():x}"
    home.mkdir()
    home.chmod(0o711)  # whatever the umask: the account that runs the server enters it
    try:
        yield home
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _make_folders(place: Place, *, account: Account | None) -> None:
    place.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    if account is not None:  # it may enter these two, but only root writes in them
        for folder in {place.home, place.copies, place.copies.parent}:
            if folder.exists():
                folder.chmod(0o711)
    private_folder(place.socket, account=account)


def _initialise(place: Place, programs: Programs, *, careless: bool) -> None:
    version = place.data / "PG_VERSION"
    if version.exists():
        made_by = version.read_text().strip()
        if made_by != str(programs.major()):
            raise LocalDatabaseError(
                f"{place.data} was made by PostgreSQL {made_by}, the programs are "
                f"{programs.major()}. Run `make clean` to begin anew, or set PORTAL_PG_BIN."
            )
        return
    draft = place.home / "data.draft"
    shutil.rmtree(draft, ignore_errors=True)
    private_folder(draft, account=programs.account)
    command: Sequence[str | Path] = (
        "initdb",
        *("-D", draft, "-U", SUPERUSER, "--encoding=UTF8"),
        *("--auth-local=trust", "--auth-host=reject", "--no-instructions"),
        *(("--no-sync",) if careless else ()),
    )
    try:
        programs.call(*command, "--locale=C.UTF-8", cwd=place.home)
    except LocalDatabaseError:  # a system without C.UTF-8 has C
        programs.call(*command, "--locale=C", cwd=place.home)
    draft.rename(place.data)


def _launch(place: Place, programs: Programs, *, options: Sequence[str]) -> subprocess.Popen[bytes]:
    settings = (
        f"cluster_name={place.name}",
        f"unix_socket_directories={place.socket}",
        "unix_socket_permissions=0700",
        "listen_addresses=",
        "log_min_messages=warning",
        *options,
    )
    command: list[str | Path] = [
        "postgres",
        "-D",
        place.data,
        *(part for s in settings for part in ("-c", s)),
    ]
    with place.log.open("wb") as log:
        return programs.popen(
            command,
            cwd=place.home,
            output=log,
            before=ending_with_parent(signal.SIGINT),
        )


def _answers(place: Place, process: subprocess.Popen[bytes]) -> bool:
    deadline = time.monotonic() + SECONDS_TO_ANSWER
    while time.monotonic() < deadline and process.poll() is None:
        if running(place):
            return True
        time.sleep(0.05)
    return False


def _connect(place: Place, *, dbname: str) -> psycopg.Connection:
    return psycopg.connect(
        host=str(place.socket),
        port=5432,
        user=SUPERUSER,
        dbname=dbname,
        connect_timeout=5,
        autocommit=True,
    )


def _create_database(place: Place) -> None:
    with _connect(place, dbname="postgres") as connection:
        row = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if row.fetchone() is None:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))


def _clear(place: Place) -> bool:
    """End the server's processes that nobody owns; True when there were any."""
    left = carrying(place.name)
    if left:
        say(f"Stopping the database server that an interrupted run left ({len(left)} processes).")
        _end(left, place)
    for stale in (place.data / "postmaster.pid", *place.socket.glob(".s.PGSQL.*")):
        stale.unlink(missing_ok=True)
    return bool(left)


def _end(left: set[int], place: Place) -> None:
    postmaster = _postmaster(place)
    if postmaster in left:
        os.kill(postmaster, signal.SIGINT)
        patience = SECONDS_TO_STOP
    else:  # without their postmaster they end by themselves, unless a long query holds them
        patience = 2.0
    deadline = time.monotonic() + patience
    while carrying(place.name) and time.monotonic() < deadline:
        time.sleep(0.05)
    while left := carrying(place.name):
        for pid in left:
            os.kill(pid, signal.SIGKILL)
        time.sleep(0.05)


def _postmaster(place: Place) -> int:
    try:
        return int((place.data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return 0


def _last_words(place: Place) -> str:
    return "\n".join(place.log.read_text(errors="replace").splitlines()[-5:])
