"""Each row of the HTTP table of docs/feeds.md: what apps are answered, and with which headers."""

import gzip
from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from tests.calendars.rows import a_milestone, say
from tests.calendars.strict import entries
from tests.clock import NOON
from tests.factories import OrganisationFactory, ProgrammeFactory, TagFactory
from timeline import publishing
from timeline.feeds.wishes import takes_gzip

pytestmark = pytest.mark.django_db

ALL = "/calendar/all.ics"
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "no-referrer",
}


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """Sets the clock that pages read; it begins at noon."""

    def show(moment: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)

    show(NOON)
    return show


@pytest.fixture
def milestone():
    draft = a_milestone()
    say(draft, "2027-25", at=NOON - timedelta(days=2))
    return draft


def some(response, *names: str) -> dict[str, str | None]:
    return {name: response.headers.get(name) for name in names}


# ---- 200 ---------------------------------------------------------------------------------------


def test_a_feed_comes_with_the_headers_of_the_table(client, milestone):
    response = client.get(ALL)

    assert response.status_code == 200
    assert some(response, *ALWAYS) == ALWAYS
    assert some(
        response,
        "Content-Type",
        "Last-Modified",
        "Cache-Control",
        "Vary",
        "Content-Disposition",
        "Content-Length",
        "Content-Encoding",
    ) == {
        "Content-Type": "text/calendar; charset=utf-8",
        "Last-Modified": "Wed, 18 Nov 2026 12:00:00 GMT",
        "Cache-Control": "public, max-age=300, stale-while-revalidate=3600",
        "Vary": "Accept-Encoding",
        "Content-Disposition": 'inline; filename="all.ics"',
        "Content-Length": str(len(response.content)),
        "Content-Encoding": None,
    }
    assert response.headers["ETag"].startswith('"')
    assert not response.cookies


def test_each_group_has_a_url_that_ends_in_its_name(client, milestone):
    ProgrammeFactory(slug="nisar")
    OrganisationFactory(slug="isro")
    TagFactory(slug="moon")

    for path in ("programme/nisar", "organisation/isro", "tag/moon"):
        response = client.get(f"/calendar/{path}.ics")

        assert response.status_code == 200
        assert response.headers["Content-Disposition"] == (
            f'inline; filename="{path.split("/")[1]}.ics"'
        )
        assert len(entries(response.content)) == 1


@pytest.mark.parametrize(
    "accept",
    [None, "", "text/calendar", "text/calendar, application/ics, text/plain;q=0.9", "text/html"],
)
def test_any_accept_header_gets_the_calendar(client, milestone, accept):
    headers = {} if accept is None else {"Accept": accept}

    response = client.get(ALL, headers=headers)

    assert (response.status_code, response.headers["Content-Type"]) == (
        200,
        "text/calendar; charset=utf-8",
    )


def test_a_signed_in_editor_gets_the_same_bytes_and_no_cookie(client, admin_client, milestone):
    anonymous, signed_in = client.get(ALL), admin_client.get(ALL)

    assert signed_in.content == anonymous.content
    assert signed_in.headers["Vary"] == "Accept-Encoding"
    assert "Set-Cookie" not in signed_in.headers
    assert not signed_in.cookies


# ---- conditional -------------------------------------------------------------------------------


def test_nothing_changes_for_the_rest_of_the_month(client, milestone, clock):
    first = client.get(ALL)
    clock(datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC))
    last = client.get(ALL)

    assert last.content == first.content
    for name in ("ETag", "Last-Modified"):
        assert last.headers[name] == first.headers[name]


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize(
    "given",
    [
        "If-None-Match: {tag}",
        "If-None-Match: W/{tag}",
        'If-None-Match: "other", {tag}',
        "If-None-Match: *",
        "If-Modified-Since: {date}",
        "If-Modified-Since: Thu, 19 Nov 2026 00:00:00 GMT",
    ],
)
def test_what_was_not_changed_is_not_sent_again(client, milestone, clock, given, method):
    first = client.get(ALL)
    clock(NOON + timedelta(days=9))
    tag, date = first.headers["ETag"], first.headers["Last-Modified"]
    name, value = given.format(tag=tag, date=date).split(": ", 1)

    response = getattr(client, method)(ALL, headers={name: value})

    assert (response.status_code, response.content) == (304, b"")
    kept = ["ETag", "Last-Modified", "Vary", "Cache-Control", *ALWAYS]
    assert some(response, *kept) == some(first, *kept)


