"""Texts that a spreadsheet program would run as a formula, and how they are kept from it."""

import re

RUNS = re.compile(r"'*(?:\s*[=+\-@＝＋－＠]|[\t\r\n])")  # the last four signs are full-width


def escape(text: str) -> str:
    """An apostrophe before what would run as a formula. `unescape` is the inverse."""
    return f"'{text}" if RUNS.match(text) else text


def unescape(text: str) -> str:
    return text[1:] if text.startswith("'") and RUNS.match(text) else text
