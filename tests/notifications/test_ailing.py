from datetime import timedelta

import pytest

from notifications.ailing import note_failure, note_success
from notifications.models import Channel
from tests.clock import NOON
from tests.notifications.factories import ChannelFactory

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def hook():
    return ChannelFactory(kind="webhook", address="https://hooks.example/", address_key="k")


def seen(channel):
    channel = Channel.objects.get(pk=channel.pk)
    return channel.state, channel.failures, channel.failing_since, channel.disabled_reason


def test_failures_are_counted_from_the_first(hook):
    note_failure(hook.pk, text="503", at=NOON)
    note_failure(hook.pk, text="503", at=NOON + DAY)

    assert seen(hook) == ("active", 2, NOON, "")


def test_what_fails_for_five_days_is_disabled_and_says_why(hook):
    note_failure(hook.pk, text="503", at=NOON)
    note_failure(hook.pk, text="503 busy", at=NOON + 5 * DAY)

    assert seen(hook) == ("disabled", 2, NOON, "503 busy")


def test_one_success_ends_the_count(hook):
    note_failure(hook.pk, text="503", at=NOON)

    note_success(hook.pk)
    note_failure(hook.pk, text="503", at=NOON + 5 * DAY)

    assert seen(hook) == ("active", 1, NOON + 5 * DAY, "")


def test_another_one_is_not_meant(hook):
    other = ChannelFactory(kind="webhook", address="https://hooks.example/", address_key="l")

    note_failure(other.pk, text="503", at=NOON)
    note_success(hook.pk)

    assert (seen(hook), seen(other)[1]) == (("active", 0, None, ""), 1)


def test_a_mailbox_is_not_given_up_for_a_relay(hook):
    mailbox = ChannelFactory()

    note_failure(mailbox.pk, text="450", at=NOON)

    assert seen(mailbox) == ("active", 0, None, "")


def test_what_is_not_confirmed_or_has_ended_stays_so(hook):
    for state in ("unconfirmed", "ended"):
        Channel.objects.filter(pk=hook.pk).update(state=state, failing_since=NOON - 9 * DAY)

        note_failure(hook.pk, text="503", at=NOON)

        assert seen(hook)[0] == state
