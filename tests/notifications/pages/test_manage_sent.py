"""What a reader's own page says of the mails that he got, and of those that he did not."""

from datetime import timedelta

import pytest

from tests.clock import NOON
from tests.factories import MilestoneFactory, state
from tests.notifications.factories import DeliveryFactory, SubscriptionFactory
from tests.notifications.pages.manage import shown
from tests.pages.seen import texts
from timeline import publishing

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader():
    """Follows everything."""
    return SubscriptionFactory()


def test_what_was_sent_is_listed_with_its_state_and_reason(client, reader):
    reader.channel.subscriber.time_zone = "Asia/Tokyo"
    reader.channel.subscriber.save()
    launch = MilestoneFactory(title="Launch")
    digest = DeliveryFactory(
        channel=reader.channel,
        subscription=None,
        notification__kind="digest",
        notification__milestone=None,
        state="sent",
        sent_at=NOON,
    )
    for news, fields in [
        ("2027 → 2028", {"state": "sent", "sent_at": NOON}),
        ("2028 → 2029", {"state": "sent", "sent_at": NOON, "within": digest}),
        ("2029 → 2030", {"state": "batched"}),
        ("2030 → 2031", {"state": "failed", "reply_text": "mailbox full"}),
        ("2031 → 2032", {"state": "cancelled", "skip_reason": "muted"}),
    ]:
        DeliveryFactory(
            channel=reader.channel,
            subscription=reader,
            notification__milestone=launch,
            notification__payload={"news": news},
            **fields,
        )
    DeliveryFactory()

    when, why = "20 Nov 2026, 21:00", "you follow everything"
    rows = texts(shown(client, reader.channel), ".sent")[0].partition(" Why ")[2]
    assert rows == " ".join(
        [
            f"{when} Launch: 2031 → 2032 not sent: you muted it {why}",
            f"{when} Launch: 2030 → 2031 could not be delivered: “mailbox full” {why}",
            f"{when} Launch: 2029 → 2030 waits for the next collected mail {why}",
            f"{when} Launch: 2028 → 2029 sent with others in one mail {why}",
            f"{when} Launch: 2027 → 2028 sent {why}",
            f"{when} Several news in one mail sent asked for on our pages",
        ]
    )


def test_the_last_fifty_are_listed(client, reader):
    for _ in range(51):
        DeliveryFactory(channel=reader.channel, subscription=reader)

    page = shown(client, reader.channel)

    assert "The last 50" in page
    assert page.count("<time") == 50


def row(client, reader):
    return texts(shown(client, reader.channel), ".sent")[0].partition(" Why ")[2]


def test_a_correction_is_called_one(client, reader):
    launch = MilestoneFactory(title="Launch")
    state(launch, "2027", announce=False)
    wrong = state(launch, "2028", announce=False, at=NOON + timedelta(hours=1))
    taken_back = publishing.withdraw(
        wrong.statement, reason="We mistook it", at=NOON + timedelta(hours=2)
    )
    DeliveryFactory(
        channel=reader.channel,
        subscription=reader,
        notification__milestone=launch,
        notification__revision=taken_back.revision,
        notification__payload={"news": "2028 → 2027"},
        base=wrong.revision,
    )

    assert row(client, reader) == (
        "20 Nov 2026, 12:00 Launch: correction: 2028 → 2027 waits to leave you follow everything"
    )


def test_news_of_a_date_that_was_withdrawn_long_after_stays_news(client, reader):
    launch = MilestoneFactory(title="Launch")
    known = state(launch, "2027", announce=False)
    moved = state(launch, "2028", announce=False, at=NOON + timedelta(hours=1))
    DeliveryFactory(
        channel=reader.channel,
        subscription=reader,
        notification__milestone=launch,
        notification__revision=moved.revision,
        notification__payload={"news": "2027 → 2028"},
        base=known.revision,
    )

    publishing.withdraw(known.statement, reason="Said of another", at=NOON + timedelta(hours=2))

    assert row(client, reader) == (
        "20 Nov 2026, 12:00 Launch: 2027 → 2028 waits to leave you follow everything"
    )
