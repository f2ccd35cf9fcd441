"""A component of the icalendar library → its bytes, in lines of at most 75 octets.

Not the library's own folding: after an escaped backslash it parts a pair (7.3), and then Google
drops the event.
"""

from icalendar import Component

LONGEST = 75
_BACKSLASH = 0x5C


def to_bytes(component: Component) -> bytes:
    written = component.content_lines(sorted=False)
    return b"".join(folded(str(line)) for line in written if line)


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
