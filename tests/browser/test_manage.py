"""A reader's own page in a real Chromium: with script and without, by keyboard, on a phone."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from notifications import adjusting, signing
from notifications.models import Channel
from notifications.subscribing import Origin
from tests.browser.test_pages import TOO_FAINT, WIDTH, told
from tests.clock import NOON
from tests.factories import MilestoneFactory, ProgrammeFactory, TagFactory, state
from tests.notifications.factories import DeliveryFactory, SubscriptionFactory

pytestmark = pytest.mark.django_db(transaction=True)

OPEN_ALL = "document.querySelectorAll('details').forEach((one) => { one.open = true; })"
WITHOUT_LABEL = """() =>
  [...document.querySelectorAll("main :is(input, select, textarea):not([type=hidden])")]
    .filter((one) => !one.labels.length || !one.labels[0].textContent.trim())
    .map((one) => one.name)"""
IDS_TWICE = """() => {
  const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
  return ids.filter((id, place) => ids.indexOf(id) !== place);
}"""
SMALL = """() => [...document.querySelectorAll("main :is(a, button, summary, label)")]
  .filter((one) => one.offsetParent && one.getBoundingClientRect().height < 24)
  .map((one) => one.textContent.trim())"""


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch, live_server) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def reader() -> Channel:
    """Follows much, has muted something, and got mails of every fate."""
    lupex = ProgrammeFactory(slug="lupex", title="LUPEX")
    launch, orbit = (
        MilestoneFactory(title=title, programme=lupex) for title in ("LUPEX launch", "W" * 120)
    )
    for milestone in (launch, orbit):
        state(milestone, "spring 2027", on=date(2026, 1, 1))
    everything = SubscriptionFactory(channel__address=f"{'w' * 60}@example.org")
    channel = everything.channel
    SubscriptionFactory(channel=channel, scope="milestone", milestone=launch, reminders=True)
    waiting = TagFactory(slug="debris", name="debris")
    SubscriptionFactory(channel=channel, scope="tag", tag=waiting, confirmed_at=None)
    adjusting.mute(channel, orbit, origin=Origin(), at=NOON)
    for fate in [
        {"state": "sent", "sent_at": NOON},
        {"state": "failed", "reply_text": "x" * 120},
        {"state": "cancelled", "skip_reason": "superseded"},
    ]:
        DeliveryFactory(
            channel=channel,
            subscription=everything,
            notification__milestone=orbit,
            notification__payload={"news": "spring 2027 → autumn 2027"},
            **fate,
        )
    return channel


def go(page: Page, live_server, channel: Channel) -> None:
    token = signing.manage_token(channel, made_at=NOON)
    page.goto(f"{live_server.url}/manage/{token}/")


def row(page: Page, title: str):
    return page.locator(".follows li").filter(has_text=title).first


def test_a_reader_without_scripts_changes_mutes_pauses_and_stops(open_page, live_server, reader):
    page = open_page(java_script_enabled=False)
    go(page, live_server, reader)

    launch = row(page, "LUPEX launch")
    launch.locator("summary").click()
    launch.get_by_label("Weekly").check()
    launch.get_by_label("Only if a date moves").fill("7")
    launch.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_have_text("Saved.")
    expect(row(page, "LUPEX launch").locator("summary .muted")).to_have_text(
        "Weekly, on Monday at 08:00 · moved by 7 days or more · reminders"
    )

    page.get_by_role("button", name="Unmute").click()
    expect(page.get_by_role("status")).to_have_text("No longer muted.")

    page.locator("summary", has_text="Pause").click()
    page.get_by_label("Send nothing until").fill("2026-12-03")
    page.get_by_role("button", name="Pause").click()
    expect(page.locator(".pausing")).to_contain_text("Paused until Thursday 3 December 2026.")
    page.get_by_role("button", name="Resume now").click()
    expect(page.locator(".pausing")).to_have_count(0)

    launch = row(page, "LUPEX launch")
    launch.locator("summary").click()
    launch.get_by_role("button", name="Stop this one").click()
    page.get_by_role("button", name="That was a mistake").click()
    expect(row(page, "LUPEX launch").locator("summary .muted")).to_contain_text("moved by 7 days")


def test_a_reader_says_how_it_suits_him(page: Page, live_server, reader):
    go(page, live_server, reader)

    page.locator(".section summary", has_text="Change").first.click()
    page.get_by_label("Time zone").select_option("Asia/Tokyo")
    page.get_by_label("Quiet from").select_option("22:00")
    page.get_by_label("Quiet until").select_option("07:00")
    page.locator("button[value=suit]").click()

    expect(page.locator("section", has_text="How it suits you").locator("p").first).to_have_text(
        "Asia/Tokyo · collected mails at 08:00 · weekly ones on Monday · quiet 22:00 to 07:00 · "
        "dates in English · at most 10 a day"
    )


def test_what_is_wrong_is_open_and_said_beside_its_field(page: Page, live_server, reader):
    go(page, live_server, reader)
    launch = row(page, "LUPEX launch")
    launch.locator("summary").click()
    launch.get_by_label("Only if a date moves").fill("366")
    launch.get_by_role("button", name="Save").click()

    field = row(page, "LUPEX launch").get_by_label("Only if a date moves")
    expect(field).to_be_visible()
    expect(field).to_have_value("366")
    expect(field).to_have_accessible_description(
        "0: any move. Once you were told a date, you are told whenever it moves. "
        "Ensure this value is less than or equal to 365."
    )
    expect(page.get_by_role("alert")).to_contain_text("Nothing is saved yet.")


def test_a_keyboard_is_enough(page: Page, live_server, reader):
    go(page, live_server, reader)
    page.locator("main").focus()

    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_contain_text("Everything on Milepost")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect(page.locator(":focus")).to_have_accessible_name("Daily, at 08:00")
    page.keyboard.press("Enter")

    expect(page.get_by_role("status")).to_have_text("Saved.")
    expect(row(page, "Everything").locator("summary .muted")).to_contain_text("Daily")


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_the_page_is_no_wider_than_the_screen(open_page, live_server, reader, width):
    page = open_page(viewport={"width": width, "height": 800})
    go(page, live_server, reader)
    page.evaluate(OPEN_ALL)

    assert page.evaluate(WIDTH) == width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_letters_stand_out_from_their_ground(open_page, live_server, reader, scheme):
    adjusting.pause(reader.subscriber, until=NOON.date() + timedelta(days=9), at=NOON)
    page = open_page(color_scheme=scheme)
    go(page, live_server, reader)
    page.evaluate(OPEN_ALL)

    assert page.evaluate(TOO_FAINT) == []


def test_every_field_has_a_label_and_every_id_stands_once(phone: Page, live_server, reader):
    go(phone, live_server, reader)
    phone.evaluate(OPEN_ALL)

    assert phone.evaluate(WITHOUT_LABEL) == []
    assert phone.evaluate(IDS_TWICE) == []
    assert phone.evaluate(SMALL) == []
    fieldsets = row(phone, "Everything").locator("fieldset")
    for place, name in enumerate(["How often", "News", "Which reminders"]):
        expect(fieldsets.nth(place)).to_have_accessible_name(name)


def test_no_secret_stands_in_any_referer_and_nothing_is_refused(open_page, live_server, reader):
    page = open_page()
    referers, said = [], []
    page.context.on("request", lambda one: referers.append(one.all_headers().get("referer", "")))
    page.on("console", lambda message: said.append(told(message)))
    go(page, live_server, reader)
    page.get_by_role("button", name="Unmute").click()
    page.locator(".brand").click()
    page.wait_for_url(f"{live_server.url}/")

    assert [one for one in referers if "manage" in one] == []
    assert said == []
