import pytest

from notifications import owing
from notifications.models import Delivery, Notification
from tests.clock import NOON
from tests.notifications.factories import SubscriptionFactory

pytestmark = pytest.mark.django_db


def test_what_is_owed_under_one_key_is_owed_once():
    subscription = SubscriptionFactory()
    question = {
        "kind": Notification.Kind.CONFIRM,
        "key": "confirm:1",
        "channel": subscription.channel,
        "subscription": subscription,
        "at": NOON,
    }

    first = owing.owe(**question, payload={"asked_at": "first"})
    again = owing.owe(**question, payload={"asked_at": "again"})

    assert first == again == Delivery.objects.get()
    assert Notification.objects.get().payload == {"asked_at": "first"}
    assert Notification.objects.get().state == Notification.State.EXPANDED
