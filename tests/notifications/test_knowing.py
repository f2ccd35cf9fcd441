"""Who is told what: by what each reader knows, and what he asked for."""

from datetime import timedelta

import pytest

from notifications import fanout
from notifications.models import Baseline, Delivery, Notification, Subscription
from notifications.wishes import USUAL_NEWS, News
from tests.clock import NOON
from tests.factories import MilestoneFactory, SourceFactory, claim, state
from tests.notifications.factories import NotificationFactory, SubscriptionFactory
from timeline import outbox, publishing
from timeline.models import Announcement

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def launch():
    """Published as 1 June 2027 before anybody was told of anything."""
    milestone = MilestoneFactory(title="ISSA-J1 launch")
    state(milestone, "1 June 2027", announce=False)
    return milestone


@pytest.fixture
def clock():
    """Each call is an hour later."""
    hours = iter(range(1, 100))
    return lambda: NOON + timedelta(hours=next(hours))


def fan_out_news(*, at):
    """Release what is held, note it and fan it out, as a tick does."""
    for held in Announcement.objects.held():
        outbox.release(held, at=at)
    for released in fanout.released_and_not_noted():
        fanout.note_announcement(released, at=at)
    for pending in Notification.objects.pending():
        fanout.fan_out(pending, at=at)


def announce(milestone, words, *, at):
    state(milestone, words, at=at, on=at.date())
    fan_out_news(at=at + 11 * MINUTE)


def send(*, at):
    """All that is queued leaves."""
    Delivery.objects.queued().update(state="sent", sent_at=at, first_attempt_at=at)


def owed():
    """Each delivery that has neither left nor been called off: what its reader knew, what is."""
    rows = Delivery.objects.owed().select_related("base", "notification__revision")
    return [(one.base.edtf if one.base else None, one.notification.revision.edtf) for one in rows]


def test_news_starts_from_what_was_published_where_nobody_was_told_anything(launch, clock):
    SubscriptionFactory()

    announce(launch, "15 June 2027", at=clock())

    assert owed() == [("2027-06-01", "2027-06-15")]


def test_a_second_slip_takes_the_place_of_one_that_has_not_left(launch, clock):
    SubscriptionFactory()
    announce(launch, "15 June 2027", at=clock())

    announce(launch, "1 August 2027", at=clock())

    assert owed() == [("2027-06-01", "2027-08-01")]
    assert list(Delivery.objects.values_list("state", "skip_reason").order_by("pk")) == [
        ("cancelled", "superseded"),
        ("queued", ""),
    ]


def test_who_was_told_the_first_slip_is_told_the_second_from_there(launch, clock):
    SubscriptionFactory()
    announce(launch, "15 June 2027", at=clock())
    send(at=clock())

    announce(launch, "1 August 2027", at=clock())

    assert owed() == [("2027-06-15", "2027-08-01")]


def test_news_that_is_undone_before_it_left_is_told_to_nobody(launch, clock):
    SubscriptionFactory()
    announce(launch, "15 June 2027", at=clock())

    announce(launch, "1 June 2027", at=clock())

    assert owed() == []


def test_what_is_on_its_way_counts_as_told(launch, clock):
    SubscriptionFactory()
    announce(launch, "15 June 2027", at=clock())
    at = clock()
    Delivery.objects.all().claim(
        lease=NotificationFactory().milestone.uid, until=at, at=at, limit=9
    )

    announce(launch, "1 August 2027", at=clock())

    queued = Delivery.objects.queued().get()
    assert queued.base.edtf == "2027-06-15"


# ---- thresholds and kinds ----------------------------------------------------------------------


def test_who_waits_for_30_days_is_told_of_30_and_not_of_29(launch, clock):
    SubscriptionFactory(min_days=30)
    exactly = SubscriptionFactory(min_days=29)

    announce(launch, "30 June 2027", at=clock())

    assert [one.subscription for one in Delivery.objects.all()] == [exactly]


def test_two_slips_too_small_to_be_told_are_told_as_one_that_is_not(launch, clock):
    SubscriptionFactory(min_days=30)
    announce(launch, "21 June 2027", at=clock())
    before = owed()

    announce(launch, "11 July 2027", at=clock())

    assert before == []
    assert owed() == [("2027-06-01", "2027-07-11")]


def test_who_was_told_the_old_date_is_told_that_it_moved_whatever_the_threshold(launch, clock):
    subscription = SubscriptionFactory()
    announce(launch, "15 June 2027", at=clock())
    send(at=clock())
    Subscription.objects.filter(pk=subscription.pk).update(min_days=300, kinds=News.HAPPENED)

    announce(launch, "16 June 2027", at=clock())

    assert owed() == [("2027-06-15", "2027-06-16")]


def test_who_was_reminded_of_the_old_date_is_told_that_it_moved(launch, clock):
    subscription = SubscriptionFactory(min_days=300)
    reminder = NotificationFactory(
        kind=Notification.Kind.REMINDER, milestone=launch, revision=launch.current_revision
    )
    Delivery.objects.create(
        notification=reminder,
        channel=subscription.channel,
        subscription=subscription,
        state="sent",
        sent_at=NOON,
        owed_at=NOON,
        next_attempt_at=NOON,
    )

    announce(launch, "2 June 2027", at=clock())

    assert owed() == [("2027-06-01", "2027-06-02")]


