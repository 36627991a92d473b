"""What the tests of public pages share: addresses, languages, and queries that mean nothing."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

BOTH = pytest.mark.parametrize("language", ["vi", "en"])
STRANGE = pytest.mark.parametrize(
    "query",
    [
        "page=abc", "page=-1", "page=0", "page=99999", "page=1.5", f"page={'9' * 5000}",
        "per_page=-5", "per_page=0", "sort=__", "sort=-", "sort=,", "sort=nothing", "sort=--name",
        "sort=name__pk", "q=%00", "q=%25_%5C", "group=x", "unit=x", "department=x", "kind=x",
        "plan=x", "plan=%00", "verdict=x", "verdict=met&verdict=x", "%00=%00", "=", "?",
    ],
)  # fmt: skip


def address(language: str, name: str, *args: object) -> str:
    with override(language):
        return reverse(name, args=args)


def queries_of(client: Client, url: str) -> int:
    """How many queries the page makes once its templates are loaded."""
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)
    assert response.status_code == 200
    return len(queries)


def rows_of(text: str) -> str:
    """The body of the page's first table."""
    return text.split("<tbody")[1].partition("</tbody>")[0]
