"""Markup that is nested as nobody writes it."""

from time import perf_counter

import pytest

from news.html import DEEPEST, clean


@pytest.mark.parametrize("tag", ["div", "b", "a", "ul", "table", "blockquote", "x"])
def test_deep_nesting_loses_its_markup_soon(tag: str) -> None:
    began = perf_counter()

    cleaned = clean(f"<{tag}>" * 60_000 + "Mot cau.")

    assert cleaned.strip() == "Mot cau."
    assert perf_counter() - began < 5


def test_nesting_that_people_write_is_kept() -> None:
    written = "<ul><li><p>Một</p></li></ul>" * 3 * DEEPEST

    assert clean(written) == written
