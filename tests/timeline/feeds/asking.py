"""Requests as a WSGI server hands them over, and what they are answered."""

from datetime import datetime
from typing import Any

from tests.clock import NOON
from timeline.feeds.ready import Answer
from timeline.feeds.serving import Serving


def request(path: str, *, method: str = "GET", **headers: str) -> dict[str, Any]:
    """`If_None_Match="…"` is that header."""
    path, _, query = path.partition("?")
    given = {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    return {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "wsgi.url_scheme": "http",
        **given,
    }


def ask(serving: Serving, path: str, *, at: datetime = NOON, **options: str) -> Answer:
    return serving.answer(request(path, **options), at=at.timestamp())


def header(answer: Answer, name: str) -> str:
    (value,) = [value for given, value in answer.headers if given == name]
    return value
