"""What a mail program and a robot read."""

import re

import pytest

from notifications import messages
from notifications.messages.headers import line
from tests.clock import NOON
from tests.factories import state
from tests.notifications.messages.mails import (
    ENVELOPE,
    SECOND,
    STOP,
    headers_of,
    html_of,
    mail_of,
    noted,
    read,
    subject_of,
    told,
)

pytestmark = pytest.mark.django_db
READER = "0123456789abcdef"
LONG = "月極域探査ミッション " * 11


def test_the_headers_are_those_of_an_alert_that_can_be_stopped(launch):
    mail = mail_of(told(launch, "spring 2027", "autumn 2027"))

    root = f"<m.{launch.uid}.{READER}@milepost.example>"
    assert headers_of(mail) == {
        "From": "Milepost <news@milepost.example>",
        "To": "ada@example.org",
        "Subject": "ISSA-J1 launch: spring 2027 → autumn 2027",
        "Date": "Fri, 20 Nov 2026 12:00:00 +0000",
        "Message-ID": f"<d.{ENVELOPE.message_id}@milepost.example>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "In-Reply-To": root,
        "References": root,
        "List-Id": f'"ISSA-J1 launch" <m-{launch.uid.hex}.milepost.example>',
        "List-Unsubscribe": f"<{STOP}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Precedence": "list",
        "Feedback-ID": f"change:programme-{launch.programme_id}:news:milepost",
        "X-Milepost-Kind": "change",
        "X-Milepost-Milestone": "issa-j1-launch",
        "X-Milepost-Reason": "following-milestone",
        "X-Milepost-Change": "slip",
        "MIME-Version": "1.0",
        "Content-Type": ('multipart/alternative; boundary="=_0b5c7a001d224dfd8b2ee9e6e0faf8f4"'),
    }


def test_answers_go_where_people_read_them(launch, settings):
    settings.MILEPOST_REPLY_TO = "Milepost people <people@milepost.example>"

    mail = mail_of(told(launch, "2027"))

    assert read(mail)["Reply-To"] == "Milepost people <people@milepost.example>"


def test_links_and_ids_stay_whole_in_their_headers(launch):
    links = messages.Links(act=f"{STOP}{'x' * 300}/", manage="")

    mail = mail_of(told(launch, "spring 2027", "autumn 2027"), links=links)

    head = mail.partition(b"\r\n\r\n")[0].decode("ascii").replace("\r\n", "\n")
    for name in ("List-Unsubscribe", "References", "In-Reply-To", "Message-ID"):
        assert re.search(rf"^{name}: <[^\s<>]+>$", head, re.MULTILINE | re.ASCII), name


def test_all_mails_about_a_milestone_hang_below_one_root_per_reader(launch):
    first = mail_of(told(launch, "2027", "2028"))
    later = noted(state(launch, "2030", at=NOON + 9 * SECOND).announcement)

    second = mail_of(later)
    of_another = mail_of(later, address_key="f" * 64)

    assert read(first)["References"] == read(second)["References"]
    assert read(first)["References"] != read(of_another)["References"]


def test_no_line_is_too_long_and_every_byte_is_ascii(launch):
    launch.title = LONG[:120]
    launch.save()

    mail = mail_of(told(launch, "2027", "2028", reason="ß" * 300), why=LONG)

    assert mail.isascii()
    assert b"\n" not in mail.replace(b"\r\n", b"")
    assert max(len(line) for line in mail.split(b"\r\n")) <= 200
    assert subject_of(mail) == f"{LONG[:120].strip()}: 2027 → 2028"


def test_the_html_needs_no_image_and_no_other_server(launch):
    html = html_of(mail_of(told(launch, "2027", "2028")))

    assert not re.findall(r"<img|<script|<link|url\(|src=|@import", html)
    assert len(html) < 100_000
    assert '<html lang="en">' in html
    assert "prefers-color-scheme: dark" in html


def test_no_value_ends_its_header():
    assert (
        line("Subject", "a\r\nBcc: eve@example.org\x00") == b"Subject: a Bcc: eve@example.org\r\n"
    )
