"""What a reader's own page shows, and what its buttons do.

Its forms: test_manage_forms.py; what was sent: test_manage_sent.py.
"""

from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus

import pytest
from django.utils import timezone

from notifications import adjusting, moving
from notifications.models import AddressChange, Delivery, Subscription
from notifications.subscribing import Origin
from tests.factories import (
    MilestoneFactory,
    OrganisationFactory,
    ProgrammeFactory,
    TagFactory,
    state,
)
from tests.notifications.factories import ChannelFactory, DeliveryFactory, SubscriptionFactory
from tests.notifications.pages.manage import lead, press, shown, url_of
from tests.pages.seen import texts

pytestmark = pytest.mark.django_db

HERE = Origin("192.0.2", "browser")


@pytest.fixture
def reader():
    """Follows everything."""
    return SubscriptionFactory()


def open_ones(channel):
    return channel.subscriptions.open()


def test_all_that_is_followed_stands_in_one_line_each_the_widest_first(client, reader):
    of = {"channel": reader.channel}
    SubscriptionFactory(
        scope="milestone", milestone=MilestoneFactory(title="Launch"), min_days=7, **of
    )
    SubscriptionFactory(scope="tag", tag=TagFactory(name="debris"), cadence="daily", **of)
    SubscriptionFactory(
        scope="programme", programme=ProgrammeFactory(title="LUPEX"), kinds=65, **of
    )
    organisation = OrganisationFactory(name="JAXA")
    SubscriptionFactory(
        scope="organisation", organisation=organisation, kinds=0, reminders=True, **of
    )

    assert texts(shown(client, reader.channel), "summary")[:5] == [
        "Everything on Milepost At once · no reminders",
        "JAXA Organisation · no news · reminders",
        "LUPEX Programme · At once · only: moved later, cancelled · no reminders",
        "debris Tag · Daily, at 08:00 · no reminders",
        "Launch At once · moved by 7 days or more · no reminders",
    ]


def test_the_page_takes_as_many_queries_for_five_as_for_one(
    client, reader, django_assert_num_queries
):
    def fill(number):
        for _ in range(number):
            one = SubscriptionFactory(
                channel=reader.channel, scope="milestone", milestone=MilestoneFactory()
            )
            DeliveryFactory(channel=reader.channel, subscription=one)

    fill(1)
    with django_assert_num_queries(9) as counted:
        client.get(url_of(reader.channel))
    fill(4)
    with django_assert_num_queries(len(counted)):
        client.get(url_of(reader.channel))


def test_one_is_stopped_and_taken_back_as_it_was(client, reader):
    Subscription.objects.update(min_days=9)

    stopped = press(client, reader.channel, "stop", subscription=reader.pk)
    page = client.get(stopped.headers["Location"]).content.decode()
    again = press(client, reader.channel, "again", subscription=reader.pk)

    assert lead(stopped) == (HTTPStatus.SEE_OTHER, f"saved=stopped&of={reader.pk}")
    assert "That was a mistake: tell me again" in texts(page, "button")
    assert texts(page, ".empty") == ["Nothing just now. Add something below."]
    assert lead(again) == (HTTPStatus.SEE_OTHER, "saved=followed")
    assert open_ones(reader.channel).get().min_days == 9


def test_everything_is_stopped_and_one_last_mail_says_so(client, reader):
    SubscriptionFactory(channel=reader.channel, scope="programme", programme=ProgrammeFactory())
    other = SubscriptionFactory()

    answer = press(client, reader.channel, "stop-all")

    assert lead(answer) == (HTTPStatus.SEE_OTHER, "saved=stopped-all")
    assert list(Subscription.objects.open()) == [other]
    assert Delivery.objects.get().notification.kind == "goodbye"


@pytest.mark.parametrize("kind", ["everything", "programme", "organisation", "tag", "milestone"])
@pytest.mark.parametrize("reminders", [True, False])
def test_something_is_added_and_counts_at_once(client, kind, reminders):
    channel = ChannelFactory()
    milestone = MilestoneFactory()
    state(milestone, "2027")
    there = {
        "everything": None,
        "programme": ProgrammeFactory(),
        "organisation": OrganisationFactory(),
        "tag": TagFactory(),
        "milestone": milestone,
    }[kind]
    value = f"{kind}:{there.slug}" if there else kind

    answer = press(
        client, channel, "follow", follow=value, **({"reminders": "on"} if reminders else {})
    )

    assert lead(answer) == (HTTPStatus.SEE_OTHER, "saved=followed")
    added = Subscription.objects.live().get()
    assert (added.follows, added.channel, added.reminders) == (there, channel, reminders)
    assert added.consent_events.get().what == "confirmed"


def test_what_waits_for_its_confirmation_is_confirmed_here_or_refused(client, reader):
    programmes = [ProgrammeFactory(), ProgrammeFactory()]
    wanted, other = (
        SubscriptionFactory(
            channel=reader.channel, scope="programme", programme=programme, confirmed_at=None
        )
        for programme in programmes
    )

    assert texts(shown(client, reader.channel), "button").count("Yes, tell me") == 2
    press(client, reader.channel, "confirm", subscription=wanted.pk)
    press(client, reader.channel, "stop", subscription=other.pk)

    assert set(open_ones(reader.channel)) == {reader, wanted}
    assert wanted in Subscription.objects.live()


