"""For each transport a real other side, and the ways in which it can be difficult."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes
from operator import attrgetter
from threading import Event

from notifications.transports.base import ChannelError, Fault, Parcel, Transport
from notifications.transports.broadcast import BroadcastTransport, name_of
from notifications.transports.email import EmailTransport
from notifications.transports.folder import FolderTransport
from notifications.transports.memory import MemoryTransport
from notifications.transports.posting import Patience
from notifications.transports.provider import ProviderTransport
from notifications.transports.webhook import WebhookTransport
from tests.clock import NOON
from tests.far_side import running_far_side
from tests.smtp_sink import running_sink

READER = "ada@example.org"
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
SHORT = 0.4  # seconds


def nothing() -> None:
    pass


@dataclass
class Counterpart:
    """`taken` gives the ids of what arrived; `troubles` bring about the fault they are named for.

    Most are difficult once; where one stays so, `relent` ends it.
    """

    transport: Transport
    address: str
    taken: Callable[[], list[str]]
    connections: Callable[[], int]
    troubles: dict[Fault, Callable[[], object]]
    secret: str = ""
    id_of: Callable[[Parcel], str] = attrgetter("message_id")
    relent: Callable[[], object] = nothing
    hang: Callable[[], object] = nothing
    let_go: Callable[[], object] = nothing


@contextmanager
def email(settings, _tmp_path) -> Iterator[Counterpart]:
    released = Event()
    with running_sink() as sink:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_TIMEOUT = SHORT
        yield Counterpart(
            transport=EmailTransport(),
            address=READER,
            taken=lambda: [mail.message_id for mail in sink.kept],
            connections=lambda: sink.connections,
            troubles={
                Fault.MESSAGE: lambda: sink.refuse("*", "554 5.6.0 bad content", command="TAKE"),
                Fault.ADDRESS: lambda: sink.refuse("*", "550 5.1.1 no such user"),
                Fault.PASSING: lambda: sink.refuse("*", "450 4.7.1 greylisted"),
                Fault.POLICY: lambda: sink.refuse("*", "550 5.7.1 blocked"),
                Fault.RELAY: lambda: setattr(settings, "EMAIL_PORT", 1),
            },
            hang=lambda: setattr(sink, "after_data", lambda: released.wait(5)),
            let_go=released.set,
        )


@contextmanager
def folder(_settings, tmp_path) -> Iterator[Counterpart]:
    outbox = tmp_path / "kept"
    yield Counterpart(
        transport=FolderTransport(outbox),
        address=READER,
        taken=lambda: [
            message_from_bytes(file.read_bytes())["Message-ID"] for file in outbox.iterdir()
        ],
        connections=lambda: 1,
        troubles={Fault.RELAY: lambda: outbox.write_text("in the way")},
    )


@contextmanager
def memory(_settings, _tmp_path) -> Iterator[Counterpart]:
    wire = MemoryTransport()

    def refuse(fault: Fault) -> Callable[[], None]:
        return lambda: wire.refusals.update({READER: ChannelError(fault, "no")})

    yield Counterpart(
        transport=wire,
        address=READER,
        taken=lambda: [parcel.message_id for parcel in wire.carried],
        connections=lambda: wire.connections,
        troubles={fault: refuse(fault) for fault in Fault},
        relent=wire.refusals.clear,
    )


@contextmanager
def webhook(settings, _tmp_path) -> Iterator[Counterpart]:
    released = Event()
    with running_far_side() as far_side:
        settings.MILEPOST_WEBHOOK_PRIVATE_HOSTS = [far_side.host]

        def answer(*answers: tuple[int, dict[str, str]]) -> Callable[[], None]:
            return lambda: far_side.answers.extend(answers)

        yield Counterpart(
            transport=WebhookTransport(now=lambda: NOON, patience=Patience(SHORT, SHORT)),
            address=far_side.url,
            secret=SECRET,
            taken=lambda: [posted.headers["webhook-id"] for posted in far_side.posted],
            connections=lambda: far_side.connections,
            troubles={
                Fault.MESSAGE: answer((413, {})),
                Fault.ADDRESS: answer((410, {})),
                Fault.PASSING: answer((503, {"Retry-After": "60"})),
                Fault.POLICY: answer((307, {"Location": "http://127.0.0.1/"})),
            },
            hang=lambda: setattr(far_side, "before", lambda _handler: released.wait(5)),
            let_go=released.set,
        )


def said(status: int, **words: object) -> tuple[int, dict[str, str], bytes]:
    """An answer in JSON."""
    return status, {"Content-Type": "application/json"}, json.dumps(words).encode()


@contextmanager
def provider(settings, _tmp_path) -> Iterator[Counterpart]:
    """A server that speaks as Postmark does."""
    released = Event()
    with running_far_side() as far_side:
        settings.MILEPOST_MAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
        settings.ANYMAIL = {
            "POSTMARK_SERVER_TOKEN": "token",
            "POSTMARK_API_URL": f"http://{far_side.host}/",
            "REQUESTS_TIMEOUT": SHORT,
        }
        far_side.usual = said(200, ErrorCode=0, Message="OK", MessageID="b7bc", To=READER)
        inactive = said(
            422,
            ErrorCode=406,
            Message=f"Found inactive addresses: {READER}. Inactive recipients are …",
        )

        def answer(given: tuple[int, dict[str, str], bytes]) -> Callable[[], None]:
            return lambda: far_side.answers.append(given)

        yield Counterpart(
            transport=ProviderTransport(),
            address=READER,
            taken=lambda: [message_id_in(posted.json) for posted in far_side.posted],
            connections=lambda: far_side.connections,
            troubles={
                Fault.MESSAGE: answer(said(413, ErrorCode=1, Message="too large")),
                Fault.ADDRESS: answer(inactive),
                Fault.POLICY: answer(
                    said(422, ErrorCode=400, Message="Sender signature not found")
                ),
                Fault.RELAY: answer(said(401, ErrorCode=10, Message="Bad or missing token")),
            },
            hang=lambda: setattr(far_side, "before", lambda _handler: released.wait(5)),
            let_go=released.set,
        )


def message_id_in(mail: dict) -> str:
    return next(one["Value"] for one in mail["Headers"] if one["Name"] == "Message-ID")


@contextmanager
def broadcast(settings, _tmp_path) -> Iterator[Counterpart]:
    """A server that speaks as Mattermost does. What it is told has words and no number."""
    released = Event()
    with running_far_side() as far_side:
        url = f"mmost://{far_side.host}/{'a' * 26}?rto={SHORT}"

        def relent() -> None:
            settings.MILEPOST_BROADCAST_URLS = [url]
            settings.MILEPOST_BROADCAST_PRIVATE_HOSTS = [far_side.host]

        relent()
        far_side.usual = said(200)
        yield Counterpart(
            transport=BroadcastTransport(),
            address=name_of(url),
            taken=lambda: [posted.json["text"].replace("\r", "") for posted in far_side.posted],
            id_of=lambda parcel: parcel.content.decode(),
            connections=lambda: far_side.connections,
            troubles={
                Fault.MESSAGE: lambda: setattr(settings, "MILEPOST_BROADCAST_URLS", []),
                Fault.PASSING: lambda: far_side.answers.append(said(503)),
                Fault.POLICY: lambda: setattr(settings, "MILEPOST_BROADCAST_PRIVATE_HOSTS", []),
            },
            relent=relent,
            hang=lambda: setattr(far_side, "before", lambda _handler: released.wait(5)),
            let_go=released.set,
        )


COUNTERPARTS = {
    "broadcast": broadcast,
    "email": email,
    "folder": folder,
    "memory": memory,
    "provider": provider,
    "webhook": webhook,
}
# Apprise calls anew for each.
WITH_LINES = [name for name in COUNTERPARTS if name != "broadcast"]
THAT_HANG = ["broadcast", "email", "provider", "webhook"]
REFUSALS = [Fault.MESSAGE, Fault.ADDRESS, Fault.PASSING, Fault.POLICY]
# Each with what can go wrong there. Whatever happens to a webhook, no other channel waits for it.
FAULTS = [
    *[("email", fault) for fault in [*REFUSALS, Fault.RELAY]],
    *[("broadcast", fault) for fault in [Fault.MESSAGE, Fault.PASSING, Fault.POLICY]],
    ("folder", Fault.RELAY),
    *[("memory", fault) for fault in REFUSALS],
    *[("provider", fault) for fault in [Fault.MESSAGE, Fault.ADDRESS, Fault.POLICY, Fault.RELAY]],
    *[("webhook", fault) for fault in REFUSALS],
]
