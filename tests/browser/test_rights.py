"""A reader takes a copy of his data and has it deleted, on a phone."""

import json
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from notifications import signing
from notifications.models import Channel
from tests.notifications.factories import SubscriptionFactory
from tests.processes import now

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_reader_takes_a_copy_and_has_everything_deleted(phone: Page, live_server):
    reader = SubscriptionFactory(channel__address="ada@example.org").channel
    token = signing.manage_token(reader, made_at=now())
    phone.goto(live_server.url + reverse("notifications:manage", args=[token]))

    phone.get_by_role("link", name="Get a copy of all my data").click()
    with phone.expect_download() as download:
        phone.get_by_role("button", name="Download it").click()
    copy = json.loads(Path(download.value.path()).read_text())
    phone.get_by_role("link", name="Back to what you follow").click()
    phone.get_by_role("link", name="Delete everything").click()
    width = phone.evaluate("document.documentElement.scrollWidth")
    phone.get_by_role("button", name="Delete everything now").click()

    assert download.value.suggested_filename == "milepost.json"
    assert [channel["address"] for channel in copy["channels"]] == ["ada@example.org"]
    assert width <= 360
    expect(phone.get_by_role("heading", name="All of it is deleted")).to_be_visible()
    assert Channel.objects.living().count() == 0
