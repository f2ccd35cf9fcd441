"""How many of the chosen milestones a calendar shows, and what becomes of the others."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from timeline.addresses import query_of
from timeline.choosing import Choice
from timeline.ical.calendar import Feed, Written
from timeline.ical.options import DEFAULT, Options
from timeline.ical.selection import Fate, fates, month_of

_NOTHING_YET = "Nothing belongs to this yet."


@dataclass(frozen=True, slots=True)
class Why:
    """Why something is not shown, and what its reader can press: a query of the builder."""

    words: str
    press: str = ""
    query: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """The milestones of a calendar by what becomes of them; together they are all of it."""

    choice: Choice
    options: Options
    shown: int
    left_over: int
    broken: int
    over: int
    cancelled: int
    left_out: int
    undated: int

    @property
    def whole(self) -> int:
        return sum(count for count, _ in self._parts())

    @property
    def words(self) -> str:
        """A sum that adds up: 32 milestones: 9 shown, 22 over, 1 without a date."""
        said = [f"{count:,} {words}" for count, words in self._parts() if count]
        is_one = self.whole == 1
        return f"{self.whole:,} milestone{'' if is_one else 's'}: {', '.join(said)}"

    @property
    def whys(self) -> list[Why]:
        """Why nothing at all is shown."""
        if self.whole:
            return list(self._whys())
        several = len(self.choice.slugs) > 1
        return [Why("Nothing belongs to all of these at once." if several else _NOTHING_YET)]

    def _parts(self) -> list[tuple[int, str]]:
        return [
            (self.shown, "shown"),
            (self.left_over, "that would not fit"),
            (self.broken, "that cannot be written just now"),
            (self.over, "over"),
            (self.cancelled, "cancelled and gone"),
            (self.left_out, "left out by your options"),
            (self.undated, "without a date"),
        ]

    def _whys(self) -> Iterator[Why]:
        if self.over:
            query = query_of(self.choice, replace(self.options, past="all"))
            yield Why(f"{self._told(self.over)} over.", "Keep for ever what is over", query)
        if self.left_out:
            query = query_of(self.choice, leaving_nothing_out(self.options))
            told = "all of this" if self.left_out == self.whole else f"{self.left_out:,}"
            yield Why(f"Your options leave out {told}.", "Leave out nothing", query)
        if self.cancelled:
            yield Why(f"{self._told(self.cancelled)} cancelled, and no longer told.")
        if self.undated:
            of = "" if self.undated == self.whole else f"Of {self.undated:,} "
            yield Why(f"{of}{'nobody' if of else 'Nobody'} has named a date yet.")

    def _told(self, count: int) -> str:
        if count == self.whole:
            return "All of this is"
        return f"{count:,} {'is' if count == 1 else 'are'}"


def counted(feed: Feed, choice: Choice, written: Written, *, at: datetime) -> Counted:
    found = fates(feed.current, month=month_of(at), options=feed.options)
    return Counted(
        choice,
        feed.options,
        shown=found[Fate.SHOWN] - written.left_over - written.left_out,
        left_over=written.left_over,
        broken=written.left_out,
        over=found[Fate.OVER],
        cancelled=found[Fate.CANCELLED],
        left_out=found[Fate.LEFT_OUT],
        undated=found[Fate.UNDATED],
    )


def leaving_nothing_out(options: Options) -> Options:
    """The same look of all that is not over."""
    kept = {
        name: getattr(DEFAULT, name)
        for name in ("vague", "year")
        if getattr(options, name) == "none"
    }
    return replace(options, upto=DEFAULT.upto, cancelled=DEFAULT.cancelled, **kept)
