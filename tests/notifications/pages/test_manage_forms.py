"""Every field of a reader's own page, with every value and every wrong one."""

from datetime import UTC, datetime, timedelta
from http import HTTPStatus

import pytest
from django.utils import timezone

from notifications.forms.suiting import SuitingForm
from notifications.forms.wishes import WishesForm
from notifications.models import AddressChange, Delivery, Subscription
from tests.factories import MilestoneFactory, state
from tests.notifications.factories import DeliveryFactory, SubscriptionFactory
from tests.notifications.pages.manage import lead, press, shown
from tests.pages.seen import texts

pytestmark = pytest.mark.django_db

SAVED = (HTTPStatus.SEE_OTHER, "saved=saved")


@pytest.fixture
def reader():
    return SubscriptionFactory()


def wished(subscription, **changed):
    """What the form sends that its reader has just opened."""
    form = WishesForm(subscription=subscription, subscriber=subscription.channel.subscriber)
    sent = {name: form[name].value() for name in form.fields}
    sent["reminders"] = "on" if sent["reminders"] else None
    sent = sent | changed | {"subscription": subscription.pk}
    return {name: value for name, value in sent.items() if value is not None}


def suited(subscriber, **changed):
    form = SuitingForm(subscriber=subscriber)
    sent = {name: form[name].value() for name in form.fields} | changed
    return {name: "" if value is None else value for name, value in sent.items()}


def adjust(client, subscription, **changed):
    return press(client, subscription.channel, "adjust", **wished(subscription, **changed))


def suit(client, reader, **changed):
    return press(client, reader.channel, "suit", **suited(reader.channel.subscriber, **changed))


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ({"cadence": "daily"}, {"cadence": "daily"}),
        ({"cadence": "weekly"}, {"cadence": "weekly"}),
        ({"min_days": "0"}, {"min_days": 0}),
        ({"min_days": "365"}, {"min_days": 365}),
        ({"kinds": [1]}, {"kinds": 1}),
        ({"kinds": [1, 1, 64]}, {"kinds": 65}),
        ({"kinds": [2**bit for bit in range(10)]}, {"kinds": 1023}),
        ({"reminders": "on"}, {"reminders": True}),
        ({"reminders": "on", "reminder_kinds": [1, 128]}, {"reminder_kinds": 129}),
        ({"reminders": "on", "kinds": []}, {"kinds": 0, "reminders": True}),
    ],
)
def test_each_wish_is_stored(client, reader, sent, stored):
    answer = adjust(client, reader, **sent)

    assert lead(answer) == SAVED
    reader.refresh_from_db()
    assert {name: getattr(reader, name) for name in stored} == stored


@pytest.mark.parametrize(
    ("sent", "complaint"),
    [
        (
            {"cadence": "muted"},
            "Select a valid choice. muted is not one of the available choices.",
        ),
        ({"cadence": ""}, "This field is required."),
        ({"min_days": "-1"}, "Ensure this value is greater than or equal to 0."),
        ({"min_days": "366"}, "Ensure this value is less than or equal to 365."),
        ({"min_days": "a week"}, "Enter a whole number."),
        ({"min_days": ""}, "Say a number of days; 0 is any move."),
        (
            {"kinds": [1024]},
            "Select a valid choice. 1024 is not one of the available choices.",
        ),
        ({"kinds": []}, "Then nothing would be sent. Choose something, or stop it."),
        (
            {"reminders": "on", "reminder_kinds": []},
            "Choose which, or switch reminders off.",
        ),
        (
            {"reminder_kinds": ["x"]},
            "Select a valid choice. x is not one of the available choices.",
        ),
    ],
)
def test_a_wrong_wish_is_said_beside_its_field_and_nothing_is_lost(client, reader, sent, complaint):
    answer = adjust(client, reader, **({"min_days": "23"} | sent))
    page = answer.content.decode()

    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert texts(page, ".errorlist") == [complaint]
    assert 'value="23"' in page or "min_days" in sent
    assert "<details open>" in page
    assert Subscription.objects.get().min_days == 0


def test_what_waited_leaves_at_once_when_that_is_chosen(client):
    reader = SubscriptionFactory(cadence="daily")
    DeliveryFactory(channel=reader.channel, subscription=reader, state="batched")

    adjust(client, reader, cadence="at_once")

    assert Delivery.objects.get().state == "queued"


