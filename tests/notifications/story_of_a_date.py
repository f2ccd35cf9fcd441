"""A random story of a date that moves, with time passing and the worker away now and then.

What is told is judged by what is published when it is told, from a table of what each date means,
without the code that planned it.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random

from notifications import planning
from notifications.models import Notification
from tests.clock import NOON
from tests.factories import MilestoneFactory, release_due, state
from tests.notifications.reminding import DAY, HOUR, MINUTE, dawn
from timeline import publishing
from timeline.models import Milestone

STEPS = 45
PAUSES = [MINUTE, 20 * MINUTE, HOUR, 2 * HOUR, 5 * HOUR, DAY, DAY, 3 * DAY]
EAST, IST = timedelta(hours=14), timedelta(hours=5, minutes=30)


# ---- what each date means ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Due:
    """A moment to remind: a day, or an instant; and how far ahead of what it is about."""

    when: date
    lead: timedelta = timedelta(0)

    @property
    def is_time(self) -> bool:
        return isinstance(self.when, datetime)

    def now(self, at: datetime) -> date:
        """The moment, as this one is counted: the newest day on Earth, or the instant."""
        return at if self.is_time else (at + EAST).date()

    @property
    def last(self) -> date:
        """The last day or instant at which it may be told, if not as the one line after all."""
        if self.is_time:
            return self.when + max(self.lead / 4, 30 * MINUTE)
        return self.when + max(self.lead // 4, DAY)

    @property
    def from_at(self) -> datetime:
        return self.when if self.is_time else dawn(str(self.when))

    @property
    def late_from(self) -> datetime:
        """A date that is entered from then on has left this moment behind."""
        return self.when if self.is_time else dawn(str(self.when + DAY))

    def is_near(self, other: "Due") -> bool:
        """Whether it is the other moment again, hardly moved."""
        return self.is_time is other.is_time and abs(self.when - other.when) < max(
            self.lead / 4, 2 * HOUR
        )


def a_day(day: date) -> tuple[str, dict[str, Due]]:
    leads = {f"t-{days}d": Due(day - days * DAY, days * DAY) for days in (30, 7, 1)}
    return f"{day.day} {day:%B %Y}", {**leads, "overdue": Due(day + 2 * DAY)}


def a_time(day: date, minutes: int) -> tuple[str, dict[str, Due]]:
    instant = datetime(day.year, day.month, day.day, tzinfo=UTC) + minutes * MINUTE
    leads = {f"t-{days}d": Due(instant - days * DAY, days * DAY) for days in (7, 1)}
    there = instant + IST
    return f"{there.day} {there:%B %Y, %H:%M} IST", {
        **leads,
        "t-1h": Due(instant - HOUR, HOUR),
        "overdue": Due(instant + 6 * HOUR),
    }


def a_month(day: date) -> tuple[str, dict[str, Due]]:
    first = day.replace(day=1)
    last = (first + 32 * DAY).replace(day=1) - DAY
    leads = {f"opens-{days}d": Due(first - days * DAY, days * DAY) for days in (30, 7)}
    closes = {"closes-7d": Due(last - 7 * DAY, 7 * DAY)}
    opens = {"opens": Due(first)}
    return f"{day:%B %Y}", {**leads, **opens, **closes, "overdue": Due(last + 4 * DAY)}


def not_before(day: date) -> tuple[str, dict[str, Due]]:
    leads = {f"opens-{days}d": Due(day - days * DAY, days * DAY) for days in (30, 7, 1)}
    reached = {"reached": Due(day), "reached+30d": Due(day + 30 * DAY)}
    return f"not before {day.day} {day:%B %Y}", {**leads, **reached}


# ---- the story ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Told:
    """A reminder that was fired."""

    statement: int
    anchor: str
    due: Due
    at: datetime


@dataclass
class Story:
    random: Random
    milestone: Milestone = field(default_factory=MilestoneFactory)
    at: datetime = NOON
    meanings: dict[str, dict[str, Due]] = field(default_factory=dict)
    told: list[Told] = field(default_factory=list)
    late: int = 0

    def tell(self) -> None:
        self.move()
        for _ in range(STEPS):
            self.milestone.refresh_from_db()
            ahead = [due.from_at for due in self.published().values() if due.from_at > self.at]
            self.at = self.later(ahead)
            was_told = bool(self.told) and self.at - self.told[-1].at < 2 * DAY
            if was_told and self.random.random() < 0.4:
                self.nudge()
            elif len(ahead) < 2 or self.random.random() < 0.25:
                self.random.choice([self.move, self.nudge, self.withdraw, self.undate])()
            if self.random.random() < 0.85:  # or else the worker is away
                self.tick()

    def later(self, ahead: list[datetime]) -> datetime:
        """As a rule about when a reminder is due next."""
        if not ahead or self.random.random() < 0.3:
            return self.at + self.random.choice(PAUSES)
        return max(min(ahead) + self.random.choice([-HOUR, 0 * HOUR, *PAUSES]), self.at + MINUTE)

    def move(self) -> None:
        day = self.at.date() + self.random.randrange(2, 45) * DAY
        minute = self.random.randrange(24 * 60)
        said = [a_day(day), a_time(day, minute), a_month(day), not_before(day)]
        self.say(*self.random.choice(said))

    def undate(self) -> None:
        self.say(self.random.choice(["TBD", "cancelled"]), {})

    def nudge(self) -> None:
        """Say nearly the same date again, or just the same."""
        dues = self.published()
        subjects = [due.when + due.lead for name, due in dues.items() if name.startswith("t-")]
        if not subjects:
            return
        subject = subjects[0]
        if isinstance(subject, datetime):
            subject += self.random.choice([0, 50, -90, 300]) * MINUTE
            said = a_time(subject.date(), subject.hour * 60 + subject.minute)
        else:
            said = a_day(subject + self.random.choice([0, 0, 1, -1, 3]) * DAY)
        self.say(*said)

    def say(self, words: str, dues: dict[str, Due]) -> None:
        self.meanings[words] = dues
        announce = self.random.random() < 0.4
        state(self.milestone, words, at=self.at, on=self.at.date(), announce=announce)

    def withdraw(self) -> None:
        if self.milestone.statements.chain().count() > 1:
            said = self.milestone.current_revision.statement
            publishing.withdraw(said, at=self.at, reason="not said")

    def published(self) -> dict[str, Due]:
        revision = self.milestone.current_revision
        return self.meanings[revision.statement.text] if revision else {}

    def tick(self) -> None:
        release_due(at=self.at)
        for milestone in planning.behind():
            planning.plan(milestone)
        for milestone in planning.late(at=self.at):
            planning.miss(milestone, at=self.at)
        fired = [plan for plan in planning.due(at=self.at) if planning.fire(plan, at=self.at)]
        self.milestone.refresh_from_db()
        assert len(fired) < 2, "two at once"
        for plan in fired:
            self.judge(plan.statement_id, plan.anchor)
        if not self.is_settling():
            self.nothing_is_forgotten()

    # ---- the judge -----------------------------------------------------------------------------

    def judge(self, statement: int, anchor: str) -> None:
        dues = self.published()
        assert statement == self.milestone.current_revision.statement_id, "holds no longer"
        assert anchor in dues, "finer than the date, or without one"
        due = dues[anchor]
        now = due.now(self.at)
        assert due.when <= now, "too early"
        assert not self.is_settling(), "before its news"
        assert not any(one.statement == statement and one.anchor == anchor for one in self.told)
        assert not any(one.anchor == anchor and due.is_near(one.due) for one in self.told), "again"
        if now > due.last or self.entered_at() >= due.late_from:
            self.late += 1
            assert due.lead, "too late"
            assert now - due.when <= due.lead - due.is_time * MINUTE, "what it is about is over"
            assert not self.is_soon(dues), "one line, and then another"
        self.says_what_is_true(f"reminder:{self.milestone.pk}:{statement}:{anchor}", due)
        self.told.append(Told(statement, anchor, due, self.at))

    def is_settling(self) -> bool:
        return self.milestone.announcements.held().exists()

    def entered_at(self) -> datetime:
        return self.milestone.current_revision.statement.entered_at

    def is_soon(self, dues: dict[str, Due]) -> bool:
        return any(
            self.at < due.from_at <= self.at + DAY - 2 * HOUR
            for anchor, due in dues.items()
            if anchor != "overdue"
        )

    def says_what_is_true(self, key: str, due: Due) -> None:
        reminder = Notification.objects.get(key=key)
        day = None if due.is_time else due.now(self.at)
        assert reminder.revision_id == self.milestone.current_revision_id
        assert reminder.local_on == day
        if reminder.payload["anchor"].startswith("t-") and day:
            days = (due.when + due.lead - day).days
            words = {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")
            assert reminder.payload["news"] == words, "not true on that day"

    def nothing_is_forgotten(self) -> None:
        """What came since the date was entered, and is in time still, has been told."""
        for anchor, due in self.published().items():
            is_owed = due.from_at <= self.at < due.late_from + due.is_time * HOUR / 2
            if is_owed and self.entered_at() < due.late_from:
                told = any(one.anchor == anchor and due.is_near(one.due) for one in self.told)
                nearer = any(one.due.from_at >= due.from_at for one in self.told)
                assert told or nearer, f"{anchor} was forgotten"


def tell(seed: int) -> Story:
    story = Story(Random(seed))  # noqa: S311  (the same story every time)
    story.tell()
    return story
