from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notifications import fanout
from notifications.models import Channel, Delivery, Notification, Subscription
from notifications.wishes import Reminders
from tests.clock import NOON
from tests.factories import (
    MilestoneFactory,
    OrganisationFactory,
    ProgrammeFactory,
    TagFactory,
    state,
)
from tests.notifications.factories import (
    ChannelFactory,
    NotificationFactory,
    SubscriptionFactory,
)
from timeline import outbox
from timeline.models import Announcement

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(minutes=11)


def pending(milestone, **values):
    """Something to tell of the milestone; of a change, that it has a first date."""
    values = {"state": Notification.State.PENDING} | values
    if values.get("kind") == Notification.Kind.REMINDER:
        values["reminder"] = Reminders.BEGINS
    else:
        values["revision"] = milestone.current_revision or state(milestone, "2027").revision
    return NotificationFactory(milestone=milestone, **values)


def slip(milestone=None):
    """The announcement of a slip, released."""
    milestone = milestone or MilestoneFactory()
    state(milestone, "2027", announce=False)
    announcement = state(milestone, "2028", at=NOON + timedelta(seconds=1)).announcement
    outbox.release(announcement, at=LATER)
    return Announcement.objects.get(pk=announcement.pk)


@pytest.fixture
def launch():
    """A milestone with a programme, an organisation and a tag."""
    programme = ProgrammeFactory()
    programme.organisations.add(OrganisationFactory())
    milestone = MilestoneFactory(programme=programme)
    milestone.tags.add(TagFactory())
    return milestone


def scopes(milestone):
    return {
        "everything": {},
        "organisation": {"organisation": milestone.programme.organisations.get()},
        "programme": {"programme": milestone.programme},
        "tag": {"tag": milestone.tags.get()},
        "milestone": {"milestone": milestone},
    }


@pytest.mark.parametrize("scope", Subscription.Scope)
def test_each_scope_that_holds_the_milestone_is_owed_its_news(launch, scope):
    subscription = SubscriptionFactory(scope=scope, **scopes(launch)[scope])

    fanout.fan_out(pending(launch), at=NOON)

    assert list(Delivery.objects.values_list("channel", "subscription")) == [
        (subscription.channel_id, subscription.pk)
    ]


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"scope": "organisation", "organisation": OrganisationFactory},
        {"scope": "programme", "programme": ProgrammeFactory},
        {"scope": "tag", "tag": TagFactory},
        {"scope": "milestone", "milestone": MilestoneFactory},
    ],
)
def test_who_follows_something_else_is_owed_nothing(launch, elsewhere):
    SubscriptionFactory(
        **{name: value if name == "scope" else value() for name, value in elsewhere.items()}
    )

    fanout.fan_out(pending(launch), at=NOON)

    assert Delivery.objects.count() == 0


@pytest.mark.parametrize(
    "values",
    [
        {"confirmed_at": None},
        {"ended_at": NOON},
        {"channel__state": Channel.State.UNCONFIRMED, "channel__confirmed_at": None},
        {"channel__state": Channel.State.DISABLED},
        {"channel__state": Channel.State.ENDED},
    ],
)
def test_who_has_not_confirmed_or_has_ended_is_owed_nothing(launch, values):
    SubscriptionFactory(**values)

    fanout.fan_out(pending(launch), at=NOON)

    assert Delivery.objects.count() == 0


def test_who_follows_it_five_times_is_told_once_for_the_narrowest_reason(launch):
    channel = ChannelFactory()
    for scope, followed in scopes(launch).items():
        SubscriptionFactory(channel=channel, scope=scope, **followed)

    fanout.fan_out(pending(launch), at=NOON)

    assert [delivery.subscription.scope for delivery in Delivery.objects.all()] == ["milestone"]


def test_two_tags_of_a_milestone_make_one_delivery(launch):
    second = TagFactory()
    launch.tags.add(second)
    first = SubscriptionFactory(scope="tag", tag=launch.tags.exclude(pk=second.pk).get())
    SubscriptionFactory(channel=first.channel, scope="tag", tag=second)

    fanout.fan_out(pending(launch), at=NOON)

    assert [delivery.subscription for delivery in Delivery.objects.all()] == [first]


def test_only_who_asked_for_reminders_is_reminded(launch):
    SubscriptionFactory()
    wants = SubscriptionFactory(reminders=True)

    fanout.fan_out(pending(launch, kind=Notification.Kind.REMINDER), at=NOON)

    assert [delivery.subscription for delivery in Delivery.objects.all()] == [wants]


