"""What every transport takes, gives and raises."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Protocol

from notifications.messages import Draft, Envelope


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """One message, finished, for one recipient. The same `message_id` is the same message.

    `secret` is what the recipient will check its signature with, where there is one.
    """

    message_id: str
    sender: str
    recipient: str
    content: bytes
    secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the other side said when it took the message."""

    code: int
    text: str


class Fault(StrEnum):
    """Whose fault it is that a message was not taken."""

    RELAY = "relay"  # no message would have been taken: not this one's fault
    POLICY = "policy"  # the recipient's side does not want us, or this; not the address's fault
    ADDRESS = "address"  # there is no such mailbox
    PASSING = "passing"  # later it may be taken
    MESSAGE = "message"  # this message will never be taken


class ChannelError(Exception):
    """The message was not taken; `fault` says whose doing that is.

    `wait` is how long the other side asks us to stay away.
    """

    def __init__(
        self, fault: Fault, text: str, *, code: int | None = None, wait: timedelta | None = None
    ) -> None:
        self.fault, self.text, self.code, self.wait = fault, text, code, wait
        super().__init__(f"{code or ''} {text}".strip())

    @property
    def permanent(self) -> bool:
        """Whether trying again is of no use."""
        return self.fault in (Fault.ADDRESS, Fault.MESSAGE)

    @property
    def address_is_dead(self) -> bool:
        return self.fault is Fault.ADDRESS

    @property
    def relay_is_down(self) -> bool:
        return self.fault is Fault.RELAY


class Line(Protocol):
    """An open connection, good for many messages."""

    def carry(self, parcel: Parcel) -> Receipt:
        """Returns once the other side has taken the message. Raises ChannelError."""


class PatientLine:
    """One that waits for answers. What it does `meanwhile`, once for each message, costs no time.

    That must not raise, nor touch the line.
    """

    meanwhile: Callable[[], None] = staticmethod(lambda: None)


class Transport(Protocol):
    def wrap(self, draft: Draft, envelope: Envelope) -> Parcel:
        """The message as it travels this way. The same again for the same two."""

    def connect(self) -> AbstractContextManager[Line]:
        """Raises ChannelError with the fault RELAY if nobody answers."""
