"""Bytes that many mails share, and slots between them for what each has as its own.

A mail is encoded once per draft, not once per reader: what is left to do for one reader is to
encode a few short values and to join.
"""

import re
from binascii import b2a_qp
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

SOFT_BREAK = b"=\r\n"


class Slot(StrEnum):
    """A place for one value of a recipient, in the form that this place wants."""

    ADDRESS = "address"
    DATE = "date"
    MESSAGE = "message"
    BOUNDARY = "boundary"
    READER = "reader"
    REASON = "reason"
    STOP = "stop"
    TEXT_ACT = "text act"
    TEXT_MANAGE = "text manage"
    TEXT_WHY = "text why"
    HTML_ACT = "html act"
    HTML_MANAGE = "html manage"
    HTML_WHY = "html why"


Piece = bytes | Slot


def spliced(pieces: Iterable[Piece], own: Mapping[Slot, bytes]) -> bytes:
    return b"".join([piece if isinstance(piece, bytes) else own[piece] for piece in pieces])


def welded(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """The same with as few pieces as there can be."""
    whole: list[Piece] = []
    run = b""
    for piece in pieces:
        if isinstance(piece, Slot):
            whole += [run, piece]
            run = b""
        else:
            run += piece
    return (*whole, run)


def encoded(text: str, marks: Mapping[str, Slot]) -> Iterator[Piece]:
    """A text in quoted-printable, with a slot in the place of each mark.

    Each stretch is encoded by itself, and a slot stands between two soft line breaks. Whatever
    fills it, no line is too long, and no break falls into it.
    """
    for stretch in re.split(f"({'|'.join(map(re.escape, marks))})", text):
        if slot := marks.get(stretch):
            yield from (SOFT_BREAK, slot, SOFT_BREAK)
        else:
            yield quoted_printable(stretch)


def quoted_printable(text: str) -> bytes:
    # A letter behind it keeps the last line short enough for the sign of a soft line break.
    return b2a_qp(text.encode() + b"x")[:-1].replace(b"\n", b"\r\n")
