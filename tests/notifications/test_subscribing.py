from datetime import timedelta

import pytest

from notifications import limits, signing, subscribing
from notifications.models import (
    Channel,
    ConsentEvent,
    Delivery,
    Subscriber,
    Subscription,
    Suppression,
)
from notifications.models.address import address_key
from notifications.subscribing import Origin
from tests.clock import NOON
from tests.factories import MilestoneFactory, ProgrammeFactory
from tests.notifications.factories import ChannelFactory, SubscriptionFactory

pytestmark = pytest.mark.django_db

HERE = Origin("192.0.2", "browser")


def ask(address="reader@example.org", followed=None, *, at=NOON, origin=HERE, reminders=True):
    subscribing.ask(address, followed, reminders=reminders, origin=origin, at=at)


def questions():
    return Delivery.objects.filter(notification__kind="confirm").count()


def question_token(subscription):
    return signing.confirm_token(subscription, asked_at=NOON)


def test_asking_owes_one_question_and_confirms_nothing():
    programme = ProgrammeFactory()

    ask(followed=programme)

    subscription = Subscription.objects.get()
    assert subscription.follows == programme
    assert subscription.confirmed_at is None
    assert subscription.channel.state == Channel.State.UNCONFIRMED
    assert Subscription.objects.live().count() == 0
    assert questions() == 1


def test_asking_again_within_a_day_owes_no_second_question():
    ask()
    ask(at=NOON + timedelta(hours=23))
    assert questions() == 1

    ask(at=NOON + timedelta(hours=25))
    assert questions() == 2


def test_an_address_gets_its_link_once_an_hour():
    reader = SubscriptionFactory().channel
    links = Delivery.objects.filter(notification__kind="manage", channel=reader)

    for minutes in (0, 59, 61):
        later = NOON + timedelta(minutes=minutes)
        subscribing.ask_for_link(reader.address, origin=HERE, at=later)

    assert [link.owed_at for link in links] == [NOON, NOON + timedelta(minutes=61)]


def test_asking_for_what_is_followed_already_owes_the_link_once_a_day():
    reader = SubscriptionFactory().channel
    links = Delivery.objects.filter(notification__kind="manage", channel=reader)

    for hours in (0, 23, 25):
        ask(reader.address, at=NOON + timedelta(hours=hours))

    assert [link.owed_at for link in links] == [NOON, NOON + timedelta(hours=25)]
    assert questions() == 0


def test_an_address_is_one_channel_however_it_is_spelled():
    ask("Reader@Example.org")
    ask("reader@EXAMPLE.ORG ")

    assert Channel.objects.count() == 1
    assert Subscriber.objects.count() == 1


def test_an_address_that_never_answers_is_asked_three_times_and_no_more():
    for day in range(5):
        ask(at=NOON + timedelta(days=2 * day))

    assert questions() == 3


def test_nobody_can_flood_an_address_by_asking_for_many_things():
    ChannelFactory(address="reader@example.org")

    for _ in range(8):
        ask(followed=MilestoneFactory())

    assert questions() == 1


@pytest.mark.parametrize("spelling", ["re.ader@example.org", "reader+2@example.org"])
def test_one_mailbox_is_asked_once_a_day_under_all_its_names(spelling):
    ask("reader@example.org")
    ask(spelling)

    assert questions() == 1


def test_whoever_confirmed_is_asked_about_the_next_thing_on_the_same_day():
    ask()
    subscribing.confirm(question_token(Subscription.objects.get()), origin=HERE, at=NOON)
    ask(followed=ProgrammeFactory())

    assert questions() == 2


def test_whoever_never_answers_is_asked_no_more_after_his_address_is_forgotten():
    for day in range(4):
        Delivery.objects.all().delete()
        ConsentEvent.objects.all().delete()
        Subscription.objects.all().delete()
        Channel.objects.all().delete()
        ask(at=NOON + timedelta(days=40 * day))

    assert questions() == 0


def test_one_receiving_domain_is_not_flooded_from_many_networks():
    for number in range(300):
        ask(f"reader{number}@example.org", origin=Origin(f"network {number}", ""))

    with pytest.raises(limits.TooManyRequests):
        ask("one.more@example.org", origin=Origin("another network", ""))
    ask("one.more@example.net", origin=Origin("another network", ""))


def test_a_suppressed_address_is_asked_nothing():
    Suppression.objects.create(
        address_key=address_key("reader@example.org"), reason="dead", since=NOON
    )

    ask()

    assert (questions(), Channel.objects.count()) == (0, 0)


def test_a_network_that_asks_without_end_is_refused():
    for number in range(30):
        ask(f"reader{number}@example.org")

    with pytest.raises(limits.TooManyRequests):
        ask("one.more@example.org")
    ask("one.more@example.org", origin=Origin("198.51.100", ""))
    ask("another@example.org", at=NOON + timedelta(hours=1))


def test_confirming_makes_channel_and_subscription_live_and_keeps_the_proof():
    ask()
    subscription = Subscription.objects.get()

    subscribing.confirm(question_token(subscription), origin=HERE, at=NOON)

    assert Subscription.objects.live().get() == subscription
    assert list(ConsentEvent.objects.order_by("pk").values_list("what", "network")) == [
        ("asked", "192.0.2"),
        ("confirmed", "192.0.2"),
    ]


