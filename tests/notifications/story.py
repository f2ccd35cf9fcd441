"""A long random story of edits, readers and crashes, told by ticks. The same seed, the same story.

The crashes are as SIGKILL leaves things: what was committed stays, nothing else happens.
"""

from collections import Counter
from contextlib import suppress
from datetime import datetime, timedelta
from random import Random

from notifications import digesting, fanout, planning, retrying
from notifications.models import Subscriber, Subscription
from notifications.tick import tick
from notifications.transports.base import ChannelError, Fault
from notifications.transports.memory import MemoryTransport
from tests.clock import NOON
from tests.factories import MilestoneFactory, ProgrammeFactory, state
from tests.notifications.factories import SubscriberFactory, SubscriptionFactory
from timeline.models import Milestone

WORDS = ["2027", "spring 2027", "autumn 2027", "30 July 2027", "2028", "TBD", "12 June 2028"]
STEPS = 40
CADENCES = ["at_once", "at_once", "at_once", "daily", "weekly"]
# How it suits whom: as most people leave it, not at night, few mails a day.
HABITS = [
    {},
    {"time_zone": "Asia/Tokyo", "digest_hour": 7},
    {"time_zone": "America/New_York", "quiet_from": 21, "quiet_to": 8},
    {"time_zone": "Asia/Kolkata", "quiet_from": 9, "quiet_to": 17, "digest_hour": 18},
    {"daily_cap": 1, "digest_weekday": 3},
]


class Crash(BaseException):
    """The process is gone."""


class Wire(MemoryTransport):
    """Refuses now and then, and is there when the process dies before and after a mail."""

    def __init__(self, story: "Story") -> None:
        super().__init__()
        self.story = story

    def carry(self, parcel):
        self.story.may_crash()
        if self.story.chance(0.1):
            raise ChannelError(Fault.PASSING, "later", code=451)
        receipt = super().carry(parcel)
        self.story.arrived.append((parcel.recipient, self.story.at))
        if self.story.chance(self.story.danger):
            self.story.doubts += 1
            raise Crash
        return receipt


class Story:
    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311  (the same story every time)
        self.wire = Wire(self)
        self.at = NOON
        self.danger = 0.15
        self.doubts = 0
        self.milestones = MilestoneFactory.create_batch(3, programme=ProgrammeFactory())
        self.arrived: list[tuple[str, datetime]] = []
        self.readers: dict[str, Subscriber] = {}
        self.ended: dict[str, int] = {}
        for cadence in ("at_once", "daily", "weekly"):
            self.begin(cadence)
        self.edit()

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def may_crash(self) -> None:
        if self.chance(self.danger):
            raise Crash

    def tell(self) -> None:
        steps = [self.edit, self.edit, self.begin, self.end, self.tick, self.tick, self.tick]
        for _ in range(STEPS):
            self.at += timedelta(seconds=self.random.choice([1, 30, 200, 700, 4000, 20_000]))
            self.random.choice(steps)()
        self.danger = 0.0
        for _ in range(12):  # nine days: a weekly digest has left, and what was refused as well
            self.at += timedelta(hours=19)
            self.tick()

    def edit(self) -> None:
        milestone = self.random.choice(self.milestones)
        state(
            Milestone.objects.get(pk=milestone.pk),
            self.random.choice(WORDS),
            at=self.at,
            on=self.at.date(),
        )

    def begin(self, cadence: str | None = None) -> None:
        what = self.random.choice(
            [
                {"scope": "everything"},
                {"scope": "programme", "programme": self.milestones[0].programme},
                {"scope": "milestone", "milestone": self.random.choice(self.milestones)},
            ]
        )
        reader = SubscriberFactory(**self.random.choice(HABITS))
        followed = SubscriptionFactory(
            channel__subscriber=reader,
            confirmed_at=self.at,
            created_at=self.at,
            cadence=cadence or self.random.choice(CADENCES),
            **what,
        )
        self.readers[followed.channel.address] = reader

    def end(self) -> None:
        if following := list(Subscription.objects.open().order_by("pk")):
            one = self.random.choice(following)
            Subscription.objects.filter(pk=one.pk).end(at=self.at, reason="test")
            self.ended[one.channel.address] = self.carried()[one.channel.address]

    def tick(self) -> None:
        with suppress(Crash):
            tick(at=self.at, transport=self.wire)

    def carried(self) -> Counter[str]:
        return Counter(parcel.recipient for parcel in self.wire.carried)


def tell(seed, monkeypatch) -> Story:
    """The story, in which processes die between the transactions of a tick."""
    story = Story(seed)
    for module, name in [
        (fanout, "note_announcement"),
        (fanout, "fan_out_chunk"),
        (planning, "plan"),
        (planning, "fire"),
        (retrying, "reclaim"),
        (digesting, "build"),
        (digesting, "catch_up"),
    ]:
        work = getattr(module, name)

        def then_perhaps_die(*args, work=work, **kwargs):
            story.may_crash()
            done = work(*args, **kwargs)
            story.may_crash()
            return done

        monkeypatch.setattr(module, name, then_perhaps_die)
    monkeypatch.setattr(fanout, "CHUNK", 2)
    monkeypatch.setattr(digesting, "CHUNK", 2)
    story.tell()
    return story
