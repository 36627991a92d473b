"""A command with a database beside it, and no server left when it ends."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

from portal.database import locking, server
from portal.database.errors import LocalDatabaseError
from portal.database.places import SHORT, Place, local, temporary
from portal.database.processes import adopt_orphans, end_children, ending_with_parent

SECONDS_AFTER_CTRL_C = 5.0
SECONDS_AFTER_SIGTERM = 20.0


def run(command: Sequence[str], *, throwaway: bool = False, tied: bool = False) -> int:
    """Run the command with DATABASE_URL set, and return its exit status.

    A DATABASE_URL that is set already is left alone and nothing is started. `throwaway` takes
    an empty server that is deleted afterwards. `tied` ends everything when the parent process
    dies. Ctrl-C, SIGTERM and SIGHUP end the command, then the server.
    """
    adopt_orphans()
    try:
        return _run(command, throwaway=throwaway, supervision=Supervision(tied=tied))
    finally:
        end_children()


def _run(command: Sequence[str], *, throwaway: bool, supervision: "Supervision") -> int:
    if url := os.environ.get("DATABASE_URL"):
        return supervision.oversee(command, url=url)
    for name in [name for name in os.environ if name.startswith("PG")]:
        del os.environ[name]  # meant for another server
    if throwaway:
        with server.temporary_folder(f"portal-test-{os.geteuid()}-", parent=SHORT) as home:
            return _run_beside(command, place=temporary(home), supervision=supervision)
    return _run_beside(command, place=local(), supervision=supervision)


def _run_beside(command: Sequence[str], *, place: Place, supervision: "Supervision") -> int:
    place.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    deadline = time.monotonic() + server.SECONDS_TO_ANSWER
    while time.monotonic() < deadline:
        with locking.held(place.lock) as ours:
            if ours:
                careless = place.home != local().home
                with _server(place, careless=careless, supervision=supervision):
                    return supervision.oversee(command, url=place.url)
        if server.running(place):
            with locking.shared(place.guests):
                return supervision.oversee(command, url=place.url)
        time.sleep(0.2)
    raise LocalDatabaseError(f"Another start holds {place.lock} and does not get on.")


@contextmanager
def _server(place: Place, *, careless: bool, supervision: "Supervision") -> Iterator[None]:
    process = server.started(place, careless=careless)

    def keep() -> None:
        nonlocal process
        if process.poll() is not None:
            server.say("The database server has ended unexpectedly. Starting it again.")
            process = server.started(place, careless=careless)

    supervision.keep = keep
    try:
        yield
        if not locking.is_free(place.guests):
            server.say("The database server stays until the other commands that use it end.")
        while not locking.is_free(place.guests) and not supervision.asked_to_end:
            time.sleep(0.2)
    finally:
        server.stop(process)


class Supervision:
    """Waits for a command, and passes on the signals that ask for its end."""

    def __init__(self, *, tied: bool) -> None:
        self.keep: Callable[[], None] = lambda: None
        self._parent = os.getppid() if tied else None
        self._asked: dict[int, float] = {}  # signal to the moment it came
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._note)

    @property
    def asked_to_end(self) -> bool:
        return bool(self._asked)

    def _note(self, number: int, frame: FrameType | None) -> None:
        self._asked.setdefault(number, time.monotonic())

    def oversee(self, command: Sequence[str], *, url: str) -> int:
        if self.asked_to_end:
            return 128 + min(self._asked)
        try:
            child = subprocess.Popen(  # noqa: S603 the command line's own words
                list(command),
                env=os.environ | {"DATABASE_URL": url},
                preexec_fn=ending_with_parent(signal.SIGTERM),  # noqa: PLW1509 no threads run
            )
        except OSError as error:
            raise LocalDatabaseError(f"{command[0]} does not start: {error}") from error
        terminated = False
        while True:
            try:
                status = child.wait(0.2)
            except subprocess.TimeoutExpired:
                pass
            else:
                return status if status >= 0 else 128 - status
            since = self._ending_since()
            if since is None:
                self.keep()
            elif not terminated:
                child.terminate()
                terminated = True
            elif time.monotonic() > since + SECONDS_AFTER_SIGTERM:
                child.kill()

    def _ending_since(self) -> float | None:
        """When the command was to end by SIGTERM, or None while it need not.

        Ctrl-C reaches the command by itself; it gets some seconds to end in its own way.
        """
        if self._parent is not None and os.getppid() != self._parent:
            self._asked.setdefault(signal.SIGTERM, time.monotonic())
        now = time.monotonic()
        due = [
            since + (SECONDS_AFTER_CTRL_C if number == signal.SIGINT else 0.0)
            for number, since in self._asked.items()
        ]
        return min((moment for moment in due if moment <= now), default=None)
