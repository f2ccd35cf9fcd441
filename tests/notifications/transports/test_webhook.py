import ssl
import time
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from socket import SHUT_RDWR
from threading import Event

import pytest
from standardwebhooks import Webhook

from notifications.transports.base import ChannelError, Fault, Parcel, Receipt
from notifications.transports.posting import Patience
from notifications.transports.webhook import WebhookTransport, asked_to_wait, signed
from tests.clock import NOON
from tests.far_side import running_far_side

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
CERTIFICATE = Path(__file__).parents[2] / "data" / "hooks.example.pem"
SHORT = Patience(connect=0.3, total=0.6)


def parcel(url, content=b'{"type":"date.changed"}', message_id="8f14e45f"):
    return Parcel(message_id=message_id, sender="", recipient=url, content=content, secret=SECRET)


def carry(url, **options):
    with WebhookTransport(**{"now": lambda: NOON, **options}).connect() as line:
        return line.carry(parcel(url))


def refusal(url, **options):
    with pytest.raises(ChannelError) as error:
        carry(url, **options)
    return error.value


# ---- what is sent ------------------------------------------------------------------------------


def test_the_signature_is_that_of_the_specification():
    # The vector of the specification's own libraries.
    headers = signed(
        Parcel(
            message_id="msg_p5jXN8AQM9LWM0D4loKWxJek",
            sender="",
            recipient="",
            content=b'{"test": 2432232314}',
            secret=SECRET,
        ),
        at=datetime.fromtimestamp(1614265330, tz=UTC),
    )

    assert headers["webhook-id"] == "msg_p5jXN8AQM9LWM0D4loKWxJek"
    assert headers["webhook-timestamp"] == "1614265330"
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_clock_of_another_zone_signs_the_same():
    tokyo = NOON.astimezone(timezone(timedelta(hours=9)))

    assert signed(parcel(""), at=tokyo) == signed(parcel(""), at=NOON)


def test_whoever_has_the_secret_can_check_what_arrives(far_side):
    with WebhookTransport().connect() as line:
        receipt = line.carry(parcel(far_side.url))

    [posted] = far_side.posted
    assert receipt == Receipt(204, "")
    assert Webhook(SECRET).verify(posted.body, posted.headers) == {"type": "date.changed"}
    assert posted.path == "/hook"
    assert posted.headers["Content-Type"] == "application/json"
    assert posted.headers["Host"] == far_side.host
    assert posted.headers["User-Agent"] == "Milepost (+http://localhost:8000)"


def test_a_second_try_is_signed_anew_under_the_same_id(far_side):
    moments = iter([NOON, NOON, NOON + timedelta(hours=1), NOON + timedelta(hours=1)])

    with WebhookTransport(now=lambda: next(moments)).connect() as line:
        line.carry(parcel(far_side.url))
        line.carry(parcel(far_side.url))

    first, second = far_side.posted
    assert first.headers["webhook-id"] == second.headers["webhook-id"] == "8f14e45f"
    assert (
        int(second.headers["webhook-timestamp"]) - int(first.headers["webhook-timestamp"]) == 3600
    )
    assert first.headers["webhook-signature"] != second.headers["webhook-signature"]


# ---- what comes back ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "fault"),
    [
        (301, Fault.POLICY),
        (307, Fault.POLICY),
        (400, Fault.POLICY),
        (401, Fault.POLICY),
        (404, Fault.POLICY),
        (408, Fault.PASSING),
        (410, Fault.ADDRESS),
        (413, Fault.MESSAGE),
        (425, Fault.PASSING),
        (429, Fault.PASSING),
        (500, Fault.PASSING),
        (503, Fault.PASSING),
    ],
)
def test_an_answer_says_whose_fault_it_is(far_side, status, fault):
    far_side.answers.append((status, {}))

    error = refusal(far_side.url)

    assert (error.fault, error.code, error.wait) == (fault, status, None)


def test_a_redirect_is_not_followed(far_side):
    far_side.answers.append((302, {"Location": f"http://{far_side.host}/elsewhere"}))

    error = refusal(far_side.url)

    assert (error.fault, error.code) == (Fault.POLICY, 302)
    assert [posted.path for posted in far_side.posted] == ["/hook"]


@pytest.mark.parametrize(
    ("words", "wait"),
    [
        ("120", timedelta(minutes=2)),
        ("999999999", timedelta(days=1)),
        ("Fri, 20 Nov 2026 12:05:00 GMT", timedelta(minutes=5)),
        ("Fri, 20 Nov 2026 11:00:00 GMT", timedelta(0)),
        ("Sat, 20 Nov 2027 12:00:00 GMT", timedelta(days=1)),
        ("Fri, 20 Nov 2026 12:05:00", None),
        ("soon", None),
        ("-5", None),
        ("", None),
    ],
)
def test_how_long_to_stay_away_is_read_within_reason(words, wait):
    assert asked_to_wait(words, at=NOON) == wait


def test_who_asks_us_to_wait_says_how_long(far_side):
    far_side.answers.append((503, {"Retry-After": "90"}))

    assert refusal(far_side.url).wait == timedelta(seconds=90)


