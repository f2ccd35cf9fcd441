"""Link scanners fetch every address of a mail, and some people look twice: nothing happens."""

import re

import pytest
from django.core import serializers
from django.urls import get_resolver, reverse
from django.utils import timezone

from notifications import models, moving, signing
from notifications.subscribing import Origin
from tests.notifications.factories import SubscriptionFactory

pytestmark = pytest.mark.django_db

WITH_TOKEN = sorted(
    name
    for name, found in get_resolver("notifications.urls").reverse_dict.items()
    if isinstance(name, str) and "token" in found[0][0][1]
)


@pytest.fixture
def tokens():
    """One of each kind, for a reader whose subscription is not confirmed yet."""
    now = timezone.now().replace(microsecond=0)
    one = SubscriptionFactory(confirmed_at=None)
    change = moving.ask_to_move(one.channel, "new@example.net", origin=Origin(), at=now)
    confirmed = SubscriptionFactory(channel__address="confirmed@example.org")
    return {
        "confirm": signing.confirm_token(one, asked_at=now),
        "unsubscribe": signing.unsubscribe_token(confirmed.channel, confirmed),
        "manage": signing.manage_token(confirmed.channel, made_at=now),
        "address": signing.address_token(
            one.channel, change_id=change.pk, side="old", asked_at=now
        ),
    }


def everything():
    """All that is stored of readers."""
    kinds = [getattr(models, name) for name in models.__all__]
    rows = [row for kind in kinds for row in kind.objects.order_by("pk")]
    return serializers.serialize("json", rows)


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("name", WITH_TOKEN)
def test_fetching_a_link_changes_nothing(client, tokens, name, method):
    before = everything()

    for token in tokens.values():
        answer = getattr(client, method)(reverse(f"notifications:{name}", args=[token]))
        assert answer.status_code < 500

    assert everything() == before
    assert client.cookies == {}


@pytest.mark.parametrize("name", WITH_TOKEN)
def test_a_token_for_one_purpose_opens_no_page_of_another(client, tokens, name):
    """What is not found says the same for every token, forged or of another purpose."""
    own = {"take-back": "unsubscribe", "manage-again": "manage", "export": "manage"}
    own |= {"erase": "manage", "webhook": "webhook"}
    others = [token for kind, token in tokens.items() if kind != own.get(name, name)]

    answers = [
        client.post(reverse(f"notifications:{name}", args=[token]), {"this": "1"})
        for token in [*others, "forged:token"]
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


def test_every_page_behind_a_token_is_known_here():
    assert set(WITH_TOKEN) >= {"confirm", "unsubscribe", "take-back", "manage", "manage-again"}
    assert all(re.fullmatch("[a-z-]+", name) for name in WITH_TOKEN)
