"""Under `python -O` the library looks for no line break in what it takes for no text."""

import os
import subprocess
import sys
from pathlib import Path

from tests.calendars.strict import unfolded

ROOT = Path(__file__).parents[2]
PROGRAM = r"""
import sys
from datetime import UTC, datetime

import django

django.setup()
from timeline.ical.feed import Feed
from timeline.ical.folding import to_bytes
from timeline.ical.heading import heading

name = "Moon\r\nMETHOD:CANCEL\nX-A:b\x85X-C:d\u2028\x00e\r"
feed = Feed(name=name, path="/calendar/all.ics", page="/", current=None, list_id="all")
assert False, "there are asserts"
sys.stdout.buffer.write(to_bytes(heading(feed, changed_at=datetime(2026, 11, 20, tzinfo=UTC))))
"""


def test_a_name_with_line_breaks_begins_no_line_there_either():
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tracker.settings"}
    written = subprocess.run(
        [sys.executable, "-O", "-c", PROGRAM],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=True,
    ).stdout

    lines = unfolded(written)

    for name in ("NAME", "X-WR-CALNAME"):
        assert f"{name}:Moon METHOD:CANCEL X-A:b X-C:d e" in lines
    assert [line for line in lines if line.startswith(("METHOD", "X-A:", "X-C:"))] == []
