"""A provider reports, by HTTP, in its own words: here Postmark and Mailgun."""

import hashlib
import hmac
import json
from base64 import b64encode
from http import HTTPStatus

import pytest
from django.urls import include, path

from notifications.models import Channel, ConsentEvent, Suppression
from tests.notifications.factories import DeliveryFactory
from tracker.urls import urlpatterns as ours

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

urlpatterns = [*ours, path("anymail/", include("anymail.urls"))]

SECRET = "postmark:a-long-password"
KEY = "mailgun-key"
# As in Postmark's documentation of its bounce webhook, shortened.
BOUNCE = {
    "RecordType": "Bounce",
    "ID": 4323372036854775807,
    "Type": "HardBounce",
    "TypeCode": 1,
    "Name": "Hard bounce",
    "Tag": "Test",
    "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483",
    "ServerID": 23,
    "Description": "The server was unable to deliver your message (ex: unknown user).",
    "Details": "Test bounce details",
    "Email": "john@example.com",
    "From": "sender@example.com",
    "BouncedAt": "2014-08-01T13:28:10.2735393-04:00",
    "DumpAvailable": True,
    "Inactive": True,
    "CanActivate": True,
    "Subject": "Test subject",
}
COMPLAINT = BOUNCE | {"RecordType": "SpamComplaint", "Type": "SpamComplaint", "TypeCode": 100001}
SOFT = BOUNCE | {"Type": "SoftBounce", "TypeCode": 4096, "Details": "smtp;452 4.2.2 over quota"}


@pytest.fixture(autouse=True)
def provider(settings):
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET, "MAILGUN_WEBHOOK_SIGNING_KEY": KEY}


def post(client, body, *, to="postmark", secret=SECRET):
    authorization = f"Basic {b64encode(secret.encode()).decode()}"
    return client.post(
        f"/anymail/{to}/tracking/",
        json.dumps(body),
        content_type="application/json",
        headers={"Authorization": authorization} if secret else {},
    )


def about(delivery, body):
    return body | {"Metadata": {"delivery": str(delivery.message_id)}}


@pytest.mark.parametrize(
    ("body", "state", "reasons", "failures"),
    [
        (BOUNCE, "disabled", ["dead"], 0),
        (COMPLAINT, "disabled", ["complaint"], 0),
        (SOFT, "active", [], 1),
    ],
)
def test_what_postmark_reports_is_acted_on_once(client, body, state, reasons, failures):
    delivery = DeliveryFactory()

    answers = [post(client, about(delivery, body)).status_code for _ in range(2)]

    assert answers == [HTTPStatus.OK, HTTPStatus.OK]
    channel = Channel.objects.get()
    assert (channel.state, channel.failures) == (state, failures)
    assert [one.reason for one in Suppression.objects.all()] == reasons
    assert ConsentEvent.objects.count() == len(reasons)


def test_what_mailgun_reports_is_acted_on(client):
    delivery = DeliveryFactory()
    timestamp, token = "1534108637", "eb2627a33c1b5d1b8b6d1d2d1d1b8b6d1d2d1d1b8b6d1d2d1d"
    signature = hmac.new(KEY.encode(), f"{timestamp}{token}".encode(), hashlib.sha256).hexdigest()
    body = {
        "signature": {"timestamp": timestamp, "token": token, "signature": signature},
        "event-data": {
            "event": "failed",
            "severity": "permanent",
            "timestamp": 1534108600.089676,
            "id": "pl271FzxTTmGRW8Uj3dUWw",
            "recipient": "john@example.com",
            "delivery-status": {
                "code": 550,
                "message": "550 5.1.1 The email account that you tried to reach does not exist.",
            },
            "message": {"headers": {"message-id": f"d.{delivery.message_id}@milepost.example"}},
            "user-variables": {},
        },
    }

    answer = post(client, body, to="mailgun")

    assert answer.status_code == HTTPStatus.OK
    assert Channel.objects.get().state == "disabled"


@pytest.mark.parametrize("secret", ["", "postmark:guessed", "nobody"])
def test_who_does_not_know_the_password_reports_nothing(client, secret):
    delivery = DeliveryFactory()

    answer = post(client, about(delivery, BOUNCE), secret=secret)

    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert Channel.objects.get().state == "active"


def test_what_is_not_ours_is_answered_alike(client):
    DeliveryFactory()

    answer = post(client, BOUNCE)

    assert answer.status_code == HTTPStatus.OK
    assert Channel.objects.get().state == "active"
