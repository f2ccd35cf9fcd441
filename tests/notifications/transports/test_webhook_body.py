import json
from dataclasses import replace
from uuid import UUID

import pytest

from notifications import messages
from notifications.messages import Draft
from notifications.models import Notification
from notifications.transports.base import ChannelError, Fault
from notifications.transports.webhook import LONGEST_BODY, body
from tests.clock import NOON

LINKS = messages.Links(act="https://milepost.example/stop", manage="https://milepost.example/all")
ENVELOPE = messages.Envelope(
    message_id=UUID(int=1),
    address="https://hooks.example/",
    address_key="",
    date=NOON,
    why="the programme ISSA",
    scope="programme",
    links=LINKS,
)


def draft(kind, **facts):
    notification = Notification(kind=kind)
    return Draft(notification, facts, subject="", pieces=())


def read(kind, **facts):
    return json.loads(body(draft(kind, **facts), ENVELOPE))


def test_the_body_says_what_when_and_why():
    assert read("change", title="ISSA-J1 launch", now="spring 2027") == {
        "type": "date.changed",
        "timestamp": "2026-11-20T12:00:00+00:00",
        "data": {
            "title": "ISSA-J1 launch",
            "now": "spring 2027",
            "why": "the programme ISSA",
            "links": {
                "stop": "https://milepost.example/stop",
                "manage": "https://milepost.example/all",
            },
        },
    }


@pytest.mark.parametrize(
    ("kind", "facts", "words"),
    [
        ("change", {}, "date.changed"),
        ("change", {"is_correction": True}, "date.correction"),
        ("reminder", {}, "date.reminder"),
        ("digest", {}, "digest"),
        ("digest", {"is_correction": True}, "digest"),
        ("manage", {}, "subscription.manage"),
        ("goodbye", {}, "subscription.ended"),
        ("confirm", {}, "subscription.confirm"),
    ],
)
def test_the_type_says_what_it_is_about(kind, facts, words):
    assert read(kind, **facts)["type"] == words


def test_a_question_has_a_link_to_confirm():
    assert read("confirm")["data"]["links"]["confirm"] == "https://milepost.example/stop"


def test_what_is_meant_for_mailboxes_goes_to_no_webhook():
    with pytest.raises(ChannelError) as error:
        read("address")

    assert error.value.fault is Fault.MESSAGE


def test_a_digest_that_is_too_long_says_how_much_it_leaves_out():
    items = [{"title": f"{number}", "line": "日" * 100} for number in range(100)]

    content = body(draft("digest", items=items), ENVELOPE)

    data = json.loads(content)["data"]
    assert LONGEST_BODY - 400 < len(content) <= LONGEST_BODY
    assert data["items"] == items[: len(data["items"])]
    assert data["left_out"] == 100 - len(data["items"])


def test_what_cannot_be_shortened_is_no_message():
    with pytest.raises(ChannelError) as error:
        read("change", title="a" * LONGEST_BODY)

    assert error.value.fault is Fault.MESSAGE


def test_every_try_says_the_same():
    again = replace(ENVELOPE)

    assert body(draft("change", now="2027"), ENVELOPE) == body(draft("change", now="2027"), again)
