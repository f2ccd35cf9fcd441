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

    assert answers == [200, 200, 200 if model is Suppression else 403]


def suppress(admin_client, **changed):
    form = {"address": "Ada@example.org", "reason": "complaint"} | changed
    return admin_client.post(reverse("admin:notifications_suppression_add"), form)


def test_an_operator_stops_all_mail_to_whoever_complained_in_a_letter(admin_client):
    subscription = SubscriptionFactory(channel__address="ada@example.org")

    answer = suppress(admin_client)

    subscription.refresh_from_db()
    assert answer.status_code == 302
    assert subscription.ended_reason == "complained"
    assert subscription.channel.state == "disabled"
    event = subscription.channel.consent_events.get()
    assert (event.what, event.network) == ("complained", "")
    suppression = Suppression.objects.get()
    assert suppression.reason == "complaint"
    assert suppression.address_key == address_key("ada@example.org")


def test_an_operator_keeps_out_an_address_that_is_not_known_yet(admin_client):
    suppress(admin_client, reason="asked")
    suppress(admin_client)

    assert [one.reason for one in Suppression.objects.all()] == ["complaint"]


@pytest.mark.parametrize("wrong", [{"address": "ada"}, {"reason": "erased"}, {"reason": ""}])
def test_what_is_no_address_or_no_reason_of_an_operator_is_refused(admin_client, wrong):
    assert suppress(admin_client, **wrong).status_code == 200
    assert Suppression.objects.count() == 0


def test_a_suppression_that_is_deleted_lets_its_owner_ask_again(admin_client):
    suppress(admin_client)
    pk = Suppression.objects.get().pk

    seen = admin_client.get(reverse("admin:notifications_suppression_change", args=[pk]))
    admin_client.post(reverse("admin:notifications_suppression_delete", args=[pk]), {"post": "yes"})

    assert seen.status_code == 200
    assert Suppression.objects.count() == 0


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
