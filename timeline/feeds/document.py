"""What a feed's address leads to: a document, or a plain word why there is none."""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The bytes of a feed, and since when they are so, in whole seconds.

    A public one may be kept by anybody on the way; `filename` is how apps name it.
    """

    body: bytes
    media_type: str
    filename: str
    last_modified: datetime
    is_public: bool = True


class NoDocument(Exception):
    """There is none, or not here. The message is for whoever reads the answer."""

    status = HTTPStatus.NOT_FOUND


class Closed(NoDocument):
    """There was one, and there never will be again."""

    status = HTTPStatus.GONE


class Moved(NoDocument):
    """It is at another address."""

    status = HTTPStatus.PERMANENT_REDIRECT

    def __init__(self, *, to: str) -> None:
        self.to = to
        super().__init__(f"This feed is at {to}")
