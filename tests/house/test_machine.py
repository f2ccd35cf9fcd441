"""Tests that need a browser are never left out unseen."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SUITE = """
import pytest

@pytest.mark.browser
def test_a_page(): pass

def test_something_else(): pass
"""


def suite(folder, *options, **environment):
    """Run a suite with one browser test, where nothing is installed."""
    (folder / "test_it.py").write_text(SUITE)
    bare = {"PATH": "", "PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-c", os.devnull, "-p", "tests.machine", *options],
        cwd=folder,
        env=bare | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("options", [(), ("-p", "xdist", "-n1")])
def test_without_chromium_the_last_lines_say_what_was_not_run(tmp_path, options):
    run = suite(tmp_path, *options)

    assert run.returncode == 0
    assert "1 passed" in run.stdout
    assert "1 browser tests NOT RUN. Install a browser: apt-get install" in run.stdout


@pytest.mark.parametrize("options", [(), ("-p", "xdist", "-n1")])
def test_without_chromium_ci_fails(tmp_path, options):
    run = suite(tmp_path, *options, CI="true")

    assert run.returncode == 1
    assert "no Chromium to drive: apt-get install" in run.stdout
    assert re.search(r"1 passed,.* 1 error", run.stdout)


def test_one_worker_has_the_only_browser(tmp_path):
    run = suite(tmp_path, "-p", "xdist", "-n2", "--dist=loadgroup", "-v", CHROMIUM="/opt/chromium")

    assert "test_it.py::test_a_page@browser" in run.stdout


def test_with_chromium_they_are_run(tmp_path):
    run = suite(tmp_path, CI="true", CHROMIUM="/opt/chromium")

    assert run.returncode == 0
    assert "2 passed" in run.stdout
    assert "NOT RUN" not in run.stdout
