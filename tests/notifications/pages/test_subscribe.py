import re
from datetime import timedelta
from http import HTTPStatus

import pytest
from django.urls import reverse
from django.utils import timezone

from notifications import pace, signing
from notifications.models import Subscription, Suppression
from notifications.models.address import address_key
from tests.clock import NOON
from tests.factories import MilestoneFactory, ProgrammeFactory, TagFactory, state
from tests.notifications.factories import SubscriptionFactory
from tests.pages.seen import texts

pytestmark = pytest.mark.django_db


def subscribe(client, *, address="192.0.2.1", **changed):
    shown = pace.stamp(at=timezone.now() - pace.AT_LEAST)
    form = {"email": "reader@example.org", "follow": "everything", "reminders": "on"}
    form |= {"shown": shown} | changed
    return client.post(reverse("notifications:subscribe"), form, REMOTE_ADDR=address)


def test_the_form_offers_programmes_and_planned_milestones_and_no_drafts(client):
    planned = MilestoneFactory(title="To come")
    state(planned, "2027")
    MilestoneFactory(title="A draft")

    page = client.get(reverse("notifications:subscribe")).content.decode()

    assert f'value="milestone:{planned.slug}"' in page
    assert f'value="programme:{planned.programme.slug}"' in page
    assert "A draft" not in page


def test_a_link_chooses_beforehand(client):
    programme = ProgrammeFactory()

    page = client.get(reverse("notifications:subscribe"), {"programme": programme.slug})

    assert f'value="programme:{programme.slug}" selected' in page.content.decode()


@pytest.mark.parametrize("slug", ["nothing", "\x00", "<script>"])
def test_a_link_that_names_nothing_chooses_everything(client, slug):
    page = client.get(reverse("notifications:subscribe"), {"programme": slug})

    assert page.status_code == HTTPStatus.OK
    assert 'value="everything" selected' in page.content.decode()


def test_asking_answers_alike_for_strangers_readers_and_suppressed_addresses(client):
    reader = SubscriptionFactory()
    Suppression.objects.create(
        address_key=address_key("dead@example.org"), reason="dead", since=NOON
    )

    answers = [
        subscribe(client, email=address)
        for address in ("new@example.org", reader.channel.address, "dead@example.org")
    ]

    assert {(a.status_code, a.url) for a in answers} == {(302, reverse("notifications:asked"))}


@pytest.mark.parametrize(
    ("field", "value", "complaint"),
    [
        ("email", "", "This field is required."),
        ("email", "no address", "Enter a valid email address."),
        ("email", "a@b.example\r\nBcc: c@d.example", "Enter a valid email address."),
        ("email", "a\x00@b.example", "Null characters are not allowed."),
        ("follow", "milestone:nothing", "Choose one of the list."),
        ("follow", "", "This field is required."),
    ],
)
def test_a_wrong_field_says_what_is_wrong_and_keeps_the_rest(client, field, value, complaint):
    page = subscribe(client, **{field: value})

    assert page.status_code == HTTPStatus.BAD_REQUEST
    assert complaint in page.content.decode()
    assert Subscription.objects.count() == 0


def test_a_robot_that_fills_the_hidden_field_is_thanked_and_ignored(client):
    answer = subscribe(client, website="https://spam.example")

    assert answer.url == reverse("notifications:asked")
    assert Subscription.objects.count() == 0


def test_a_network_that_asks_too_often_is_told_so(client):
    for number in range(30):
        subscribe(client, email=f"reader{number}@example.org")

    answer = subscribe(client, email="one.more@example.org")

    assert answer.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert 0 < int(answer["Retry-After"]) <= 120
    assert texts(answer.content.decode(), ".lede") == [
        ("We were asked very often just now. Nothing is lost; please try again in 2 minutes.")
    ]
    assert subscribe(client, address="198.51.100.1").status_code == HTTPStatus.FOUND
    assert subscribe(client, address="192.0.2.254").status_code == HTTPStatus.TOO_MANY_REQUESTS


def test_whoever_presses_at_once_is_asked_to_press_again_and_keeps_what_he_typed(client):
    page = subscribe(client, shown=pace.stamp(at=timezone.now())).content.decode()

    assert texts(page, ".errorlist") == [
        "That was very quick. Please press the button once more: robots do not."
    ]
    assert 'value="reader@example.org"' in page
    assert Subscription.objects.count() == 0


@pytest.mark.parametrize("shown", ["", "forged", "1790000000.0:forged", "\x00"])
def test_a_form_that_we_never_showed_is_shown_once_more(client, shown):
    again = subscribe(client, shown=shown)

    assert again.status_code == HTTPStatus.BAD_REQUEST
    assert Subscription.objects.count() == 0


