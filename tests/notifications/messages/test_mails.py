"""What a mail says and how it is built, read as a mail program reads it."""

import re
from dataclasses import replace
from datetime import date, timedelta
from email import message_from_bytes, policy
from html.parser import HTMLParser

import pytest

from notifications import fanout, messages, planning, sending
from notifications.messages.finished import line
from notifications.models import Delivery, Notification, ReminderPlan
from notifications.transports.memory import MemoryTransport
from tests.clock import NOON
from tests.factories import (
    MilestoneFactory,
    OrganisationFactory,
    ProgrammeFactory,
    SourceFactory,
    TagFactory,
    claim,
    state,
)
from tests.notifications.factories import DeliveryFactory, NotificationFactory, SubscriptionFactory
from timeline import outbox, publishing
from timeline.models import Announcement

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def launch(settings):
    settings.MILEPOST_BASE_URL = "https://milepost.example"
    settings.MILEPOST_MAIL_FROM = "Milepost <news@milepost.example>"
    programme = ProgrammeFactory(title="ISSA", slug="issa")
    return MilestoneFactory(title="ISSA-J1 launch", slug="issa-j1-launch", programme=programme)


@pytest.fixture
def source():
    return SourceFactory(
        publisher="Astroscale", title="Update on ISSA-J1", url="https://astroscale.example/news"
    )


def told(milestone, *stated, following=None, **options):
    """State one date after the other; the mail about the last one."""
    *before, last = stated
    for number, words in enumerate(before):
        state(milestone, words, at=NOON + number * SECOND, announce=False)
    at = NOON + len(before) * SECOND
    announcement = state(milestone, last, at=at, **options).announcement
    return mail_about(announcement, following=following)


def mail_about(announcement, *, following=None):
    outbox.release(announcement, at=NOON)
    fanout.note_announcement(Announcement.objects.get(pk=announcement.pk), at=NOON)
    return mail_of(Notification.objects.latest("pk"), following=following)


def mail_of(notification, *, following=None):
    scope = following or {"scope": "milestone", "milestone": notification.milestone}
    subscription = SubscriptionFactory(channel__address="ada@example.org", **scope)
    DeliveryFactory(
        notification=notification, channel=subscription.channel, subscription=subscription
    )
    wire = MemoryTransport()
    sending.send_chunk(at=NOON, transport=wire)
    return wire.carried[0].content


def read(mail):
    return message_from_bytes(mail, policy=policy.default)


def text_of(mail):
    return read(mail).get_body(("plain",)).get_content().replace("\r\n", "\n")


def html_of(mail):
    return read(mail).get_body(("html",)).get_content().replace("\r\n", "\n")


def subject_of(mail):
    return read(mail)["Subject"]


# ---- what it says ------------------------------------------------------------------------------


def test_the_subject_says_the_news(launch):
    mail = told(launch, "spring 2027", "autumn 2027")

    assert subject_of(mail) == "ISSA-J1 launch: spring 2027 → autumn 2027"


@pytest.mark.parametrize(
    ("stated", "subject"),
    [
        (["30 July 2027", "14 August 2027"], "30 July 2027 → 14 August 2027"),
        (["2027"], "first dated: 2027"),
        (["2027", "TBD"], "2027 → no date"),
        (["2027", "cancelled"], "cancelled (was 2027)"),
        (["2027", "cancelled", "2028"], "cancelled → 2028"),
        (["2027", "TBD", "2028"], "no date → 2028"),
        (["2027", "12 March 2027"], "2027 → 12 March 2027"),
        (["30 July 2027, 17:40 IST", "30 July 2027, 17:45 IST"],
         "30 Jul 2027, 17:40 IST → 30 Jul 2027, 17:45 IST"),
    ],
)  # fmt: skip
def test_the_subject_of_each_kind(launch, stated, subject):
    assert subject_of(told(launch, *stated)) == f"ISSA-J1 launch: {subject}"


def test_what_happened_is_told_as_it_happened(launch):
    mail = told(launch, "20 November 2026", "20 November 2026", kind="occurred")

    assert subject_of(mail) == "ISSA-J1 launch: happened as stated: 20 November 2026"


