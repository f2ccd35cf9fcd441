"""Calendars as they must be, to the byte: tests/calendars/*.ics.

With REWRITE_CALENDARS=1 a test writes its file anew and fails, so that the difference is read.
"""

import os
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent


def compare(name: str, body: bytes) -> None:
    file = HERE / f"{name}.ics"
    if os.environ.get("REWRITE_CALENDARS"):
        file.write_bytes(body)
        pytest.fail(f"{file.name} is rewritten; read the difference")
    assert body == file.read_bytes()


def names(beginning: str = "") -> set[str]:
    """Of a folder with it: `names("ja/")` are "ja/season" and the like."""
    files = HERE.glob(f"{beginning}*.ics")
    return {str(file.relative_to(HERE).with_suffix("")) for file in files}
