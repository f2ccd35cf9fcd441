"""What leaves by other ways than mail, each of which has a far side of its own."""

from datetime import timedelta
from time import sleep

import pytest

from notifications import broadcasting, fanout, hooking, sending
from notifications.models import Channel, Circuit, Delivery, Notification
from tests.clock import NOON
from tests.factories import MilestoneFactory, state
from tests.notifications.factories import (
    DeliveryFactory,
    NotificationFactory,
    SubscriberFactory,
    SubscriptionFactory,
)
from timeline import outbox
from timeline.models import Announcement

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
FACTS = {"title": "NISAR launch", "news": "2027 → 2028", "line": "Moved", "change": "slip"}


@pytest.fixture
def hook(far_side):
    """An active webhook of ours, by its path."""

    def made(path="/hook"):
        url = f"http://{far_side.host}{path}"
        return Channel.objects.create(
            subscriber=SubscriberFactory(daily_cap=32_767),
            kind=Channel.Kind.WEBHOOK,
            address=url,
            address_key=hooking.webhook_key(url, path),
            secret=hooking.new_secret(),
            state=Channel.State.ACTIVE,
            created_at=NOON,
            confirmed_at=NOON,
        )

    return made


def owe(channel, **values):
    return DeliveryFactory(
        channel=channel,
        subscription=None,
        notification=NotificationFactory(payload=FACTS),
        **values,
    )


def row(delivery):
    return Delivery.objects.get(pk=delivery.pk)


def test_a_webhook_leaves_by_http_and_a_mail_by_mail(hook, far_side, sink, settings):
    to_hook, to_mailbox = owe(hook()), DeliveryFactory()

    sending.send_due(at=NOON, seconds=5)

    assert [posted.headers["webhook-id"] for posted in far_side.posted] == [str(to_hook.message_id)]
    assert [mail.recipient for mail in sink.kept] == [to_mailbox.channel.address]
    assert {row(to_hook).state, row(to_mailbox).state} == {"sent"}


def test_one_far_side_that_does_not_want_us_holds_up_no_other(hook, far_side):
    far_side.answers.append((404, {}))
    unwanted = hook("/one")
    first, second = owe(unwanted), owe(unwanted)
    other = owe(hook("/other"))

    sending.send_chunk(at=NOON)

    assert [posted.path for posted in far_side.posted] == ["/one", "/other"]
    assert [row(one).state for one in (first, second, other)] == ["queued", "queued", "sent"]
    assert Circuit.objects.get().name == f"channel:{unwanted.pk}"


def test_mails_wait_for_their_relay_whatever_a_webhook_takes(hook, far_side):
    Circuit.objects.trip("relay", at=NOON, reply="down")
    owe(hook())

    sending.send_chunk(at=NOON)

    assert len(far_side.posted) == 1
    assert Circuit.objects.filter(name="relay").exists()


def test_one_that_is_down_is_tried_for_five_days(hook, far_side):
    channel = hook()
    delivery = owe(channel)
    states = []

    for day in (0, 3, 5):
        far_side.answers.append((503, {}))
        Delivery.objects.update(next_attempt_at=NOON)
        sending.send_chunk(at=NOON + day * DAY)
        states.append((row(delivery).state, Channel.objects.get(pk=channel.pk).state))

    assert states == [("queued", "active"), ("queued", "active"), ("failed", "disabled")]


def test_who_asks_us_to_wait_is_left_alone_so_long(hook, far_side):
    delivery = owe(hook())
    far_side.answers.append((429, {"Retry-After": "7200"}))

    sending.send_chunk(at=NOON)

    assert row(delivery).next_attempt_at == NOON + timedelta(hours=2)


def test_one_that_has_gone_is_asked_no_more(hook, far_side):
    channel = hook()
    gone = owe(channel)
    far_side.answers.append((410, {}))

    sending.send_chunk(at=NOON)
    next_one = owe(channel)
    sending.send_chunk(at=NOON)

    assert len(far_side.posted) == 1
    assert (row(gone).state, row(next_one).skip_reason) == ("failed", "channel not active")
    assert Channel.objects.get(pk=channel.pk).state == "disabled"


def test_a_success_ends_the_count_of_failures(hook, far_side):
    channel = hook()
    owe(channel)
    Channel.objects.update(failures=3, failing_since=NOON - DAY)

    sending.send_chunk(at=NOON)

    channel.refresh_from_db()
    assert (channel.failures, channel.failing_since) == (0, None)


def test_slow_servers_leave_mails_their_turn(hook, far_side, monkeypatch):
    monkeypatch.setattr(sending, "OTHER_WAYS", 0.05)
    far_side.before = lambda _handler: sleep(0.1)
    first, second = owe(hook("/one")), owe(hook("/two"))

    sending.send_chunk(at=NOON)

    assert [posted.path for posted in far_side.posted] == ["/one"]
    assert (row(first).state, row(second).state, row(second).attempts) == ("sent", "queued", 0)


def slip(*titles):
    """News of each, fanned out."""
    for title in titles:
        milestone = MilestoneFactory(title=title)
        state(milestone, "spring 2027", announce=False)
        news = state(milestone, "autumn 2027", at=NOON + timedelta(seconds=1)).announcement
        outbox.release(news, at=NOON)
        fanout.note_announcement(Announcement.objects.get(pk=news.pk), at=NOON)
    for pending in Notification.objects.pending():
        fanout.fan_out(pending, at=NOON)


def test_a_webhook_hears_of_each_slip(hook, far_side):
    SubscriptionFactory(channel=hook())
    slip("NISAR launch", "LUPEX launch")

    sending.send_due(at=NOON, seconds=5)

    said = [(posted.json["type"], posted.json["data"]["title"]) for posted in far_side.posted]
    assert said == [("date.changed", "NISAR launch"), ("date.changed", "LUPEX launch")]


def test_a_webhook_gets_many_at_once_as_one(hook, far_side):
    SubscriptionFactory(channel=hook())
    slip("One", "Two", "Three", "Four")

    sending.send_due(at=NOON, seconds=5)

    [posted] = far_side.posted
    titles = [item["title"] for item in posted.json["data"]["items"]]
    assert (posted.json["type"], sorted(titles)) == ("digest", ["Four", "One", "Three", "Two"])
    assert Delivery.objects.exclude(state="sent").count() == 0


def test_a_chat_service_hears_of_a_slip(far_side, settings):
    settings.MILEPOST_BROADCAST_URLS = [f"mmost://{far_side.host}/{'a' * 26}"]
    settings.MILEPOST_BROADCAST_PRIVATE_HOSTS = [far_side.host]
    far_side.usual = (200, {}, b"ok")
    broadcasting.keep_in_step(at=NOON)
    slip("NISAR launch")

    sending.send_due(at=NOON, seconds=5)

    [posted] = far_side.posted
    assert posted.json["text"].splitlines()[0] == "NISAR launch: spring 2027 → autumn 2027"
    assert Delivery.objects.get().state == "sent"