@pytest.mark.parametrize(
    "headers",
    [
        {"If-None-Match": '"other"'},
        # Where both are given the tag decides (RFC 9110 §13.1.3).
        {"If-None-Match": '"other"', "If-Modified-Since": "Fri, 20 Nov 2026 00:00:00 GMT"},
        {"If-Modified-Since": "Wed, 18 Nov 2026 11:59:59 GMT"},
        {"If-Modified-Since": "last Tuesday"},
    ],
)
def test_who_has_something_else_gets_the_calendar(client, milestone, headers):
    assert client.get(ALL, headers=headers).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"If-Match": '"other"'},
        {"If-Match": 'W/"{tag}"'},
        {"If-Match": '"other", W/"{tag}"'},
        {"If-Unmodified-Since": "Wed, 18 Nov 2026 11:59:59 GMT"},
        # Where both are given the tag decides (RFC 9110 §13.1.4).
        {"If-Match": '"other"', "If-Unmodified-Since": "Sat, 21 Nov 2026 00:00:00 GMT"},
    ],
)
def test_who_insists_on_another_state_is_refused_without_a_page(client, milestone, headers):
    tag = client.get(ALL).headers["ETag"].strip('"')
    insisting = {name: value.replace("{tag}", tag) for name, value in headers.items()}

    response = client.get(ALL, headers=insisting)

    assert (response.status_code, response.content) == (412, b"")
    assert some(response, "Content-Type", "Content-Length") == {
        "Content-Type": None,
        "Content-Length": "0",
    }


@pytest.mark.parametrize(
    "headers",
    [
        {"If-Match": '"other", "{tag}"'},
        {"If-Match": "*"},
        {"If-Unmodified-Since": "Sat, 21 Nov 2026 00:00:00 GMT"},
        {"If-Unmodified-Since": "last Tuesday"},
        {"If-Match": '"{tag}"', "If-Unmodified-Since": "Wed, 18 Nov 2026 11:59:59 GMT"},
    ],
)
def test_who_insists_on_the_state_that_is_gets_the_calendar(client, milestone, headers):
    tag = client.get(ALL).headers["ETag"].strip('"')
    insisting = {name: value.replace("{tag}", tag) for name, value in headers.items()}

    assert client.get(ALL, headers=insisting).status_code == 200


def test_a_change_has_another_tag_and_a_later_date(client, milestone):
    first = client.get(ALL)
    say(milestone, "2027-26", at=NOON)
    headers = {
        "If-None-Match": first.headers["ETag"],
        "If-Modified-Since": first.headers["Last-Modified"],
    }

    second = client.get(ALL, headers=headers)

    assert second.status_code == 200
    assert second.headers["ETag"] != first.headers["ETag"]
    assert second.headers["Last-Modified"] == "Fri, 20 Nov 2026 12:00:00 GMT"


def test_either_validator_alone_sees_an_edit_of_the_text(client, milestone):
    first = client.get(ALL)
    publishing.edit(milestone, {"summary": "Two rovers."}, at=NOON)

    for theirs, ours in (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")):
        assert client.get(ALL, headers={theirs: first.headers[ours]}).status_code == 200


def test_the_first_of_a_month_is_a_change_for_either_validator(client, milestone, clock):
    first = client.get(ALL)
    clock(datetime(2026, 12, 1, tzinfo=UTC))

    for theirs, ours in (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")):
        response = client.get(ALL, headers={theirs: first.headers[ours]})

        assert response.status_code == 200
        assert response.headers["Last-Modified"] == "Tue, 01 Dec 2026 00:00:00 GMT"


# ---- HEAD, OPTIONS and what is not allowed -------------------------------------------------------


@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_head_is_get_without_the_calendar(client, milestone, encoding):
    headers = {"Accept-Encoding": encoding}

    got, head = client.get(ALL, headers=headers), client.head(ALL, headers=headers)

    assert head.status_code == 200
    assert head.content == b""
    assert dict(head.headers) == dict(got.headers)


def test_options_says_what_is_allowed(client):
    response = client.options(ALL)

    assert (response.status_code, response.content) == (204, b"")
    assert some(response, "Allow", "Content-Type", *ALWAYS) == {
        "Allow": "GET, HEAD, OPTIONS",
        "Content-Type": None,
        **ALWAYS,
    }


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "PROPFIND", "REPORT"])
def test_nothing_can_be_written_here_and_no_form_token_is_asked_for(milestone, method):
    careful = Client(enforce_csrf_checks=True)

    response = careful.generic(method, ALL, headers={"If-Match": "nothing"})

    assert response.status_code == 405
    assert some(response, "Allow", "Content-Type", *ALWAYS) == {
        "Allow": "GET, HEAD, OPTIONS",
        "Content-Type": "text/plain; charset=utf-8",
        **ALWAYS,
    }


