import re

import pytest
from django.test import Client

from portal import checks


@pytest.mark.parametrize("path", ["/healthz", "/admin/login/", "/no/such/page/"])
@pytest.mark.django_db
def test_every_answer_carries_the_headers(client: Client, path: str) -> None:
    headers = client.get(path).headers

    policy = headers["Content-Security-Policy"]
    assert not any(source in policy.split() for source in checks.UNSAFE_SOURCES)
    assert "frame-ancestors 'none'" in policy
    assert "object-src 'none'" in policy
    assert "base-uri 'none'" in policy
    assert "form-action 'self'" in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.django_db
def test_a_page_without_the_editor_needs_no_nonce(client: Client) -> None:
    assert "nonce" not in client.get("/admin/login/").headers["Content-Security-Policy"]


@pytest.mark.django_db
def test_the_sign_in_page_has_nothing_inline(client: Client) -> None:
    page = client.get("/admin/login/").content.decode()

    assert not re.search(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=", page)


def test_every_answer_carries_the_number_of_its_request(client: Client) -> None:
    first = client.get("/healthz").headers["X-Request-ID"]
    second = client.get("/healthz").headers["X-Request-ID"]

    assert re.fullmatch(r"[0-9a-f]{32}", first)
    assert first != second


@pytest.mark.parametrize(
    ("sent", "kept"),
    [("abcdef-0123", True), ("short", False), ("x" * 65, False), ("a b\nc", False)],
)
def test_a_number_from_the_proxy_is_kept_if_it_is_one(
    client: Client, sent: str, kept: bool
) -> None:
    answered = client.get("/healthz", headers={"X-Request-ID": sent}).headers["X-Request-ID"]

    assert (answered == sent) is kept
