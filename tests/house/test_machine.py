"""Tests that need what the machine brings are never left out unseen."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests import machine

ROOT = Path(__file__).parents[2]
SUITE = """
import pytest

@pytest.mark.browser
def test_a_page(): pass

@pytest.mark.ical_js
def test_a_calendar(): pass

@pytest.mark.ical_js
@pytest.mark.browser
def test_a_calendar_on_a_page(): pass

def test_something_else(): pass
"""
NOTHING = {"ICAL_JS": "/nowhere", "CHROMIUM": ""}
PAGE_NOT_RUN = "2 tests NOT RUN, no Chromium to drive. Install it: apt-get install"
CALENDAR_NOT_RUN = "2 tests NOT RUN, no ical.js to read calendars. Install it: npm install"


def suite(folder, *options, **environment):
    """Run a suite of which three tests need something, where nothing is installed."""
    (folder / "test_it.py").write_text(SUITE)
    bare = {"PATH": "", "PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", **NOTHING}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-c", os.devnull, "-p", "tests.machine", *options],
        cwd=folder,
        env=bare | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("options", [(), ("-p", "xdist", "-n1")])
def test_what_is_missing_is_said_in_the_last_lines_with_what_was_not_run(tmp_path, options):
    run = suite(tmp_path, *options)

    assert run.returncode == 0
    assert re.search(r"1 passed\b", run.stdout)
    assert PAGE_NOT_RUN in run.stdout
    assert CALENDAR_NOT_RUN in run.stdout


def test_what_is_there_is_run(tmp_path):
    run = suite(tmp_path, CHROMIUM="/opt/chromium")

    assert re.search(r"2 passed, 2 deselected", run.stdout)
    assert "no Chromium" not in run.stdout
    assert CALENDAR_NOT_RUN in run.stdout


@pytest.mark.parametrize("options", [(), ("-p", "xdist", "-n1")])
def test_in_ci_what_is_missing_fails(tmp_path, options):
    run = suite(tmp_path, *options, CI="true")

    assert run.returncode == 1
    assert "no Chromium to drive: apt-get install" in run.stdout
    assert "no ical.js to read calendars: npm install" in run.stdout
    assert re.search(r"1 passed,.* 3 errors", run.stdout)


def test_one_worker_has_the_only_browser(tmp_path):
    run = suite(tmp_path, "-p", "xdist", "-n2", "--dist=loadgroup", "-v", CHROMIUM="/opt/chromium")

    assert "test_it.py::test_a_page@browser" in run.stdout


def test_another_ical_js_than_the_one_we_know_is_not_run(tmp_path):
    other = tmp_path / "ical.js"
    other.write_text("export default {}\n")

    run = suite(tmp_path, ICAL_JS=str(other))

    assert CALENDAR_NOT_RUN in run.stdout


def test_where_nothing_is_missing_nothing_is_said(tmp_path):
    run = suite(tmp_path, "-k", "page and not calendar", CI="true", CHROMIUM="/opt/chromium")

    assert run.returncode == 0
    assert "NOT RUN" not in run.stdout


def test_ci_installs_all_of_it():
    script = (ROOT / ".ci" / "run").read_text()
    wanted = [word for need in machine.NEEDS for word in need.install.split()[2:]]

    assert [word for word in wanted if word not in script] == []


def test_each_need_has_a_marker():
    options = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["pytest"]["ini_options"]
    markers = {marker.partition(":")[0] for marker in options["markers"]}

    assert {need.marker for need in machine.NEEDS} <= markers
