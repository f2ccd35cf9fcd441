import pytest

from notifications.transports import mails
from notifications.transports.base import ChannelError, Fault, Parcel
from notifications.transports.provider import ProviderTransport
from tests.notifications.transports.counterparts import said

MAIL = (
    "From: =?utf-8?q?M=C3=AFlepost?= <news@milepost.example>\r\n"
    "To: ada@example.org\r\n"
    "Subject: =?utf-8?q?ISSA-J1=3A_2027_=E2=86=92_2028?=\r\n"
    "Date: Fri, 20 Nov 2026 12:00:00 +0000\r\n"
    "Message-ID: <d.8f14e45f-ceea-467f-a9f1-2d9e3f1c0a11@milepost.example>\r\n"
    "List-Unsubscribe: <https://milepost.example/unsubscribe/x/>\r\n"
    "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
    "MIME-Version: 1.0\r\n"
    'Content-Type: multipart/alternative; boundary="b"\r\n\r\n'
    "--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nLater.\r\n"
    "--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Later.</p>\r\n--b--\r\n"
)
PARCEL = Parcel(
    message_id="<d.8f14e45f-ceea-467f-a9f1-2d9e3f1c0a11@milepost.example>",
    sender="news@milepost.example",
    recipient="ada@example.org",
    content=MAIL.encode(),
)


@pytest.fixture
def postmark(settings, far_side):
    settings.MILEPOST_MAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
    settings.ANYMAIL = {
        "POSTMARK_SERVER_TOKEN": "token",
        "POSTMARK_API_URL": f"http://{far_side.host}/",
    }
    far_side.usual = said(200, ErrorCode=0, Message="OK", MessageID="b7bc", To=PARCEL.recipient)
    return far_side


def carry():
    with ProviderTransport().connect() as line:
        return line.carry(PARCEL)


def test_a_mail_arrives_whole_at_the_provider(postmark):
    receipt = carry()

    [posted] = postmark.posted
    assert posted.path == "/email"
    assert posted.headers["X-Postmark-Server-Token"] == "token"
    assert posted.json == {
        "From": "Mïlepost <news@milepost.example>",
        "To": "ada@example.org",
        "Subject": "ISSA-J1: 2027 → 2028",
        "TextBody": "Later.",
        "HtmlBody": "<p>Later.</p>",
        "Headers": [
            {"Name": "Message-ID", "Value": PARCEL.message_id},
            {
                "Name": "List-Unsubscribe",
                "Value": "<https://milepost.example/unsubscribe/x/>",
            },
            {"Name": "List-Unsubscribe-Post", "Value": "List-Unsubscribe=One-Click"},
        ],
        "Metadata": {"delivery": "8f14e45f-ceea-467f-a9f1-2d9e3f1c0a11"},
    }
    assert (receipt.code, receipt.text) == (200, "taken as b7bc")


@pytest.mark.parametrize(
    ("status", "fault"),
    [
        (400, Fault.POLICY),
        (401, Fault.RELAY),
        (402, Fault.RELAY),
        (404, Fault.RELAY),
        (413, Fault.MESSAGE),
        (429, Fault.RELAY),
        (500, Fault.RELAY),
        (503, Fault.RELAY),
    ],
)
def test_an_answer_says_whose_fault_it_is(postmark, status, fault):
    postmark.answers.append(said(status, ErrorCode=1, Message="no"))

    with pytest.raises(ChannelError) as error:
        carry()

    assert (error.value.fault, error.value.code) == (fault, status)


def test_a_provider_that_does_not_answer_is_a_relay_that_is_down(postmark, settings):
    settings.ANYMAIL = settings.ANYMAIL | {"POSTMARK_API_URL": "http://127.0.0.1:1/"}

    with pytest.raises(ChannelError) as error:
        carry()

    assert (error.value.fault, error.value.code) == (Fault.RELAY, None)


def test_mail_leaves_by_the_provider_that_is_configured(postmark, settings):
    settings.MILEPOST_OUTBOX_DIR = ""

    assert type(mails()) is ProviderTransport