def test_the_text_says_old_and_new_how_far_why_who_says_so_and_how_to_stop(launch, source):
    mail = told(launch, "spring 2027", "autumn 2027", source=source, reason="The rocket is late.")

    link = re.search(r"https://milepost\.example/unsubscribe/\S+/", text_of(mail)).group()
    assert text_of(mail).splitlines() == [
        "ISSA-J1 launch",
        "Slipped ≈ 6 months: spring 2027 → autumn 2027",
        "",
        "Was:      spring 2027",
        "Now:      autumn 2027 (1 Sep – 30 Nov 2027)",
        "Moved:    ≈ 6 months later (at least 3 months, at most 9 months)",
        "Kind:     slip",
        "Why:      The rocket is late.",
        "",
        "Who says so: Astroscale, 20 November 2026: “autumn 2027”",
        "Update on ISSA-J1",
        "https://astroscale.example/news",
        "",
        "The milestone and its history: https://milepost.example/milestones/issa-j1-launch/",
        "Calendar of ISSA: https://milepost.example/calendar/programme/issa.ics",
        "",
        "-- ",
        "You get this mail because you follow ISSA-J1 launch.",
        f"Stop these mails: {link}",
        "",
        "Milepost: https://milepost.example/",
    ]


def test_the_html_says_the_same(launch, source):
    mail = told(launch, "spring 2027", "autumn 2027", source=source, reason="The rocket is late.")

    words = " ".join(Words.of(html_of(mail)).split())
    link = re.search(r"https://milepost\.example/unsubscribe/\S+/", text_of(mail)).group()
    assert words == (
        "ISSA ISSA-J1 launch Slipped ≈ 6 months: spring 2027 → autumn 2027 "
        "Was spring 2027 Now autumn 2027 1 Sep – 30 Nov 2027 "
        "Moved ≈ 6 months later at least 3 months, at most 9 months Kind slip "
        "Why The rocket is late. “autumn 2027” Astroscale, 20 November 2026 Update on ISSA-J1 "
        "History and sources Calendar of ISSA "
        "You get this mail because you follow ISSA-J1 launch. Stop these mails · Milepost"
    )
    assert re.findall(r'href="([^"]+)"', html_of(mail)) == [
        "https://astroscale.example/news",
        "https://milepost.example/milestones/issa-j1-launch/",
        "https://milepost.example/calendar/programme/issa.ics",
        link,
        "https://milepost.example/",
    ]


class Words(HTMLParser):
    """What is shown of a page."""

    @classmethod
    def of(cls, html):
        parser = cls()
        parser.shown, parser.hidden = [], 0
        parser.feed(html)
        return " ".join(parser.shown)

    def handle_starttag(self, tag, attrs):
        self.hidden += tag in ("style", "title")

    def handle_endtag(self, tag):
        self.hidden -= tag in ("style", "title")

    def handle_data(self, data):
        if not self.hidden:
            self.shown.append(data)


@pytest.mark.parametrize(
    ("following", "words"),
    [
        (lambda launch: {"scope": "everything"}, "everything on Milepost"),
        (lambda launch: {"scope": "programme", "programme": launch.programme},
         "the programme ISSA"),
        (lambda launch: {"scope": "organisation",
                         "organisation": OrganisationFactory(name="JAXA")},
         "the organisation JAXA"),
        (lambda launch: {"scope": "tag", "tag": TagFactory(name="debris")}, "the tag debris"),
    ],
)  # fmt: skip
def test_the_footer_says_why_one_gets_it(launch, following, words):
    mail = told(launch, "2027", "2028", following=following(launch))

    assert f"\nYou get this mail because you follow {words}.\n" in text_of(mail)
    assert f"you follow {words}.<br>" in html_of(mail)


def test_a_source_known_to_the_month_is_told_so(launch):
    said = replace(claim("2027", on=date(2026, 11, 10)), stated_precision="month")
    announcement = publishing.state(launch, said, at=NOON).announcement

    assert ", November 2026: “2027”" in text_of(mail_about(announcement))


def test_a_source_without_a_link_makes_none(launch):
    source = SourceFactory(publisher="A talk", title="Slides", url="")

    mail = told(launch, "2027", source=source)

    assert "“2027”\nSlides\n\nThe milestone" in text_of(mail)


def test_what_the_mail_says_is_frozen(launch):
    announcement = state(launch, "2027").announcement
    outbox.release(announcement, at=NOON)
    fanout.note_announcement(Announcement.objects.get(), at=NOON)
    state(launch, "2029", at=NOON + SECOND, announce=False)

    assert subject_of(mail_of(Notification.objects.get())) == "ISSA-J1 launch: first dated: 2027"


