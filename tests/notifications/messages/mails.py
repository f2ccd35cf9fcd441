"""Mails as a mail program reads them, and the way to one."""

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from html.parser import HTMLParser
from uuid import UUID

from notifications import fanout, messages
from notifications.models import Notification
from tests.clock import NOON
from tests.factories import state
from timeline import outbox
from timeline.models import Announcement

SECOND = timedelta(seconds=1)
STOP = "https://milepost.example/unsubscribe/sJ1:k2=/"
MANAGE = "https://milepost.example/manage/ask/"
ENVELOPE = messages.Envelope(
    message_id=UUID("0b5c7a00-1d22-4dfd-8b2e-e9e6e0faf8f4"),
    address="ada@example.org",
    address_key="0123456789abcdef" * 4,
    date=NOON,
    why="ISSA-J1 launch",
    scope="milestone",
    links=messages.Links(act=STOP, manage=MANAGE),
)


def told(milestone, *stated, **options):
    """State one date after the other; the notification of the last one."""
    *before, last = stated
    for number, words in enumerate(before):
        state(milestone, words, at=NOON + number * SECOND, announce=False)
    at = NOON + len(before) * SECOND
    return noted(state(milestone, last, at=at, **options).announcement)


def noted(announcement):
    outbox.release(announcement, at=NOON)
    fanout.note_announcement(Announcement.objects.get(pk=announcement.pk), at=NOON)
    return Notification.objects.latest("pk")


def mail_of(draft, **own):
    """The mail for a reader like anybody, or one who differs in something."""
    if isinstance(draft, Notification):
        draft = messages.draft(draft)
    return messages.finished(draft, replace(ENVELOPE, **own))


def read(mail):
    return message_from_bytes(mail, policy=policy.default)


def headers_of(mail):
    return {name: str(value) for name, value in read(mail).items()}


def subject_of(mail):
    return read(mail)["Subject"]


def text_of(mail):
    return read(mail).get_body(("plain",)).get_content().replace("\r\n", "\n")


def html_of(mail):
    return read(mail).get_body(("html",)).get_content().replace("\r\n", "\n")


def words_of(mail):
    """What its HTML shows, in one line."""
    return " ".join("".join(Words(html_of(mail)).shown).split())


class Words(HTMLParser):
    """What is shown of a page, and in which language each of it is."""

    UNSHOWN = ("style", "title")
    EMPTY = ("br", "meta")
    INLINE = ("a", "s", "small", "span")

    def __init__(self, html):
        super().__init__()
        self.shown, self.japanese, self.above = [], [], []
        self.feed(html)

    def hides(self, tag, attrs):
        return tag in self.UNSHOWN or attrs.get("class") == "preheader"

    def handle_starttag(self, tag, attrs):
        if tag not in self.INLINE:
            self.shown.append(" ")
        if tag not in self.EMPTY:
            self.above.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.above.pop()[0] == tag
        if tag not in self.INLINE:
            self.shown.append(" ")

    def handle_data(self, data):
        if any(
            tag in self.UNSHOWN or "preheader" in attrs.get("class", "")
            for tag, attrs in self.above
        ):
            return
        self.shown.append(data)
        languages = [attrs["lang"] for _, attrs in self.above if "lang" in attrs]
        if languages[-1:] == ["ja"]:
            self.japanese.append(data.strip())
