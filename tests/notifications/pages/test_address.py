from datetime import timedelta
from http import HTTPStatus

import pytest
from django.urls import reverse
from django.utils import timezone

from notifications import moving, signing
from notifications.subscribing import Origin
from tests.notifications.factories import SubscriptionFactory
from tests.pages.seen import texts

pytestmark = pytest.mark.django_db

HERE = Origin("192.0.2", "browser")


@pytest.fixture
def change():
    channel = SubscriptionFactory(channel__address="old@example.org").channel
    return moving.ask_to_move(channel, "new@example.net", origin=HERE, at=timezone.now())


def url(change, side):
    channel = change.channel if side == "old" else change.candidate
    asked_at = change.asked_at.replace(microsecond=0)
    token = signing.address_token(channel, change_id=change.pk, side=side, asked_at=asked_at)
    return reverse("notifications:address", args=[token])


def heading(answer):
    return texts(answer.content.decode(), "h1")


def test_each_side_is_asked_and_both_buttons_move(client, change):
    questions = [heading(client.get(url(change, side))) for side in ("old", "new")]
    first = client.post(url(change, "old"))
    waiting = client.get(url(change, "old"))
    second = client.post(url(change, "new"))
    after = client.get(url(change, "old"))

    assert questions == [["Shall we write elsewhere?"], ["Shall we write to this address?"]]
    assert [heading(one) for one in (first, waiting)] == [["One press to go"]] * 2
    assert [heading(one) for one in (second, after)] == [["Moved"]] * 2
    change.channel.refresh_from_db()
    assert change.channel.address == "new@example.net"


def test_a_stranger_at_the_new_address_does_not_learn_the_old_one(client, change):
    pages = [client.get(url(change, "new")), client.post(url(change, "new"))]

    assert ["old@example.org" in page.content.decode() for page in pages] == [False, False]


def test_the_old_side_sees_the_same_whether_or_not_the_new_address_is_a_readers(client):
    SubscriptionFactory(channel__address="taken@example.net")
    channels = [SubscriptionFactory(channel__address=f"{n}@example.org").channel for n in "ab"]
    changes = [
        moving.ask_to_move(channel, f"{name}@example.net", origin=HERE, at=timezone.now())
        for channel, name in zip(channels, ["taken", "free"], strict=True)
    ]

    pages = [[client.get(url(one, "old")), client.post(url(one, "old"))] for one in changes]

    seen = [[page.content.replace(b"b@example", b"a@example") for page in two] for two in pages]
    assert seen[0] == seen[1]


def test_a_link_that_is_too_old_says_that_nothing_has_changed(client, change):
    change.asked_at -= timedelta(days=4)

    page = client.post(url(change, "old"))

    assert page.status_code == HTTPStatus.GONE
    assert heading(page) == ["This link is too old"]


def test_a_link_of_what_is_no_longer_asked_does_not_work(client, change):
    link = url(change, "old")
    moving.ask_to_move(change.channel, "other@example.net", origin=HERE, at=timezone.now())

    answers = [client.get(link), client.post(link)]

    assert [one.status_code for one in answers] == [HTTPStatus.NOT_FOUND] * 2


def test_the_page_believes_no_cookie_and_keeps_out_of_caches(client, change):
    strict = type(client)(enforce_csrf_checks=True)

    page = strict.post(url(change, "old"))

    assert (page.status_code, page["Cache-Control"]) == (HTTPStatus.OK, "no-store")
    assert page["Referrer-Policy"] == "no-referrer"
    assert strict.cookies == {}