def test_who_was_told_the_old_date_keeps_his_wishes_where_it_has_not_moved(launch, clock):
    subscription = SubscriptionFactory()
    announce(launch, "June 2027", at=clock())
    announce(launch, "August 2027", at=clock())
    send(at=clock())
    Subscription.objects.filter(pk=subscription.pk).update(kinds=USUAL_NEWS ^ News.FIRMER)

    announce(launch, "20 August 2027", at=clock())

    assert owed() == []


@pytest.mark.parametrize(("kinds", "count"), [(News.LATER, 1), (USUAL_NEWS ^ News.LATER, 0)])
def test_each_kind_is_told_to_who_asked_for_it(launch, clock, kinds, count):
    SubscriptionFactory(kinds=kinds)

    announce(launch, "15 June 2027", at=clock())

    assert len(owed()) == count


def test_small_news_is_told_to_who_asked_for_it(clock):
    milestone = MilestoneFactory()
    state(milestone, "2027", announce=False)
    SubscriptionFactory()
    wants = SubscriptionFactory(kinds=News.REFINED)

    announce(milestone, "first half of 2027", at=clock())

    assert [one.subscription for one in Delivery.objects.all()] == [wants]


def test_after_small_news_that_nobody_was_told_a_slip_is_measured_from_before_it(clock):
    milestone = MilestoneFactory()
    state(milestone, "2027", announce=False)
    SubscriptionFactory()
    announce(milestone, "first half of 2027", at=clock())

    announce(milestone, "2028", at=clock())

    assert owed() == [("2027", "2028")]


def test_a_muted_milestone_is_silent_though_all_is_followed(launch, clock):
    everything = SubscriptionFactory()
    SubscriptionFactory(
        channel=everything.channel, scope="milestone", milestone=launch, cadence="muted"
    )
    other = SubscriptionFactory()

    announce(launch, "15 June 2027", at=clock())

    assert [one.subscription for one in Delivery.objects.all()] == [other]


@pytest.mark.parametrize(
    ("cadence", "state"), [("at_once", "queued"), ("daily", "batched"), ("weekly", "batched")]
)
def test_what_is_not_wanted_at_once_waits_for_the_digest(launch, clock, cadence, state):
    SubscriptionFactory(cadence=cadence)

    announce(launch, "15 June 2027", at=clock())

    assert Delivery.objects.get().state == state


def test_what_waits_for_a_digest_is_overtaken_too(launch, clock):
    SubscriptionFactory(cadence="daily")
    announce(launch, "15 June 2027", at=clock())

    announce(launch, "1 August 2027", at=clock())

    assert owed() == [("2027-06-01", "2027-08-01")]


# ---- dissent, back-filling, corrections --------------------------------------------------------


def test_dissent_and_what_was_said_before_tell_nobody(launch, clock):
    SubscriptionFactory()
    at = clock()
    state(launch, "autumn 2027", at=at, on=at.date(), source=SourceFactory(), standing="dissent")
    state(launch, "March 2027", at=at, on=at.date() - timedelta(days=40))

    fan_out_news(at=clock())

    assert Notification.objects.count() == 0


def test_a_withdrawn_date_is_corrected_to_exactly_those_who_were_told_it(launch, clock):
    told = SubscriptionFactory(min_days=10)
    SubscriptionFactory(min_days=100)
    announce(launch, "1 August 2027", at=clock())
    send(at=clock())
    SubscriptionFactory()
    wrong = launch.statements.get(standing="current")
    at = clock()

    publishing.withdraw(wrong, at=at, reason="another mission was meant")
    fan_out_news(at=clock())

    correction = Delivery.objects.queued().get()
    assert correction.subscription == told
    assert (correction.base.edtf, correction.notification.revision.edtf) == (
        "2027-08-01",
        "2027-06-01",
    )


def test_a_reading_that_was_announced_wrong_is_corrected_to_who_got_it(launch, clock):
    told = SubscriptionFactory()
    announce(launch, "1 August 2027", at=clock())
    send(at=clock())
    SubscriptionFactory()
    wrong = launch.statements.get(standing="current")
    at = clock()

    publishing.correct(wrong, claim("1 July 2027", on=at.date(), source=wrong.source), at=at)
    fan_out_news(at=clock())

    assert Delivery.objects.queued().filter(subscription=told).get().base.edtf == "2027-08-01"


def test_a_reading_corrected_before_it_was_announced_is_told_right_at_once(launch, clock):
    SubscriptionFactory()
    at = clock()
    wrong = state(launch, "1 August 2027", at=at, on=at.date()).statement

    publishing.correct(wrong, claim("1 July 2027", on=at.date(), source=wrong.source), at=at)
    fan_out_news(at=clock())

    assert owed() == [("2027-06-01", "2027-07-01")]


def test_what_a_reader_was_told_long_ago_counts_though_its_delivery_is_forgotten(launch, clock):
    subscription = SubscriptionFactory(min_days=300)
    announce(launch, "15 June 2027", at=clock())
    Baseline.objects.update(revision=launch.current_revision, told=True)
    assert Baseline.objects.get().channel == subscription.channel

    announce(launch, "16 June 2027", at=clock())

    assert owed() == [("2027-06-15", "2027-06-16")]
