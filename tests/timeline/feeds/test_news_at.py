"""The addresses of feeds of changes, and how they are answered: as those of calendars are."""

import gzip
from datetime import timedelta

import pytest
from django.db import OperationalError, connection

from tests.calendars.rows import a_milestone, say
from tests.clock import NOON
from timeline.changes import ChangeKind
from timeline.feeds import news
from timeline.feeds.serving import Serving

pytestmark = pytest.mark.django_db
BOTH = ["/changes/all.atom", "/changes/all.json"]


@pytest.fixture(autouse=True)
def _slip():
    milestone = a_milestone()
    say(milestone, "2027-25", at=NOON - timedelta(days=2))
    say(milestone, "2027-27", at=NOON - timedelta(days=1))


# ---- answers -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "media_type", "filename"),
    [
        ("/changes/all.atom", "application/atom+xml; charset=utf-8", "all.atom"),
        ("/changes/all.json", "application/feed+json", "all.json"),
        ("/changes/programme/lupex.atom", "application/atom+xml; charset=utf-8", "lupex.atom"),
        ("/changes/my-slips.json?change=slip", "application/feed+json", "my-slips.json"),
    ],
)
@pytest.mark.parametrize("accept", ["text/html", "application/json", ""])
def test_a_feed_comes_as_what_it_is_whatever_is_accepted(
    client, path, media_type, filename, accept
):
    response = client.get(path, headers={"Accept": accept})

    assert response.status_code == 200
    assert not response.cookies
    assert {name: response.headers[name] for name in [*response.headers][:9]} == {
        "Content-Type": media_type,
        "Content-Disposition": f'inline; filename="{filename}"',
        "ETag": response.headers["ETag"],
        "Last-Modified": "Thu, 19 Nov 2026 12:00:00 GMT",
        "Cache-Control": "public, max-age=300, stale-while-revalidate=3600",
        "Vary": "Accept-Encoding",
        "Content-Length": str(len(response.content)),
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex",
    }


@pytest.mark.parametrize("path", BOTH)
def test_what_was_not_changed_is_not_sent_again(client, path):
    first = client.get(path)

    for name, given in [("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")]:
        again = client.get(path, headers={name: first.headers[given]})

        assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("path", BOTH)
def test_a_clock_that_runs_for_years_changes_no_byte(path):
    request = {"PATH_INFO": path, "QUERY_STRING": "", "REQUEST_METHOD": "GET"}

    now, later = (
        Serving().answer(request, at=(NOON + timedelta(days=days)).timestamp()) for days in (0, 999)
    )

    assert now == later
    assert now.status == "200 OK"


@pytest.mark.parametrize("path", BOTH)
def test_gzip_and_head(client, path):
    plain = client.get(path)

    zipped = client.get(path, headers={"Accept-Encoding": "gzip"})
    head = client.head(path)

    assert gzip.decompress(zipped.content) == plain.content
    assert (head.content, dict(head.headers)) == (b"", dict(plain.headers))


@pytest.mark.parametrize("path", BOTH)
def test_a_new_change_is_there_at_once(client, path):
    tag = client.get(path).headers["ETag"]

    say(a_milestone("NISAR", slug="nisar", uid="3f0c5e0a-0000-4000-8000-000000000002"), "2028")
    response = client.get(path, headers={"If-None-Match": tag})

    assert response.status_code == 200
    assert "NISAR: 2028" in response.content.decode()


@pytest.mark.parametrize("path", BOTH)
def test_a_feed_is_only_read(client, path):
    assert client.post(path).status_code == 405
    assert client.options(path).headers["Allow"] == "GET, HEAD, OPTIONS"


# ---- mistakes ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/changes/none.atom",
        "/changes/none",
        "/changes/programme/none/",
        "/changes/programme/none.atom",
        "/changes/kind/launch.atom",
        "/changes/programme/lupex.xml",
        "/changes/programme/<b>.atom",
        "/changes/all.atom.json",
        "/changes/a/b/c.json",
        "/changes/%0d%0aX-Header:1.atom",
    ],
)
def test_where_there_is_no_feed_it_is_said_in_plain_text(client, path):
    response = client.get(path)

    assert (response.status_code, response.headers["Content-Type"]) == (
        404,
        "text/plain; charset=utf-8",
    )
    assert response.content == b"There is no such feed of changes.\n"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("/changes/all", "/changes/all.atom"),
        ("/changes/all/", "/changes/all.atom"),
        ("/changes/all.json/", "/changes/all.json"),
        ("/changes/programme/lupex/?change=slip", "/changes/programme/lupex.atom?change=slip"),
    ],
)
def test_an_address_that_is_only_written_differently_leads_to_the_feed(client, written, meant):
    response = client.get(written)

    assert (response.status_code, response.headers["Location"]) == (308, meant)


KINDS = "first_dated, slip, pull_in, firmed, loosened, undated, cancelled, reinstated, occurred"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("change=moved", f"change: there is none “moved”. Allowed: {KINDS}."),
        ("change=edited", f"change: there is none “edited”. Allowed: {KINDS}."),
        ("change=", f"change: there is none “”. Allowed: {KINDS}."),
        ("programme=x", "programme: there is none “x”. Allowed: lupex."),
        (
            "vague=end",
            (
                "vague: is no parameter of this address. "
                "Allowed: programme, organisation, tag, kind, change."
            ),
        ),
    ],
)
@pytest.mark.parametrize("path", BOTH)
def test_a_wrong_parameter_is_named_with_what_is_allowed(client, path, query, said):
    response = client.get(f"{path}?{query}")

    assert (response.status_code, response.headers["Content-Type"]) == (
        400,
        "text/plain; charset=utf-8",
    )
    assert response.content.decode() == f"{said}\n"


def test_a_group_in_the_path_and_in_the_query_is_told_the_other_way(client):
    response = client.get("/changes/programme/lupex.atom?programme=lupex")

    assert response.status_code == 400
    assert response.content.decode() == (
        "programme: is in the path already. For several: /changes/several.atom?programme=lupex\n"
    )


@pytest.mark.parametrize("path", BOTH)
def test_without_the_database_readers_are_told_to_come_again(client, path):
    def away(*args):
        raise OperationalError("the database is away")

    with connection.execute_wrapper(away):
        response = client.get(path)

    assert (response.status_code, response.headers["Retry-After"]) == (503, "300")


@pytest.mark.parametrize("path", BOTH)
def test_a_feed_of_which_every_change_is_bad_is_not_an_empty_one(client, path, monkeypatch):
    monkeypatch.setattr(news, "told", lambda line: 1 / 0)

    assert client.get(path).status_code == 503


def test_every_kind_of_change_can_be_asked_for_but_those_that_are_none():
    assert set(ChangeKind) - set(news.CHANGE.values) == {"unchanged", "edited"}
