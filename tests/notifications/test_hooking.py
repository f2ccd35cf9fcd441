import base64

import pytest

from notifications import hooking, limits, sending, signing, subscribing
from notifications.models import Channel, Delivery, Subscription
from notifications.subscribing import Origin
from notifications.transports import targets
from notifications.transports.webhook import WebhookTransport
from tests.clock import NOON
from tests.factories import ProgrammeFactory

pytestmark = pytest.mark.django_db

HERE = Origin(network="192.0.2.0/24")
URL = "https://hooks.example/milepost"


def register(url=URL, followed=None, *, origin=HERE, at=NOON):
    return hooking.register(url, followed, reminders=True, origin=origin, at=at)


def test_a_webhook_is_owed_a_question_and_nothing_else():
    programme = ProgrammeFactory()

    channel = register(followed=programme)

    assert (channel.kind, channel.state, channel.address) == ("webhook", "unconfirmed", URL)
    subscription = channel.subscriptions.get()
    assert (subscription.programme, subscription.reminders, subscription.confirmed_at) == (
        programme,
        True,
        None,
    )
    assert channel.deliveries.get().notification.kind == "confirm"
    assert channel.consent_events.get().what == "asked"
    assert not Subscription.objects.live().exists()


def test_each_has_a_secret_of_its_own_also_at_the_same_url():
    one, other = register(), register()

    assert one.secret != other.secret
    assert one.address_key != other.address_key
    assert len(base64.b64decode(one.secret.removeprefix("whsec_"))) == 32


def test_what_it_receives_confirms_it(far_side):
    channel = register(far_side.url)
    sending.send_chunk(at=NOON, transport=WebhookTransport(now=lambda: NOON))

    [posted] = far_side.posted
    confirm = posted.json["data"]["links"]["confirm"]
    subscribing.confirm(confirm.split("/")[-2], origin=HERE, at=NOON)

    assert posted.json["type"] == "subscription.confirm"
    manage = posted.json["data"]["links"]["manage"]
    assert signing.read_manage_token(manage.split("/")[-2], at=NOON) == channel
    channel.refresh_from_db()
    assert channel.state == Channel.State.ACTIVE
    assert Subscription.objects.live().get().channel == channel


def test_a_private_address_is_refused_before_anything_is_written():
    with pytest.raises(targets.Refused):
        register("https://10.0.0.1/")

    assert not Channel.objects.exists()


def test_a_network_is_refused_after_ten_in_an_hour():
    for number in range(10):
        register(f"https://hooks{number}.example/")

    with pytest.raises(limits.TooManyRequests):
        register("https://another.example/")
    register("https://another.example/", origin=Origin(network="198.51.100.0/24"))


def test_a_url_is_asked_three_times_a_day_at_most():
    for number in range(3):
        register(origin=Origin(network=str(number)))

    with pytest.raises(limits.TooManyRequests):
        register(origin=Origin(network="another"))
    assert Delivery.objects.count() == 3


def test_a_host_is_asked_a_hundred_times_a_day_at_most():
    for number in range(100):
        register(f"{URL}/{number}", origin=Origin(network=str(number)))

    with pytest.raises(limits.TooManyRequests):
        register(f"{URL}/another", origin=Origin(network="another"))


def test_a_server_is_told_all_there_is_in_a_day():
    assert register().subscriber.daily_cap == 32_767
