"""How much a calendar holds: Google loses entries of larger ones.

What does not fit is left over: first what is past, the oldest first, then what is farthest ahead.
"""

from collections.abc import Mapping, Sequence
from itertools import accumulate, takewhile
from typing import NamedTuple

from timeline.ical.digest import MOST_LINES
from timeline.ical.fragments import Fragment
from timeline.ical.selection import Member

MOST_ENTRIES = 1_000
MOST_BYTES = 900_000
# The heading, and what digests of years take without their lines.
BESIDES = 20_000
_BULLET = 10


class Room(NamedTuple):
    entries: int
    octets: int


def first_of(members: Sequence[Member]) -> list[Member]:
    """As many as there can be entries, before any is rendered; in their order.

    A digest holds all of its year: what is far from it must not change what it says.
    """
    alone = [one for one in members if one.year is None]
    if len(alone) <= MOST_ENTRIES:
        return list(members)
    kept = {alone[at] for at in _by_need(alone)[:MOST_ENTRIES]}
    return [one for one in members if one.year is not None or one in kept]


def fitting(
    rows: Sequence[tuple[Member, Fragment]], *, digests: Mapping[int, Sequence[str]]
) -> list[Fragment]:
    """Those that fit beside the digests of years, in their order."""
    lines = sum(_octets(some) for some in digests.values())
    room = Room(MOST_ENTRIES - len(digests), MOST_BYTES - BESIDES - lines)
    ready = [fragment for _, fragment in rows]
    whole = sum(one.count for one in ready), sum(one.size for one in ready)
    if whole[0] <= room.entries and whole[1] <= room.octets:
        return ready
    order = _by_need([member for member, _ in rows])
    kept = sorted(order[: _how_many([ready[at] for at in order], room)])
    return [ready[at] for at in kept]


def _octets(lines: Sequence[str]) -> int:
    """What the lines that a digest shows take at most."""
    return sum(sorted((len(line.encode()) + _BULLET for line in lines), reverse=True)[:MOST_LINES])


def _by_need(members: Sequence[Member]) -> list[int]:
    """Their places, by how much a reader needs them: the next first, the longest past last."""
    past = [at for at, one in enumerate(members) if one.is_past]
    ahead = [at for at, one in enumerate(members) if not one.is_past]
    return [*ahead, *reversed(past)]


def _how_many(ready: Sequence[Fragment], room: Room) -> int:
    """How many of them fit, from the first on."""
    counts = accumulate(one.count for one in ready)
    sizes = accumulate(one.size for one in ready)
    fit = (
        count <= room.entries and size <= room.octets
        for count, size in zip(counts, sizes, strict=True)
    )
    return sum(takewhile(bool, fit))
