"""Requests, many at once by wrk or a few one after another, and how many of them were answered."""

import re
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection

from benchmarks.measuring import processes

HOST = "127.0.0.1"
CONNECTIONS = 16
INSTALL_WRK = "wrk is missing, which makes the load. On Debian or Ubuntu: apt-get install wrk"
_COUNT = re.compile(r"(\d+) requests in")
_TROUBLE = re.compile(r"Non-2xx.*|Socket errors.*")


class LoadError(RuntimeError):
    """Requests were not answered as they should be."""


@dataclass(frozen=True, slots=True)
class Request:
    port: int
    path: str
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    reason: str
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str:
        values = [value for key, value in self.headers if key.lower() == name.lower()]
        return ", ".join(values)


@dataclass(frozen=True, slots=True)
class Load:
    requests: int
    seconds: float


def wrk() -> str | None:
    return shutil.which("wrk")


def many(request: Request, *, seconds: int) -> Load:
    """As many as wrk gets answered by one thread and 16 connections that stay open."""
    headers = [part for name, value in request.headers.items() for part in _option(name, value)]
    command = [
        *(wrk() or "wrk", "--threads=1", f"--connections={CONNECTIONS}", "--timeout=30s"),
        *(f"--duration={seconds}s", *headers, f"http://{HOST}:{request.port}{request.path}"),
    ]
    began = time.perf_counter()
    with processes.on(processes.cores().load):
        done = subprocess.run(
            command, capture_output=True, text=True, check=True, timeout=seconds + 60
        )
    lasted = time.perf_counter() - began
    if trouble := _TROUBLE.search(done.stdout):
        raise LoadError(f"{request}: {trouble[0]}")
    counted = _COUNT.search(done.stdout)
    return Load(int(counted[1]) if counted else 0, lasted)


def few(request: Request, *, count: int) -> Load:
    """Exactly so many, one after another: for servers that take long."""
    began = time.perf_counter()
    answered = sum(1 for _ in one_by_one([request] * count))
    return Load(answered, time.perf_counter() - began)


def one_by_one(requests: Sequence[Request]) -> Iterator[tuple[Answer, float]]:
    """Each answer, and after how many seconds it was there; all to one server."""
    to = HTTPConnection(HOST, requests[0].port, timeout=60)
    with processes.on(processes.cores().load), closing(to):
        for request in requests:
            began = time.perf_counter()
            answer = _ask(to, request)
            yield answer, time.perf_counter() - began


def ask(request: Request) -> Answer:
    return next(answer for answer, _ in one_by_one([request]))


def _ask(connection: HTTPConnection, request: Request) -> Answer:
    # http.client would ask for identity by itself.
    connection.putrequest("GET", request.path, skip_accept_encoding=True)
    for name, value in request.headers.items():
        connection.putheader(name, value)
    connection.endheaders()
    given = connection.getresponse()
    return Answer(given.status, given.reason, given.getheaders(), given.read())


def _option(name: str, value: str) -> tuple[str, str]:
    return "--header", f"{name}: {value}"
