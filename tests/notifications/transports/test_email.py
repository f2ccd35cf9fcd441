from threading import Event

import pytest

from notifications.transports.base import ChannelError, Fault, Parcel
from notifications.transports.email import EmailTransport, on_the_line, path, refusal

PARCEL = Parcel(
    message_id="<d.1@milepost.example>",
    sender="milepost@milepost.example",
    recipient="ada@example.org",
    content=b"Subject: News\r\n\r\nIt slipped.\r\n.hidden\r\n",
)


@pytest.mark.parametrize(
    ("stage", "code", "text", "fault"),
    [
        ("RCPT", 421, "4.3.2 closing", Fault.RELAY),
        ("MAIL", 454, "4.7.0 too many", Fault.RELAY),
        ("MAIL", 530, "5.7.0 log in first", Fault.RELAY),
        ("MAIL", 550, "5.7.1 you may not send as that", Fault.RELAY),
        ("MAIL", 553, "sender unknown", Fault.RELAY),
        ("RCPT", 450, "4.7.1 greylisted", Fault.PASSING),
        ("RCPT", 451, "try later", Fault.PASSING),
        ("RCPT", 452, "4.2.2 mailbox full", Fault.PASSING),
        ("DATA", 451, "4.3.0 busy", Fault.PASSING),
        ("RCPT", 552, "5.2.2 mailbox full", Fault.PASSING),
        ("RCPT", 550, "5.1.1 no such user", Fault.ADDRESS),
        ("RCPT", 550, "5.1.2 no such host", Fault.ADDRESS),
        ("RCPT", 550, "5.1.3 bad address", Fault.ADDRESS),
        ("RCPT", 550, "5.1.6 moved", Fault.ADDRESS),
        ("RCPT", 556, "5.1.10 takes no mail", Fault.ADDRESS),
        ("RCPT", 551, "not here", Fault.ADDRESS),
        ("RCPT", 553, "mailbox name not allowed", Fault.ADDRESS),
        ("RCPT", 550, "5.7.1 relaying denied", Fault.POLICY),
        ("RCPT", 553, "5.7.1 not in my list of hosts", Fault.POLICY),
        ("DATA", 550, "5.7.515 access denied", Fault.POLICY),
        ("DATA", 554, "transaction failed", Fault.POLICY),
        ("DATA", 550, "looks like spam to us", Fault.POLICY),
        ("DATA", 550, "5.1.1 said too late", Fault.MESSAGE),
        ("DATA", 554, "5.6.0 bad content", Fault.MESSAGE),
        ("DATA", 552, "5.3.4 too big", Fault.MESSAGE),
        ("RCPT", 550, "no", Fault.MESSAGE),
    ],
)
def test_a_reply_says_whose_fault_it_is(stage, code, text, fault):
    assert refusal(stage, code, text).fault is fault


@pytest.mark.parametrize(
    ("fault", "permanent", "address_is_dead", "relay_is_down"),
    [
        (Fault.RELAY, False, False, True),
        (Fault.POLICY, False, False, False),
        (Fault.ADDRESS, True, True, False),
        (Fault.PASSING, False, False, False),
        (Fault.MESSAGE, True, False, False),
    ],
)
def test_a_fault_says_what_to_do(fault, permanent, address_is_dead, relay_is_down):
    error = ChannelError(fault, "no")

    assert (error.permanent, error.address_is_dead, error.relay_is_down) == (
        permanent,
        address_is_dead,
        relay_is_down,
    )


@pytest.fixture(params=["one by one", "together"])
def offered(request, sink):
    """A server, which may or may not take several commands at once."""
    if request.param == "together":
        sink.refuse("", "250-sink\r\n250 PIPELINING", command="EHLO")
    return sink


def test_many_mails_leave_over_one_connection(offered):
    sink = offered
    with EmailTransport().connect() as line:
        receipts = [line.carry(PARCEL) for _ in range(3)]

    assert sink.connections == 1
    assert [mail.content for mail in sink.kept] == [PARCEL.content] * 3
    assert (sink.kept[0].sender, sink.kept[0].recipient) == (PARCEL.sender, PARCEL.recipient)
    assert {(receipt.code, receipt.text) for receipt in receipts} == {(250, "2.0.0 taken")}


def test_after_a_refusal_the_line_goes_on(offered):
    sink = offered
    sink.refuse(PARCEL.recipient, "550 5.1.1 no such user")

    with EmailTransport().connect() as line:
        with pytest.raises(ChannelError) as error:
            line.carry(PARCEL)
        line.carry(PARCEL)

    assert (error.value.fault, error.value.code, error.value.text) == (
        Fault.ADDRESS,
        550,
        "5.1.1 no such user",
    )
    assert [mail.content for mail in sink.kept if mail.content] == [PARCEL.content]


