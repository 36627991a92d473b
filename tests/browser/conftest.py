"""A real browser for the tests of this folder, each with windows of its own."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from departments.models import User
from tests.browser.watching import PATIENCE, Watched
from tests.factories import PASSWORD

CHROMIUM = Path(os.environ.get("PORTAL_CHROMIUM", "/usr/bin/chromium"))
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]
PHONE = 360
DESK = 1280

Open = Callable[..., Watched]
SignIn = Callable[..., Page]


@pytest.fixture(scope="session")
def browser(django_db_setup: None) -> Iterator[Browser]:
    """One for the session. It ends before the database does.

    Playwright keeps an event loop in this thread, which Django would take for a reason to refuse
    every query.
    """
    if not CHROMIUM.exists():
        if "PORTAL_CHROMIUM" in os.environ:
            pytest.fail(f"PORTAL_CHROMIUM names {CHROMIUM}, which does not exist")
        pytest.skip(f"no browser: install chromium as {CHROMIUM}, or name one in PORTAL_CHROMIUM")
    expect.set_options(timeout=PATIENCE)
    with pytest.MonkeyPatch.context() as environment, sync_playwright() as playwright:
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=ARGUMENTS, timeout=2 * PATIENCE
        )
        yield chromium
        chromium.close()


@pytest.fixture
def open_window(browser: Browser, live_server: LiveServer) -> Iterator[Open]:
    """Opens a window of somebody who has no cookies yet; none may have complained at the end."""
    opened: list[Watched] = []

    def open_window(*, width: int = DESK, language: str = "en") -> Watched:
        context = browser.new_context(
            base_url=live_server.url, locale=language, viewport={"width": width, "height": 800}
        )
        opened.append(Watched(context))
        return opened[-1]

    yield open_window
    for window in opened:
        window.context.close()
    assert [complaint for window in opened for complaint in window.complaints] == []


@pytest.fixture
def sign_in(open_window: Open) -> SignIn:
    """A window of this person, at the page to which signing in leads."""

    def sign_in(user: User, *, width: int = DESK) -> Page:
        page = open_window(width=width).page
        page.goto("/admin/login/")
        page.get_by_label("E-mail").fill(user.email)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(lambda url: "login" not in url)
        return page

    return sign_in