def test_the_news_of_one_who_knew_more_or_less_is_measured_from_there(launch):
    first = state(launch, "spring 2027", announce=False).revision
    told(launch, "summer 2027", "autumn 2027")

    draft = messages.draft(Notification.objects.get(), base=first)

    assert draft.subject == "ISSA-J1 launch: spring 2027 → autumn 2027"
    assert draft.facts["was"] == "spring 2027"


def test_a_stable_subject_is_the_title_alone(launch):
    told(launch, "spring 2027", "autumn 2027")

    assert messages.draft(Notification.objects.get(), subject="stable").subject == "ISSA-J1 launch"


def test_a_digest_tells_several_news_in_the_order_of_the_timeline(launch):
    told(launch, "spring 2027", "autumn 2027")
    other = MilestoneFactory(title="Sunrise")
    sections = [
        messages.Section(launch, launch.revisions.get(number=1), launch.revisions.get(number=2)),
        messages.Section(other, None, state(other, "2026").revision),
    ]
    digest = NotificationFactory(kind="digest", milestone=None)

    draft = messages.digest_draft(digest, sections)

    assert draft.subject == "Milepost: 2 dates changed"
    assert [item["news"] for item in draft.facts["items"]] == [
        "first dated: 2026",
        "spring 2027 → autumn 2027",
    ]


def test_a_reminder_says_how_far_off_it_is(launch, source):
    state(launch, "spring 2027", source=source, announce=False)
    planning.plan(launch)
    opens = ReminderPlan.objects.get(anchor="opens")
    planning.fire(opens, at=opens.fire_at)

    mail = mail_of(Notification.objects.get())

    assert subject_of(mail) == "ISSA-J1 launch: window open, 92 of 92 days left"
    assert text_of(mail).splitlines()[:8] == [
        "ISSA-J1 launch",
        "Window open, 92 of 92 days left.",
        "",
        "Date:     spring 2027 (1 Mar – 31 May 2027)",
        "",
        "Who says so: Astroscale, 20 November 2026: “spring 2027”",
        "Update on ISSA-J1",
        "https://astroscale.example/news",
    ]


def test_the_question_names_what_is_followed_and_one_link(settings):
    settings.MILEPOST_BASE_URL = "https://milepost.example"
    notification = NotificationFactory(
        kind="confirm", milestone=None, payload={"asked_at": NOON.isoformat()}
    )

    mail = mail_of(notification, following={"scope": "everything"})

    assert subject_of(mail) == "Please confirm: news from Milepost"
    link = re.search(r"https://milepost\.example/subscribe/confirm/\S+/", text_of(mail)).group()
    assert text_of(mail).splitlines() == [
        "Somebody, we hope you, asked us to write to this address",
        "about everything on Milepost.",
        "",
        "If you want that, open this page within three days and press its button:",
        link,
        "",
        "-- ",
        "If it was not you, do nothing: no news will be sent.",
        "",
        "Milepost: https://milepost.example/",
    ]
    assert link in html_of(mail)
    assert "List-Unsubscribe" not in read(mail)


# ---- how it is built ---------------------------------------------------------------------------


def test_the_headers_are_those_of_an_alert_that_can_be_stopped(launch):
    mail = told(launch, "spring 2027", "autumn 2027")

    delivery = Delivery.objects.get()
    link = re.search(r"https://milepost\.example/unsubscribe/\S+/", text_of(mail)).group()
    root = f"<m.{launch.uid}.{delivery.channel.address_key[:16]}@milepost.example>"
    assert {name: str(value) for name, value in read(mail).items()} == {
        "From": "Milepost <news@milepost.example>",
        "To": "ada@example.org",
        "Subject": "ISSA-J1 launch: spring 2027 → autumn 2027",
        "Date": "Fri, 20 Nov 2026 12:00:00 +0000",
        "Message-ID": f"<d.{delivery.message_id}@milepost.example>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "In-Reply-To": root,
        "References": root,
        "List-Id": f'"ISSA-J1 launch" <m-{launch.uid.hex}.milepost.example>',
        "List-Unsubscribe": f"<{link}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Precedence": "list",
        "Feedback-ID": f"change:programme-{launch.programme_id}:news:milepost",
        "X-Milepost-Milestone": "issa-j1-launch",
        "X-Milepost-Reason": "following-milestone",
        "X-Milepost-Change": "slip",
        "MIME-Version": "1.0",
        "Content-Type": f'multipart/alternative; boundary="=_{delivery.message_id.hex}"',
    }


