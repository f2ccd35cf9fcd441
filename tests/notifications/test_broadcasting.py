import pytest

from notifications import broadcasting
from notifications.models import Channel, Subscription
from notifications.tick import tick
from tests.clock import NOON
from tests.notifications.factories import ChannelFactory

pytestmark = pytest.mark.django_db

SLACK = "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ"
ZULIP = "zulip://bot@example/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"


def keep(settings, *urls):
    settings.MILEPOST_BROADCAST_URLS = list(urls)
    broadcasting.keep_in_step(at=NOON)
    return list(Channel.objects.living().filter(kind="broadcast").order_by("pk"))


def test_each_service_of_the_settings_is_told_of_everything(settings):
    [channel] = keep(settings, SLACK)

    subscription = Subscription.objects.live().get()
    assert (subscription.channel, subscription.scope) == (channel, "everything")
    assert subscription.reminders


def test_the_database_knows_no_secret(settings):
    [channel] = keep(settings, SLACK)

    assert channel.address.startswith("chat-")
    for part in SLACK.removeprefix("slack://").split("/"):
        assert part not in f"{channel.address} {channel.address_key} {channel.secret}"


def test_a_second_time_changes_nothing(settings):
    assert keep(settings, SLACK, ZULIP) == keep(settings, ZULIP, SLACK)
    assert Subscription.objects.count() == 2


def test_what_has_left_the_settings_is_told_nothing_more(settings):
    [slack] = keep(settings, SLACK)

    [zulip] = keep(settings, ZULIP)

    slack.refresh_from_db()
    assert (slack.state, zulip.state) == ("ended", "active")
    assert slack.subscriptions.get().ended_reason == "left the settings"


def test_what_comes_back_begins_anew(settings):
    [before] = keep(settings, SLACK)
    keep(settings)

    [after] = keep(settings, SLACK)

    assert after != before
    assert Subscription.objects.live().get().channel == after


def test_readers_and_webhooks_are_left_alone(settings):
    reader = ChannelFactory()

    keep(settings)

    reader.refresh_from_db()
    assert reader.state == "active"


def test_a_tick_keeps_them_in_step(settings):
    settings.MILEPOST_BROADCAST_URLS = [SLACK]

    tick(at=NOON, seconds=0)

    assert Channel.objects.get().kind == "broadcast"