def test_a_confirm_token_used_twice_changes_nothing_the_second_time():
    ask()
    token = question_token(Subscription.objects.get())

    subscribing.confirm(token, origin=HERE, at=NOON)
    subscribing.confirm(token, origin=HERE, at=NOON + timedelta(hours=1))

    assert Subscription.objects.get().confirmed_at == NOON
    assert ConsentEvent.objects.filter(what="confirmed").count() == 1


def test_a_confirm_token_does_not_revive_what_its_owner_ended():
    ask()
    subscription = Subscription.objects.get()
    token = question_token(subscription)
    subscribing.confirm(token, origin=HERE, at=NOON)
    holder = signing.Holder(subscription.channel, subscription)
    subscribing.end(holder, everything=False, one_click=False, origin=HERE, at=NOON)

    with pytest.raises(signing.TokenError):
        subscribing.confirm(token, origin=HERE, at=NOON)

    assert Subscription.objects.live().count() == 0


def test_a_confirm_token_is_good_for_seventy_two_hours():
    ask()
    token = question_token(Subscription.objects.get())

    signing.read_confirm_token(token, at=NOON + timedelta(hours=72))
    with pytest.raises(signing.ExpiredToken):
        signing.read_confirm_token(token, at=NOON + timedelta(hours=72, seconds=1))


@pytest.mark.parametrize("forge", [str.upper, lambda t: t[:-1], lambda t: "x" + t, lambda _: ""])
def test_a_forged_token_is_refused(forge):
    ask()
    token = question_token(Subscription.objects.get())

    with pytest.raises(signing.TokenError):
        signing.read_confirm_token(forge(token), at=NOON)


def test_a_token_for_one_purpose_does_not_serve_another():
    subscription = SubscriptionFactory()
    unsubscribe = signing.unsubscribe_token(subscription.channel, subscription)
    confirm = signing.confirm_token(subscription, asked_at=NOON)

    with pytest.raises(signing.TokenError):
        signing.read_confirm_token(unsubscribe, at=NOON)
    with pytest.raises(signing.TokenError):
        signing.read_unsubscribe_token(confirm)


def test_counting_up_the_channels_version_revokes_its_tokens():
    subscription = SubscriptionFactory()
    token = signing.unsubscribe_token(subscription.channel, subscription)
    Channel.objects.update(version=2)

    with pytest.raises(signing.TokenError):
        signing.read_unsubscribe_token(token)


def test_ending_one_subscription_leaves_the_others_of_the_address():
    one = SubscriptionFactory()
    other = SubscriptionFactory(
        channel=one.channel, scope="programme", programme=ProgrammeFactory()
    )

    ended = subscribing.end(
        signing.Holder(one.channel, one), everything=False, one_click=True, origin=HERE, at=NOON
    )

    assert ended == 1
    assert list(Subscription.objects.live()) == [other]
    assert ConsentEvent.objects.get().what == "one_click"


def test_ending_everything_ends_all_of_the_address_and_of_no_other():
    one, stranger = SubscriptionFactory(), SubscriptionFactory()
    SubscriptionFactory(channel=one.channel, scope="programme", programme=ProgrammeFactory())

    ended = subscribing.end(
        signing.Holder(one.channel, one), everything=True, one_click=False, origin=HERE, at=NOON
    )

    assert ended == 2
    assert list(Subscription.objects.live()) == [stranger]


def goodbyes():
    return Delivery.objects.filter(notification__kind="goodbye")


def stop(subscription, *, at=NOON, everything=True, one_click=False):
    holder = signing.Holder(subscription.channel, subscription)
    subscribing.end(holder, everything=everything, one_click=one_click, origin=HERE, at=at)
    return holder


def test_who_ends_everything_on_a_page_gets_one_last_mail():
    one = SubscriptionFactory()

    holder = stop(one)
    stop(one)
    subscribing.take_back(holder, origin=HERE, at=NOON)
    stop(one, at=NOON + timedelta(hours=1))

    assert [(last.channel, last.subscription) for last in goodbyes()] == [(one.channel, None)]


@pytest.mark.parametrize("how", [{"one_click": True}, {"everything": False}])
def test_who_ends_by_one_click_or_one_of_many_gets_no_last_mail(how):
    stop(SubscriptionFactory(), **how)

    assert goodbyes().count() == 0


def test_who_was_told_nothing_gets_no_last_mail():
    stop(SubscriptionFactory(confirmed_at=None))
    stop(SubscriptionFactory(channel__state="disabled"))

    assert goodbyes().count() == 0


def test_what_was_ended_by_mistake_can_be_taken_back():
    subscription = SubscriptionFactory(reminders=True)
    holder = signing.Holder(subscription.channel, subscription)
    subscribing.end(holder, everything=False, one_click=False, origin=HERE, at=NOON)

    again = subscribing.take_back(holder, origin=HERE, at=NOON)

    assert Subscription.objects.live().get() == again
    assert again.reminders is True


def test_a_stranger_who_types_a_readers_address_changes_nothing_of_it():
    reader = SubscriptionFactory(reminders=True)

    ask(reader.channel.address, reminders=False)

    reader.refresh_from_db()
    assert reader.reminders is True
    assert reader.confirmed_at == NOON


@pytest.mark.parametrize(
    ("address", "network"),
    [("192.0.2.77", "192.0.2.0/24"), ("2001:db8:1:2::3", "2001:db8:1::/48"), ("", "")],
)
def test_of_an_ip_address_only_the_network_is_kept(address, network):
    assert subscribing.origin_of(address=address, browser="b").network == network
