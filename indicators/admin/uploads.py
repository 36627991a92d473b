"""Files between the preview of an import and its confirmation.

A file lies under a random name in a folder that only the server reads. A signed ticket binds it to
its content, to the person and to what was chosen with it; it holds for an hour.
"""

import hashlib
import secrets
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.core import signing

from departments.models import User

SALT = "indicators.admin.uploads"
SECONDS = 60 * 60


class UploadGone(Exception):
    """The ticket is not one of ours, of somebody else, too old, or used already."""


@dataclass(frozen=True)
class Upload:
    """A kept file and what was chosen with it. `seen` is `recording.fingerprint` of the preview."""

    name: str
    digest: str
    file_name: str
    convention: str
    note: str
    entered_afterwards: bool
    seen: str


def keep(data: bytes) -> tuple[str, str]:
    """Put the content aside; its random name and its digest. Old files are removed."""
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _sweep(folder)
    name = secrets.token_hex(32)
    path = folder / name
    path.touch(mode=0o600, exist_ok=False)
    path.write_bytes(data)
    return name, hashlib.sha256(data).hexdigest()


def ticket(upload: Upload, *, by: User) -> str:
    return signing.dumps({**asdict(upload), "by": by.pk}, salt=SALT, compress=True)


def redeem(ticket: str, *, by: User) -> tuple[Upload, bytes]:
    """The upload and its content. Raises `UploadGone`."""
    try:
        said = signing.loads(ticket, salt=SALT, max_age=SECONDS)
    except signing.BadSignature as error:
        raise UploadGone from error
    if said.pop("by") != by.pk:
        raise UploadGone
    upload = Upload(**said)
    try:
        data = (_folder() / upload.name).read_bytes()
    except OSError as error:
        raise UploadGone from error
    if hashlib.sha256(data).hexdigest() != upload.digest:
        raise UploadGone
    return upload, data


def remove(upload: Upload) -> None:
    (_folder() / upload.name).unlink(missing_ok=True)


def _folder() -> Path:
    return Path(settings.MEDIA_ROOT).with_name("imports")


def _sweep(folder: Path) -> None:
    oldest = time.time() - SECONDS
    for path in folder.iterdir():
        try:
            if path.stat().st_mtime < oldest:
                path.unlink()
        except FileNotFoundError:  # another process was faster
            continue