def test_no_more_than_the_beginning_of_an_answer_is_read(far_side):
    def talk_on(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", "1000000")
        handler.end_headers()
        handler.wfile.write(b"a" * 1_000_000)

    far_side.before = talk_on

    receipt = carry(far_side.url)

    assert (receipt.code, len(receipt.text)) == (200, 4096)


# ---- who does not answer -----------------------------------------------------------------------


def test_nobody_listens(settings):
    settings.MILEPOST_WEBHOOK_PRIVATE_HOSTS = ["127.0.0.1:1"]

    assert refusal("http://127.0.0.1:1/").fault is Fault.PASSING


def test_a_name_that_is_not_found_may_be_found_later():
    def nobody(_host, _port):
        raise OSError("nobody knows")

    error = refusal("https://hooks.example/", look_up=nobody)

    assert (error.fault, error.text) == (Fault.PASSING, "OSError: nobody knows")


def test_one_who_hangs_costs_a_timeout_not_a_worker(far_side):
    released = Event()
    far_side.before = lambda _handler: released.wait(5)

    started = time.monotonic()
    error = refusal(far_side.url, patience=SHORT)
    released.set()

    assert error.fault is Fault.PASSING
    assert time.monotonic() - started < 2


def test_one_who_trickles_is_hung_up_on(far_side):
    released = Event()

    def trickle(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while not released.wait(0.05):
            handler.wfile.write(b"X: y\r\n")

    far_side.before = trickle

    started = time.monotonic()
    error = refusal(far_side.url, patience=SHORT)
    released.set()

    assert (error.fault, error.text) == (Fault.PASSING, "TimeoutError: took longer than 0.6 s")
    assert time.monotonic() - started < 2


def test_one_who_was_silent_is_not_waited_for_again(far_side):
    far_side.before = lambda handler: handler.connection.shutdown(SHUT_RDWR)

    with WebhookTransport(now=lambda: NOON).connect() as line:
        for _ in range(3):
            with pytest.raises(ChannelError) as error:
                line.carry(parcel(far_side.url))

    assert error.value.fault is Fault.PASSING
    assert far_side.connections == 1


# ---- where it goes -----------------------------------------------------------------------------


def test_many_leave_over_one_connection(far_side):
    with WebhookTransport(now=lambda: NOON).connect() as line:
        for number in range(3):
            line.carry(parcel(far_side.url, message_id=str(number)))

    assert far_side.connections == 1
    assert [posted.headers["webhook-id"] for posted in far_side.posted] == ["0", "1", "2"]


def test_one_who_hangs_up_after_each_is_called_again(far_side):
    far_side.answers = [(200, {"Connection": "close"})] * 2

    with WebhookTransport(now=lambda: NOON).connect() as line:
        line.carry(parcel(far_side.url))
        line.carry(parcel(far_side.url))

    assert (len(far_side.posted), far_side.connections) == (2, 2)


def test_a_private_address_is_never_connected_to(far_side, settings):
    settings.MILEPOST_WEBHOOK_PRIVATE_HOSTS = []

    error = refusal(f"https://127.0.0.1:{far_side.port}/")

    assert (error.fault, far_side.connections) == (Fault.POLICY, 0)


def test_a_name_is_looked_up_once_and_only_what_was_judged_is_connected_to(far_side, settings):
    # The name leads to us first and to nobody afterwards: a second look would go astray.
    name = f"hooks.example:{far_side.port}"
    settings.MILEPOST_WEBHOOK_PRIVATE_HOSTS = [name]
    answers = [["127.0.0.1"], ["127.0.0.2"]]

    carry(f"http://{name}/hook", look_up=lambda _host, _port: answers.pop(0))

    assert answers == [["127.0.0.2"]]
    assert (far_side.connections, far_side.posted[0].headers["Host"]) == (1, name)


def test_the_next_address_is_tried_where_one_does_not_pick_up(far_side, settings):
    name = f"hooks.example:{far_side.port}"
    settings.MILEPOST_WEBHOOK_PRIVATE_HOSTS = [name]

    carry(f"http://{name}/hook", look_up=lambda _host, _port: ["127.0.0.2", "127.0.0.1"])

    assert far_side.connections == 1


# ---- TLS ---------------------------------------------------------------------------------------


@pytest.fixture
def encrypted(settings):
    """A far side at hooks.example, whose certificate only `trusting` trusts."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    names = []
    context.sni_callback = lambda _socket, name, _context: names.append(name)
    with running_far_side(tls=context) as running:
        settings.MILEPOST_WEBHOOK_PRIVATE_HOSTS = ["hooks.example", "other.example"]
        running.names = names
        yield running


@pytest.fixture
def trusting():
    return ssl.create_default_context(cafile=CERTIFICATE)


def here(_host, _port):
    return ["127.0.0.1"]


def test_the_certificate_is_that_of_the_name(encrypted, trusting):
    receipt = carry(f"https://hooks.example:{encrypted.port}/", look_up=here, context=trusting)

    assert (receipt.code, encrypted.names) == (204, ["hooks.example"])


def test_a_certificate_of_another_name_gets_nothing(encrypted, trusting):
    error = refusal(f"https://other.example:{encrypted.port}/", look_up=here, context=trusting)

    assert (error.fault, encrypted.posted) == (Fault.PASSING, [])


def test_a_certificate_that_nobody_vouches_for_gets_nothing(encrypted):
    error = refusal(f"https://hooks.example:{encrypted.port}/", look_up=here)

    assert (error.fault, encrypted.posted) == (Fault.PASSING, [])
