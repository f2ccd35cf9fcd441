"""How a feed's address answers when there is no document to send: in plain text, never a page."""

import logging
from http import HTTPStatus

from timeline.asked import WrongParameters
from timeline.feeds.document import Moved, NoDocument
from timeline.feeds.ready import Answer, Environ, always

logger = logging.getLogger(__name__)

ALLOWED = ("Allow", "GET, HEAD, OPTIONS")
TRY_AGAIN_AFTER = ("Retry-After", "300")


def unread(environ: Environ) -> Answer:
    """To OPTIONS, and to whoever would write."""
    if environ["REQUEST_METHOD"] == "OPTIONS":
        return Answer("204 No Content", [ALLOWED, *always()], [])
    return plain(environ, HTTPStatus.METHOD_NOT_ALLOWED, "A feed is only read.", ALLOWED)


def refused(environ: Environ, error: Exception) -> Answer:
    """What an exception says. For whatever broke, 503: only then do apps keep what they have."""
    match error:
        case WrongParameters():
            return plain(environ, HTTPStatus.BAD_REQUEST, str(error))
        case Moved():
            return plain(environ, error.status, str(error), ("Location", error.to))
        case NoDocument():
            return plain(environ, error.status, str(error))
    logger.error("A feed is broken", exc_info=error)
    text = "This feed will be back shortly."
    return plain(environ, HTTPStatus.SERVICE_UNAVAILABLE, text, TRY_AGAIN_AFTER)


def plain(environ: Environ, status: HTTPStatus, text: str, *more: tuple[str, str]) -> Answer:
    body = f"{text}\n".encode()
    headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
        *more,
        *always(),
    ]
    told = [] if environ["REQUEST_METHOD"] == "HEAD" else [body]
    return Answer(f"{status.value} {status.phrase}", headers, told)
