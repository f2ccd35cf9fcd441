"""Nothing that others wrote breaks out of its place."""

from dataclasses import replace

import pytest

from notifications import messages
from tests.clock import NOON
from tests.factories import MilestoneFactory, ProgrammeFactory, SourceFactory, claim, state
from tests.notifications.messages.mails import (
    SECOND,
    html_of,
    mail_of,
    noted,
    read,
    subject_of,
    text_of,
    told,
)
from timeline import publishing

pytestmark = pytest.mark.django_db
# As a row may hold it: PostgreSQL itself refuses NUL.
EVIL = "x\r\nBcc: eve@example.org\r\n\r\n<script>alert(1)</script>\u2028\u202e&amp;\"'\n-- \n"
SHOWN = "x Bcc: eve@example.org <script>alert(1)</script> &amp;\"' --"


@pytest.fixture
def evil_mail():
    programme = ProgrammeFactory(title=EVIL, slug="evil")
    milestone = MilestoneFactory(title=EVIL, slug="evil", programme=programme)
    source = SourceFactory(publisher=EVIL, title=EVIL, url="https://x.example/?a=1&b=2")
    state(milestone, "2027", announce=False)
    said = replace(claim("2028", source=source, reason=EVIL), text=EVIL)
    announcement = publishing.state(milestone, said, at=NOON + SECOND).announcement
    own = {"why": f"the programme {EVIL}", "scope": EVIL, "address": f"ada@example.org{EVIL}"}
    return mail_of(noted(announcement), **own)


def test_no_text_ends_a_header(evil_mail):
    read_mail = read(evil_mail)

    assert read_mail["Bcc"] is None
    assert subject_of(evil_mail) == f"{SHOWN}: 2027 → 2028"
    assert read_mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in read_mail.iter_parts()] == [
        "text/plain",
        "text/html",
    ]
    assert read_mail.defects == []


def test_no_text_is_taken_for_html(evil_mail):
    html = html_of(evil_mail)

    assert "<script" not in html
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 9


def test_no_text_forges_a_paragraph(evil_mail):
    text = text_of(evil_mail)

    assert [line for line in text.splitlines() if line.startswith("--")] == ["-- "]
    assert text.splitlines()[0] == SHOWN
    assert f"Why:      {SHOWN}" in text.splitlines()
    assert f"You get this mail because you follow the programme {SHOWN}." in text.splitlines()
    assert "\u202e" not in text


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//x.example"])
def test_a_source_is_linked_only_on_the_web(launch, url):
    mail = mail_of(told(launch, "2027", "2028", source=SourceFactory(url=url)))

    assert url not in html_of(mail)
    assert url not in text_of(mail)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\r\nb", "a b"),
        ("a\x00b", "a b"),
        ("a\x1bb\x7fc\x85d", "a b c d"),
        ("a\u2028b\u2029c", "a b c"),
        ("\u202egnp.exe", "gnp.exe"),
        ("\ud800", ""),
        ("👩\u200d🚀 Crew\u00adless", "👩\u200d🚀 Crew\u00adless"),
    ],
)
def test_a_text_becomes_one_harmless_line(text, shown):
    assert messages.clean(text) == shown


def test_no_text_passes_for_a_recipients_own_part(launch):
    launch.title = "act-0123 why {{ own.act }} {act}"
    launch.save()

    mail = mail_of(told(launch, "2027", "2028"))

    assert text_of(mail).splitlines()[0] == launch.title
