from datetime import timedelta
from http import HTTPStatus

import pytest
from django.urls import reverse
from django.utils import timezone

from notifications import pace, signing
from notifications.models import Delivery, Subscription, Suppression
from tests.clock import NOON
from tests.notifications.factories import ChannelFactory, SubscriptionFactory
from tests.pages.seen import texts

pytestmark = pytest.mark.django_db

ASK = "/manage/"


def links():
    return Delivery.objects.filter(notification__kind="manage")


def manage_url(channel, *, made_at=None, name="manage"):
    token = signing.manage_token(channel, made_at=made_at or timezone.now())
    return reverse(f"notifications:{name}", args=[token])


def test_a_reader_who_types_his_address_is_owed_the_link(client):
    reader = SubscriptionFactory()

    answer = client.post(ASK, {"email": reader.channel.address.upper()})

    assert (answer.status_code, answer.url) == (302, "/manage/asked/")
    link = links().get()
    assert link.channel == reader.channel
    assert link.notification.payload == {
        "asked_at": link.owed_at.replace(microsecond=0).isoformat()
    }


def test_strangers_readers_suppressed_and_unconfirmed_addresses_are_answered_alike(client):
    reader, dead = SubscriptionFactory().channel, ChannelFactory()
    Suppression.objects.create(address_key=dead.address_key, reason="dead", since=NOON)
    unconfirmed = ChannelFactory(state="unconfirmed", confirmed_at=None)
    addresses = [one.address for one in (reader, dead, unconfirmed)] + ["stranger@example.org"]

    answers = [client.post(ASK, {"email": address}, follow=True) for address in addresses]

    assert len({(one.status_code, one.content, str(one.redirect_chain)) for one in answers}) == 1
    assert [link.channel for link in links()] == [reader]


def test_an_address_gets_one_link_an_hour_however_often_it_is_asked_for(client):
    reader = SubscriptionFactory().channel

    for _ in range(3):
        client.post(ASK, {"email": reader.address})

    assert links().count() == 1


@pytest.mark.parametrize(
    ("email", "complaint"),
    [
        ("", "This field is required."),
        ("no address", "Enter a valid email address."),
        ("a@b.example\r\nBcc: c@d.example", "Enter a valid email address."),
    ],
)
def test_what_is_no_address_is_said_beside_the_field(client, email, complaint):
    page = client.post(ASK, {"email": email})

    assert page.status_code == HTTPStatus.BAD_REQUEST
    assert texts(page.content.decode(), ".errorlist") == [complaint]


def test_a_robot_that_fills_the_hidden_field_mails_nobody(client):
    reader = SubscriptionFactory().channel

    answer = client.post(ASK, {"email": reader.address, "website": "https://spam.example"})

    assert answer.url == "/manage/asked/"
    assert links().count() == 0


def test_a_network_that_asked_too_often_is_told_so(client):
    for number in range(30):
        client.post(ASK, {"email": f"reader{number}@example.org"})

    answer = client.post(ASK, {"email": "reader@example.org"})

    assert answer.status_code == HTTPStatus.TOO_MANY_REQUESTS


def test_a_link_is_good_for_thirty_days(client):
    channel, now = SubscriptionFactory().channel, timezone.now()

    young = client.get(manage_url(channel, made_at=now - timedelta(days=30)))
    old = client.get(manage_url(channel, made_at=now - timedelta(days=31)))

    assert young.status_code == HTTPStatus.OK
    assert old.status_code == HTTPStatus.GONE
    assert texts(old.content.decode(), "button") == ["Mail me a new link"]
    assert channel.address not in old.content.decode()


def test_the_page_of_an_old_link_mails_a_new_one_at_the_press_of_its_button(client):
    channel = SubscriptionFactory().channel
    old = manage_url(channel, made_at=NOON.replace(year=2020), name="manage-again")

    answers = [client.post(old) for _ in range(2)]

    assert {(one.status_code, one.url) for one in answers} == {(302, "/manage/asked/")}
    assert [link.channel for link in links()] == [channel]


@pytest.mark.parametrize(("method", "name"), [("get", "manage"), ("post", "manage-again")])
def test_a_forged_link_is_not_found(client, method, name):
    answer = getattr(client, method)(reverse(f"notifications:{name}", args=["forged:token"]))

    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert texts(answer.content.decode(), "h1") == ["This link does not work"]


def test_the_link_is_kept_out_of_caches_and_referrers(client):
    page = client.get(manage_url(SubscriptionFactory().channel))

    assert page["Cache-Control"] == "no-store"
    assert page["Referrer-Policy"] == "no-referrer"
    assert page["X-Robots-Tag"] == "noindex"
    assert page.cookies == {}


def test_who_asks_for_what_he_follows_already_gets_the_link_and_no_question(client):
    reader = SubscriptionFactory()
    shown = pace.stamp(at=timezone.now() - pace.AT_LEAST)
    form = {"email": reader.channel.address, "follow": "everything", "shown": shown}

    for _ in range(3):
        client.post(reverse("notifications:subscribe"), form)

    owed = Delivery.objects.values_list("notification__kind", "channel")
    assert list(owed) == [("manage", reader.channel_id)]
    assert list(Subscription.objects.all()) == [reader]
