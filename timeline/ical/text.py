"""Text from outside, made fit to stand in a calendar: nothing of it can begin a line."""

import re
import unicodedata

ELLIPSIS = "…"
# What some parser takes for the end of a line, besides CR and LF.
_LINE_ENDS = re.compile("\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
# And the byte order mark, which libical drops where a value begins.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff]")
_BLANK_LINES = re.compile(r"\n{3,}")


def one_line(text: str, *, limit: int) -> str:
    """The text on a single line of at most `limit` characters."""
    return shortened(" ".join(_without_controls(text).split()), limit=limit)


def lines(text: str, *, limit: int) -> str:
    """The text with its own line breaks, of at most `limit` characters."""
    stripped = "\n".join(line.rstrip() for line in _without_controls(text).split("\n"))
    return shortened(_BLANK_LINES.sub("\n\n", stripped).strip(), limit=limit)


def name(text: str, *, limit: int = 120) -> str:
    """A name that needs no escaping: of X-WR-CALNAME some clients undo it and some don't."""
    return one_line(re.sub(r"[,;\\]", " ", text), limit=limit)


def in_a_list(text: str) -> str:
    """One of several values: ical.js and libical part them wrongly behind a backslash or quote."""
    return name(text.replace('"', " "))


def shortened(text: str, *, limit: int) -> str:
    """Cut where a character ends that readers see, and say that it was cut."""
    if len(text) <= limit:
        return text
    end = max(limit - len(ELLIPSIS), 0)
    while end and _continues(text, end):
        end -= 1
    return (text[:end].rstrip() + ELLIPSIS)[:limit]


def _without_controls(text: str) -> str:
    return _CONTROLS.sub("", _LINE_ENDS.sub("\n", text))


def _continues(text: str, at: int) -> bool:
    joiner = "\u200d"
    return unicodedata.combining(text[at]) > 0 or joiner in text[at - 1 : at + 1]
