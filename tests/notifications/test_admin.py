import pytest
from django.contrib import admin
from django.urls import reverse

from notifications.models import Delivery, Suppression
from notifications.models.address import address_key
from tests.clock import NOON
from tests.notifications.factories import DeliveryFactory, SubscriptionFactory

pytestmark = pytest.mark.django_db

MODELS = sorted(
    (model for model in admin.site._registry if model._meta.app_label == "notifications"),  # noqa: SLF001
    key=lambda model: model.__name__,
)


@pytest.mark.parametrize("model", MODELS)
def test_each_table_can_be_looked_at_and_not_changed(admin_client, model):
    delivery = DeliveryFactory(state=Delivery.State.FAILED, reply_text="550 no such user")
    Suppression.objects.create(address_key=delivery.channel.address_key, reason="dead", since=NOON)
    name = f"admin:notifications_{model._meta.model_name}"

    answers = [
        admin_client.get(reverse(f"{name}_changelist"), {"q": "ada@example.org"}).status_code,
        admin_client.get(reverse(f"{name}_changelist")).status_code,
        admin_client.get(reverse(f"{name}_add")).status_code,
    ]

    assert answers == [200, 200, 403]


def test_what_failed_is_seen_with_the_servers_words(admin_client):
    DeliveryFactory(state=Delivery.State.FAILED, reply_code=550, reply_text="no such user")

    page = admin_client.get(
        reverse("admin:notifications_delivery_changelist"), {"state__exact": "failed"}
    )

    assert "no such user" in page.content.decode()


def test_a_subscriber_is_found_by_address(admin_client):
    SubscriptionFactory(channel__address="ada@example.org")
    SubscriptionFactory(channel__address="bob@example.org")

    page = admin_client.get(
        reverse("admin:notifications_subscription_changelist"), {"q": "ada@example.org"}
    ).content.decode()

    assert ("ada@example.org" in page, "bob@example.org" in page) == (True, False)


def test_a_channel_shows_what_it_follows(admin_client):
    subscription = SubscriptionFactory()

    page = admin_client.get(
        reverse("admin:notifications_channel_change", args=[subscription.channel_id])
    )

    assert "everything" in page.content.decode()


@pytest.mark.parametrize(("typed", "count"), [("Ada@Example.org ", 1), ("ada", 0), ("", 2)])
def test_a_suppression_is_found_by_the_whole_address_only(admin_client, typed, count):
    for address in ("ada@example.org", "bob@example.org"):
        Suppression.objects.create(address_key=address_key(address), reason="dead", since=NOON)

    page = admin_client.get(reverse("admin:notifications_suppression_changelist"), {"q": typed})

    assert page.context["cl"].result_count == count
