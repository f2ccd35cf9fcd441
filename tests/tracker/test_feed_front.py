"""Feeds are answered before Django, with the same bytes; everything else, and doubts, are its."""

from datetime import timedelta
from threading import local

import pytest
from django.db import connection
from django.test import Client

from tests.calendars.rows import a_milestone, say
from tests.clock import NOON
from tests.timeline.feeds.asking import request
from timeline.feeds.fetches import NOTED
from tracker import feed_front
from tracker.feed_front import FeedFront

pytestmark = pytest.mark.django_db(transaction=True)

ALL = "/calendar/all.ics"


class Server:
    """Asks the front as a server does; `reached` are the paths that came through to Django."""

    def __init__(self) -> None:
        self.reached: list[str] = []
        self.front = FeedFront(self._django, room=2**20)

    def ask(self, path: str, *, host: str = "testserver", **headers: str):
        answered = []
        environ = request(path, Host=host, **headers)
        body = b"".join(self.front(environ, lambda *told: answered.extend(told)))
        return (*answered, body)

    def _django(self, environ, start_response):
        self.reached.append(environ["PATH_INFO"])
        start_response("200 OK", [])
        return [b"Django"]


@pytest.fixture(autouse=True)
def noon(monkeypatch, settings):
    monkeypatch.setattr(feed_front, "time", NOON.timestamp)
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)
    settings.ALLOWED_HOSTS = ["testserver", ".milepost.example"]
    yield
    NOTED.stop()


@pytest.fixture
def milestone():
    draft = a_milestone()
    say(draft, "2027-25", at=NOON - timedelta(days=2))
    return draft


@pytest.mark.parametrize("path", [ALL, "/calendar/programme/lupex.ics?vague=end"])
@pytest.mark.parametrize("headers", [{}, {"Accept_Encoding": "gzip"}])
def test_the_front_and_django_send_the_same(milestone, path, headers):
    server = Server()
    _, _, body = server.ask(path, **headers)
    status, told, again = server.ask(path, **headers)

    django = Client().get(path, headers={name.replace("_", "-"): v for name, v in headers.items()})

    assert (status, again, body) == ("200 OK", django.content, django.content)
    assert dict(told).items() <= dict(django.headers).items()
    assert server.reached == []


@pytest.mark.parametrize(
    "path", ["/", "/calendar/", "/calendar", "/changes/", "/f/", "/admin/x.ics", "/api/v1/all.json"]
)
def test_what_is_no_feed_is_left_to_django(path):
    server = Server()

    server.ask(path)

    assert server.reached == [path]


@pytest.mark.parametrize("path", ["/calendar/unknown.ics", "/f/unknown/x.ics", "/changes/x.atom"])
def test_a_feed_that_is_not_there_is_said_before_django(path):
    server = Server()

    status, told, _ = server.ask(path)

    assert (status, dict(told)["Content-Type"]) == ("404 Not Found", "text/plain; charset=utf-8")
    assert server.reached == []


@pytest.mark.parametrize("host", ["", "evil.example", "testserver.evil.example", "a b"])
def test_a_host_that_is_not_ours_is_refused_in_plain_text(milestone, settings, host):
    server = Server()
    server.ask(ALL)
    settings.SECURE_SSL_REDIRECT = True

    answers = [one.ask(ALL, host=host) for one in (server, Server())]

    for status, told, body in answers:
        assert (status, body) == ("400 Bad Request", b"This is not a name of this server.\n")
        assert dict(told)["Content-Type"] == "text/plain; charset=utf-8"
    assert server.reached == []


def test_our_other_names_and_ports_are_answered(milestone):
    server = Server()

    for host in ("testserver:8000", "feeds.milepost.example"):
        assert server.ask(ALL, host=host)[0] == "200 OK"


@pytest.mark.parametrize(
    ("proxies", "headers"),
    [
        (0, {}),
        (1, {}),
        (1, {"X_Forwarded_Proto": "http"}),
        (1, {"X_Forwarded_Proto": "http, https"}),
    ],
)
def test_plain_http_is_left_for_django_to_send_to_tls(milestone, settings, proxies, headers):
    settings.SECURE_SSL_REDIRECT = True
    settings.MILEPOST_PROXIES = proxies
    server = Server()

    server.ask(ALL, **headers)

    assert server.reached == [ALL]


@pytest.mark.parametrize("scheme", ["https", "https, http", " https,https"])
def test_what_a_proxy_of_ours_took_over_tls_is_answered_and_told_to_stay(
    milestone, settings, scheme
):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 31536000
    settings.MILEPOST_PROXIES = 1
    server = Server()

    status, told, _ = server.ask(ALL, X_Forwarded_Proto=scheme)

    assert (status, dict(told)["Strict-Transport-Security"]) == ("200 OK", "max-age=31536000")
    assert server.reached == []


def test_a_header_that_no_proxy_of_ours_wrote_is_not_believed(milestone, settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.MILEPOST_PROXIES = 0
    server = Server()

    server.ask(ALL, X_Forwarded_Proto="https")

    assert server.reached == [ALL]


@pytest.mark.parametrize("suffix", [".ics", ".jcal.json", ".ics/x.ics"])
def test_nobody_fills_our_memory_with_long_names(milestone, suffix):
    server = Server()
    whole = f"{'x' * (256 - len('/calendar/') - len(suffix))}{suffix}"

    _, _, body = server.ask(f"/calendar/x{whole}?programme=lupex")

    assert body == b"No feed has such a long address.\n"
    assert server.ask(f"/calendar/{whole}?programme=lupex")[2] != body


def test_what_a_server_adds_to_an_answer_is_not_in_the_next(milestone):
    front = Server().front
    given: list[list[tuple[str, str]]] = []

    def add(status, headers):
        given.append(headers)
        headers.append(("Server", "one"))

    for _ in range(3):
        front(request(ALL, Host="testserver"), add)

    assert [headers.count(("Server", "one")) for headers in given] == [1, 1, 1]


def test_a_server_may_leave_out_what_is_empty(milestone):
    answered: list[str] = []
    environ = request(ALL, Host="testserver")
    del environ["QUERY_STRING"]

    Server().front(environ, lambda status, _: answered.append(status))

    assert answered == ["200 OK"]


def test_an_address_without_a_path_is_djangos():
    environ = request("", Host="testserver")
    del environ["PATH_INFO"]
    front = FeedFront(lambda *_: [b"Django"], room=0)

    assert front(environ, lambda *_: None) == [b"Django"]


@pytest.mark.postgresql
def test_a_connection_that_is_lost_is_replaced_after_one_answer(milestone, monkeypatch):
    monkeypatch.setattr(feed_front, "monotonic", lambda: 100.0)  # all within one second
    monkeypatch.setattr(feed_front, "_looked", local())
    server = Server()
    before = server.ask(ALL)[0]
    connection.connection.close()

    after = [server.ask(f"{ALL}?past={past}")[0] for past in ("0", "3m")]

    assert (before, after) == ("200 OK", ["503 Service Unavailable", "200 OK"])


def test_a_connection_is_looked_after_once_a_second(milestone, monkeypatch):
    looks: list[float] = []
    seconds = iter([100.0, 100.9, 101.0, 101.5])
    monkeypatch.setattr(feed_front, "monotonic", lambda: next(seconds))
    monkeypatch.setattr(feed_front, "_looked", local())
    monkeypatch.setattr(feed_front, "close_old_connections", lambda: looks.append(1))
    server = Server()

    for past in ("0", "3m", "12m", "all"):
        server.ask(f"{ALL}?past={past}")

    assert len(looks) == 2
