"""A component of the icalendar library → its bytes, in lines of at most 75 octets.

Not the library's own folding: after an escaped backslash it parts a pair (7.3), and then Google
drops the event. Nor its own escaping: it takes a backslash before an N for the end of a line.
"""

from collections.abc import Iterator
from typing import Any

from icalendar import Component, vCategory, vText

LONGEST = 75
_BACKSLASH = 0x5C
_NEWLINE = r"\N"


class Exact(vText):
    """A text in which a backslash before an N stays what it is."""

    def to_ical(self) -> bytes:
        return rb"\\N".join(vText(part).to_ical() for part in self.split(_NEWLINE))


def to_bytes(component: Component) -> bytes:
    return b"".join(folded(line) for line in content_lines(component))


def content_lines(component: Component) -> Iterator[str]:
    """The lines before they are folded."""
    for part in component.walk():
        for name, value in part.items():
            part[name] = _exact(value)
    return (str(line) for line in component.content_lines(sorted=False) if line)


def _exact(value: Any) -> Any:
    if isinstance(value, vCategory):
        value.cats = [_exact(one) for one in value.cats]
    elif isinstance(value, vText) and _NEWLINE in value:
        exact = Exact(value)
        exact.params = value.params
        return exact
    return value


def folded(line: str) -> bytes:
    """The line with CRLF, folded neither inside a character nor behind a backslash that escapes."""
    rest = line.encode()
    parts = []
    room = LONGEST
    while len(rest) > room:
        end = _last_seam(rest, room)
        parts.append(rest[:end])
        rest = rest[end:]
        room = LONGEST - 1  # the space that begins a folded line counts
    return b"\r\n ".join([*parts, rest]) + b"\r\n"


def _last_seam(octets: bytes, room: int) -> int:
    end = room
    while octets[end] & 0xC0 == 0x80:  # noqa: PLR2004 - the rest of a character in UTF-8
        end -= 1
    begun = end
    while begun and octets[begun - 1] == _BACKSLASH:
        begun -= 1
    return end - (end - begun) % 2
