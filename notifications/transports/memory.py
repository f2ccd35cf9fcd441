"""Messages in a list, for tests; and refusals that a test has asked for."""

from collections.abc import Iterator
from contextlib import contextmanager

from notifications.transports.base import ChannelError, Parcel, PatientLine, Receipt
from notifications.transports.email import mail


class MemoryTransport(PatientLine):
    wrap = staticmethod(mail)

    def __init__(self) -> None:
        self.carried: list[Parcel] = []
        self.refusals: dict[str, ChannelError] = {}
        self.connections = 0

    @contextmanager
    def connect(self) -> Iterator["MemoryTransport"]:
        self.connections += 1
        yield self

    def carry(self, parcel: Parcel) -> Receipt:
        if parcel.recipient in self.refusals:
            raise self.refusals[parcel.recipient]
        self.meanwhile()
        self.carried.append(parcel)
        return Receipt(250, "taken")
