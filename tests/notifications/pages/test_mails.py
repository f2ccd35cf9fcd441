from http import HTTPStatus

import pytest
from django.urls import reverse

from notifications.transports.base import Parcel
from notifications.transports.folder import FolderTransport

MAIL = b"""From: a@example.org
To: b@example.org
Subject: ISSA-J1 launch: spring 2027 =?utf-8?q?=E2=86=92?= autumn 2027
Date: Fri, 20 Nov 2026 12:00:00 +0000
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary=x

--x
Content-Type: text/plain; charset=utf-8

plain <b>words</b>
--x
Content-Type: text/html; charset=utf-8

<p style="color: red">styled</p>
--x--
"""


@pytest.fixture
def kept(settings, tmp_path):
    settings.MILEPOST_OUTBOX_DIR = str(tmp_path)
    with FolderTransport(tmp_path).connect() as line:
        line.carry(
            Parcel(message_id="<d.1@x>", sender="a@x", recipient="b@example.org", content=MAIL)
        )
    return "d.1"


def test_a_laptop_shows_the_mails_it_kept(client, kept):
    page = client.get(reverse("notifications:mails")).content.decode()

    assert "ISSA-J1 launch: spring 2027 → autumn 2027" in page
    assert reverse("notifications:mail", args=[kept]) in page


def test_the_text_of_a_mail_is_shown_escaped(client, kept):
    page = client.get(reverse("notifications:mail", args=[kept])).content.decode()

    assert "plain &lt;b&gt;words&lt;/b&gt;" in page


def test_the_html_of_a_mail_may_use_its_own_styles_and_nothing_else(client, kept):
    answer = client.get(reverse("notifications:mail-html", args=[kept]))

    assert answer.content.decode().strip() == '<p style="color: red">styled</p>'
    assert answer["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
    )


@pytest.mark.parametrize("name", ["nothing", "..", "%2e%2e%2fsettings", "a\x00b"])
def test_no_other_file_is_shown(client, kept, name):
    answer = client.get(f"/mails/{name}/")

    assert answer.status_code == HTTPStatus.NOT_FOUND


def test_a_server_that_sends_its_mails_shows_none(client, settings):
    settings.MILEPOST_OUTBOX_DIR = ""

    assert client.get(reverse("notifications:mails")).status_code == HTTPStatus.NOT_FOUND
