"""Who runs the server. PostgreSQL refuses root, so root lends it an unprivileged account."""

import os
import pwd
from dataclasses import dataclass
from pathlib import Path

from portal.database.errors import LocalDatabaseError

CANDIDATES = ("postgres", "nobody")


@dataclass(frozen=True)
class Account:
    uid: int
    gid: int


def lent() -> Account | None:
    """The account to switch to, or None when the server may run as the present user."""
    if os.geteuid() != 0:
        return None
    for name in CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise LocalDatabaseError(
        f"PostgreSQL does not run as root, and none of the accounts {', '.join(CANDIDATES)} "
        "exists. Work as an ordinary user, or name a server in DATABASE_URL."
    )


def private_folder(path: Path, *, account: Account | None) -> None:
    """Make the folder, mode 0700, or refuse one that is a link or somebody else's."""
    path.mkdir(mode=0o700, exist_ok=True)
    wanted = os.geteuid() if account is None else account.uid
    folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        owner = os.fstat(folder).st_uid
        if owner not in (wanted, os.geteuid()):
            raise LocalDatabaseError(f"{path} belongs to another user. Remove it and try again.")
        if account is not None:
            os.fchown(folder, account.uid, account.gid)
        os.fchmod(folder, 0o700)
    finally:
        os.close(folder)
