"""A private feed in a real browser, which says with each form where it was sent from, or not."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.factories import MilestoneFactory, ProgrammeFactory, state
from timeline.models import PrivateFeed

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lupex():
    programme = ProgrammeFactory(slug="lupex", title="LUPEX")
    state(MilestoneFactory(title="LUPEX launch", programme=programme), "spring 2027")
    return programme


def open_feed(page: Page, url: str, *, name: str = "My moon") -> None:
    page.goto(f"{url}/calendar/?programme=lupex")
    page.get_by_role("link", name="Keep it private and changeable").click()
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Make its address").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your calendar is open")


def go_to_its_page(page: Page) -> Page:
    """The page that manages the feed, beside the one that tells its address."""
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Go to that page").click()
    opened.value.wait_for_load_state()
    return opened.value


def test_a_reader_without_scripts_opens_changes_moves_and_closes_a_feed(
    open_page, live_server, lupex
):
    page = open_page(java_script_enabled=False)
    open_feed(page, live_server.url)
    first = page.get_by_label("Any other app: give it this address").input_value()
    page = go_to_its_page(page)
    managed = page.url

    page.get_by_text("How it looks").click()
    page.get_by_label("A date that is no day stands").select_option("end")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".message--success")).to_contain_text("the address stays")
    expect(page.get_by_label("A date that is no day stands")).to_have_value("end")

    page.get_by_role("link", name="Make a new address").click()
    page.get_by_role("button", name="Make a new address").click()
    second = page.get_by_label("Any other app: give it this address").input_value()
    expect(page.get_by_label("The link that manages this calendar")).to_have_value(managed)

    page.goto(managed)
    page.get_by_role("link", name="Close this calendar").click()
    page.get_by_role("button", name="Close it").click()
    expect(page.locator(".message--warning")).to_contain_text("This calendar is closed")

    assert re.fullmatch(rf"{live_server.url}/f/[\w-]{{32}}/my-moon\.ics", first)
    assert first != second
    feed = PrivateFeed.objects.get()
    assert (feed.options, feed.number, feed.is_closed) == ({"vague": "end"}, 1, True)


def test_no_secret_stands_in_any_referer(open_page, live_server, lupex):
    page = open_page()
    told = []
    page.context.on("request", lambda one: told.append(one.all_headers().get("referer", "")))
    open_feed(page, live_server.url)
    page = go_to_its_page(page)
    token = page.url.rstrip("/").rpartition("/")[2]
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="See what it looks like").click()
    page.wait_for_load_state()

    assert len(token) == 32
    assert [referer for referer in told if token in referer or "/f/" in referer] == []


def test_the_page_that_tells_is_still_there_when_an_app_on_the_web_was_asked(
    open_page, live_server, lupex
):
    page = open_page()
    page.context.route("https://calendar.google.com/**", lambda route: route.fulfill(body="Google"))
    open_feed(page, live_server.url)

    with page.expect_popup() as opened:
        page.get_by_role("link", name="Google (opens in a new tab)").click()

    expect(opened.value.locator("body")).to_have_text("Google")
    expect(page.get_by_label("The link that manages this calendar")).to_be_visible()


def test_the_pages_fit_a_phone(phone, live_server, lupex):
    open_feed(phone, live_server.url, name="x" * 80)
    widths = [width_beyond(phone)]
    widths.append(width_beyond(go_to_its_page(phone)))

    assert widths == [0, 0]


def width_beyond(page: Page) -> int:
    root = "document.documentElement"
    return page.evaluate(f"{root}.scrollWidth - {root}.clientWidth")
