"""Messages as files, for the browser of a laptop to show. None leaves."""

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from notifications.transports.base import ChannelError, Fault, Parcel, Receipt
from notifications.transports.email import mail


class FolderTransport:
    wrap = staticmethod(mail)

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def connect(self) -> Iterator["FolderTransport"]:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ChannelError(Fault.RELAY, str(error)) from error
        yield self

    def carry(self, parcel: Parcel) -> Receipt:
        """Written whole, then named after the message: a second try replaces the first."""
        name = re.sub(r"[^A-Za-z0-9.-]", "_", parcel.message_id.partition("@")[0].strip("<>"))
        try:
            with tempfile.NamedTemporaryFile(dir=self.folder, suffix=".part", delete=False) as part:
                part.write(parcel.content)
            Path(part.name).replace(self.folder / f"{name}.eml")
        except OSError as error:
            raise ChannelError(Fault.RELAY, str(error)) from error
        return Receipt(250, f"kept in {name}.eml")