# ---- gzip --------------------------------------------------------------------------------------


def test_gzip_comes_on_request_under_a_tag_of_its_own(client, milestone):
    plain = client.get(ALL)
    zipped = client.get(ALL, headers={"Accept-Encoding": "gzip, deflate, br"})

    assert zipped.headers["Content-Encoding"] == "gzip"
    assert zipped.headers["Vary"] == "Accept-Encoding"
    assert gzip.decompress(zipped.content) == plain.content
    assert len(zipped.content) < len(plain.content)
    assert zipped.headers["ETag"] == plain.headers["ETag"].removesuffix('"') + '-gzip"'
    assert zipped.headers["Content-Length"] == str(len(zipped.content))


def test_gzip_holds_no_time_so_that_the_same_calendar_is_the_same_bytes(client, milestone):
    zipped = client.get(ALL, headers={"Accept-Encoding": "gzip"})

    assert zipped.content[4:8] == bytes(4)  # MTIME, RFC 1952 §2.3


def test_a_gzipped_copy_that_is_not_changed_is_not_sent_again(client, milestone):
    wanted = {"Accept-Encoding": "gzip"}
    tag = client.get(ALL, headers=wanted).headers["ETag"]

    for headers in (wanted, {}):
        response = client.get(ALL, headers={**headers, "If-None-Match": tag})

        # A proxy or an app may have unzipped it; it is the same calendar.
        assert (response.status_code, response.headers["ETag"]) == (304, tag)


@pytest.mark.parametrize(
    ("accepted", "taken"),
    [
        ("gzip", True),
        ("br, GZIP;q=0.5", True),
        ("gzip; q=0.001", True),
        ("gzip;q=0", False),
        ("gzip; q=0.000, br", False),
        ("*", False),
        ("identity", False),
        ("not-gzip", False),
        ("", False),
    ],
)
def test_gzip_has_to_be_asked_for_by_name(accepted, taken):
    assert takes_gzip(accepted) is taken


def test_of_what_strangers_wish_only_so_much_is_read_and_kept():
    assert takes_gzip(" " * 196 + "gzip") is True
    assert takes_gzip(" " * 197 + "gzip") is False


def test_an_app_that_cannot_read_gzip_is_spared_it(client, milestone, settings):
    settings.MILEPOST_NO_GZIP_FOR = ["Outlook"]
    wanted = {"Accept-Encoding": "gzip"}

    outlook = client.get(ALL, headers={**wanted, "User-Agent": "Microsoft Outlook 16.0"})
    another = client.get(ALL, headers={**wanted, "User-Agent": "Thunderbird"})

    assert [one.headers.get("Content-Encoding") for one in (outlook, another)] == [None, "gzip"]
    assert outlook.headers["Vary"] == another.headers["Vary"] == "Accept-Encoding, User-Agent"


# ---- errors --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "programme/unknown.ics",
        "organisation/unknown.ics",
        "tag/unknown.ics",
        "programme/<b>.ics",
        "programme/%00.ics",
        "programme/%0d%0aX-Header:1.ics",
        "programme/unknown",
        "unknown.ics",
        "all.atom",
        "a/b/c",
    ],
)
@pytest.mark.parametrize("method", ["get", "head"])
def test_an_unknown_feed_is_said_in_plain_text(client, path, method):
    response = getattr(client, method)(f"/calendar/{path}")

    assert response.status_code == 404
    assert response.content == (b"" if method == "head" else b"There is no such calendar feed.\n")
    assert some(response, "Content-Type", "Cache-Control", *ALWAYS) == {
        "Content-Type": "text/plain; charset=utf-8",
        "Cache-Control": "no-store",
        **ALWAYS,
    }


def refuse(*_: object) -> None:
    raise OperationalError("the database is away")


@pytest.mark.parametrize("path", ["all.ics", "programme/lupex.ics"])
def test_without_the_database_apps_are_told_to_come_again(client, milestone, caplog, path):
    with connection.execute_wrapper(refuse):
        response = client.get(f"/calendar/{path}")

    assert response.status_code == 503
    assert response.content == b"This feed will be back shortly.\n"
    assert some(response, "Content-Type", "Retry-After", "Cache-Control", *ALWAYS) == {
        "Content-Type": "text/plain; charset=utf-8",
        "Retry-After": "300",
        "Cache-Control": "no-store",
        **ALWAYS,
    }
    assert "A feed is broken" in [record.getMessage() for record in caplog.records]


def test_a_feed_of_which_every_row_is_bad_is_not_an_empty_calendar(client):
    say(a_milestone(), "9999-12-31")

    assert client.get(ALL).status_code == 503
