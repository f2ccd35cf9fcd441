"""From a button on a page to the mail that it owes, and by the link in that mail back to a page."""

import re
from email import message_from_bytes, policy

import pytest
from django.utils import timezone

from notifications import moving, sending
from notifications.models import AddressChange, Channel
from notifications.subscribing import Origin
from notifications.transports.memory import MemoryTransport
from tests.notifications.factories import SubscriptionFactory
from tests.notifications.pages.manage import press
from tests.pages.seen import texts

pytestmark = pytest.mark.django_db

HERE = Origin("192.0.2", "browser")


def sent() -> dict[str, str]:
    """What leaves now: the text of the mail to each address."""
    transport = MemoryTransport()
    sending.send_due(at=timezone.now(), seconds=5, transport=transport)
    return {mail.recipient: plain(mail.content) for mail in transport.carried}


def plain(content: bytes) -> str:
    body = message_from_bytes(content, policy=policy.default).get_body(("plain",))
    return body.get_content()


def link(text: str, page: str) -> str:
    return re.search(rf"https?://[^/]+(/{page}/\S+/)", text)[1]


def heading(answer) -> list[str]:
    return texts(answer.content.decode(), "h1")


def test_the_link_that_is_asked_for_opens_the_page(client):
    reader = SubscriptionFactory().channel
    client.post("/manage/", {"email": reader.address})

    page = client.get(link(sent()[reader.address], "manage"))

    assert heading(page) == ["What you follow"]
    assert reader.address in page.content.decode()


def test_a_reader_moves_by_the_buttons_behind_the_links_in_both_mails(client):
    reader = SubscriptionFactory(channel__address="old@example.org").channel
    press(client, reader, "move", email="new@example.net")

    mails = sent()
    answers = [
        client.post(link(mails[address], "address"))
        for address in ("old@example.org", "new@example.net")
    ]

    assert [heading(answer) for answer in answers] == [["One press to go"], ["Moved"]]
    assert Channel.objects.active().get().address == "new@example.net"
    assert "old@example.org" not in mails["new@example.net"]


def test_to_an_address_that_is_taken_no_mail_leaves(client):
    taken = SubscriptionFactory(channel__address="taken@example.net").channel
    reader = SubscriptionFactory(channel__address="old@example.org").channel
    press(client, reader, "move", email=taken.address)

    assert list(sent()) == ["old@example.org"]


def test_what_is_asked_no_longer_does_not_leave():
    reader = SubscriptionFactory(channel__address="old@example.org").channel
    now = timezone.now()
    moving.ask_to_move(reader, "first@example.net", origin=HERE, at=now)
    moving.ask_to_move(reader, "second@example.net", origin=HERE, at=now)

    assert set(sent()) == {"old@example.org", "second@example.net"}
    assert AddressChange.objects.filter(closed_at=None).count() == 1


def test_the_last_mail_says_that_all_is_ended(client):
    reader = SubscriptionFactory().channel
    press(client, reader, "stop-all")

    assert "This is the last mail." in sent()[reader.address]
    assert sent() == {}
