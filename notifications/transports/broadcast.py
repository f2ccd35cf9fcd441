"""Chat services of the operator, through Apprise. Only a worker that has some loads it.

The database knows each by a name; its URL, which is a secret, stands in the settings alone.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from typing import Any

from django.conf import settings
from django.utils.crypto import salted_hmac

from notifications.messages import Draft, Envelope
from notifications.transports import targets
from notifications.transports.base import ChannelError, Fault, Parcel, Receipt

# Services for people who talk. Apprise would also run programs, write logs and post anywhere.
HOSTED = (
    "discord",
    "gchat",
    "guilded",
    "lark",
    "slack",
    "tgram",
    "webex",
    "workflows",
    "zulip",
)
OWN_HOST = (
    "matrix",
    "matrixs",
    "mmost",
    "mmosts",
    "nctalk",
    "nctalks",
    "ntfy",
    "ntfys",
    "rocket",
    "rockets",
)


class BroadcastTransport:
    def wrap(self, draft: Draft, envelope: Envelope) -> Parcel:
        return Parcel(
            message_id=str(envelope.message_id),
            sender="",
            recipient=envelope.address,
            content=text(draft).encode(),
        )

    @contextmanager
    def connect(self) -> Iterator["BroadcastLine"]:
        yield BroadcastLine(apprise())


class BroadcastLine:
    def __init__(self, library: Any) -> None:
        self.library = library

    def carry(self, parcel: Parcel) -> Receipt:
        """Apprise does not say why one was not taken: each may be, later."""
        urls = {name_of(url): url for url in settings.MILEPOST_BROADCAST_URLS}
        if parcel.recipient not in urls:
            raise ChannelError(Fault.MESSAGE, "It is in the settings no more.")
        service = self.service(urls[parcel.recipient])
        title, _, body = parcel.content.decode().partition("\n")
        try:
            taken = service.notify(title=title, body=body)
        except OSError as error:
            raise ChannelError(Fault.PASSING, type(error).__name__) from error
        if not taken:
            raise ChannelError(Fault.PASSING, "The chat service did not take it.")
        return Receipt(200, "taken")

    def service(self, url: str) -> Any:
        # A redirect could lead anywhere, so none is followed.
        asset = self.library.AppriseAsset(
            app_id="Milepost", app_url=settings.MILEPOST_BASE_URL, http_redirects=False
        )
        service = self.library.Apprise.instantiate(url, asset=asset, suppress_exceptions=True)
        if service is None:
            raise ChannelError(Fault.POLICY, "No chat service that is allowed has such a URL.")
        refuse_private(url, service)
        return service


def refuse_private(url: str, service: Any) -> None:
    """A slip of the pen in the settings shall not post into our own network."""
    if url.partition("://")[0].lower() not in OWN_HOST:
        return
    host, port = str(service.host), service.port or targets.HTTPS
    ours = settings.MILEPOST_BROADCAST_PRIVATE_HOSTS
    if host in ours or f"{host}:{port}" in ours:
        return
    try:
        addresses = targets.looked_up(host, port)
    except (OSError, UnicodeError) as error:
        raise ChannelError(Fault.PASSING, f"{host} is not found") from error
    if not all(targets.is_public(address) for address in addresses):
        raise ChannelError(Fault.POLICY, f"{host} is in a private network.")


@cache
def apprise() -> Any:
    """Loaded when it is needed: it brings 40 MB along, which no web process has to carry."""
    library = import_module("apprise")
    library.manager_plugins.NotificationManager().enable_only(*HOSTED, *OWN_HOST)
    return library


def name_of(url: str) -> str:
    """What the database calls it. Another URL is another channel."""
    return f"chat-{key_of(url)[:16]}"


def key_of(url: str) -> str:
    return salted_hmac(
        "notifications.broadcast", url, secret=settings.MILEPOST_ADDRESS_KEY, algorithm="sha256"
    ).hexdigest()


# ---- words -------------------------------------------------------------------------------------


def text(draft: Draft) -> str:
    """The news as its first line, then what there is to know."""
    items = draft.facts.get("items")
    told = items if isinstance(items, list) else [draft.facts]
    paragraphs = [paragraph(one, is_one_of_many=isinstance(items, list)) for one in told]
    return "\n".join([draft.subject, *paragraphs])


def paragraph(facts: dict[str, object], *, is_one_of_many: bool) -> str:
    news = f"{facts.get('title')}: {facts.get('news')}" if is_one_of_many else facts.get("line")
    source = ", ".join(str(facts[name]) for name in ("publisher", "said_on") if facts.get(name))
    lines = (news, facts.get("reason"), source, facts.get("url"))
    return "\n".join(str(line) for line in lines if line)
