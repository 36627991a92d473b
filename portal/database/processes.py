"""Processes: which are a server's, and how a child ends with its parent."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def ending_with_parent(ending: signal.Signals) -> Callable[[], None]:
    """What a child runs before its program, so that it gets `ending` when the parent dies.

    Even of `kill -9`. Where the system has no such thing, the next start clears up.
    """
    parent = os.getpid()

    def tie() -> None:
        if _libc is not None:
            _libc.prctl(PR_SET_PDEATHSIG, int(ending))
        if os.getppid() != parent:
            os._exit(1)

    return tie


def adopt_orphans() -> None:
    """Become the parent of what a killed child leaves, so that `end_children` ends it too."""
    if _libc is not None:
        _libc.prctl(PR_SET_CHILD_SUBREAPER, 1)


def end_children(*, patience: float = 3.0) -> None:
    """End every child of this process, gently, then at once."""
    deadline = time.monotonic() + patience
    told: set[int] = set()
    while children := _children():
        for pid in children:
            if time.monotonic() > deadline:
                os.kill(pid, signal.SIGKILL)
            elif pid not in told:
                os.kill(pid, signal.SIGTERM)
                told.add(pid)
            os.waitpid(pid, os.WNOHANG)
        time.sleep(0.02)


def _children() -> list[int]:
    listed = Path(f"/proc/self/task/{os.getpid()}/children")
    return [int(pid) for pid in listed.read_text().split()] if listed.exists() else []


def carrying(name: str) -> set[int]:
    """The processes of the server whose cluster has this name, the orphaned ones too.

    The numbers in postmaster.pid prove nothing: after a crash another program may have them.
    """
    return {
        pid
        for pid, program, arguments in _running()
        if name in arguments and Path(program).name.startswith("postgres")
    }


def _running() -> Iterator[tuple[int, str, str]]:
    proc = Path("/proc")
    if not (proc / "self" / "cmdline").exists():
        yield from _listed()
        return
    for folder in proc.iterdir():
        if folder.name.isdigit():
            try:
                words = (folder / "cmdline").read_bytes().decode(errors="replace").split("\0")
            except OSError:
                continue
            yield int(folder.name), words[0].split(":")[0], " ".join(words)


def _listed() -> Iterator[tuple[int, str, str]]:
    listing = subprocess.run(
        ["/bin/ps", "-A", "-o", "pid=,command="], capture_output=True, text=True, check=True
    ).stdout
    for line in listing.splitlines():
        pid, _, arguments = line.strip().partition(" ")
        program = arguments.strip().split(" ")[0]
        yield int(pid), program.rstrip(":"), arguments
