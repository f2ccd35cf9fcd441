from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from notifications import holding, restoring, sending
from notifications.models import Baseline, Delivery, Notification
from notifications.transports.memory import MemoryTransport
from tests.clock import NOON
from tests.factories import MilestoneFactory, state
from tests.notifications.factories import (
    DeliveryFactory,
    NotificationFactory,
    SubscriptionFactory,
)

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
BACKUP = NOON - 12 * HOUR


def owed(*, at=BACKUP, due=None, **changed):
    return DeliveryFactory(owed_at=at, next_attempt_at=due or at, **changed)


def outcomes():
    return list(Delivery.objects.order_by("pk").values_list("state", "skip_reason"))


def sent():
    wire = MemoryTransport()
    sending.send_due(at=NOON, seconds=5, transport=wire)
    return [parcel.recipient for parcel in wire.carried]


def test_what_a_backup_owes_is_called_off_and_what_is_new_leaves_after_a_look():
    owed()
    new = owed(at=NOON)

    assert restoring.restore(taken_at=BACKUP, at=NOON) == 1

    assert sent() == []
    holding.release()
    assert sent() == [new.channel.address]
    assert outcomes() == [("cancelled", "restored"), ("sent", "")]


def test_what_a_sender_held_when_the_backup_was_taken_was_sent():
    delivery = owed()
    Delivery.objects.filter(pk=delivery.pk).claim(
        lease=delivery.message_id, until=NOON + HOUR, at=BACKUP, limit=1
    )

    restoring.restore(taken_at=BACKUP, at=NOON)

    assert outcomes() == [("cancelled", "restored")]


def test_what_waits_for_later_than_now_was_not_told_and_stays_owed():
    owed(due=NOON + HOUR)
    owed(state="batched")
    digest = owed(notification__kind="digest", notification__milestone=None)
    owed(state="batched", within=digest)

    restoring.restore(taken_at=BACKUP, at=NOON)

    assert [state for state, _ in outcomes()] == ["queued", "batched", "cancelled", "cancelled"]


def test_readers_of_what_is_called_off_pass_for_told():
    milestone = MilestoneFactory()
    revision = state(milestone, "2027").revision
    delivery = owed(notification=NotificationFactory(milestone=milestone, revision=revision))

    restoring.restore(taken_at=BACKUP, at=NOON)

    known = Baseline.objects.values_list("channel", "milestone", "revision", "told")
    assert list(known) == [(delivery.channel_id, milestone.pk, revision.pk, True)]


def test_news_that_was_being_fanned_out_passes_for_told_to_all():
    milestone = MilestoneFactory()
    state(milestone, "2026", announce=False)
    revision = state(milestone, "2027").revision
    SubscriptionFactory()
    NotificationFactory(
        milestone=milestone,
        revision=revision,
        base=revision.previous,
        state="pending",
        noted_at=BACKUP,
    )

    restoring.restore(taken_at=BACKUP, at=NOON)

    assert outcomes() == [("cancelled", "restored")]
    assert Notification.objects.get().state == "expanded"


def test_doing_it_twice_calls_off_no_more():
    owed()
    restoring.restore(taken_at=BACKUP, at=NOON)
    owed(at=NOON)

    assert restoring.restore(taken_at=BACKUP, at=NOON) == 0


def test_many_are_called_off_in_batches(monkeypatch):
    monkeypatch.setattr(restoring, "BATCH", 2)
    for _ in range(5):
        owed()

    assert restoring.restore(taken_at=BACKUP, at=NOON) == 5


def command(*arguments):
    out = StringIO()
    call_command("notify_after_restore", *arguments, stdout=out)
    return out.getvalue().splitlines()


def test_the_command_holds_says_what_is_held_and_lets_it_leave():
    owed()
    owed(at=NOON, notification__payload={"title": "ISSA-J1 launch", "news": "2027 → 2028"})

    assert command(f"--taken-at={BACKUP.isoformat()}") == [
        "1 called off, as if told.",
        "Nothing is sent.",
        "1 × a date changed: ISSA-J1 launch: 2027 → 2028",
    ]
    assert command()[0] == "Nothing is sent."
    assert command("--release")[0] == "All that is owed is sent."
    assert not holding.is_on_hold()


@pytest.mark.parametrize("text", ["yesterday", "2026-11-20T03:00"])
def test_a_moment_without_its_zone_is_refused(text):
    with pytest.raises(CommandError, match="with its zone"):
        command(f"--taken-at={text}")
