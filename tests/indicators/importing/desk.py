"""What a statistician does with a file of figures, in one call each."""

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

IMPORT = "/admin/indicators/observation/import/"
CONFIRM = "/admin/indicators/observation/process_import/"
EXPORT = "/admin/indicators/observation/export/"
HEAD = "indicator,period,source,value,status,as of"
ClientOf = Callable[[Any], Client]


def csv(*rows: str, head: str = HEAD, name: str = "figures.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, "\n".join([head, *rows]).encode())


def row(value: str = "7.34", *, indicator: str = "grdp", period: str = "2025") -> str:
    return f"{indicator},{period},so,{value},estimate,31/12/2025"


def choose(client: Client, file: Any, *, convention: str = "en", **more: Any) -> Any:
    return client.post(IMPORT, {"import_file": file, "convention": convention, **more})


def confirm(client: Client, page: Any) -> Any:
    return client.post(CONFIRM, {"ticket": page.context["ticket"]}, follow=True)


def errors(page: Any) -> list[str]:
    """Of the file, else of its rows."""
    of_file = page.context["form"].errors.get("import_file", [])
    return [*of_file, *(e for line in page.context.get("wrong") or [] for e in line.errors)]


def messages(page: Any) -> list[str]:
    return [str(message) for message in page.context["messages"]]
