"""What docs/webhooks.md shows is what is sent, and its example checks it."""

import json
import re
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from standardwebhooks import Webhook

from notifications import fanout, messages
from notifications.models import Notification
from notifications.transports.base import Parcel
from notifications.transports.webhook import WebhookTransport, signed
from tests.clock import NOON
from tests.factories import MilestoneFactory, ProgrammeFactory, SourceFactory, state
from tests.notifications.factories import NotificationFactory
from timeline import outbox, publishing
from timeline.models import Announcement

DOCS = (Path(__file__).parents[3] / "docs" / "webhooks.md").read_text()
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
SECOND = timedelta(seconds=1)
HOME = "https://milepost.example"


def shown(language):
    return re.findall(rf"```{language}\n(.*?)```", DOCS, flags=re.DOTALL)


@pytest.fixture
def news(settings):
    """A launch that slipped, as it is after fan-out."""
    settings.MILEPOST_BASE_URL = HOME
    programme = ProgrammeFactory(title="ISSA", slug="issa")
    source = SourceFactory(
        publisher="Astroscale", title="Update on ISSA-J1", url="https://astroscale.example/news"
    )
    launch = MilestoneFactory(title="ISSA-J1 launch", slug="issa-j1-launch", programme=programme)
    state(launch, "spring 2027", source=source, announce=False)
    announcement = state(launch, "autumn 2027", source=source, at=NOON + SECOND).announcement
    outbox.release(announcement, at=NOON)
    fanout.note_announcement(Announcement.objects.get(), at=NOON)
    return Notification.objects.get()


def sent(draft, *, act):
    envelope = messages.Envelope(
        message_id=UUID("8f14e45f-ceea-467f-a9f1-2d9e3f1c0a11"),
        address="https://hooks.example/milepost",
        address_key="",
        date=NOON,
        why="the programme ISSA",
        scope="programme",
        links=messages.Links(act=f"{HOME}/{act}/…/", manage=f"{HOME}/manage/…/"),
        secret=SECRET,
    )
    return WebhookTransport().wrap(draft, envelope)


@pytest.mark.django_db
def test_the_example_of_a_change_is_what_is_sent(news):
    parcel = sent(messages.draft(news), act="unsubscribe")

    assert json.loads(parcel.content) == json.loads(shown("json")[0])


@pytest.mark.django_db
def test_the_example_of_a_correction_is_what_is_sent(news):
    wrong = news.revision
    taken_back = publishing.withdraw(
        wrong.statement, reason="That was another mission.", at=NOON + 2 * SECOND
    )
    correction = NotificationFactory(milestone=wrong.milestone, revision=taken_back.revision)

    parcel = sent(messages.draft(correction, base=wrong), act="unsubscribe")

    assert json.loads(parcel.content) == json.loads(shown("json")[1])


@pytest.mark.django_db
def test_the_example_of_a_question_is_what_is_sent(settings):
    question = NotificationFactory(
        kind="confirm", milestone=None, payload={"asked_at": NOON.isoformat()}
    )

    parcel = sent(messages.draft(question), act="subscribe/confirm")

    assert json.loads(parcel.content) == json.loads(shown("json")[2])


def parcel_of(content):
    return Parcel(message_id="8f14", sender="", recipient="", content=content, secret=SECRET)


def test_the_example_of_a_check_takes_what_is_ours_and_nothing_else():
    names = {}
    exec(shown("python")[0], names)  # noqa: S102  (our own example)
    verified = names["verified"]
    headers = signed(parcel_of(b'{"type":"digest"}'), at=NOON)
    now = NOON.timestamp()

    assert verified(b'{"type":"digest"}', headers, secret=SECRET, now=now)
    assert Webhook(SECRET)  # the same secret does for every library of Standard Webhooks
    assert not verified(b'{"type":"digest2"}', headers, secret=SECRET, now=now)
    assert not verified(b'{"type":"digest"}', headers, secret=f"{SECRET[:-4]}AAAA", now=now)
    assert not verified(b'{"type":"digest"}', headers, secret=SECRET, now=now + 301)
    assert not verified(b'{"type":"digest"}', headers | {"webhook-id": "9"}, secret=SECRET, now=now)
