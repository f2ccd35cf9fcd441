"""Feeds, answered before Django: most of what calendars ask is that nothing has changed."""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from threading import local
from time import monotonic, time
from typing import Any

from django.conf import settings
from django.db import close_old_connections
from django.http.request import split_domain_port, validate_host

from timeline.feeds.answering import plain
from timeline.feeds.fetches import NOTED
from timeline.feeds.finding import is_feed
from timeline.feeds.ready import Answer
from timeline.feeds.serving import Serving

Environ = dict[str, Any]
StartResponse = Callable[[str, list[tuple[str, str]]], Any]
Application = Callable[[Environ, Any], Iterable[bytes]]
_MOST_HOSTS = 100
_LOOKS_EVERY = 1.0
_looked = local()


class FeedFront:
    """A WSGI application that answers feeds, and leaves everything else to Django.

    So it does with plain HTTP where TLS is insisted on, for Django to send it there.
    """

    def __init__(self, django: Application, *, room: int) -> None:
        self._django = django
        self._serving = Serving(
            room=room, before_reading=_before_reading, after_failing=close_old_connections
        )
        self._hosts: set[str] = set()
        self._insists_on_tls = settings.SECURE_SSL_REDIRECT
        self._scheme = "HTTP_X_FORWARDED_PROTO" if settings.MILEPOST_PROXIES else "wsgi.url_scheme"

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if not is_feed(environ.get("PATH_INFO", "")) or self._goes_to_tls(environ):
            return self._django(environ, start_response)
        environ.setdefault("QUERY_STRING", "")  # a server may leave out an empty one
        answer = self._answer(environ)
        # A copy: servers, and what stands before them, may write into the list (PEP 3333).
        start_response(answer.status, answer.headers.copy())
        return answer.body

    def _answer(self, environ: Environ) -> Answer:
        host = environ.get("HTTP_HOST", "")
        if host in self._hosts or self._is_allowed(host):
            return self._serving.answer(environ, at=time())
        return plain(environ, HTTPStatus.BAD_REQUEST, "This is not a name of this server.")

    def _goes_to_tls(self, environ: Environ) -> bool:
        if not self._insists_on_tls or _is_https(environ.get(self._scheme, "")):
            return False
        host = environ.get("HTTP_HOST", "")
        return host in self._hosts or self._is_allowed(host)

    def _is_allowed(self, host: str) -> bool:
        allowed = validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS)
        if allowed and len(self._hosts) < _MOST_HOSTS:
            self._hosts.add(host)
        return allowed


def _is_https(scheme: str) -> bool:
    """As Django reads it: of a chain of proxies, what the first was asked with."""
    return scheme == "https" or scheme.partition(",")[0].strip() == "https"


def _before_reading() -> None:
    """As Django does before each request, but once a second: it asks PostgreSQL whether it lives.

    One that was lost since is told by the first who needs it, and replaced after that.
    """
    now = monotonic()
    if now - getattr(_looked, "at", -_LOOKS_EVERY) >= _LOOKS_EVERY:
        _looked.at = now
        close_old_connections()
        NOTED.keep_writing()
