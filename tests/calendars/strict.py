"""Reads a calendar as RFC 5545 writes it and forgives nothing. Shares no code with icalendar."""

import re
from dataclasses import dataclass, field

LINE = re.compile(
    r"(?P<name>[A-Z0-9-]+)"
    r'(?P<parameters>(?:;[A-Z0-9-]+=(?:"[^"\x00-\x1f\x7f]*"|[^",;:\x00-\x1f\x7f]*))*)'
    r":(?P<value>[^\x00-\x08\x0a-\x1f\x7f]*)"
)
TEXTS = {"NAME", "DESCRIPTION", "SUMMARY", "LOCATION", "X-WR-CALNAME", "X-WR-CALDESC", "UID"}
MEANINGS = {"\\\\": "\\", "\\;": ";", "\\,": ",", "\\n": "\n", "\\N": "\n"}


@dataclass
class Component:
    """One BEGIN … END: its lines as (name with parameters, value with escapes undone)."""

    name: str
    lines: list[tuple[str, str]] = field(default_factory=list)
    parts: list["Component"] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        """The value of the one line of that name."""
        (value,) = [value for given, value in self.lines if given.split(";")[0] == name]
        return value

    def __contains__(self, name: str) -> bool:
        return any(given.split(";")[0] == name for given, _ in self.lines)

    @property
    def names(self) -> list[str]:
        return [given for given, _ in self.lines]


def read(body: bytes) -> Component:
    """The calendar; AssertionError where a byte is not as it must be."""
    root = Component("")
    open_ones = [root]
    for line in unfolded(body):
        matched = LINE.fullmatch(line)
        assert matched is not None, f"not a content line: {line!r}"
        name, value = matched["name"], matched["value"]
        if name == "BEGIN":
            begun = Component(value)
            open_ones[-1].parts.append(begun)
            open_ones.append(begun)
        elif name == "END":
            assert open_ones.pop().name == value
        else:
            kept = unescaped(value) if name in TEXTS else value
            open_ones[-1].lines.append((name + matched["parameters"], kept))
    assert open_ones == [root]
    (calendar,) = root.parts
    assert calendar.name == "VCALENDAR"
    assert calendar.parts, "RFC 5545 wants at least one component"
    return calendar


def unfolded(body: bytes) -> list[str]:
    assert body.endswith(b"\r\n")
    physical = body[:-2].split(b"\r\n")
    for octets in physical:
        assert 0 < len(octets) <= 75, octets
        assert b"\r" not in octets, octets
        assert b"\n" not in octets, octets
        octets.decode()
        # Whoever unfolds after undoing escapes must not find half of one at the end.
        assert (len(octets) - len(octets.rstrip(b"\\"))) % 2 == 0, octets
    return body[:-2].replace(b"\r\n ", b"").decode().split("\r\n")


def unescaped(value: str) -> str:
    assert re.fullmatch(r"(?:[^\\;,]|\\[\\;,nN])*", value), value
    return re.sub(r"\\.", lambda found: MEANINGS[found[0]], value)


def entries(body: bytes) -> list[Component]:
    return [part for part in read(body).parts if part.name == "VEVENT"]


def texts(component: Component) -> list[tuple[str, str]]:
    """The texts in it, in their order, and where each component begins."""
    own = [(name, value) for name, value in component.lines if name in TEXTS]
    return [
        ("BEGIN", component.name),
        *own,
        *(line for part in component.parts for line in texts(part)),
    ]
