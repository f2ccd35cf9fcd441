"""A mail is encoded once for all: no recipient's own part is cut, lost or another's."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notifications import messages
from notifications.messages.draft import body
from notifications.messages.splicing import Slot, encoded, quoted_printable, spliced, welded
from tests.notifications.messages.mails import ENVELOPE, html_of, mail_of, read, text_of, told

TEXTS = st.text(
    st.characters(blacklist_categories=["Cs"], blacklist_characters="\r")
    | st.sampled_from("=.- \n"),
    max_size=200,
)
# What clean() leaves of anything: one line, nothing at its ends.
VALUES = st.builds(
    messages.clean,
    st.text(st.characters(blacklist_categories=["Cs"]) | st.sampled_from("=.-/&<"), max_size=150),
)
MARKS = {"first-mark": Slot.TEXT_ACT, "second-mark": Slot.TEXT_WHY}
BOUNDARY = {Slot.BOUNDARY: b"0b5c7a001d224dfd8b2ee9e6e0faf8f4"}


def parsed(mail):
    text, html = message_from_bytes(mail, policy=policy.SMTP).iter_parts()
    return [part.get_payload(decode=True).decode() for part in (text, html)]


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(stretches=st.tuples(TEXTS, TEXTS, TEXTS), act=VALUES, why=VALUES)
def test_what_is_spliced_is_read_back_exactly(stretches, act, why):
    before, between, after = stretches
    text = f"{before}first-mark{between}second-mark{after}"
    own = {Slot.TEXT_ACT: quoted_printable(act), Slot.TEXT_WHY: quoted_printable(why)}

    mail = spliced(welded(body(encoded(text, MARKS), encoded(text, MARKS))), own | BOUNDARY)

    shown = f"{before}{act}{between}{why}{after}".replace("\n", "\r\n")
    assert parsed(mail) == [shown, shown]
    assert mail.isascii()
    assert b"\n" not in mail.replace(b"\r\n", b"")
    assert max(len(line) for line in mail.split(b"\r\n")) <= 76


@pytest.mark.parametrize("length", range(60, 90))
def test_a_line_that_ends_at_a_slot_is_never_longer_than_76(length):
    mail = spliced(encoded("x" * length + "first-mark", MARKS), {Slot.TEXT_ACT: b"y"})

    assert max(len(line) for line in mail.split(b"\r\n")) <= 76


@pytest.mark.parametrize("words", ["=", ".", "--", "From ", "=3D", "a =", "\t", "=_0b5c7a"])
def test_a_slot_may_hold_what_means_something_to_mail(words):
    own = {Slot.TEXT_ACT: quoted_printable(words), Slot.TEXT_WHY: quoted_printable(words)}

    mail = spliced(body(encoded("first-mark\nsecond-mark\n", MARKS), [b""]), own | BOUNDARY)

    assert parsed(mail) == [f"{words}\r\n{words}\r\n", ""]


@pytest.mark.django_db
@pytest.mark.parametrize("length", [1, 30, 70, 75, 76, 77, 150, 900, 5000])
def test_a_link_of_any_length_stays_whole_in_both_parts(launch, length):
    link = f"https://milepost.example/u/{'Ab_-:=' * length}"[: length + 27] + "/"

    mail = mail_of(told(launch, "2027", "2028"), links=messages.Links(act=link, manage=link))

    assert f"\nStop these mails: {link}\nChoose what you follow: {link}\n" in text_of(mail)
    assert html_of(mail).count(f'href="{link}"') == 2
    assert read(mail)["List-Unsubscribe"].replace(" ", "") == f"<{link}>"


@pytest.mark.django_db
def test_the_same_envelope_makes_the_same_bytes(launch):
    notification = told(launch, "2027", "2028")
    draft = messages.draft(notification)

    again = messages.draft(notification)

    assert messages.finished(draft, ENVELOPE) == messages.finished(draft, ENVELOPE)
    assert messages.finished(draft, ENVELOPE) == messages.finished(again, ENVELOPE)


@pytest.mark.django_db
def test_two_readers_get_the_same_but_for_what_is_their_own(launch):
    draft = messages.draft(told(launch, "2027", "2028"))
    grace = replace(
        ENVELOPE,
        message_id=UUID(int=7),
        address="grace@example.org",
        address_key="f" * 64,
        date=datetime(2026, 11, 21, tzinfo=UTC),
        why="the programme <ISSA>",
        scope="programme",
        links=messages.Links(act="https://milepost.example/u/2/", manage="https://m.example/?a&b"),
    )

    mail = messages.finished(draft, grace)

    headers = read(mail)
    assert headers["To"] == "grace@example.org"
    assert headers["Message-ID"] == f"<d.{UUID(int=7)}@milepost.example>"
    assert headers["Date"].datetime == grace.date
    assert headers["X-Milepost-Reason"] == "following-programme"
    assert headers.get_boundary() == f"=_{UUID(int=7).hex}"
    assert "follow the programme <ISSA>.\n" in text_of(mail)
    assert "follow the programme &lt;ISSA&gt;.</p>" in html_of(mail)
    assert 'href="https://m.example/?a&amp;b"' in html_of(mail)
    for own in ("ada@", ENVELOPE.links.act, str(ENVELOPE.message_id), ENVELOPE.message_id.hex):
        assert own not in f"{headers}{text_of(mail)}{html_of(mail)}"