def test_a_form_carries_when_it_was_shown_and_needs_no_cookie_for_it(client):
    page = client.get(reverse("notifications:subscribe")).content.decode()
    carried = re.search(r'name="shown" value="([^"]+)"', page)[1]

    assert pace.is_human(carried, at=timezone.now() + pace.AT_LEAST)
    assert not pace.is_human(carried, at=timezone.now())
    assert not pace.is_human(carried, at=timezone.now() + timedelta(days=2))


def test_whoever_mends_a_field_is_not_asked_to_wait_again(client):
    page = subscribe(client, email="ada").content.decode()
    carried = re.search(r'name="shown" value="([^"]+)"', page)[1]

    assert pace.is_human(carried, at=timezone.now())


def confirm_url(subscription, *, asked_at=None):
    token = signing.confirm_token(subscription, asked_at=asked_at or timezone.now())
    return reverse("notifications:confirm", args=[token])


def test_a_link_scanner_that_gets_the_confirm_link_confirms_nobody(client):
    subscription = SubscriptionFactory(confirmed_at=None)

    page = client.get(confirm_url(subscription))

    assert page.status_code == HTTPStatus.OK
    subscription.refresh_from_db()
    assert subscription.confirmed_at is None


def test_the_button_on_the_confirm_page_confirms(client):
    subscription = SubscriptionFactory(confirmed_at=None)

    client.post(confirm_url(subscription))

    assert Subscription.objects.live().get() == subscription


def test_confirming_leads_to_the_page_of_all_that_is_followed(client):
    page = client.post(confirm_url(SubscriptionFactory(confirmed_at=None))).content.decode()

    link = re.search(r'href="(/manage/[^"]+/)">Choose how and when', page)[1]
    assert texts(client.get(link).content.decode(), "h1") == ["What you follow"]


def test_a_link_that_never_ends_does_not_open_the_page_that_changes_everything(client):
    subscription = SubscriptionFactory()
    unsubscribe = unsubscribe_url(subscription)

    pages = [client.get(unsubscribe), client.post(unsubscribe), client.post(f"{unsubscribe}undo/")]

    for page in pages:
        assert set(re.findall(r'href="(/manage/[^"]*)"', page.content.decode())) <= {"/manage/"}


def test_the_confirm_link_says_afterwards_that_it_is_confirmed(client):
    milestone = MilestoneFactory(title="ISSA-J1 launch")
    subscription = SubscriptionFactory(
        confirmed_at=None, scope="milestone", milestone=milestone, reminders=True
    )
    url = confirm_url(subscription)
    client.post(url)

    page = client.get(url).content.decode()

    assert texts(page, "h1") == ["This is confirmed already"]
    assert texts(page, ".lede") == [
        (
            "We write to you when the date of ISSA-J1 launch changes, and before it comes. "
            "Every mail has a link that ends it."
        )
    ]
    assert "<form" not in page


def test_the_confirm_link_of_an_address_that_took_no_mail_asks_again(client):
    subscription = SubscriptionFactory(channel__state="disabled")

    page = client.get(confirm_url(subscription)).content.decode()

    assert texts(page, "h1") == ["Shall we write to you?"]


def test_the_confirm_link_of_what_was_ended_since_works_no_more(client):
    url = confirm_url(SubscriptionFactory(ended_at=NOON))

    assert client.get(url).status_code == HTTPStatus.NOT_FOUND


def test_who_follows_everything_is_told_so_in_a_sentence(client):
    page = client.post(confirm_url(SubscriptionFactory(confirmed_at=None))).content.decode()

    assert texts(page, ".lede") == [
        "We write to you when any date on Milepost changes. Every mail has a link that ends it."
    ]


def test_pages_and_mails_say_three_days_of_the_confirm_link(client):
    old = confirm_url(SubscriptionFactory(confirmed_at=None), asked_at=NOON.replace(year=2020))

    for page in (client.get(old), client.get(reverse("notifications:asked"))):
        assert "good for three days" in page.content.decode()


def test_the_form_says_tags_as_every_page_does(client):
    TagFactory(name="debris")

    page = client.get(reverse("notifications:subscribe")).content.decode()

    assert '<optgroup label="Tags">' in page


def test_a_confirm_link_that_is_too_old_offers_to_ask_once_more(client):
    subscription = SubscriptionFactory(confirmed_at=None)

    page = client.post(confirm_url(subscription, asked_at=NOON.replace(year=2020)))

    assert page.status_code == HTTPStatus.GONE
    assert reverse("notifications:subscribe") in page.content.decode()


