"""A real Chromium, driven by Playwright, against a live server.

    def test_it(page, live_server): page.goto(live_server.url)

`page` is a desk, `phone` a phone, `dark` a desk at night. Every test is marked `browser`. After a
failure the page is kept as a picture; the report says where.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.machine import find_chromium

FLAGS = [
    "--no-sandbox",  # root has none, nor have most containers
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}

Open = Callable[..., Page]

expect.set_options(timeout=20_000)  # a busy machine is slow, not wrong


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One browser for all tests of this folder, and gone after them.

    While Playwright is there, an event loop runs in this thread. Django would refuse to work
    beside it, and gives it database connections of its own, which nobody else closes.
    """
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        yield chromium
        chromium.close()
        connections.close_all()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def open_page(browser: Browser, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open]:
    """Open a page in a context of its own: no cookies, no cache, whatever options are given."""
    contexts = []

    def open_one(**options: Any) -> Page:
        contexts.append(browser.new_context(**options))
        return contexts[-1].new_page()

    yield open_one
    for number, context in enumerate(contexts):
        if request.node.stash.get(failed, False):
            context.pages[-1].screenshot(path=tmp_path / f"{number}.png", full_page=True)
        context.close()


failed = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    report = yield
    if report.when == "call" and report.failed:
        item.stash[failed] = True
        if folder := getattr(item, "funcargs", {}).get("tmp_path"):
            report.sections.append(("what the browser showed", f"{folder}/*.png"))
    return report


@pytest.fixture
def page(open_page: Open) -> Page:
    return open_page(viewport=DESK)


@pytest.fixture
def phone(open_page: Open) -> Page:
    return open_page(viewport=PHONE, is_mobile=True, has_touch=True, device_scale_factor=2)


@pytest.fixture
def dark(open_page: Open) -> Page:
    return open_page(viewport=DESK, color_scheme="dark")
