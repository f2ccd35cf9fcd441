"""A reader's own page, as a program sees it."""

from typing import Any

from django.test import Client
from django.utils import timezone

from notifications import signing
from notifications.models import Channel


def url_of(channel: Channel) -> str:
    return f"/manage/{signing.manage_token(channel, made_at=timezone.now())}/"


def press(client: Client, channel: Channel, do: str, **form: Any) -> Any:
    """Press the button of that name; the answer."""
    return client.post(url_of(channel), {"do": do, **form})


def shown(client: Client, channel: Channel) -> str:
    return client.get(url_of(channel)).content.decode()


def lead(answer: Any) -> tuple[int, str]:
    """The status of an answer, and what it says in the address it leads to."""
    return answer.status_code, answer.headers["Location"].partition("?")[2]
