"""A pytest plugin for the tests that need what the machine brings and no wheel of ours holds.

A test says by its marker what it needs. Where that is missing, the test fails in CI; elsewhere it
is left out, and the last lines of the run say so.
"""

import ctypes.util
import functools
import hashlib
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ICAL_JS = ROOT / "node_modules" / "ical.js" / "dist" / "ical.js"
ICAL_JS_SHA256 = "396c1349c899974b1048460e3c7495ec394ff1a86941ab5bf6291b272b8d53c2"  # of 2.2.1


def find_chromium() -> str | None:
    named = os.environ.get("CHROMIUM")
    found = (shutil.which(program) for program in CHROMIUM)
    return named or next((path for path in found if path), None)


@functools.cache
def find_libical() -> str | None:
    return os.environ.get("LIBICAL") or ctypes.util.find_library("ical")


@functools.cache
def find_ical_js() -> str | None:
    """The one file of the package that is run, if it is the one that we know."""
    file = Path(os.environ.get("ICAL_JS") or ICAL_JS)
    known = file.exists() and hashlib.sha256(file.read_bytes()).hexdigest() == ICAL_JS_SHA256
    return str(file) if known else None


@dataclass(frozen=True)
class Need:
    marker: str
    what: str
    find: Callable[[], str | None]
    install: str

    def is_of(self, item: pytest.Item) -> bool:
        return item.get_closest_marker(self.marker) is not None


NEEDS = [
    Need(
        "browser",
        "Chromium to drive",
        find_chromium,
        "apt-get install --no-install-recommends chromium fonts-dejavu-core",
    ),
    Need(
        "libical",
        "libical to read calendars",
        find_libical,
        "apt-get install --no-install-recommends libical3",
    ),
    Need(
        "ical_js",
        "ical.js to read calendars",
        find_ical_js,
        "npm install --prefix . --no-save --no-package-lock --ignore-scripts ical.js@2.2.1",
    ),
]
NOT_RUN = "tests_not_run"
not_run = pytest.StashKey[dict[str, int]]()


def in_ci() -> bool:
    return os.environ.get("CI", "").lower() in {"1", "true"}


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist looks at the groups
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("browser") and not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group("browser"))  # one worker, one browser
    if not in_ci():
        leave_out(config, items)


def leave_out(config: pytest.Config, items: list[pytest.Item]) -> None:
    waiting = {need: [item for item in items if need.is_of(item)] for need in NEEDS}
    missing = {need: of_it for need, of_it in waiting.items() if of_it and not need.find()}
    left_out = {item for of_it in missing.values() for item in of_it}
    if left_out:
        config.hook.pytest_deselected(items=list(left_out))
        items[:] = [item for item in items if item not in left_out]
        config.stash[not_run] = {need.marker: len(of_it) for need, of_it in missing.items()}


def pytest_runtest_setup(item: pytest.Item) -> None:
    for need in NEEDS:
        if need.is_of(item) and not need.find():
            pytest.fail(f"no {need.what}: {need.install}", pytrace=False)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    """What an xdist worker left out, told to the process that prints."""
    node.config.stash[not_run] = getattr(node, "workeroutput", {}).get(NOT_RUN, {})


def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput[NOT_RUN] = session.config.stash.get(not_run, {})


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    if counts := config.stash.get(not_run, {}):
        terminalreporter.section("INCOMPLETE", sep="!", red=True, bold=True)
        for need in NEEDS:
            if count := counts.get(need.marker):
                terminalreporter.line(
                    f"{count} tests NOT RUN, no {need.what}. Install it: {need.install}"
                )
