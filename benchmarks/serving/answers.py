"""Before anything is measured, see that each target gives the answers that are compared."""

import gzip
import json
from http import HTTPStatus
from pathlib import Path

from benchmarks.measuring.load import Answer, ask
from benchmarks.serving.targets import Kind, Target

# What the server decides on by itself; granian drops the length of a 304 where it has the bytes.
_OF_THE_SERVER = {"date", "server", "connection", "transfer-encoding", "content-length"}


class WrongAnswerError(AssertionError):
    """A target does not do what it would be measured for."""


def record(target: Target, folder: Path) -> None:
    """Keep the answers of Milepost for those who answer the same."""
    for kind in Kind:
        answer = ask(target.request(kind))
        status = [f"{answer.status} {answer.reason}", headers_of(answer)]
        (folder / f"{kind}.json").write_text(json.dumps(status))
        (folder / f"{kind}.body").write_bytes(answer.body)


def headers_of(answer: Answer) -> list[tuple[str, str]]:
    return [(name, value) for name, value in answer.headers if name.lower() not in _OF_THE_SERVER]


def check(target: Target, *, entries: int) -> None:
    """Raises WrongAnswerError unless each kind of request gets its answer with all entries."""
    plain = ask(target.request(Kind.PLAIN))
    _demand(target, "200", plain.status == HTTPStatus.OK)
    _demand(target, "all entries", plain.body.count(b"BEGIN:VEVENT\r\n") == entries)
    _demand(target, "a calendar", plain.header("Content-Type").startswith("text/calendar"))
    if target.compresses:
        _check_zipped(target, plain)
    if Kind.UNCHANGED in target.kinds:
        _check_unchanged(target)


def check_same(target: Target, other: Target) -> None:
    """Raises WrongAnswerError unless both answer alike, byte for byte and header for header."""
    for kind in Kind:
        one, two = ask(target.request(kind)), ask(other.request(kind))
        _demand(other, f"the status of {target.name}", one.status == two.status)
        _demand(other, f"the bytes of {target.name}", one.body == two.body)
        same = sorted(headers_of(one)) == sorted(headers_of(two))
        _demand(other, f"the headers of {target.name}", same)


def _check_zipped(target: Target, plain: Answer) -> None:
    zipped = ask(target.request(Kind.ZIPPED))
    _demand(target, "gzip", zipped.header("Content-Encoding") == "gzip")
    _demand(target, "the same calendar", gzip.decompress(zipped.body) == plain.body)


def _check_unchanged(target: Target) -> None:
    unchanged = ask(target.request(Kind.UNCHANGED))
    _demand(target, "304", unchanged.status == HTTPStatus.NOT_MODIFIED)
    _demand(target, "an empty 304", unchanged.body == b"")


def _demand(target: Target, what: str, is_so: bool) -> None:  # noqa: FBT001
    if not is_so:
        raise WrongAnswerError(f"{target.name} does not answer with {what}.")
