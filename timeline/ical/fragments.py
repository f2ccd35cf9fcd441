"""The entries of a revision as ready bytes, kept in this process for whichever feed shows them.

What a revision's entries hold never changes; all that may change without it is what a feed's own
settings raise: DTSTAMP, LAST-MODIFIED and SEQUENCE. These are put in when a feed is joined.
"""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError
from icalendar import Event

from timeline.ical import selection
from timeline.ical.digest import line_of
from timeline.ical.entry import entries
from timeline.ical.folding import content_lines, folded
from timeline.ical.kept import Kept
from timeline.ical.options import Options
from timeline.ical.rendering import Raised, rendered_at, stamp
from timeline.models import Milestone

logger = logging.getLogger(__name__)

ROOM = 48 * 1024 * 1024
_AT_ONCE = 500
_FILLED = len("20261120T120000Z" * 2 + "2147483647")
_BESIDES = 400  # what Python itself takes to keep one, about
_HOLES = {
    "DTSTAMP": b"DTSTAMP:%b",
    "LAST-MODIFIED": b"LAST-MODIFIED:%b",
    "SEQUENCE": b"SEQUENCE:%d",
}


@dataclass(frozen=True, slots=True)
class Fragment:
    """Ready but for three values per entry. `line` is what a digest says of the milestone.

    `earlier` counts the revisions before this one: of two of them that are published before the
    settings of a feed were changed, as its readers see it, the later one is later all the same.
    """

    template: bytes
    count: int
    stamp: bytes
    sequence: int
    line: str
    earlier: int = 0

    @property
    def size(self) -> int:
        """How many bytes it is when filled, or a few more."""
        return len(self.template) + self.count * _FILLED

    def changed_at(self, by: Raised) -> bytes:
        return max(self.stamp, by.until(self.earlier))

    def filled(self, by: Raised) -> bytes:
        at = self.changed_at(by)
        return self.template % ((at, at, self.sequence + by.number) * self.count)


_kept: Kept[tuple[int, str], Fragment] = Kept(
    room=ROOM, size=lambda one: len(one.template) + len(one.line) + _BESIDES
)
# Why the entries of a revision cannot be written: it will not be otherwise tomorrow.
_broken: Kept[tuple[int, str], str] = Kept(room=10_000)


def forget_all() -> None:
    _kept.forget()
    _broken.forget()


def look_of(options: Options) -> str:
    """The part of the options that an entry's bytes depend on, and under which address we are."""
    vague = "start" if options.vague == "none" else options.vague
    parts = [vague, options.long, options.days, options.busy, options.allday, options.prefix]
    return "|".join([*parts, options.lang, *options.alarms, settings.MILEPOST_BASE_URL])


@dataclass(frozen=True, slots=True)
class Found:
    """By revision. What is neither ready nor broken is not current any more."""

    ready: dict[int, Fragment]
    broken: dict[int, str]


def of_revisions(ids: Iterable[int], options: Options) -> Found:
    """The entries of these revisions; those that are not ready yet are read and rendered.

    To be called outside of a transaction that writes: what it reads is kept.
    """
    look, wanted = look_of(options), list(ids)
    kept = _kept.find((revision_id, look) for revision_id in wanted)
    ready = {revision_id: one for (revision_id, _), one in kept.items()}
    missing = [revision_id for revision_id in wanted if revision_id not in ready]
    known = _broken.find((revision_id, look) for revision_id in missing) if missing else {}
    found = Found(ready, {revision_id: why for (revision_id, _), why in known.items()})
    missing = [revision_id for revision_id in missing if revision_id not in found.broken]
    for at in range(0, len(missing), _AT_ONCE):
        made = _render(missing[at : at + _AT_ONCE], options)
        found.ready.update(made.ready)
        found.broken.update(made.broken)
        _kept.keep({(revision_id, look): one for revision_id, one in made.ready.items()})
        _broken.keep({(revision_id, look): why for revision_id, why in made.broken.items()})
    return found


def _render(ids: list[int], options: Options) -> Found:
    made = Found({}, {})
    current = Milestone.objects.filter(current_revision__in=ids)
    for milestone in selection.with_what_an_entry_says(current):
        revision_id = milestone.current_revision_id
        assert revision_id is not None  # noqa: S101
        try:
            made.ready[revision_id] = fragment(milestone, options)
        except DatabaseError:
            raise
        except Exception as error:
            logger.exception("Milestone %s is left out of a calendar", milestone.pk)
            made.broken[revision_id] = _why(error)
    return made


def _why(error: Exception) -> str:
    if isinstance(error, OverflowError):
        return "The date is the last that computers can count; an entry ends a day later."
    return f"{type(error).__name__}: {error}"


def fragment(milestone: Milestone, options: Options) -> Fragment:
    """Of a dated milestone, as `selection.with_what_an_entry_says` gives it."""
    revision = milestone.current_revision
    events = entries(milestone, options)
    assert revision is not None  # noqa: S101
    return Fragment(
        template=b"".join(line for event in events for line in _with_holes(event)),
        count=len(events),
        stamp=stamp(rendered_at(revision.recorded_at)),
        sequence=revision.sequence,
        line=line_of(milestone, revision, options),
        earlier=revision.number - 1,
    )


def _with_holes(event: Event) -> Iterator[bytes]:
    for line in content_lines(event):
        hole = _HOLES.get(line.partition(":")[0])
        yield hole + b"\r\n" if hole else folded(line).replace(b"%", b"%%")
