"""A milestone as a list shows it, and the lists' headings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.utils.safestring import SafeString
from django.utils.text import capfirst, slugify

from timeline import phases, wording
from timeline.asof import Look, Step
from timeline.changes import ChangeKind, StatementKind
from timeline.charts import Axis, axis_of, window_bar
from timeline.dates import Mode, Precision
from timeline.pages.words import (
    UNCHANGED,
    WITHIN,
    countdown_words,
    date_words,
    total_words,
    window_words,
)
from timeline.worded import amount_words, said_on_words

_CHIPS = {
    Precision.SECOND: "day",
    Precision.MINUTE: "day",
    Precision.HOUR: "day",
    Precision.DAY: "day",
    Precision.WEEK: "month",
    Precision.MONTH_PART: "month",
    Precision.MONTH: "month",
    Precision.QUARTER: "season",
    Precision.SEASON: "season",
    Precision.YEAR_PART: "season",
    Precision.HALF: "season",
    Precision.NONE: "none",
}
_SIDES = {Mode.NET: "earliest date", Mode.BY: "deadline"}
_WAITING = {phases.Phase.AWAITING, phases.Phase.GRACE, phases.Phase.OVERDUE}
_LONG_RANGE_DAYS = 731


@dataclass(frozen=True, slots=True)
class Row:
    """One milestone of a list; `axis` is shared by the rows of a section."""

    look: Look
    now: datetime
    axis: Axis

    @property
    def words(self) -> str:
        return date_words(self.look)

    @property
    def chip(self) -> str:
        return _CHIPS.get(self.look.when.precision, "year")

    @property
    def window(self) -> str:
        return window_words(self.look)

    @property
    def countdown(self) -> str:
        return countdown_words(self.look, now=self.now)

    @property
    def bar(self) -> SafeString:
        today = self.look.today(self.now)
        return window_bar(self.look.stated, self.axis, today=today, label=f"Window: {self.window}")

    @property
    def badge(self) -> "Badge | None":
        """The last change; none where there was nothing to change, or it happened as planned."""
        step = self.look.last_step
        if step is None or step.before is None:
            return None
        badge = Badge(step)
        return badge if badge.amount or badge.kind is not ChangeKind.OCCURRED else None

    @property
    def said_on(self) -> str:
        return said_on_words(self.look.statement)

    @property
    def firmness(self) -> str:
        """On which side, to which unit, with which doubt: "Deadline · year"."""
        value, certainty = self.look.when, self.look.statement.certainty
        parts = [
            _SIDES.get(value.mode, ""),
            wording.precision_words(value.precision),
            wording.qualifier_words(value.qualifier),
            f"“{certainty.upper()}” says the source" if certainty else "",
        ]
        return capfirst(" · ".join(part for part in parts if part))

    @property
    def total(self) -> str:
        amount, _ = total_words(self.look)
        return "" if amount in (WITHIN, UNCHANGED) else amount


@dataclass(frozen=True, slots=True)
class Badge:
    """The last change, in two words."""

    step: Step

    @property
    def kind(self) -> ChangeKind:
        return self.step.change.kind

    @property
    def amount(self) -> str:
        return amount_words(self.step.change, self.step.before, self.step.statement.stated)

    @property
    def words(self) -> str:
        return f"{wording.kind_words(self.kind)} {self.amount}".strip()

    @property
    def said_on(self) -> str:
        return said_on_words(self.step.statement)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it."""

    heading: str
    rows: list[Row]
    note: str = ""

    @property
    def anchor(self) -> str:
        return slugify(self.heading)


def to_come(looks: Iterable[Look], *, now: datetime) -> list[Section]:
    """What may still come, by the year in which the unit that was named ends.

    What is wide, what has no date, and what should have happened stand at the end.
    """
    piles: dict[str, list[Look]] = {}
    for one in looks:
        if one.kind is StatementKind.PLAN:
            piles.setdefault(_heading(one, now=now), []).append(one)
    last = [name for name in _LAST if name in piles]
    years = [name for name in piles if name not in _LAST]
    return [section(name, piles[name], now=now) for name in [*years, *last]]


def been(looks: Iterable[Look]) -> list[Look]:
    """What has happened, newest first, and then what was cancelled, as it was last said."""
    ended = [one for one in looks if one.kind is not StatementKind.PLAN]
    happened = [one for one in ended if not _is_cancelled(one)]
    cancelled = [one for one in ended if _is_cancelled(one)]
    return [
        *sorted(happened, key=lambda one: (one.when.is_dated, one.order), reverse=True),
        *sorted(cancelled, key=lambda one: one.statement.order_said, reverse=True),
    ]


def by_year(past: Sequence[Look], *, now: datetime) -> list[Section]:
    """What has been, under the year in which it was; what was cancelled has a place of its own."""
    years = groupby(past, key=_year_of)
    return [section(year, list(ones), now=now) for year, ones in years]


def over(past: Sequence[Look], *, now: datetime) -> list[Section]:
    """What has been, without its years: what happened, and what was cancelled."""
    parts = groupby(past, key=lambda one: CANCELLED if _is_cancelled(one) else HAPPENED)
    return [section(heading, list(ones), now=now) for heading, ones in parts]


def _is_cancelled(look: Look) -> bool:
    return look.kind is StatementKind.CANCELLED


def _year_of(look: Look) -> str:
    if _is_cancelled(look):
        return CANCELLED
    return str(look.order[0].year) if look.when.is_dated else NO_DATE


def section(heading: str, looks: Sequence[Look], *, now: datetime) -> Section:
    today = now.date()
    dated = (one.stated for one in looks)
    windows = (one.date.nominal(one.home_zone, said_on=one.said_on) for one in dated)
    axis = axis_of(windows, today=today)
    return Section(heading, [Row(one, now, axis) for one in looks], _NOTES.get(heading, ""))


LONG_RANGE, NO_DATE, AWAITING = "Long range", "No date", "Awaiting news"
HAPPENED, CANCELLED = "What has happened", "Cancelled"
_LAST = (LONG_RANGE, NO_DATE, AWAITING)
_NOTES = {
    LONG_RANGE: "Windows wider than two years.",
    NO_DATE: "Spoken of, but nobody names a date.",
    CANCELLED: "What was said last comes first. The date is the one that was planned.",
    AWAITING: "The window has passed and no source has said what happened.",
}


def _heading(look: Look, *, now: datetime) -> str:
    stated = look.stated
    nominal = stated.date.nominal(stated.home_zone, said_on=stated.said_on)
    if nominal.latest is None:
        return NO_DATE
    if phases.phase_of(stated, now=now) in _WAITING:
        return AWAITING
    if (nominal.days or 0) > _LONG_RANGE_DAYS and look.when.window(stated.home_zone).earliest:
        return LONG_RANGE
    return str(nominal.latest.year)
