"""The pages of private feeds: opened by anybody, managed by whoever has the link."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.clock import NOON
from tests.factories import ProgrammeFactory, TagFactory
from tests.pages.seen import texts
from tests.timeline.private import a_feed
from timeline import private_feeds
from timeline.choosing import Choice
from timeline.ical.options import Options
from timeline.models import FeedAddress, PrivateFeed
from timeline.private_feeds import Opened

pytestmark = pytest.mark.django_db

OPEN = "/calendar/private/"
LATER = NOON + timedelta(hours=1)
EVIL = "<script>alert('x')</script>\"&"


@pytest.fixture(autouse=True)
def _lupex():
    ProgrammeFactory(slug="lupex", title="LUPEX")
    ProgrammeFactory(slug="nisar", title="NISAR")
    TagFactory(slug="moon", name="Moon")


def field(page: str, name: str) -> str:
    """What a field of a form would send."""
    found = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
    assert found, f"no field {name}"
    value = re.search(r'value="([^"]*)"', found[0])
    return value[1] if value else ""


def ticked(page: str) -> list[str]:
    return re.findall(r'<input type="checkbox"[^>]*value="([^"]*)"[^>]*checked', page)


def open_one(client: Client, **sent: str) -> str:
    """The page that tells the address of a feed that is opened with what was chosen."""
    query = {name: value for name, value in sent.items() if name != "name"}
    page = client.get(OPEN, query).content.decode()
    response = client.post(OPEN, {"name": "Mine", "uid": field(page, "uid"), **sent})
    assert response.status_code == 200
    return response.content.decode()


def url(page: str, opened: Opened) -> str:
    return reverse(f"timeline:private-{page}", args=[opened.manage_token])


def address_told(page: str) -> str:
    return re.search(r">(http://[^<]+/f/[^<]+)</textarea>", page)[1]


# ---- opening -----------------------------------------------------------------------------------


def test_what_was_chosen_in_the_builder_is_named_and_opened(client):
    page = client.get(OPEN, {"programme": "lupex,nisar", "vague": "end"}).content.decode()

    assert field(page, "name") == "LUPEX · NISAR"
    assert (field(page, "programme"), field(page, "vague")) == ("lupex,nisar", "end")
    assert PrivateFeed.objects.count() == 0


def test_the_form_says_what_a_name_loses(client):
    page = client.get(OPEN).content.decode()

    assert texts(page, ".help") == ["Your calendar app shows it, without , ; and \\"]


def test_an_opened_feed_holds_what_was_chosen(client):
    open_one(client, name="My moon", programme="lupex", vague="end", alarms="1d,1h")

    feed = PrivateFeed.objects.get()
    assert (feed.name, feed.choice, feed.options) == (
        "My moon",
        {"programme": ["lupex"]},
        {"vague": "end", "alarms": "1d,1h"},
    )


def test_the_address_and_the_link_are_told_once_and_work(client):
    page = open_one(client, name="My moon")

    address = address_told(page)
    token, last_part = address.removeprefix("http://testserver/f/").split("/")
    link = re.search(r"http://testserver/calendar/private/[\w-]+/", page)[0]
    assert last_part == "my-moon.ics"
    assert private_feeds.find_address(token) is not None
    assert texts(client.get(link).content.decode(), "h1") == ["My moon"]
    assert token not in client.get(link).content.decode()


def test_each_app_gets_the_address_as_it_wants_it(client):
    page = open_one(client)

    token = address_told(page).removeprefix("http://testserver/f/").split("/")[0]
    assert f'href="webcal://testserver/f/{token}/mine.ics"' in page
    assert f"cid=webcal%3A%2F%2Ftestserver%2Ff%2F{token}%2Fmine.ics" in page
    assert f"addfromweb?url=http%3A%2F%2Ftestserver%2Ff%2F{token}%2Fmine.ics" in page


def links_out(page: str) -> dict[str, tuple[str | None, str | None]]:
    """Of each link to another site or app, or to the page that manages: where it opens."""
    found = {}
    for attributes in re.findall(r"<a ([^>]*)>", page):
        href = re.search(r'href="([^"]*)"', attributes)[1]
        if "://" in href:
            target, rel = (re.search(rf'{one}="([^"]*)"', attributes) for one in ("target", "rel"))
            found[href.split("/")[2]] = (target and target[1], rel and rel[1])
    return found


def test_the_page_that_tells_stays_open_whatever_somebody_does_first(client):
    beside = ("_blank", "noopener noreferrer")

    page = open_one(client)

    assert links_out(page.replace('href="webcal://testserver', 'href="webcal://app')) == {
        "app": (None, None),
        "calendar.google.com": beside,
        "outlook.live.com": beside,
        "outlook.office.com": beside,
        "testserver": beside,
    }
    assert texts(page, "a").count("Google (opens in a new tab)") == 1


def test_the_link_is_kept_before_an_app_is_asked(client):
    page = open_one(client)

    assert texts(page, "h2") == ["First, keep this link", "Then subscribe"]


def test_a_page_that_is_sent_twice_opens_one_feed_and_says_so(client):
    uid = field(client.get(OPEN).content.decode(), "uid")
    client.post(OPEN, {"name": "Mine", "uid": uid})

    again = client.post(OPEN, {"name": "Mine", "uid": uid})

    assert again.status_code == 409
    assert texts(again.content.decode(), "h1") == ["This calendar is open already"]
    assert PrivateFeed.objects.count() == 1


def test_two_pages_open_two_feeds(client):
    open_one(client)
    open_one(client)

    assert PrivateFeed.objects.count() == 2


@pytest.mark.parametrize(
    ("sent", "complaint"),
    [
        ({"name": ""}, "Give it a name: your calendar app shows it."),
        ({"name": "\r\n"}, "Give it a name: your calendar app shows it."),
        ({"name": "x" * 81}, "Ensure this value has at most 80 characters (it has 81)."),
        ({"uid": "none"}, "This page did not come back whole."),
        ({"vague": "maybe"}, "vague: “maybe” is not one of its values."),
        ({"programme": "gone"}, "programme: there is none “gone”."),
    ],
)
def test_what_cannot_be_opened_says_why_and_loses_nothing(client, sent, complaint):
    uid = field(client.get(OPEN).content.decode(), "uid")
    chosen = {"name": "Mine", "uid": uid, "tag": "moon"}

    response = client.post(OPEN, {**chosen, **sent})

    page = response.content.decode()
    assert response.status_code == 400
    assert complaint in page
    assert PrivateFeed.objects.count() == 0
    assert "tag=moon" in page or field(page, "tag") == "moon"
    assert "name" in sent or "Mine" in page


def test_an_address_that_cannot_be_read_leads_back_to_the_builder_with_it(client):
    response = client.get(OPEN, {"vague": "maybe", "programme": "lupex"})

    page = response.content.decode()
    assert response.status_code == 400
    assert "vague: “maybe” is not one of its values." in page
    assert 'href="/calendar/?vague=maybe&amp;programme=lupex"' in page


def test_what_others_add_to_a_link_that_is_shared_changes_nothing(client):
    response = client.get(OPEN, {"fbclid": "x", "programme": "lupex", "utm_source": "y"})

    page = response.content.decode()
    assert response.status_code == 200
    assert field(page, "programme") == "lupex"
    assert 'href="/calendar/?programme=lupex"' in page


def test_a_network_that_opens_without_end_is_told_to_wait_and_loses_nothing(client):
    for _ in range(20):
        open_one(client)

    uid = field(client.get(OPEN).content.decode(), "uid")
    response = client.post(OPEN, {"name": "One more", "uid": uid, "vague": "end"})

    page = response.content.decode()
    assert (response.status_code, response.headers["Retry-After"]) == (429, "3600")
    assert "Very many calendars were opened from your network within an hour." in page
    assert (field(page, "name"), field(page, "vague")) == ("One more", "end")
    assert PrivateFeed.objects.count() == 20


def test_from_another_network_it_goes_on(client):
    for _ in range(20):
        open_one(client)

    open_one(Client(REMOTE_ADDR="198.51.100.7"))

    assert PrivateFeed.objects.count() == 21


# ---- looking -----------------------------------------------------------------------------------


def test_the_page_says_what_the_feed_holds_and_who_fetched_it_last(client):
    opened = a_feed("My moon", Choice({"programme": ("lupex",), "tag": ("moon",)}))
    PrivateFeed.objects.all().note_fetch(opened.feed.pk, by="Thunderbird", at=NOON)

    page = client.get(url("manage", opened)).content.decode()

    assert texts(page, "dd") == [
        "LUPEX",
        "Moon",
        "secret, made on 20 November 2026",
        "20 November 2026, 12:00 UTC by Thunderbird",
    ]
    assert ticked(page) == ["lupex", "moon"]


def test_a_feed_that_nobody_fetched_says_so(client):
    page = client.get(url("manage", a_feed())).content.decode()

    assert texts(page, "dd") == ["Everything", "secret, made on 20 November 2026", "not yet"]


def test_what_the_feed_holds_is_told_in_the_order_of_the_boxes(client):
    ProgrammeFactory(slug="a-last", title="Zenith")
    TagFactory(slug="was-a-kind", name="Talk")
    chosen = {"programme": ("a-last", "lupex", "nisar"), "kind": ("was-a-kind",)}

    page = client.get(url("manage", a_feed(choice=Choice(chosen)))).content.decode()

    assert texts(page, "dd")[:2] == ["LUPEX, NISAR, Zenith", "Talk"]
    assert ticked(page) == ["lupex", "nisar", "a-last"]


@pytest.mark.parametrize("page", ["manage", "open"])
def test_the_page_says_how_the_feed_looks_where_that_is_not_as_usual(client, page):
    options = Options(vague="span", alarms=("2w", "1d"), busy="1", cancelled="mark")
    path = url("manage", a_feed(options=options)) if page == "manage" else OPEN

    seen = client.get(path, {} if page == "manage" else options.chosen).content.decode()

    facts = dict(zip(texts(seen, "dt"), texts(seen, "dd"), strict=True))
    for other in ("Address", "Last fetched"):
        facts.pop(other, None)
    assert facts == {
        "Holds": "Everything",
        "A date that is no day stands": "as a bar from the first to the last",
        "Ring before what is known to the day": "2w before, a day before",
        "Mark me busy while something with a time happens": "yes",
    }


def test_after_a_move_only_a_fetch_of_the_new_address_counts(client):
    opened = a_feed()
    feeds = PrivateFeed.objects.all()
    feeds.note_fetch(opened.feed.pk, by="Thunderbird", at=NOON)
    private_feeds.rotate(opened.feed, seen=opened.feed.open_address.pk, at=LATER)

    moved = last_fetch(client, opened)
    # Came before the move, and was noted a moment after it.
    feeds.note_fetch(opened.feed.pk, by="Thunderbird", at=LATER - timedelta(seconds=1))
    noted_late = last_fetch(client, opened)
    feeds.note_fetch(opened.feed.pk, by="curl", at=LATER)

    assert (moved, noted_late) == ("not yet", "not yet")
    assert last_fetch(client, opened) == "20 November 2026, 13:00 UTC by curl"


def test_of_a_closed_feed_the_last_fetch_is_still_told(client):
    opened = a_feed()
    PrivateFeed.objects.all().note_fetch(opened.feed.pk, by="curl", at=NOON)
    private_feeds.close(opened.feed, at=LATER)

    assert last_fetch(client, opened) == "20 November 2026, 12:00 UTC by curl"


def last_fetch(client: Client, opened: Opened) -> str:
    return texts(client.get(url("manage", opened)).content.decode(), "dd")[-1]


def test_the_page_of_a_feed_leads_to_what_it_looks_like(client):
    opened = a_feed(choice=Choice({"programme": ("lupex",)}), options=Options(vague="end"))

    page = client.get(url("manage", opened)).content.decode()

    assert 'href="/calendar/?programme=lupex&amp;vague=end"' in page


@pytest.mark.parametrize("token", ["nothing", "x" * 2000, "%00", "%ED%B3%BF"])
def test_a_link_that_is_none_says_what_to_do(client, token):
    for end in ("", "address/", "close/"):
        response = client.get(f"/calendar/private/{token}/{end}")

        assert response.status_code == 404
        assert texts(response.content.decode(), "h1") == ["This link does not work"]


def test_a_link_that_was_cut_at_its_last_slash_works(client):
    opened = a_feed()

    response = client.get(url("manage", opened).rstrip("/"))

    assert (response.status_code, response.headers["Location"]) == (302, url("manage", opened))


@pytest.mark.parametrize("page", ["/calendar/private", "/calendar/preview"])
def test_a_page_that_was_cut_at_its_last_slash_is_found_with_what_was_chosen(client, page):
    response = client.get(f"{page}?programme=lupex,nisar")

    assert (response.status_code, response.headers["Location"]) == (
        302,
        f"{page}/?programme=lupex,nisar",
    )


@pytest.mark.parametrize("page", ["manage", "address", "close"])
def test_pages_behind_the_link_are_kept_out_of_caches_and_indexes_and_referrers(client, page):
    response = client.get(url(page, a_feed()))

    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "strict-origin"


def test_the_page_that_tells_an_address_says_nobody_where_it_comes_from(client):
    opened = a_feed()
    seen = field(client.get(url("address", opened)).content.decode(), "seen")
    uid = field(client.get(OPEN).content.decode(), "uid")
    told = [
        client.post(url("address", opened), {"seen": seen}),
        client.post(OPEN, {"name": "Mine", "uid": uid}),
    ]

    for response in told:
        assert response.status_code == 200
        assert response["Referrer-Policy"] == "no-referrer"
        assert response["Cache-Control"] == "no-store"
        assert "<form" not in response.content.decode()


def test_what_people_typed_is_never_markup(client):
    ProgrammeFactory(slug="evil", title=EVIL)
    opened = a_feed(EVIL, Choice({"programme": ("evil", EVIL)}))
    PrivateFeed.objects.all().note_fetch(opened.feed.pk, by=EVIL, at=NOON)

    pages = [
        client.get(url(page, opened)).content.decode() for page in ("manage", "address", "close")
    ]
    pages.append(client.post(url("manage", opened), {"name": EVIL, "seen": 7}).content.decode())
    pages.append(open_one(client, name=EVIL))
    for page in pages:
        assert "<script>alert" not in page


@pytest.mark.parametrize("page", ["manage", "address", "close"])
def test_a_form_that_another_site_sends_is_refused(page):
    opened = a_feed()

    response = Client(enforce_csrf_checks=True).post(url(page, opened), {"name": "Theirs"})

    assert response.status_code == 403
    assert not PrivateFeed.objects.get().is_closed


def test_another_site_opens_no_feed():
    assert Client(enforce_csrf_checks=True).post(OPEN, {"name": "x"}).status_code == 403


# ---- changing ----------------------------------------------------------------------------------


def change(client: Client, opened: Opened, **sent: object):
    page = client.get(url("manage", opened)).content.decode()
    return client.post(url("manage", opened), {"name": "Mine", "seen": field(page, "seen"), **sent})


def test_a_change_is_saved_and_says_what_happens_next(client, monkeypatch):
    opened = a_feed()
    monkeypatch.setattr(timezone, "now", lambda: LATER)

    response = change(client, opened, name="Yours", programme=["lupex", "nisar"], vague="end")

    feed = PrivateFeed.objects.get()
    assert (response.status_code, response.headers["Location"]) == (
        302,
        f"{url('manage', opened)}?saved",
    )
    assert (feed.name, feed.choice, feed.options) == (
        "Yours",
        {"programme": ["lupex", "nisar"]},
        {"vague": "end"},
    )
    assert (feed.number, feed.changed_at) == (1, LATER)
    assert texts(client.get(response.headers["Location"]).content.decode(), ".message") == [
        "Saved. Your calendar app shows it at its next visit; the address stays."
    ]


def test_what_is_sent_from_the_page_that_says_saved_is_answered_without_that(client):
    opened = a_feed()

    page = client.get(f"{url('manage', opened)}?saved").content.decode()

    assert f'method="post" action="{url("manage", opened)}"' in page


def test_what_is_sent_as_it_stands_changes_nothing_and_says_so(client):
    opened = a_feed(choice=Choice({"programme": ("lupex",)}), options=Options(vague="end"))

    response = change(client, opened, programme="lupex", vague="end")

    page = client.get(response.headers["Location"]).content.decode()
    assert PrivateFeed.objects.get().number == 0
    assert texts(page, ".message") == ["Nothing was changed."]


def test_of_a_closed_feed_no_page_promises_that_apps_see_a_change(client):
    opened = a_feed()
    private_feeds.close(opened.feed, at=LATER)

    response = change(client, opened, name="Yours")

    page = client.get(response.headers["Location"]).content.decode()
    assert PrivateFeed.objects.get().name == "Yours"
    assert texts(page, ".message")[0] == "Saved. No app sees it while this calendar is closed."
    assert texts(page, ".help")[0] == (
        "No app sees it while this calendar is closed. "
        "A new address opens it again, as it stands then."
    )
    assert "next visit" not in page


def test_of_two_tabs_the_second_sees_both_versions_and_may_save_its_own(client):
    opened = a_feed()
    seen = field(client.get(url("manage", opened)).content.decode(), "seen")
    change(client, opened, name="First", programme="lupex")

    second = {"name": "Second", "seen": seen, "vague": "end"}
    response = client.post(url("manage", opened), second)

    page = response.content.decode()
    assert response.status_code == 409
    assert [one for one in texts(page, "li") if "yours is" in one] == [
        "Name: now “First”; yours is “Second”.",
        "Programmes: now “LUPEX”; yours is “all”.",
        (
            "A date that is no day stands: now “on the first day that is possible”; "
            "yours is “on the last day that is possible”."
        ),
    ]
    assert field(page, "name") == "Second"
    assert PrivateFeed.objects.get().name == "First"
    again = {**second, "seen": field(page, "seen")}
    assert client.post(url("manage", opened), again).status_code == 302
    assert PrivateFeed.objects.get().name == "Second"


@pytest.mark.parametrize(
    ("sent", "complaint"),
    [
        ({"name": " "}, "Give it a name: your calendar app shows it."),
        ({"vague": "maybe"}, "vague: “maybe” is not one of its values."),
        ({"seen": ""}, "This page did not come back whole."),
        ({"seen": "-1"}, "This page did not come back whole."),
    ],
)
def test_what_cannot_be_saved_says_why_and_keeps_what_was_typed(client, sent, complaint):
    response = change(client, a_feed(), **{"name": "Typed", "programme": "nisar", **sent})

    page = response.content.decode()
    assert response.status_code == 400
    assert complaint in page
    assert ticked(page) == ["nisar"]
    assert "name" in sent or field(page, "name") == "Typed"
    assert PrivateFeed.objects.get().number == 0


def test_what_was_chosen_and_is_no_longer_there_is_named(client):
    opened = a_feed(choice=Choice({"programme": ("lupex", "lost")}))

    page = client.get(url("manage", opened)).content.decode()

    assert "No longer there, though it was chosen: lost." in texts(page, ".message--warning")[0]
    assert ticked(page) == ["lupex"]


def test_a_feed_of_which_all_is_gone_does_not_say_that_it_holds_everything(client):
    opened = a_feed(choice=Choice({"programme": ("lost",)}))

    page = client.get(url("manage", opened)).content.decode()

    assert texts(page, "dt")[0] == "Programmes"
    assert texts(page, "dd")[0] == "none that is still there"


# ---- moving and closing ------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["address", "close"])
def test_looking_at_a_question_answers_it_with_no(client, page):
    opened = a_feed()

    client.get(url(page, opened))

    address = private_feeds.find_address(opened.token)
    assert address is not None
    assert address.closed_at is None
    assert FeedAddress.objects.count() == 1


def test_a_feed_that_moves_tells_its_new_address_once(client, monkeypatch):
    opened = a_feed("My moon")
    seen = field(client.get(url("address", opened)).content.decode(), "seen")
    monkeypatch.setattr(timezone, "now", lambda: LATER)

    page = client.post(url("address", opened), {"seen": seen}).content.decode()

    token = address_told(page).removeprefix("http://testserver/f/").split("/")[0]
    old, new = private_feeds.find_address(opened.token), private_feeds.find_address(token)
    assert old is not None
    assert new is not None
    assert (old.closed_at, new.closed_at) == (LATER, None)
    assert texts(page, "h1") == ["Your calendar has a new address"]


def test_a_question_that_is_answered_twice_moves_a_feed_once(client):
    opened = a_feed()
    seen = field(client.get(url("address", opened)).content.decode(), "seen")
    client.post(url("address", opened), {"seen": seen})

    again = client.post(url("address", opened), {"seen": seen})

    assert again.status_code == 409
    assert texts(again.content.decode(), "h1") == ["Its address has changed already"]
    assert FeedAddress.objects.count() == 2


@pytest.mark.parametrize("seen", ["x", "", "999999"])
def test_an_answer_that_did_not_come_back_whole_moves_nothing(client, seen):
    opened = a_feed()

    response = client.post(url("address", opened), {"seen": seen})

    assert response.status_code == (400 if seen == "x" else 409)
    assert FeedAddress.objects.open().count() == FeedAddress.objects.count() == 1


def test_a_feed_that_moves_without_end_is_told_to_wait(client):
    opened = a_feed()
    for _ in range(19):
        seen = field(client.get(url("address", opened)).content.decode(), "seen")
        client.post(url("address", opened), {"seen": seen})

    seen = field(client.get(url("address", opened)).content.decode(), "seen")
    response = client.post(url("address", opened), {"seen": seen})

    assert response.status_code == 429
    assert "many new addresses within an hour" in response.content.decode()
    assert response.headers["Retry-After"] == "3600"


def test_a_feed_is_closed_and_can_be_opened_again_at_a_new_address(client):
    opened = a_feed()

    closed = client.post(url("close", opened), follow=True).content.decode()

    assert PrivateFeed.objects.get().is_closed
    assert "This calendar is closed since 20 November 2026." in texts(closed, ".message")[0]
    assert "Close this calendar" not in texts(closed, "a")
    page = client.get(url("address", opened)).content.decode()
    client.post(url("address", opened), {"seen": field(page, "seen")})
    assert not PrivateFeed.objects.get().is_closed


# ---- from the builder --------------------------------------------------------------------------


def test_the_builder_leads_to_a_private_feed_of_what_was_chosen_and_sets_no_cookie(client):
    response = client.get("/calendar/", {"programme": "lupex,nisar", "vague": "end"})

    assert 'href="/calendar/private/?programme=lupex,nisar&amp;vague=end"' in (
        response.content.decode()
    )
    assert not response.cookies
