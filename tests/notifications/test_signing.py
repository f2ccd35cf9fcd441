from datetime import timedelta

import pytest
from django.core.signing import Signer

from notifications import signing
from notifications.models import AddressChange, Channel
from tests.clock import NOON
from tests.notifications.factories import ChannelFactory, SubscriptionFactory

pytestmark = pytest.mark.django_db

MIDNIGHT = NOON.replace(hour=0)


def test_the_link_to_what_is_followed_is_the_same_in_all_mails_of_a_day():
    channel = ChannelFactory()
    morning, evening = (MIDNIGHT.replace(hour=hour) for hour in (0, 23))

    tokens = [signing.manage_token(channel, made_at=at) for at in (morning, evening)]

    assert tokens[0] == tokens[1]
    assert tokens[0] != signing.manage_token(channel, made_at=MIDNIGHT + timedelta(days=1))


def test_the_link_to_what_is_followed_ends_after_thirty_days():
    token = signing.manage_token(ChannelFactory(), made_at=NOON)

    signing.read_manage_token(token, at=MIDNIGHT + timedelta(days=31, seconds=-1))
    with pytest.raises(signing.ExpiredToken):
        signing.read_manage_token(token, at=MIDNIGHT + timedelta(days=31))


@pytest.mark.parametrize("change", [{"version": 2}, {"state": "ended"}])
def test_a_channel_that_was_revoked_or_has_ended_is_not_managed(change):
    token = signing.manage_token(ChannelFactory(), made_at=NOON)
    Channel.objects.update(**change)

    with pytest.raises(signing.TokenError):
        signing.read_manage_token(token, at=NOON)


@pytest.mark.parametrize("forge", [str.upper, lambda t: t[:-1], lambda t: "x" + t, lambda _: ""])
def test_a_forged_token_manages_nothing(forge):
    token = signing.manage_token(ChannelFactory(), made_at=NOON)

    with pytest.raises(signing.TokenError):
        signing.read_manage_token(forge(token), at=NOON)


def test_a_token_is_the_one_that_django_signs(settings):
    channel = ChannelFactory(version=3)
    days = NOON.toordinal()

    for key in ("one key", "another"):
        settings.SECRET_KEY = key
        signer = Signer(salt="notifications.manage")
        token = signing.manage_token(channel, made_at=NOON)

        assert token == signer.sign_object((channel.pk, 3, days))


def test_no_token_serves_another_purpose():
    one = SubscriptionFactory()
    change = AddressChange.objects.create(
        channel=one.channel, candidate=ChannelFactory(), asked_at=NOON
    )
    made = {
        "confirm": signing.confirm_token(one, asked_at=NOON),
        "unsubscribe": signing.unsubscribe_token(one.channel, one),
        "manage": signing.manage_token(one.channel, made_at=NOON),
        "address": signing.address_token(
            one.channel, change_id=change.pk, side="old", asked_at=NOON
        ),
    }
    read = {
        "confirm": lambda token: signing.read_confirm_token(token, at=NOON),
        "unsubscribe": signing.read_unsubscribe_token,
        "manage": lambda token: signing.read_manage_token(token, at=NOON),
        "address": lambda token: signing.read_address_token(token, at=NOON),
    }

    served = [
        (made_for, used_for)
        for made_for in made
        for used_for in read
        if serves(made[made_for], read[used_for])
    ]

    assert served == [(purpose, purpose) for purpose in made]


def serves(token, read):
    try:
        read(token)
    except signing.TokenError:
        return False
    return True
