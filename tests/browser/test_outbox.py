"""An editor looks at what is held and lets it go, or not."""

import pytest
from playwright.sync_api import expect

from tests.factories import MilestoneFactory, state
from tests.notifications.factories import SubscriptionFactory
from timeline import editors
from timeline.models import Announcement


@pytest.fixture
def password(transactional_db):
    return editors.create_editor("anna")


@pytest.fixture
def held(transactional_db):
    milestone = MilestoneFactory(title="ISSA-J1 launch", home_zone="Asia/Tokyo")
    state(milestone, "spring 2027", announce=False)
    SubscriptionFactory.create_batch(2)
    return state(milestone, "autumn 2027").announcement


def open_outbox(page, live_server, password):
    page.goto(f"{live_server.url}/admin/notifications/notification/outbox/")
    page.get_by_label("Username").fill("anna")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("link", name="ISSA-J1 launch").first.click()


def test_an_editor_reads_the_mail_before_it_is_sent(page, live_server, password, held):
    open_outbox(page, live_server, password)

    mail = page.frame_locator("iframe")
    expect(mail.get_by_role("heading", name="ISSA-J1 launch")).to_be_visible()
    expect(mail.locator("body")).to_contain_text("Slipped ≈ 6 months")
    expect(page.get_by_text("readers are told, of 2 who follow it.")).to_be_visible()


def test_the_keyboard_alone_discards(page, live_server, password, held):
    open_outbox(page, live_server, password)

    page.get_by_text("Discard", exact=True).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")  # the link to correct it instead
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Discard: tell nobody")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator(".messagelist")).to_contain_text("What is published stays: autumn 2027.")
    assert Announcement.objects.get().state == "discarded"


def test_nothing_sticks_out_on_a_phone(phone, live_server, password, held):
    open_outbox(phone, live_server, password)

    expect(phone.get_by_role("button", name="Send now")).to_be_visible()
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert phone.evaluate(wide) <= 0
