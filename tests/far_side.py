"""A real web server in a thread, that answers as a test tells it to and keeps what it was sent."""

import json
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.conf import LazySettings

Answer = tuple[int, dict[str, str]] | tuple[int, dict[str, str], bytes]
TAKEN: Answer = (204, {})


@dataclass
class Posted:
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)


@dataclass
class FarSide:
    """`answers` are given in turn; after them always the usual one.

    While `before` is set it is called before each answer.
    """

    posted: list[Posted] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    usual: Answer = TAKEN
    before: Callable[["Handler"], None] | None = None
    connections: int = 0
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://{self.host}/hook"

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    far_side: FarSide

    def setup(self) -> None:
        super().setup()
        self.far_side.connections += 1

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.far_side.posted.append(Posted(self.path, dict(self.headers), body))
        if self.far_side.before:
            self.far_side.before(self)
        answers = self.far_side.answers
        status, headers, *content = answers.pop(0) if answers else self.far_side.usual
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != TAKEN[0]:
            self.send_header("Content-Length", str(sum(map(len, content))))
        self.end_headers()
        for part in content:
            self.wfile.write(part)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """What was asked is in `posted`."""


class Server(ThreadingHTTPServer):
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        """Who hung up, as a test wanted, is not worth a line."""


@contextmanager
def running_far_side(*, tls: ssl.SSLContext | None = None) -> Iterator[FarSide]:
    far_side = FarSide()
    handler = type("FarSideHandler", (Handler,), {"far_side": far_side})
    with Server(("127.0.0.1", 0), handler) as server:
        if tls:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        far_side.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield far_side
        finally:
            server.shutdown()


@pytest.fixture
def far_side(settings: LazySettings) -> Iterator[FarSide]:
    """A server of our own that webhooks may go to."""
    with running_far_side() as running:
        settings.MILEPOST_WEBHOOK_PRIVATE_HOSTS = [running.host]
        yield running