def test_fan_out_twice_owes_nothing_more(launch):
    SubscriptionFactory()
    notification = pending(launch)

    fanout.fan_out(notification, at=NOON)
    Notification.objects.update(state=Notification.State.PENDING, cursor=0)
    fanout.fan_out(notification, at=NOON)

    assert Delivery.objects.count() == 1


def test_what_is_fanned_out_is_done(launch):
    SubscriptionFactory()
    notification = pending(launch)

    chunks = [fanout.fan_out(notification, at=NOON) for _ in range(2)]

    assert chunks == [1, 0]


def test_cut_off_between_chunks_it_goes_on_where_it_was(launch, monkeypatch):
    monkeypatch.setattr(fanout, "CHUNK", 2)
    subscriptions = SubscriptionFactory.create_batch(5)
    notification = pending(launch)

    fanout.fan_out_chunk(notification, at=NOON)
    after_one_chunk = Delivery.objects.count()
    fanout.fan_out(notification, at=NOON)

    assert after_one_chunk == 2
    assert list(Delivery.objects.order_by("channel").values_list("channel", flat=True)) == [
        one.channel_id for one in subscriptions
    ]
    assert Notification.objects.get().state == Notification.State.EXPANDED


def test_each_delivery_is_whole_and_its_message_id_its_own(launch):
    SubscriptionFactory.create_batch(3)

    fanout.fan_out(pending(launch), at=NOON)

    deliveries = list(Delivery.objects.all())
    assert len({delivery.message_id for delivery in deliveries}) == 3
    assert {
        (one.state, one.owed_at, one.next_attempt_at, one.attempts, one.lost_leases)
        for one in deliveries
    } == {("queued", NOON, NOON, 0, 0)}


def test_fan_out_costs_the_same_statements_for_one_and_for_many(launch):
    def statements_for(notification):
        with CaptureQueriesContext(connection) as statements:
            fanout.fan_out(notification, at=NOON)
        return len(statements)

    SubscriptionFactory()
    for_one = statements_for(pending(launch))
    SubscriptionFactory.create_batch(20)
    for_many = statements_for(pending(MilestoneFactory()))

    assert for_one == for_many


def test_released_news_is_noted_once(launch):
    announcement = slip(launch)

    noted = [fanout.note_announcement(announcement, at=LATER) for _ in range(2)]

    notification = Notification.objects.get()
    assert noted == [True, False]
    assert (notification.key, notification.state) == (f"change:{announcement.pk}", "pending")


def test_what_is_released_and_not_noted_is_found_until_it_is(launch):
    announcement = slip(launch)
    found = list(fanout.released_and_not_noted())

    fanout.note_announcement(announcement, at=LATER)

    assert found == [announcement]
    assert list(fanout.released_and_not_noted()) == []


def test_what_is_held_is_not_found():
    state(MilestoneFactory(), "2027")

    assert list(fanout.released_and_not_noted()) == []


def test_a_kind_that_nobody_is_told_by_default_is_noted_quietly():
    milestone = MilestoneFactory()
    SubscriptionFactory()
    state(milestone, "2027", announce=False)
    announcement = state(milestone, "summer 2027", at=NOON + timedelta(seconds=1)).announcement
    outbox.release(announcement, at=LATER)

    fanout.note_announcement(Announcement.objects.get(), at=LATER)

    assert announcement.change_kind == "firmed"
    assert Notification.objects.get().quiet is True


def test_each_reader_is_reminded_of_a_day_in_his_own_morning(launch):
    for zone, hour in [("Asia/Tokyo", 8), ("America/New_York", 8), ("America/New_York", 6)]:
        SubscriptionFactory(
            reminders=True,
            channel__subscriber__time_zone=zone,
            channel__subscriber__digest_hour=hour,
        )
    day = date(2027, 3, 1)

    fanout.fan_out(pending(launch, kind=Notification.Kind.REMINDER, local_on=day), at=NOON)

    assert list(Delivery.objects.order_by("channel").values_list("next_attempt_at", flat=True)) == [
        datetime(2027, 2, 28, 23, 0, tzinfo=UTC),
        datetime(2027, 3, 1, 13, 0, tzinfo=UTC),
        datetime(2027, 3, 1, 11, 0, tzinfo=UTC),
    ]