def test_a_second_tab_overwrites_nothing_unseen(client, reader):
    old_tab = wished(reader, min_days="30")
    adjust(client, reader, min_days="7", cadence="daily")

    refused = press(client, reader.channel, "adjust", **old_tab)
    page = refused.content.decode()
    reader.refresh_from_db()

    assert refused.status_code == HTTPStatus.CONFLICT
    assert texts(page, ".errorlist") == [
        (
            "This was changed since you opened the page, perhaps by you in another tab. Nothing "
            "of yours is saved yet. Look it over; saving again puts it in place of what stands "
            "now: Daily, at 08:00 · moved by 7 days or more · no reminders."
        )
    ]
    assert (reader.min_days, reader.cadence) == (7, "daily")
    assert 'value="30"' in page

    again = press(client, reader.channel, "adjust", **old_tab | wished(reader, min_days="30"))
    assert lead(again) == SAVED


def test_a_form_that_came_back_without_what_was_seen_is_not_believed(client, reader):
    answer = adjust(client, reader, seen="")

    assert answer.status_code == HTTPStatus.CONFLICT


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ({"time_zone": "Asia/Tokyo"}, {"time_zone": "Asia/Tokyo"}),
        (
            {"time_zone": "America/Argentina/Buenos_Aires"},
            {"time_zone": "America/Argentina/Buenos_Aires"},
        ),
        ({"digest_hour": "0"}, {"digest_hour": 0}),
        ({"digest_hour": "23"}, {"digest_hour": 23}),
        ({"digest_weekday": "7"}, {"digest_weekday": 7}),
        ({"quiet_from": "22", "quiet_to": "0"}, {"quiet_from": 22, "quiet_to": 0}),
        ({"quiet_from": "", "quiet_to": ""}, {"quiet_from": None, "quiet_to": None}),
        ({"language": "ja"}, {"language": "ja"}),
        ({"subject": "stable"}, {"subject": "stable"}),
        ({"daily_cap": "1"}, {"daily_cap": 1}),
        ({"daily_cap": "50"}, {"daily_cap": 50}),
    ],
)
def test_each_setting_is_stored(client, reader, sent, stored):
    answer = suit(client, reader, **sent)

    assert lead(answer) == SAVED
    subscriber = reader.channel.subscriber
    subscriber.refresh_from_db()
    assert {name: getattr(subscriber, name) for name in stored} == stored


NO_CHOICE = "Select a valid choice. {} is not one of the available choices."


@pytest.mark.parametrize(
    ("sent", "complaint"),
    [
        ({"time_zone": "Mars/Olympus"}, "Choose a zone of the list."),
        ({"time_zone": "../../etc/passwd"}, "Choose a zone of the list."),
        ({"time_zone": ""}, "This field is required."),
        ({"digest_hour": "24"}, NO_CHOICE.format("24")),
        ({"digest_hour": "8.5"}, NO_CHOICE.format("8.5")),
        ({"digest_hour": ""}, "This field is required."),
        ({"digest_weekday": "0"}, NO_CHOICE.format("0")),
        ({"digest_weekday": "8"}, NO_CHOICE.format("8")),
        ({"quiet_from": "22"}, "Quiet hours have a beginning and an end."),
        ({"quiet_to": "7"}, "Quiet hours have a beginning and an end."),
        ({"quiet_from": "7", "quiet_to": "7"}, "That would be no hour, or all of them."),
        ({"quiet_from": "24", "quiet_to": "7"}, NO_CHOICE.format("24")),
        ({"language": "xx"}, NO_CHOICE.format("xx")),
        ({"subject": "loud"}, NO_CHOICE.format("loud")),
        ({"daily_cap": "0"}, "Ensure this value is greater than or equal to 1."),
        ({"daily_cap": "51"}, "Ensure this value is less than or equal to 50."),
        ({"daily_cap": "many"}, "Enter a whole number."),
    ],
)
def test_a_wrong_setting_is_said_beside_its_field_and_nothing_is_saved(
    client, reader, sent, complaint
):
    subscriber = reader.channel.subscriber

    answer = suit(client, reader, **sent)
    before = suited(subscriber)
    subscriber.refresh_from_db()

    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert texts(answer.content.decode(), ".errorlist") == [complaint]
    assert suited(subscriber) == before


