"""A real SMTP server in a thread, that answers as a test tells it to and keeps what it took."""

import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from itertools import count

import pytest
from django.conf import LazySettings

TAKEN = "250 2.0.0 taken"
PATIENCE = 60


@dataclass
class Kept:
    """A mail that the server took, and said so."""

    sender: str
    recipient: str
    content: bytes

    @property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.content, policy=policy.default)

    @property
    def message_id(self) -> str:
        return str(self.message["Message-ID"])


class Instant:
    """What the server reaches with the `number`-th mail, and where it stays while a test acts."""

    def __init__(self, *, number: int = 1) -> None:
        self.calls = count(1)
        self.number = number
        self.reached = threading.Event()
        self.go_on = threading.Event()

    def __call__(self) -> None:
        if next(self.calls) == self.number:
            self.reached.set()
            self.go_on.wait(PATIENCE)

    @contextmanager
    def lasts(self) -> Iterator[None]:
        assert self.reached.wait(PATIENCE)
        yield
        self.go_on.set()


@dataclass
class Sink:
    """`replies` gives, by command and recipient, the answers in turn; else it takes everything.

    While `after_data` is set, the mail is kept and then that is called before the server says
    "250": the instant in which nobody can know whether it left. It thinks for `pause` seconds
    before each answer.
    """

    kept: list[Kept] = field(default_factory=list)
    replies: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    after_data: Callable[[], None] | None = None
    before_data: Callable[[], None] | None = None
    pause: float = 0.0
    connections: int = 0
    port: int = 0
    server: "Server | None" = None

    def open(self) -> None:
        """Listen, at the same port as before."""
        handler = type("SinkHandler", (Handler,), {"sink": self})
        self.server = Server(("127.0.0.1", self.port), handler)
        self.port = self.server.server_address[1]
        serve = self.server.serve_forever
        threading.Thread(target=serve, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        """From now on connections are refused; those that are open stay."""
        if self.server is not None:
            self.server.shutdown()
            self.server.server_close()

    def refuse(self, recipient: str, *replies: str, command: str = "RCPT") -> None:
        self.replies[command, recipient] = list(replies)

    def reset(self) -> None:
        self.kept.clear()
        self.replies.clear()
        self.after_data = self.before_data = None
        self.pause = 0.0

    def reply(self, command: str, recipient: str) -> str:
        for key in ((command, recipient), (command, "*")):
            if self.replies.get(key):
                return self.replies[key].pop(0)
        return {"DATA": "354 go on", "CONNECT": "220 sink"}.get(command, TAKEN)

    def of(self, recipient: str) -> list[Kept]:
        return [mail for mail in self.kept if mail.recipient == recipient]


class Handler(socketserver.StreamRequestHandler):
    sink: Sink

    def handle(self) -> None:
        self.sink.connections += 1
        self.sender = self.recipient = ""
        if not self.say(self.sink.reply("CONNECT", "")):
            return
        for line in self.rfile:
            command, _, rest = line.decode().strip().partition(" ")
            if command.upper() == "QUIT" or not self.answer(command.upper(), rest):
                return

    def answer(self, command: str, rest: str) -> bool:
        if command in ("EHLO", "HELO"):
            return self.say(self.sink.reply(command, ""))
        if command == "MAIL":
            if self.sender:  # as strict as servers are: the last mail was not done with
                return self.say("503 5.5.1 nested MAIL")
            self.sender = rest.partition("<")[2].partition(">")[0]
        if command == "RCPT":
            self.recipient = rest.partition("<")[2].partition(">")[0]
        if command == "RSET":
            self.sender = ""
        if command != "DATA":
            return self.say(self.sink.reply(command, self.recipient))
        goes_on = self.take_data()
        self.sender = ""
        return goes_on

    def take_data(self) -> bool:
        reply = self.sink.reply("DATA", self.recipient)
        if not reply.startswith("354"):
            return self.say(reply)
        if self.sink.before_data:
            self.sink.before_data()
        self.say(reply)
        content = b""
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            content += line.removeprefix(b".") if line.startswith(b"..") else line
        if not line:
            return False
        reply = self.sink.reply("TAKE", self.recipient)
        if reply == TAKEN:
            self.sink.kept.append(Kept(self.sender, self.recipient, content))
        if self.sink.after_data:
            self.sink.after_data()
        return self.say(reply)

    def say(self, reply: str) -> bool:
        """False when the reply ends the conversation."""
        if reply == "hang up":
            return False
        time.sleep(self.sink.pause)
        self.wfile.write(f"{reply}\r\n".encode())
        return not reply.startswith("421")


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        """Who was killed, or hung up as a test wanted, is not worth a line."""


@contextmanager
def running_sink(*, port: int = 0) -> Iterator[Sink]:
    sink = Sink(port=port)
    sink.open()
    try:
        yield sink
    finally:
        sink.close()


@pytest.fixture
def sink(settings: LazySettings) -> Iterator[Sink]:
    """Mail goes to a server of our own."""
    with running_sink() as running:
        settings.MILEPOST_OUTBOX_DIR = ""
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_TIMEOUT = 5
        yield running
