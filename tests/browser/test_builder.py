"""Somebody builds a calendar in a real Chromium: with script, without, and without a mouse."""

import re
from datetime import date

import icalendar
import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from tests.browser.test_pages import TOO_FAINT, WIDTH, on, told
from tests.clock import NOON
from tests.factories import (
    MilestoneFactory,
    OrganisationFactory,
    ProgrammeFactory,
    TagFactory,
    state,
)
from timeline.changes import StatementKind

pytestmark = pytest.mark.django_db(transaction=True)

BUILDER = "/calendar/"
PATHS = [
    BUILDER,
    f"{BUILDER}?vague=span&long=1&past=all&alarms=1d&busy=1",
    f"{BUILDER}?kind=launch&vague=both",
    f"{BUILDER}?vague=middle",
    f"{BUILDER}?programme=quiet",
    f"{BUILDER}?programme=lupex&upto=day&past=0",
    f"{BUILDER}?lang=ja&alarms=1d&busy=1",
]


@pytest.fixture(autouse=True)
def _content(monkeypatch: pytest.MonkeyPatch, live_server) -> None:
    """Dates of every look, under names of every length; the clock stands still."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)
    lupex = ProgrammeFactory(slug="lupex", title="LUPEX")
    long = ProgrammeFactory(slug="long", title="W" * 120)
    ProgrammeFactory(slug="quiet", title="Quiet")
    lupex.organisations.add(OrganisationFactory(slug="jaxa", name="JAXA"))
    launch = TagFactory(slug="launch", name="launch", is_kind=True)
    for programme, title, words in [
        (lupex, "LUPEX launch", "spring 2027"),
        (lupex, "LUPEX landing", "October 2027"),
        (long, "NISAR launch", "30 December 2026, 12:10 UTC"),
        (long, "W" * 120, "2028"),
        (long, "Handover", "TBD"),
        (long, "Return", "15 March 2028"),
    ]:
        milestone = MilestoneFactory(title=title, programme=programme)
        milestone.tags.add(*([launch] if "launch" in title else []))
        state(milestone, words, on=date(2026, 1, 1))
    state(milestone, "cancelled")
    over = MilestoneFactory(title="Handshake", programme=lupex)
    state(over, "3 March 2026", on=date(2026, 3, 3), kind=StatementKind.OCCURRED)


def previewed(page: Page) -> list[tuple[str, str]]:
    """The day and the title of each entry that the page shows."""
    days = page.locator(".event-on").evaluate_all("all => all.map(one => one.dateTime)")
    titles = page.locator(".event-on ~ .event-title").all_text_contents()
    return sorted(zip(days, titles, strict=True))


def subscribed(address: str) -> list[tuple[str, str]]:
    """The same, as an app reads it at the address."""
    path = re.sub(r"^http://[^/]+", "", address)
    feed = icalendar.Calendar.from_ical(Client().get(path).content)
    return sorted(
        (event["DTSTART"].dt.isoformat()[:10], str(event["SUMMARY"]))
        for event in feed.walk("VEVENT")
    )


LAUNCH = [("2027-03-01", "~ LUPEX launch (spring 2027)")]


def test_the_preview_follows_what_is_chosen_and_so_does_the_address(page: Page, live_server):
    page.goto(live_server.url + BUILDER)
    expect(page.locator("[data-tally]")).to_have_text("6 entries")
    page.evaluate("window.isTheSamePage = true")

    page.get_by_label("LUPEX").check()
    expect(page.locator("[data-tally]")).to_have_text("3 entries")
    page.locator("summary", has_text="Kinds").click()
    page.get_by_label("launch").check()
    expect(page.locator("[data-tally]")).to_have_text("1 entry")

    address = page.get_by_label("Any other app").input_value()
    assert address == f"{live_server.url}/calendar/programme/lupex.ics?kind=launch"
    assert previewed(page) == subscribed(address) == LAUNCH
    expect(page.locator("#tally")).to_have_text("1 entry")
    expect(page.get_by_role("status")).to_have_text("1 entry")
    expect(page.locator("[data-chosen=programme]")).to_have_text("1 ticked")
    assert page.url == f"{live_server.url}/calendar/?programme=lupex&kind=launch"
    assert page.evaluate("window.isTheSamePage")


def test_how_it_looks_is_seen_at_once(page: Page, live_server):
    page.goto(f"{live_server.url}{BUILDER}?programme=lupex&kind=launch")

    page.get_by_text("How it looks").click()
    page.get_by_label("A date that is no day stands").select_option("end")

    expect(page.locator(".month h4")).to_have_text("May 2027")
    address = page.get_by_label("Any other app").input_value()
    assert previewed(page) == subscribed(address)
    expect(page.locator("[data-changed]")).to_have_text("1 changed")


def test_the_page_that_was_built_is_there_again_when_it_is_loaded_again(page: Page, live_server):
    page.goto(live_server.url + BUILDER)
    page.get_by_label("LUPEX").check()
    expect(page.locator("[data-tally]")).to_have_text("3 entries")

    page.reload()

    expect(page.get_by_role("checkbox", name="LUPEX")).to_be_checked()
    expect(page.locator("[data-tally]")).to_have_text("3 entries")


def test_without_script_one_press_shows_the_same(open_page, live_server):
    page = open_page(java_script_enabled=False)
    page.goto(live_server.url + BUILDER)

    page.get_by_label("LUPEX").check()
    page.locator("summary", has_text="Kinds").click()
    page.get_by_label("launch").check()
    page.get_by_role("button", name="Show").click()

    expect(page.locator("[data-tally]")).to_have_text("1 entry")
    address = page.get_by_label("Any other app").input_value()
    assert previewed(page) == subscribed(address) == LAUNCH
    expect(page.get_by_role("button", name="Copy")).to_be_hidden()


def test_a_keyboard_is_enough(page: Page, live_server):
    page.goto(live_server.url + BUILDER)
    focused = page.locator(":focus")

    page.locator("summary", has_text="Programmes").focus()
    press(page, "Tab", until="lupex")
    page.keyboard.press("Space")
    expect(page.locator("[data-tally]")).to_have_text("3 entries")
    press(page, "Tab", until="Kinds")
    page.keyboard.press("Enter")
    press(page, "Tab", until="launch")
    page.keyboard.press("Space")
    expect(page.locator("[data-tally]")).to_have_text("1 entry")
    press(page, "Tab", until="#subscribe")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    expect(focused).to_have_text("Apple or phone")
    expect(focused).to_be_in_viewport()


def press(page: Page, key: str, *, until: str) -> None:
    """Press a key until what has the focus is named so; it must never be out of sight."""
    script = "e => e.value || e.getAttribute('href') || e.textContent.trim().split(' ')[0]"
    for _ in range(60):
        page.keyboard.press(key)
        focused = page.locator(":focus")
        expect(focused).to_be_in_viewport()
        if focused.evaluate(script) == until:
            return
    raise AssertionError(f"{until} cannot be reached")


def test_copying_puts_the_address_into_the_clipboard(open_page, live_server):
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"{live_server.url}{BUILDER}?programme=lupex")

    page.get_by_role("button", name="Copy").click()

    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{live_server.url}/calendar/programme/lupex.ics"


def test_where_no_clipboard_is_offered_the_address_is_selected(page: Page, live_server):
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.goto(live_server.url + BUILDER)

    page.get_by_role("button", name="Copy").click()

    expect(page.get_by_role("button", name="Press Ctrl+C")).to_be_visible()
    field = "document.activeElement"
    selected = page.evaluate(f"{field}.value.slice({field}.selectionStart, {field}.selectionEnd)")
    assert selected == f"{live_server.url}/calendar/all.ics"


def test_what_was_wrong_in_the_address_goes_with_the_next_choice(page: Page, live_server):
    page.goto(f"{live_server.url}{BUILDER}?vague=middle&programme=lupex")
    expect(page.get_by_role("alert")).to_contain_text("vague: “middle” is not one of its values.")

    page.get_by_label("Quiet").check()

    expect(page.locator("[data-tally]")).to_have_text("3 entries")
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.locator(".message--error")).to_have_count(0)


def test_where_the_server_does_not_answer_the_page_says_so(page: Page, live_server):
    page.goto(live_server.url + BUILDER)
    page.route("**/calendar/preview/**", lambda route: route.abort())

    page.get_by_label("LUPEX").check()

    expect(page.get_by_role("status")).to_have_text(
        "This could not be brought up to date. Press Show."
    )


def test_only_the_last_of_quick_choices_is_shown(page: Page, live_server):
    page.goto(live_server.url + BUILDER)
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url) if "/preview/" in one.url else None)

    page.evaluate("for (const one of document.querySelectorAll('[name=programme]')) one.click()")
    expect(page.locator("#preview")).not_to_have_attribute("aria-busy", "true")

    path = f"{live_server.url}/calendar/preview/?programme="
    assert asked == [f"{path}lupex,quiet,long"]


def test_a_phone_lists_each_entry_once(phone: Page, live_server):
    phone.goto(f"{live_server.url}{BUILDER}?programme=lupex&kind=launch&vague=span&long=1")

    expect(phone.locator(".event-title:visible")).to_have_text(["~ LUPEX launch (spring 2027)"] * 3)
    expect(phone.locator(".month h4")).to_have_text(["March 2027", "April 2027", "May 2027"])
    expect(phone.locator(".day").first).to_be_hidden()


def test_a_bar_lies_below_its_days(page: Page, live_server):
    page.goto(f"{live_server.url}{BUILDER}?programme=lupex&kind=launch&vague=span&long=1")

    bar = page.locator(".month .event").first.bounding_box()
    days = page.locator(".month .day")
    first, last = days.nth(0).bounding_box(), days.nth(6).bounding_box()
    assert abs(bar["x"] - first["x"]) < 5
    assert abs(bar["x"] + bar["width"] - last["x"] - last["width"]) < 5


# ---- as every page -------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [320, 375, 800, 1280])
def test_it_is_no_wider_than_the_screen(open_page, live_server, width):
    page = open_page(viewport={"width": width, "height": 800})

    wide = {path: on(page, live_server, path, WIDTH) for path in PATHS}

    assert wide == dict.fromkeys(PATHS, width)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_its_letters_stand_out_from_their_ground(open_page, live_server, scheme):
    page = open_page(color_scheme=scheme)

    faint = {path: on(page, live_server, path, TOO_FAINT) for path in PATHS}

    assert faint == {path: [] for path in PATHS}


@pytest.mark.parametrize("path", [BUILDER, f"{BUILDER}?programme=quiet,lupex&upto=day&past=0"])
def test_a_finger_finds_each_link_that_stands_alone(phone: Page, live_server, path):
    found = on(phone, live_server, path, ALONE)

    assert {"Atom", "JSON Feed", "jCal", "What has happened"} <= {name for name, _ in found}
    assert [(name, height) for name, height in found if height < 24] == []


ALONE = """() => {
  for (const one of document.querySelectorAll("details")) one.open = true;
  const alone = "footer a, .feeds a, .undated a, .parts a, .message a, .builder-actions a";
  return [...document.querySelectorAll(alone)]
    .map((one) => [one.textContent, one.getBoundingClientRect().height]).filter(([name]) => name);
}"""


def test_everything_that_can_be_filled_in_has_a_name(page: Page, live_server):
    nameless = on(page, live_server, BUILDER, NAMELESS)

    assert nameless == []


NAMELESS = """() => [...document.querySelectorAll("input, select, textarea")]
  .filter((one) => !one.labels?.length).map((one) => one.outerHTML)"""


def test_it_does_not_complain_in_the_console(page: Page, live_server):
    said: list[str] = []
    page.on("console", lambda message: said.append(told(message)))
    page.on("pageerror", lambda error: said.append(str(error)))

    page.goto(live_server.url + BUILDER)
    page.get_by_label("LUPEX").check()
    expect(page.locator("[data-tally]")).to_have_text("3 entries")

    assert said == []