def test_a_milestone_is_muted_says_so_and_is_unmuted(client, reader):
    milestone = MilestoneFactory(title="Launch")
    state(milestone, "2027")

    muted = press(client, reader.channel, "mute", milestone=milestone.slug)
    page = shown(client, reader.channel)
    row = Subscription.objects.get(milestone=milestone)
    unmuted = press(client, reader.channel, "unmute", subscription=row.pk)

    assert lead(muted) == (HTTPStatus.SEE_OTHER, "saved=muted")
    assert row.cadence == "muted"
    assert "Launch Muted: nothing of this is sent Unmute" in texts(page, ".follows-row")
    assert lead(unmuted) == (HTTPStatus.SEE_OTHER, "saved=unmuted")
    assert list(open_ones(reader.channel)) == [reader]


def test_only_who_follows_more_than_a_milestone_can_mute_one(client):
    milestone = MilestoneFactory()
    one = SubscriptionFactory(scope="milestone", milestone=milestone)

    assert "Mute one milestone" not in shown(client, one.channel)


def test_a_pause_says_until_when_and_can_be_ended(client, reader):
    subscriber = reader.channel.subscriber
    adjusting.pause(subscriber, until=date(2099, 12, 3), at=timezone.now())

    page = shown(client, reader.channel)
    answer = press(client, reader.channel, "resume")

    assert texts(page, ".pausing") == [
        ("Paused until Thursday 3 December 2099. What happens meanwhile waits. Resume now")
    ]
    assert lead(answer) == (HTTPStatus.SEE_OTHER, "saved=resumed")
    subscriber.refresh_from_db()
    assert subscriber.paused_until is None


def test_a_move_asks_both_addresses_and_the_page_says_that_it_waits(client, reader):
    answer = press(client, reader.channel, "move", email="new@example.net")

    assert lead(answer) == (HTTPStatus.SEE_OTHER, "saved=asked")
    assert AddressChange.objects.get().channel == reader.channel
    page = client.get(answer.headers["Location"]).content.decode()
    assert "A move to another address waits" in page
    assert "new@example.net" not in page


def test_a_move_to_another_readers_address_is_answered_alike(client, reader):
    taken = SubscriptionFactory().channel
    channels = [reader.channel, SubscriptionFactory().channel]

    answers = [
        press(client, channel, "move", email=email)
        for channel, email in zip(channels, ["free@example.net", taken.address], strict=True)
    ]

    assert [lead(one) for one in answers] == [(HTTPStatus.SEE_OTHER, "saved=asked")] * 2
    pages = [
        shown(client, channel).replace(channel.address, "").partition("What was sent")[0]
        for channel in channels
    ]
    assert ["A move to another address" in page for page in pages] == [True, True]


@pytest.mark.parametrize("do", ["adjust", "stop", "again", "confirm", "unmute"])
@pytest.mark.parametrize("number", ["", "x", "-1", "²", "9" * 30, "999999999", "another's"])
def test_a_button_of_what_is_not_there_or_anothers_changes_nothing(client, reader, do, number):
    other = SubscriptionFactory()
    number = str(other.pk) if number == "another's" else number

    answer = press(client, reader.channel, do, subscription=number)
    page = client.get(answer.headers["Location"])

    assert lead(answer) == (HTTPStatus.SEE_OTHER, "saved=gone")
    assert texts(page.content.decode(), ".message--warning") == [
        "That had been stopped already, perhaps by you in another tab. Nothing was changed."
    ]
    assert set(Subscription.objects.open()) == {reader, other}


@pytest.mark.parametrize("do", ["", "nothing", "__class__", "\x00"])
def test_a_button_that_there_is_not_changes_nothing(client, reader, do):
    answer = press(client, reader.channel, do)

    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert texts(answer.content.decode(), ".message--warning") == [
        "This button did not come with the page. Nothing was changed; please try again."
    ]
    assert list(Subscription.objects.open()) == [reader]


@pytest.mark.parametrize("code", ["", "<script>", "stopped", "nothing"])
@pytest.mark.parametrize("of", ["", "x", "9" * 30, "\x00"])
def test_nothing_of_an_address_that_was_made_up_is_shown(client, reader, code, of):
    answer = client.get(url_of(reader.channel), {"saved": code, "of": of})

    assert answer.status_code == HTTPStatus.OK
    assert "<script>" not in answer.content.decode()
    assert "tell me again" not in answer.content.decode()


def test_the_page_believes_no_cookie_and_sets_none(client, reader):
    strict = type(client)(enforce_csrf_checks=True)

    answer = press(strict, reader.channel, "stop-all")

    assert answer.status_code == HTTPStatus.SEE_OTHER
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert strict.cookies == {}


def test_a_channel_that_takes_no_mail_says_so(client):
    channel = SubscriptionFactory(channel__state="disabled").channel

    assert "came back" in texts(shown(client, channel), ".message--warning")[0]


def test_after_a_move_the_page_is_still_there_under_the_old_link(client, reader):
    url = url_of(reader.channel)
    at = datetime.now(tz=UTC) - timedelta(seconds=1)
    moving.ask_to_move(reader.channel, "new@example.net", origin=HERE, at=at)

    assert client.get(url).status_code == HTTPStatus.OK