def test_a_second_tab_overwrites_no_settings_unseen(client, reader):
    subscriber = reader.channel.subscriber
    old_tab = suited(subscriber, daily_cap="3")
    suit(client, reader, time_zone="Asia/Tokyo")

    refused = press(client, reader.channel, "suit", **old_tab)

    assert refused.status_code == HTTPStatus.CONFLICT
    subscriber.refresh_from_db()
    assert (subscriber.daily_cap, subscriber.time_zone) == (10, "Asia/Tokyo")


def test_a_server_without_a_limit_a_day_keeps_it_and_is_not_asked(client, reader):
    subscriber = reader.channel.subscriber
    subscriber.daily_cap = 32_767
    subscriber.save()

    answer = suit(client, reader, time_zone="Asia/Tokyo")

    subscriber.refresh_from_db()
    assert lead(answer) == SAVED
    assert (subscriber.time_zone, subscriber.daily_cap) == ("Asia/Tokyo", 32_767)


def test_a_zone_that_left_the_list_stays_chosen_until_another_is(client, reader):
    subscriber = reader.channel.subscriber
    subscriber.time_zone = "EST5EDT"
    subscriber.save()

    assert '<option value="EST5EDT" selected>' in shown(client, reader.channel)
    assert lead(suit(client, reader)) == SAVED


def test_a_pause_is_until_a_day_of_the_readers_own_calendar(client, reader):
    subscriber = reader.channel.subscriber
    subscriber.time_zone = "Asia/Tokyo"
    subscriber.save()
    until = timezone.now().date() + timedelta(days=20)

    answer = press(client, reader.channel, "pause", until=str(until))

    assert lead(answer) == (HTTPStatus.SEE_OTHER, "saved=paused")
    subscriber.refresh_from_db()
    midnight = datetime(until.year, until.month, until.day, tzinfo=UTC)
    assert subscriber.paused_until == midnight - timedelta(hours=9)


@pytest.mark.parametrize(
    ("until", "complaint"),
    [
        ("", "Choose the first day on which mails may come again."),
        ("soon", "Write the day as 2027-03-31."),
        ("2027-02-31", "Write the day as 2027-03-31."),
        ("2020-01-01", "Choose a day to come."),
        ("2999-01-01", "A year at most. To hear nothing any more, stop it."),
    ],
)
def test_a_wrong_end_of_a_pause_is_said_beside_it(client, reader, until, complaint):
    answer = press(client, reader.channel, "pause", until=until)

    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert texts(answer.content.decode(), ".errorlist") == [complaint]
    reader.channel.subscriber.refresh_from_db()
    assert reader.channel.subscriber.paused_until is None


@pytest.mark.parametrize(
    ("do", "field", "value", "complaint"),
    [
        ("follow", "follow", "", "This field is required."),
        ("follow", "follow", "milestone:nothing", "Choose one of the list."),
        ("mute", "milestone", "", "Choose a milestone."),
        ("mute", "milestone", "nothing", "Choose one of the list."),
        ("mute", "milestone", "\x00", "Null characters are not allowed."),
        ("move", "email", "", "This field is required."),
        ("move", "email", "no address", "Enter a valid email address."),
        ("move", "email", "READER@example.org", "This is the address already."),
    ],
)
def test_a_wrong_choice_is_said_beside_its_field(client, do, field, value, complaint):
    state(MilestoneFactory(), "2027")
    reader = SubscriptionFactory(channel__address="reader@example.org")

    answer = press(client, reader.channel, do, **{field: value})

    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert texts(answer.content.decode(), ".errorlist") == [complaint]
    assert "Nothing is saved yet." in answer.content.decode()
    assert list(Subscription.objects.all()) == [reader]
    assert AddressChange.objects.count() == 0


def test_who_asks_to_move_a_fourth_time_a_day_is_told_to_wait(client, reader):
    for number in range(3):
        press(client, reader.channel, "move", email=f"new{number}@example.net")

    answer = press(client, reader.channel, "move", email="new@example.net")

    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert texts(answer.content.decode(), ".errorlist") == [
        "Three times a day are enough. Please try again tomorrow."
    ]
