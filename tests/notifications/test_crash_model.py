"""A long random story of edits, readers and crashes; at its end nothing is lost or told twice.

The crashes are as SIGKILL leaves things: what was committed stays, nothing else happens. The same
story is told with a mistake planted in the code, and then it has to fail: so it can be believed.
"""

from collections import Counter
from contextlib import contextmanager, suppress
from datetime import timedelta
from random import Random
from uuid import uuid4

import pytest

from notifications import fanout, loads, planning, retrying, sending
from notifications.messages import message_id
from notifications.models import Delivery, Notification, PlannedRevision, Subscription
from notifications.tick import tick
from notifications.transports.base import ChannelError, Fault
from notifications.transports.memory import MemoryTransport
from tests.clock import NOON
from tests.factories import MilestoneFactory, ProgrammeFactory, state
from tests.notifications.factories import SubscriptionFactory
from timeline.changes import ChangeKind, is_news
from timeline.models import Announcement, Milestone
from timeline.outbox import net_change

pytestmark = pytest.mark.django_db

WORDS = ["2027", "spring 2027", "autumn 2027", "30 July 2027", "2028", "TBD", "12 June 2028"]
STEPS = 40


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
        self.ended: dict[str, int] = {}

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def may_crash(self) -> None:
        if self.chance(self.danger):
            raise Crash

    def tell(self) -> None:
        steps = [self.edit, self.edit, self.begin, self.end, self.tick, self.tick, self.tick]
        for _ in range(STEPS):
            self.at += timedelta(seconds=self.random.choice([1, 30, 200, 700, 4000]))
            self.random.choice(steps)()
        self.danger = 0.0
        for _ in range(12):
            self.at += timedelta(hours=2)
            self.tick()

    def edit(self) -> None:
        milestone = self.random.choice(self.milestones)
        state(
            Milestone.objects.get(pk=milestone.pk),
            self.random.choice(WORDS),
            at=self.at,
            on=self.at.date(),
        )

    def begin(self) -> None:
        what = self.random.choice(
            [
                {"scope": "everything"},
                {"scope": "programme", "programme": self.milestones[0].programme},
                {"scope": "milestone", "milestone": self.random.choice(self.milestones)},
            ]
        )
        SubscriptionFactory(confirmed_at=self.at, created_at=self.at, reminders=True, **what)

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


@contextmanager
def crashing(story, monkeypatch):
    """Die between the transactions of a tick: after each stage's work on one row."""
    for module, name in [
        (fanout, "note_announcement"),
        (fanout, "fan_out_chunk"),
        (planning, "plan"),
        (planning, "fire"),
        (retrying, "reclaim"),
    ]:
        work = getattr(module, name)

        def then_perhaps_die(*args, work=work, **kwargs):
            story.may_crash()
            done = work(*args, **kwargs)
            story.may_crash()
            return done

        monkeypatch.setattr(module, name, then_perhaps_die)
    monkeypatch.setattr(fanout, "CHUNK", 2)
    yield


def check(story: Story) -> None:
    nothing_is_left_to_do(story)
    everybody_was_told()
    nobody_was_told_twice(story)
    nobody_was_told_nothing_new()
    nobody_was_told_after_the_end(story)


def nothing_is_left_to_do(story: Story) -> None:
    assert Delivery.objects.owed().count() == 0
    assert Notification.objects.pending().count() == 0
    assert Announcement.objects.held().count() == 0
    assert list(fanout.released_and_not_noted()) == []
    assert list(planning.behind()) == []
    assert PlannedRevision.objects.count() == Milestone.objects.published().count()


def everybody_was_told() -> None:
    """Of each released piece of news, or of a later one that said it all, or had undone it."""
    for announcement in Announcement.objects.released():
        if not is_news(announcement.change, after=announcement.to_revision.date):
            continue
        noted = Notification.objects.get(key=f"change:{announcement.pk}")
        waiting = Subscription.objects.following(announcement.milestone).filter(
            confirmed_at__lt=announcement.closed_at, ended_at=None
        )
        for channel in waiting.values_list("channel", flat=True):
            delivery = noted.deliveries.filter(channel=channel).first()
            assert delivery is not None
            assert delivery.state == "sent" or overtaken(delivery)


def overtaken(delivery: Delivery) -> bool:
    later = Delivery.objects.filter(
        channel=delivery.channel,
        notification__milestone=delivery.notification.milestone,
        notification__pk__gt=delivery.notification_id,
        state="sent",
    )
    newest = Announcement.objects.released().filter(milestone=delivery.notification.milestone)
    undone = net_change(delivery.base, newest.latest("closed_at").to_revision)
    return delivery.skip_reason == "superseded" and (
        later.exists() or undone.kind is ChangeKind.UNCHANGED
    )


def nobody_was_told_twice(story: Story) -> None:
    copies = Counter(parcel.message_id for parcel in story.wire.carried)
    assert sum(copies.values()) - len(copies) <= story.doubts
    sent = {message_id(one) for one in Delivery.objects.filter(state="sent")}
    assert sent <= set(copies)
    # Taken, not noted, and then called off: it happened, and the row says "cancelled".
    assert len(set(copies) - sent) <= story.doubts


def nobody_was_told_nothing_new() -> None:
    for announcement in Announcement.objects.released():
        assert announcement.change_kind != "unchanged"


def nobody_was_told_after_the_end(story: Story) -> None:
    carried = story.carried()
    assert {address: carried[address] for address in story.ended} == story.ended


def tell(seed, monkeypatch) -> Story:
    story = Story(seed)
    with crashing(story, monkeypatch):
        story.tell()
    return story


@pytest.mark.parametrize("seed", range(3))
def test_whatever_happens_nothing_is_lost_and_nothing_told_twice(seed, monkeypatch):
    story = tell(seed, monkeypatch)

    check(story)
    assert story.wire.carried


def mark_before_sending(monkeypatch):
    way = sending.Sender.way

    def marked_first(self, load, stack):
        rows = Delivery.objects.filter(pk=load.pk)
        rows.update(state="sent", sent_at=self.at, lease_token=None, lease_until=None)
        return way(self, load, stack)

    monkeypatch.setattr(sending.Sender, "way", marked_first)


def cursor_ahead(monkeypatch):
    def nothing_written(notification, subscriptions, **how):
        if subscriptions.count() < 2:
            insert(notification, subscriptions, **how)

    insert = fanout.insert_deliveries
    monkeypatch.setattr(fanout, "insert_deliveries", nothing_written)


def no_reclaim(monkeypatch):
    monkeypatch.setattr(retrying, "reclaim", lambda *, at: 0)


def no_second_look(monkeypatch):
    monkeypatch.setattr(sending, "why_not", lambda delivery, *, at: "")


def no_unique_message_id(monkeypatch):
    def with_others(*args, **how):
        return [load._replace(message_id=uuid4()) for load in read(*args, **how)]

    read = loads.Reader.read
    monkeypatch.setattr(loads.Reader, "read", with_others)


@pytest.mark.parametrize(
    "mistake",
    [mark_before_sending, cursor_ahead, no_reclaim, no_second_look, no_unique_message_id],
)
def test_a_planted_mistake_is_found(mistake, monkeypatch):
    def found(seed) -> bool:
        with monkeypatch.context() as planted:
            mistake(planted)
            story = tell(seed, planted)
        try:
            check(story)
        except AssertionError:
            return True
        return False

    assert any(found(seed) for seed in range(4))
