"""Nobody learns from our answers which addresses or links we know."""

from http import HTTPStatus
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from notifications import erasing, pace, signing
from notifications.models import Subscription, Suppression
from tests.clock import NOON
from tests.notifications.factories import ChannelFactory, SubscriptionFactory

pytestmark = pytest.mark.django_db

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def addresses():
    """One that we never heard of, and one of each kind that we know."""
    dead, complained, erased = (ChannelFactory() for _ in range(3))
    Suppression.objects.create(address_key=dead.address_key, reason="dead", since=NOON)
    Suppression.objects.create(address_key=complained.address_key, reason="complaint", since=NOON)
    erased_address = erased.address
    erasing.erase(erased, at=NOON)
    return [
        "unknown@example.org",
        ChannelFactory(state="unconfirmed", confirmed_at=None).address,
        SubscriptionFactory().channel.address,
        ChannelFactory(state="disabled").address,
        dead.address,
        complained.address,
        erased_address,
    ]


def whole(answer):
    """All that whoever asked gets to see, of each page on the way, but for what the clock says."""
    headers = {name: value for name, value in answer.headers.items() if name != "Expires"}
    hops = [(url, status) for url, status in answer.redirect_chain]
    return hops, answer.status_code, sorted(headers.items()), answer.content


def asked(path, address):
    form = {"email": address, "follow": "everything"}
    form |= {"shown": pace.stamp(at=timezone.now() - pace.AT_LEAST)}
    return whole(Client().post(path, form, follow=True))


@pytest.mark.parametrize("name", ["subscribe", "manage-ask"])
@pytest.mark.parametrize("times", [1, 2])
def test_every_address_is_answered_alike_to_the_byte(addresses, name, times):
    path = reverse(f"notifications:{name}")

    for _ in range(times):
        answers = [asked(path, address) for address in addresses]

    assert [answer for answer in answers if answer != answers[0]] == []
    assert answers[0][1] == HTTPStatus.OK


def test_a_reader_who_moves_learns_nothing_of_the_address_he_names(addresses):
    answers = []
    for address in addresses:
        reader = SubscriptionFactory().channel
        token = signing.manage_token(reader, made_at=timezone.now())
        path = reverse("notifications:manage", args=[token])
        answer = Client().post(path, {"do": "move", "email": address})
        answers.append((answer.status_code, answer.headers["Location"].partition("?")[2]))

    assert len(set(answers)) == 1


@pytest.fixture
def links(settings):
    """Links to stop the mails: that work, worked, never did, or do no more."""
    works, worked, erased, revoked = (SubscriptionFactory() for _ in range(4))
    paths = [unsubscribe_path(one) for one in (works, worked, erased, revoked)]
    Client().post(paths[1], ONE_CLICK)
    erasing.erase(erased.channel, at=NOON)
    type(revoked.channel).objects.filter(pk=revoked.channel_id).update(version=7)
    key, settings.SECRET_KEY = settings.SECRET_KEY, "another"
    of_another_key = unsubscribe_path(works)
    settings.SECRET_KEY = key
    return [*paths, of_another_key, unsubscribe_path(works)[:-2] + "/", "/unsubscribe/forged/"]


def unsubscribe_path(subscription):
    token = signing.unsubscribe_token(subscription.channel, subscription)
    return reverse("notifications:unsubscribe", args=[token])


@pytest.mark.parametrize(
    "body",
    [
        {"data": ONE_CLICK},
        {"data": urlencode(ONE_CLICK), "content_type": "application/x-www-form-urlencoded"},
    ],
    ids=["multipart", "urlencoded"],
)
def test_one_click_is_answered_alike_for_every_link(links, body):
    strict = Client(enforce_csrf_checks=True)

    answers = [strict.post(path, **body) for path in links]

    assert {answer.status_code for answer in answers} == {HTTPStatus.OK}
    assert len({(one.content, tuple(sorted(one.headers.items()))) for one in answers}) == 1
    assert strict.cookies == {}
    assert Subscription.objects.open().count() == 1  # the one whose links were revoked


@pytest.mark.parametrize("method", ["get", "head"])
def test_fetching_a_link_ends_nothing(links, method):
    before = list(Subscription.objects.order_by("pk").values())

    for path in links:
        getattr(Client(), method)(path, ONE_CLICK)

    assert list(Subscription.objects.order_by("pk").values()) == before
