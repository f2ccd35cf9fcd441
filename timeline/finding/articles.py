"""An article as sentences, each with what was said before it in its part of the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from timeline.reading.tokens import normalise

LONGEST = 100_000  # signs of an article
_LONGEST_SENTENCE = 600
_LINK = re.compile(r"!?\[([^\]\n]{0,300})\]\([^)\n]{0,500}\)")
_TAG = re.compile(r"<[^<>\n]{1,200}>")
_BULLET = re.compile(r"^[\s>#*•▪◦‣·\-–—]+|[\s:]+$")
# Not behind "Dr." or the "A." of a name.
_NEXT = r"\s+(?=[\"“‘(]?[A-Z0-9]|[^\x00-\x7f])"  # noqa: RUF001
_END = re.compile(
    r"(?<=[。！？])|(?<=[.!?][\"”’)])" + _NEXT + r"|(?<=[.!?])(?<!\bDr\.)(?<!\bMr\.)(?<!\bMs\.)"  # noqa: RUF001
    r"(?<!\bNo\.)(?<!\bSt\.)(?<!\b[A-Z]\.)" + _NEXT
)
_HEADING = re.compile(r"^\s*#{1,6}\s|:\s*$")
_LONGEST_HEADING = 80


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, in one script. `before` are those that lead to it, the nearest first.

    They end where its part of the article begins: at a heading, which is the last of them.
    """

    text: str
    before: tuple[str, ...] = ()


def sentences_of(article: str) -> Iterator[Sentence]:
    before: list[str] = []
    for line in article[:LONGEST].splitlines():
        if _is_heading(line):
            before = []
        for text in _sentences(line):
            yield Sentence(text, tuple(reversed(before[-6:])))
            before.append(text)


def _sentences(line: str) -> Iterator[str]:
    plain = _BULLET.sub("", _TAG.sub("", _LINK.sub(r"\1", line)))
    for part in _END.split(plain):
        text = normalise(part.strip())
        if text:
            yield text[:_LONGEST_SENTENCE]


def _is_heading(line: str) -> bool:
    """A line that names what follows: marked as one, or short and without an end."""
    bare = _BULLET.sub("", line)
    if not bare:
        return False
    is_short = len(bare) <= _LONGEST_HEADING and not bare.endswith((".", "!", "?", "。", "…"))
    return bool(_HEADING.search(line)) or is_short
