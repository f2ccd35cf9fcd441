"""A pytest plugin for the tests that drive a real Chromium.

The machine brings the browser, since no wheel holds one. Where there is none, these tests fail in
CI; elsewhere they are left out, and the last lines of the run say so.
"""

import os
import shutil
from typing import Any

import pytest

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
INSTALL = "apt-get install --no-install-recommends chromium fonts-dejavu-core"
NOT_RUN = "chromium_tests_not_run"
not_run = pytest.StashKey[int]()


def find_chromium() -> str | None:
    named = os.environ.get("CHROMIUM")
    found = (shutil.which(program) for program in PROGRAMS)
    return named or next((path for path in found if path), None)


def in_ci() -> bool:
    return os.environ.get("CI", "").lower() in {"1", "true"}


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist looks at the groups
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    browsing = [item for item in items if item.get_closest_marker("browser")]
    for item in browsing:
        if not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group("browser"))  # one worker, one browser
    if not browsing or find_chromium() or in_ci():
        return
    config.hook.pytest_deselected(items=browsing)
    items[:] = [item for item in items if item not in browsing]
    config.stash[not_run] = len(browsing)


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("browser") and not find_chromium():
        pytest.fail(f"no Chromium to drive: {INSTALL}", pytrace=False)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    """What an xdist worker left out, told to the process that prints."""
    node.config.stash[not_run] = getattr(node, "workeroutput", {}).get(NOT_RUN, 0)


def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput[NOT_RUN] = session.config.stash.get(not_run, 0)


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    if left_out := config.stash.get(not_run, 0):
        terminalreporter.section("INCOMPLETE", sep="!", red=True, bold=True)
        terminalreporter.line(f"{left_out} browser tests NOT RUN. Install a browser: {INSTALL}")