@pytest.mark.parametrize("name", ["confirm", "unsubscribe"])
def test_a_forged_link_is_not_found_and_says_what_to_do(client, name):
    page = client.get(reverse(f"notifications:{name}", args=["forged:token"]))

    assert page.status_code == HTTPStatus.NOT_FOUND
    assert "This link does not work" in page.content.decode()


def unsubscribe_url(subscription):
    token = signing.unsubscribe_token(subscription.channel, subscription)
    return reverse("notifications:unsubscribe", args=[token])


def test_getting_the_unsubscribe_link_ends_nothing(client):
    subscription = SubscriptionFactory()

    page = client.get(unsubscribe_url(subscription))

    assert page.status_code == HTTPStatus.OK
    assert Subscription.objects.live().count() == 1


def test_one_click_ends_it_without_cookie_redirect_or_csrf(client):
    strict = type(client)(enforce_csrf_checks=True)
    subscription = SubscriptionFactory()

    answers = [
        strict.post(unsubscribe_url(subscription), {"List-Unsubscribe": "One-Click"})
        for _ in range(2)
    ]

    assert [a.status_code for a in answers] == [200, 200]
    assert Subscription.objects.live().count() == 0
    assert strict.cookies == {}


def test_one_click_is_answered_alike_for_every_token(client):
    following = unsubscribe_url(SubscriptionFactory())
    forged = reverse("notifications:unsubscribe", args=["forged:token"])

    answers = [
        client.post(url, {"List-Unsubscribe": "One-Click"})
        for url in (following, following, forged, following.replace(":", "x:"))
    ]

    assert [one.status_code for one in answers] == [HTTPStatus.OK] * 4
    assert len({(one.content, tuple(sorted(one.items()))) for one in answers}) == 1


@pytest.mark.parametrize("name", ["unsubscribe", "take-back"])
def test_a_person_who_presses_a_button_of_a_forged_link_is_told_that_it_does_not_work(client, name):
    answer = client.post(reverse(f"notifications:{name}", args=["forged:token"]), {"this": "1"})

    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert texts(answer.content.decode(), "h1") == ["This link does not work"]


def test_the_link_of_what_was_stopped_says_so_and_offers_to_take_it_back(client):
    url = unsubscribe_url(SubscriptionFactory())
    client.post(url, {"this": "1"})

    page = client.get(url).content.decode()

    assert texts(page, "h1") == ["This is stopped already"]
    assert texts(page, "button") == ["That was a mistake: tell me again"]
    assert "You follow" not in page


def test_the_link_of_what_was_stopped_still_stops_the_rest(client):
    stopped = SubscriptionFactory(ended_at=NOON)
    milestone = MilestoneFactory()
    SubscriptionFactory(channel=stopped.channel, scope="milestone", milestone=milestone)

    page = client.get(unsubscribe_url(stopped)).content.decode()
    after = client.post(unsubscribe_url(stopped), {"everything": "1"}).content.decode()

    assert "You no longer follow everything on Milepost. Whatever" in texts(page, ".lede")[0]
    assert "Stop everything to this address" in texts(page, "button")
    assert "No news goes to this address any more." in texts(after, ".lede")[0]
    assert "Stop everything to this address" not in texts(after, "button")
    assert Subscription.objects.open().count() == 0


def test_the_link_of_an_old_mail_ends_what_was_taken_back_since(client):
    url = unsubscribe_url(SubscriptionFactory())
    client.post(url, {"this": "1"})
    client.post(f"{url}undo/")

    again = client.get(url).content.decode()
    client.post(url, {"this": "1"})

    assert texts(again, "h1") == ["Stop these mails?"]
    assert Subscription.objects.open().count() == 0


def test_a_link_that_ends_one_leaves_what_another_reader_or_scope_follows(client):
    ended = SubscriptionFactory()
    programme = ProgrammeFactory()
    others = [
        SubscriptionFactory(),
        SubscriptionFactory(channel=ended.channel, scope="programme", programme=programme),
    ]

    client.post(unsubscribe_url(ended), {"this": "1"})

    assert list(Subscription.objects.open().order_by("pk")) == others


def test_the_page_that_says_stopped_offers_to_take_it_back(client):
    subscription = SubscriptionFactory()
    page = client.post(unsubscribe_url(subscription)).content.decode()

    undo = re.search(r'action="([^"]+/undo/)"', page)
    client.post(undo[1])

    assert Subscription.objects.live().count() == 1


def test_pages_behind_a_token_are_kept_out_of_caches_and_referrers(client):
    page = client.get(unsubscribe_url(SubscriptionFactory()))

    assert page["Cache-Control"] == "no-store"
    assert page["Referrer-Policy"] == "no-referrer"
    assert page["X-Robots-Tag"] == "noindex"
