"""A document with every answer that it can give, made once."""

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.http import http_date

from timeline.feeds.document import Document
from timeline.feeds.wishes import breaks_on_gzip, is_since, names_tag, takes_gzip

Headers = list[tuple[str, str]]
Environ = Mapping[str, Any]
BY_ANYBODY = "public, max-age=300, stale-while-revalidate=3600"
BY_THE_APP = "private, max-age=300"
# Level 9 takes three times as long as 3, and leaves a sixth less. One is for many, one for one.
LEVEL_FOR_ALL, LEVEL_FOR_ONE = 9, 3


@dataclass(frozen=True, slots=True)
class Answer:
    """As WSGI wants it."""

    status: str
    headers: Headers
    body: list[bytes]


def always() -> Headers:
    """What stands above every answer of a feed, since Django's middleware does not see it."""
    seconds = settings.SECURE_HSTS_SECONDS
    safe = [("Strict-Transport-Security", f"max-age={seconds}")] if seconds else []
    return [
        ("X-Content-Type-Options", "nosniff"),
        ("X-Robots-Tag", "noindex"),
        ("Referrer-Policy", "no-referrer"),
        *safe,
    ]


class BytesDropped(LookupError):
    """The bytes of the document are wanted, and not held any more."""


class Whole:
    """The bytes of a document, and with gzip once somebody has asked for that."""

    def __init__(self, document: Document, *, lasting: Headers, zipped_lasting: Headers) -> None:
        self._document = document
        self._zipped_lasting = zipped_lasting
        self._plain = Variant(document, document.body, lasting)
        self._zipped: Variant | None = None

    def answer(self, environ: Environ) -> Answer:
        variant = self._plain
        if takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")) and not breaks_on_gzip(
            environ.get("HTTP_USER_AGENT", "")
        ):
            variant = self._zipped or self._zip()
        return variant.head if environ["REQUEST_METHOD"] == "HEAD" else variant.whole

    @property
    def size(self) -> int:
        """Bytes that it takes, or soon will: gzip leaves less than a quarter of a feed."""
        return len(self._document.body) * 5 // 4

    def _zip(self) -> "Variant":
        # No time in it: the same document is the same bytes (RFC 1952 §2.3).
        level = LEVEL_FOR_ALL if self._document.is_public else LEVEL_FOR_ONE
        body = gzip.compress(self._document.body, level, mtime=0)
        encoded = [("Content-Encoding", "gzip"), *self._zipped_lasting]
        self._zipped = Variant(self._document, body, encoded)
        return self._zipped


class Variant:
    """One encoding of a document: its answers to GET and to HEAD."""

    def __init__(self, document: Document, body: bytes, lasting: Headers) -> None:
        headers = [
            ("Content-Type", document.media_type),
            ("Content-Disposition", f'inline; filename="{document.filename}"'),
            ("Content-Length", str(len(body))),
            *lasting,
        ]
        self.whole = Answer("200 OK", headers, [body])
        self.head = Answer("200 OK", headers, [])


class Ready:
    """The answers of one document: itself, or that who asks has it already.

    `held` may be set to None, to free its bytes; the others are still told that they have it.
    """

    def __init__(self, document: Document) -> None:
        digest = hashlib.sha256(document.body).hexdigest()[:32]
        self._zipped_tag = f'"{digest}-gzip"'
        self._tags = frozenset({f'"{digest}"', self._zipped_tag})
        self._changed_at = int(document.last_modified.timestamp())
        lasting = _lasting(document, tag=f'"{digest}"')
        zipped_lasting = _lasting(document, tag=self._zipped_tag)
        self._unchanged = Answer("304 Not Modified", lasting, [])
        self._unchanged_zipped = Answer("304 Not Modified", zipped_lasting, [])
        whole = Whole(document, lasting=lasting, zipped_lasting=zipped_lasting)
        self.held: Whole | None = whole

    def answer(self, environ: Environ) -> Answer:
        """What a GET or HEAD is answered. Raises BytesDropped."""
        if self._is_missed(environ):
            return Answer("412 Precondition Failed", [("Content-Length", "0"), *always()], [])
        if (unchanged := self._known(environ)) is not None:
            return unchanged
        if (held := self.held) is None:
            raise BytesDropped
        return held.answer(environ)

    def _is_missed(self, environ: Environ) -> bool:
        """Whether the document is wanted only as it is not."""
        if "HTTP_IF_MATCH" in environ:  # then the date does not count (RFC 9110 §13.1.4)
            return not names_tag(environ["HTTP_IF_MATCH"], self._tags, is_strict=True)
        if "HTTP_IF_UNMODIFIED_SINCE" not in environ:
            return False
        return is_since(environ["HTTP_IF_UNMODIFIED_SINCE"], self._changed_at) is False

    def _known(self, environ: Environ) -> Answer | None:
        tags = environ.get("HTTP_IF_NONE_MATCH")
        if tags is not None:  # then the date does not count (RFC 9110 §13.1.3)
            if tags not in self._tags and not names_tag(tags, self._tags):
                return None
            return self._unchanged_zipped if self._zipped_tag in tags else self._unchanged
        since = environ.get("HTTP_IF_MODIFIED_SINCE")
        return self._unchanged if since and is_since(since, self._changed_at) else None


def _lasting(document: Document, *, tag: str) -> Headers:
    """What a 304 repeats."""
    return [
        ("ETag", tag),
        ("Last-Modified", http_date(int(document.last_modified.timestamp()))),
        ("Cache-Control", BY_ANYBODY if document.is_public else BY_THE_APP),
        (
            "Vary",
            "Accept-Encoding, User-Agent" if settings.MILEPOST_NO_GZIP_FOR else "Accept-Encoding",
        ),
        *always(),
    ]
