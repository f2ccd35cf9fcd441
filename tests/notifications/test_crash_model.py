"""At the end of a long random story nothing is lost, told twice, or told at the wrong time.

The same story is told with a mistake planted in the code, and then it has to fail: so it can be
believed.
"""

from collections import Counter
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db.models import QuerySet

from notifications import fanout, loads, marking, planning, retrying, sending
from notifications.messages import message_id
from notifications.models import Baseline, Delivery, Notification, PlannedRevision, Subscription
from notifications.suiting import end_of_quiet
from notifications.wishes import News, kind_of_news
from tests.notifications.story import Story, tell
from timeline import outbox
from timeline.changes import is_news
from timeline.models import Announcement, Milestone
from timeline.outbox import net_change

pytestmark = pytest.mark.django_db


def check(story: Story) -> None:
    nothing_is_left_to_do(story)
    everybody_was_told()
    nobody_was_told_twice(story)
    nobody_was_told_nothing_new()
    nobody_was_told_after_the_end(story)
    nobody_was_woken(story)


def nothing_is_left_to_do(story: Story) -> None:
    assert Delivery.objects.owed().count() == 0
    assert Notification.objects.pending().count() == 0
    assert Announcement.objects.held().count() == 0
    assert list(fanout.released_and_not_noted()) == []
    assert list(planning.behind()) == []
    assert PlannedRevision.objects.count() == Milestone.objects.published().count()


def everybody_was_told() -> None:
    """Of each piece of news, or of what came of it; what is no news to him is told to nobody."""
    for announcement in Announcement.objects.released():
        if not is_news(announcement.change, after=announcement.to_revision.date):
            continue
        waiting = Subscription.objects.following(announcement.milestone).filter(
            confirmed_at__lt=announcement.closed_at, ended_at=None
        )
        for channel in set(waiting.values_list("channel", flat=True)):
            assert knows_how_it_is(channel, announcement.milestone)


def told_of(channel: int, milestone: Milestone) -> "QuerySet[Delivery]":
    """What this reader was told of it, the newest last."""
    sent = Delivery.objects.news().filter(state="sent", channel=channel)
    return sent.filter(notification__milestone=milestone).order_by("sent_at", "notification")


def knows_how_it_is(channel: int, milestone: Milestone) -> bool:
    now = Announcement.objects.released().filter(milestone=milestone).latest("closed_at")
    if last := told_of(channel, milestone).last():
        known = last.notification.revision
    else:
        noted = Baseline.objects.filter(channel=channel, milestone=milestone).first()
        if noted is None:
            return False
        known = noted.revision
    change = net_change(known, now.to_revision)
    return kind_of_news(change, after=now.to_revision.date) in {None, News.REFINED}


def nobody_was_told_twice(story: Story) -> None:
    copies = Counter(parcel.message_id for parcel in story.wire.carried)
    assert sum(copies.values()) - len(copies) <= story.doubts
    sent = {message_id(one) for one in Delivery.objects.filter(state="sent", within=None)}
    assert sent <= set(copies)
    # Taken, not noted, and then called off: it happened, and the row says "cancelled".
    assert len(set(copies) - sent) <= story.doubts


def nobody_was_told_nothing_new() -> None:
    for announcement in Announcement.objects.released():
        assert announcement.change_kind != "unchanged"


def nobody_was_told_after_the_end(story: Story) -> None:
    carried = story.carried()
    assert {address: carried[address] for address in story.ended} == story.ended


def nobody_was_woken(story: Story) -> None:
    """In his quiet hours, by the clock on his wall."""
    for address, at in story.arrived:
        reader = story.readers[address]
        if reader.quiet_from is not None:
            hours = (reader.quiet_from, reader.quiet_to)
            assert end_of_quiet(*hours, zone=reader.time_zone, at=at) is None


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


def no_net_zero(monkeypatch):
    monkeypatch.setattr(outbox, "ChangeKind", SimpleNamespace(UNCHANGED=None))


def no_quiet_hours(monkeypatch):
    monkeypatch.setattr(sending, "not_before", lambda *_, **__: None)


def digest_forgets_what_it_took_along(monkeypatch):
    def marked(pk, receipt, *, lease, at):
        return marking.mark_sent([pk], receipt, lease=lease, at=at)

    monkeypatch.setattr(sending, "mark_digest_sent", marked)


MISTAKES = [
    mark_before_sending,
    cursor_ahead,
    no_reclaim,
    no_second_look,
    no_unique_message_id,
    no_net_zero,
    no_quiet_hours,
    digest_forgets_what_it_took_along,
]


@pytest.mark.parametrize("mistake", MISTAKES)
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