def test_links_and_ids_stay_whole_in_their_headers(launch):
    mail = told(launch, "spring 2027", "autumn 2027")

    head = mail.partition(b"\r\n\r\n")[0].decode("ascii").replace("\r\n", "\n")
    for name in ("List-Unsubscribe", "References", "In-Reply-To", "Message-ID"):
        assert re.search(rf"^{name}: <[^\s<>]+>$", head, re.MULTILINE | re.ASCII), name


def test_all_mails_about_a_milestone_hang_below_one_root_per_reader(launch):
    first = told(launch, "2027", "2028")
    announcement = state(launch, "2030", at=NOON + 9 * SECOND).announcement
    outbox.release(announcement, at=NOON)
    fanout.note_announcement(Announcement.objects.get(pk=announcement.pk), at=NOON)
    DeliveryFactory(
        notification=Notification.objects.latest("pk"), channel=Delivery.objects.get().channel
    )
    wire = MemoryTransport()
    sending.send_chunk(at=NOON, transport=wire)

    second = wire.carried[0].content

    assert read(first)["References"] == read(second)["References"]
    assert read(first)["Message-ID"] != read(second)["Message-ID"]


LONG = "月極域探査ミッション " * 11


def test_no_line_is_too_long_and_every_byte_is_ascii(launch):
    launch.title = LONG[:120]
    launch.save()

    mail = told(launch, "2027", "2028", reason="ß" * 300)

    assert mail.isascii()
    assert b"\n" not in mail.replace(b"\r\n", b"")
    assert max(len(line) for line in mail.split(b"\r\n")) <= 200
    assert subject_of(mail) == f"{LONG[:120].strip()}: 2027 → 2028"


def test_the_html_needs_no_image_and_no_other_server(launch):
    html = html_of(told(launch, "2027", "2028"))

    assert not re.findall(r"<img|<script|<link|url\(|src=|@import", html)
    assert len(html) < 100_000
    assert '<html lang="en">' in html
    assert "prefers-color-scheme: dark" in html


# ---- nothing breaks out ------------------------------------------------------------------------

EVIL = "x\r\nBcc: eve@example.org\r\n\r\n<script>alert(1)</script>\x00\u2028\u202e&amp;\"'\n-- \n"
SHOWN = "x Bcc: eve@example.org <script>alert(1)</script> &amp;\"' --"


def evil(text):
    """The text as a row may hold it: PostgreSQL itself refuses NUL."""
    return text.replace("\x00", "")


@pytest.fixture
def evil_mail(launch):
    OrganisationFactory()
    programme = ProgrammeFactory(title=evil(EVIL), slug="evil")
    milestone = MilestoneFactory(title=evil(EVIL), slug="evil", programme=programme)
    source = SourceFactory(publisher=evil(EVIL), title=evil(EVIL), url="https://x.example/?a=1&b=2")
    state(milestone, "2027", announce=False)
    said = replace(claim("2028", source=source, reason=evil(EVIL)), text=evil(EVIL))
    announcement = publishing.state(milestone, said, at=NOON + SECOND).announcement
    following = {"scope": "programme", "programme": programme}
    return mail_about(announcement, following=following)


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
    assert "\x00" not in html


def test_no_text_forges_a_paragraph(evil_mail):
    text = text_of(evil_mail)

    assert [line for line in text.splitlines() if line.startswith("--")] == ["-- "]
    assert text.splitlines()[0] == SHOWN
    assert f"Why:      {SHOWN}" in text.splitlines()
    assert f"You get this mail because you follow the programme {SHOWN}." in text.splitlines()
    assert "\u202e" not in text


def test_no_value_ends_its_header():
    assert (
        line("Subject", "a\r\nBcc: eve@example.org\x00") == b"Subject: a Bcc: eve@example.org\r\n"
    )


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//x.example"])
def test_a_source_is_linked_only_on_the_web(launch, url):
    mail = told(launch, "2027", "2028", source=SourceFactory(url=url))

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
    launch.title = "link-0123 why {{ own.link }} {link}"
    launch.save()

    mail = told(launch, "2027", "2028")

    assert text_of(mail).splitlines()[0] == launch.title
