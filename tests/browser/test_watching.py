"""That the other tests of this folder would notice."""

from typing import Literal

import pytest

from tests.browser.conftest import Open

STYLED = "document.body.insertAdjacentHTML('beforeend', '<i style=\"color:red\"></i>')"
ABSENT = "document.body.insertAdjacentHTML('beforeend', '<img src=/none.png>')"
BROKEN = "setTimeout(() => { throw new Error('broken') })"


@pytest.mark.parametrize(
    ("script", "event", "noticed"),
    [(STYLED, "console", "policy"), (ABSENT, "console", "404"), (BROKEN, "pageerror", "broken")],
    ids=["violation", "absence", "error"],
)
def test_window_notices(
    open_window: Open, script: str, event: Literal["console", "pageerror"], noticed: str
) -> None:
    window = open_window()
    window.page.goto("/en/")

    with window.page.expect_event(event):
        window.page.evaluate(script)
    window.context.close()

    assert any(noticed in complaint for complaint in window.complaints)
    window.complaints.clear()
