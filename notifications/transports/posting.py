"""HTTP POST to far sides that we do not trust: never longer, never more, never elsewhere."""

import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from http.client import HTTPException
from socket import SHUT_RDWR, socket
from threading import Timer

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from notifications.transports.targets import Target

LONGEST_ANSWER = 4096
ADDRESSES_TRIED = 3

Failures = (OSError, HTTPException, HTTPError)


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    text: str
    retry_after: str


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a far side may take, in seconds: to pick up, and for everything."""

    connect: float = 5.0
    total: float = 15.0


@dataclass
class Poster:
    """Connections that are kept open, one to each far side.

    Redirects are not followed: whoever answers with one gets no more than that. A far side that
    was silent once is not waited for again.
    """

    patience: Patience = field(default_factory=Patience)
    context: ssl.SSLContext | None = None
    kept: dict[str, HTTPConnection] = field(default_factory=dict)
    silent: set[str] = field(default_factory=set)

    def post(self, target: Target, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Raises one of `Failures`."""
        if target.authority in self.silent:
            raise TimeoutError(f"{target.host} was out of reach a moment ago")
        try:
            return self._post(target, body, headers)
        except Failures:
            self.silent.add(target.authority)
            raise

    def _post(self, target: Target, body: bytes, headers: Mapping[str, str]) -> Answer:
        deadline = Deadline(self.patience.total)
        with deadline.running():
            connection = self._open(target, deadline)
            try:
                answer = ask(connection, target, body, headers)
            except BaseException:
                connection.close()
                raise
        self.kept[target.authority] = connection
        return answer

    def _open(self, target: Target, deadline: "Deadline") -> HTTPConnection:
        kept = self.kept.pop(target.authority, None)
        if kept is not None and kept.is_connected:
            deadline.connection = kept
            return kept
        failure: Exception = OSError(f"{target.host} has no address")
        for address in target.addresses[:ADDRESSES_TRIED]:
            if deadline.is_over:
                break
            connection = self._connection(target, address)
            deadline.connection = connection
            try:
                connection.connect()
            except Failures as error:
                connection.close()
                failure = error
            else:
                connection.timeout = self.patience.total
                return connection
        raise failure

    def _connection(self, target: Target, address: str) -> HTTPConnection:
        """To the address that was judged; the certificate must be the name's."""
        if not target.is_encrypted:
            return HTTPConnection(address, target.port, timeout=self.patience.connect)
        return HTTPSConnection(
            address,
            target.port,
            timeout=self.patience.connect,
            server_hostname=target.host,
            ssl_context=self._context,
        )

    @cached_property
    def _context(self) -> ssl.SSLContext:
        return self.context or ssl.create_default_context()

    def close(self) -> None:
        for connection in self.kept.values():
            connection.close()


def ask(
    connection: HTTPConnection, target: Target, body: bytes, headers: Mapping[str, str]
) -> Answer:
    connection.request(
        "POST",
        target.path,
        body=body,
        headers={**headers, "Host": target.authority},
        preload_content=False,
        decode_content=False,
    )
    response = connection.getresponse()
    text = response.read(LONGEST_ANSWER)
    if response.read(1):  # it talks on: so it may, but not to us
        connection.close()
    return Answer(
        response.status,
        " ".join(text.decode("utf-8", "replace").split()),
        response.headers.get("Retry-After", ""),
    )


@dataclass
class Deadline:
    """Hangs up when the time is over, whatever trickles in until then."""

    seconds: float
    connection: HTTPConnection | None = None
    is_over: bool = False

    @contextmanager
    def running(self) -> Iterator[None]:
        timer = Timer(self.seconds, self.hang_up)
        timer.daemon = True
        timer.start()
        try:
            yield
        except Failures:
            # A line that was cut also looks like an answer that came to its end.
            if not self.is_over:
                raise
        finally:
            timer.cancel()
        if self.is_over:
            raise TimeoutError(f"took longer than {self.seconds:g} s")

    def hang_up(self) -> None:
        self.is_over = True
        line = self.connection.sock if self.connection else None
        if isinstance(line, socket):
            with suppress(OSError):
                # The method of a plain socket: that of TLS forgets its keys under the reader.
                socket.shutdown(line, SHUT_RDWR)