@pytest.mark.parametrize(
    ("command", "reply", "fault", "code"),
    [
        ("MAIL", "451 later", Fault.PASSING, 451),
        ("DATA", "554 no", Fault.POLICY, 554),
        ("TAKE", "552 5.3.4 too big", Fault.MESSAGE, 552),
        ("RCPT", "421 goodbye", Fault.RELAY, 421),
        ("DATA", "hang up", Fault.RELAY, None),
        ("TAKE", "hang up", Fault.RELAY, None),
    ],
)
def test_what_the_server_says_at_each_command(offered, command, reply, fault, code):
    sink = offered
    sink.refuse("*", reply, command=command)

    with EmailTransport().connect() as line, pytest.raises(ChannelError) as error:
        line.carry(PARCEL)

    assert (error.value.fault, error.value.code) == (fault, code)


def test_commands_go_out_together_where_the_server_offers_that(sink):
    sink.refuse("", "250-sink\r\n250 PIPELINING", command="EHLO")
    sent = []

    with EmailTransport().connect() as line:
        send = line.server.send
        line.server.send = lambda data: (sent.append(data), send(data))
        line.carry(PARCEL)

    assert sent[0] == (
        "MAIL FROM:<milepost@milepost.example>\r\nRCPT TO:<ada@example.org>\r\nDATA\r\n"
    )
    assert len(sink.kept) == 1


def test_a_server_that_waits_for_a_mail_to_nobody_gets_an_empty_one(sink):
    """Some say "go on" to DATA although they refused the only reader."""
    sink.refuse("", "250-sink\r\n250 PIPELINING", command="EHLO")
    sink.refuse(PARCEL.recipient, "550 5.1.1 no such user")

    with EmailTransport().connect() as line:
        with pytest.raises(ChannelError) as error:
            line.carry(PARCEL)
        line.carry(PARCEL)

    assert error.value.fault is Fault.ADDRESS
    assert [mail.content for mail in sink.kept] == [b"", PARCEL.content]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"a\r\nb\r\n", b"a\r\nb\r\n.\r\n"),
        (b"no end", b"no end\r\n.\r\n"),
        (b".a\r\n.\r\nb.\r\n", b"..a\r\n..\r\nb.\r\n.\r\n"),
        (b"a\n.\nb\r.\r\n", b"a\r\n..\r\nb\r\n..\r\n.\r\n"),
        (b"", b"\r\n.\r\n"),
    ],
)
def test_nothing_in_a_mail_is_taken_for_its_end(content, line):
    assert on_the_line(content) == line


@pytest.mark.parametrize(
    ("address", "command"),
    [
        ("ada@example.org", "<ada@example.org>"),
        ("Ada <ada@example.org>", "<ada@example.org>"),
        ("ada@example.org>\r\nRCPT TO:<bob@example.org", "<ada@example.org>"),
    ],
)
def test_no_address_ends_a_command(address, command):
    assert path(address) == command


def test_nobody_listens(sink, settings):
    settings.EMAIL_PORT = 1

    with pytest.raises(ChannelError) as error, EmailTransport().connect():
        pass

    assert (error.value.fault, error.value.code) == (Fault.RELAY, None)


def test_a_server_that_is_full_says_so_at_once(sink):
    sink.refuse("", "421 too many connections", command="CONNECT")

    with pytest.raises(ChannelError) as error, EmailTransport().connect():
        pass

    assert (error.value.fault, error.value.code) == (Fault.RELAY, 421)


def test_a_server_that_says_nothing_costs_a_timeout_not_a_worker(sink, settings):
    settings.EMAIL_TIMEOUT = 0.3
    released = Event()
    sink.after_data = lambda: released.wait(5)

    with EmailTransport().connect() as line, pytest.raises(ChannelError) as error:
        line.carry(PARCEL)
    released.set()

    assert (error.value.fault, error.value.code) == (Fault.RELAY, None)


@pytest.mark.parametrize("setting", ["EMAIL_USE_TLS", "EMAIL_USE_SSL"])
def test_nothing_leaves_in_clear_where_it_should_not(sink, settings, setting):
    setattr(settings, setting, True)
    settings.EMAIL_TIMEOUT = 0.5

    with pytest.raises(ChannelError) as error, EmailTransport().connect():
        pass

    assert error.value.fault is Fault.RELAY
    assert sink.kept == []


def test_a_log_in_that_fails_is_no_fault_of_a_mail(sink, settings):
    settings.EMAIL_HOST_USER = "milepost"

    with pytest.raises(ChannelError) as error, EmailTransport().connect():
        pass

    assert error.value.fault is Fault.RELAY
