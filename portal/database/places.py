"""Where a local server keeps its things, computed without touching the disk."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
DATABASE = "portal"
SUPERUSER = "postgres"

# Not tempfile.gettempdir(): the address of a socket ends at 107 bytes, and TMPDIR may be long
# or differ between two terminals of one person.
SHORT = Path("/tmp")  # noqa: S108 the folder below it is ours alone, its owner is checked

# As root the server runs as another account, which may not be able to enter the checkout.
ROOT_HOME = Path("/var/lib/portal-database")


@dataclass(frozen=True)
class Place:
    """One server: its folder, its socket's folder and the name its processes carry."""

    name: str
    home: Path
    socket: Path
    copies: Path

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "log"

    @property
    def lock(self) -> Path:
        return self.home / "lock"

    @property
    def guests(self) -> Path:
        return self.home / "guests"

    @property
    def url(self) -> str:
        return f"postgresql://{SUPERUSER}@/{DATABASE}?host={self.socket}"


def local(checkout: Path = CHECKOUT, *, uid: int | None = None) -> Place:
    """The server whose data last, one for each checkout and user."""
    uid = os.geteuid() if uid is None else uid
    key = hashlib.sha256(os.fsencode(checkout)).hexdigest()[:12]
    name = f"portal-{uid}-{key}"
    if uid == 0:
        home = ROOT_HOME / key
        return Place(name, home, home / "socket", home)
    home = checkout / "var" / "database"
    return Place(name, home, SHORT / name, home)


def temporary(home: Path) -> Place:
    """A server for one run of the tests, all of it in the one folder."""
    return Place(home.name, home, home / "socket", local().copies)
