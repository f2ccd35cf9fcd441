"""What the mail about a change says."""

import re
from dataclasses import replace
from datetime import date

import pytest

from notifications import messages
from notifications.models import Notification
from tests.clock import NOON
from tests.factories import OrganisationFactory, SourceFactory, TagFactory, claim, state
from tests.notifications.factories import SubscriptionFactory
from tests.notifications.messages.mails import (
    MANAGE,
    SECOND,
    STOP,
    html_of,
    mail_of,
    noted,
    subject_of,
    text_of,
    told,
    words_of,
)
from timeline import publishing

pytestmark = pytest.mark.django_db


def test_the_subject_says_the_news(launch):
    mail = mail_of(told(launch, "spring 2027", "autumn 2027"))

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
    assert subject_of(mail_of(told(launch, *stated))) == f"ISSA-J1 launch: {subject}"


def test_what_happened_is_told_as_it_happened(launch):
    notification = told(launch, "20 November 2026", "20 November 2026", kind="occurred")

    assert subject_of(mail_of(notification)) == (
        "ISSA-J1 launch: happened as stated: 20 November 2026"
    )


def test_the_text_says_old_and_new_how_far_why_who_says_so_and_how_to_stop(launch, source):
    late = {"source": source, "reason": "The rocket is late."}

    mail = mail_of(told(launch, "spring 2027", "autumn 2027", **late))

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
        f"Stop these mails: {STOP}",
        f"Choose what you follow: {MANAGE}",
        "",
        "Milepost: https://milepost.example/",
    ]


def test_the_html_says_the_same(launch, source):
    late = {"source": source, "reason": "The rocket is late."}

    mail = mail_of(told(launch, "spring 2027", "autumn 2027", **late))

    assert words_of(mail) == (
        "ISSA ISSA-J1 launch Slipped ≈ 6 months: spring 2027 → autumn 2027 "
        "Was spring 2027 Now autumn 2027 1 Sep – 30 Nov 2027 "
        "Moved ≈ 6 months later at least 3 months, at most 9 months Kind slip "
        "Why The rocket is late. “autumn 2027” Astroscale, 20 November 2026 Update on ISSA-J1 "
        "History and sources Calendar of ISSA "
        "You get this mail because you follow ISSA-J1 launch. "
        "Stop these mails · Choose what you follow · Milepost"
    )
    assert re.findall(r'href="([^"]+)"', html_of(mail)) == [
        "https://astroscale.example/news",
        "https://milepost.example/milestones/issa-j1-launch/",
        "https://milepost.example/calendar/programme/issa.ics",
        STOP,
        MANAGE,
        "https://milepost.example/",
    ]


@pytest.mark.parametrize(
    ("following", "words"),
    [
        (lambda launch: {"scope": "milestone", "milestone": launch}, "ISSA-J1 launch"),
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
    why = messages.why(SubscriptionFactory(**following(launch)))

    mail = mail_of(told(launch, "2027", "2028"), why=why)

    assert f"\nYou get this mail because you follow {words}.\n" in text_of(mail)
    assert f"<p>You get this mail because you follow {words}.</p>" in html_of(mail)


def test_who_follows_nothing_in_particular_is_told_so(launch):
    mail = mail_of(told(launch, "2027", "2028"), why=messages.why(None), scope="")

    assert "\nYou get this mail because you follow what you chose on Milepost.\n" in text_of(mail)


def test_a_postal_address_stands_below_where_the_law_wants_one(launch, settings):
    settings.MILEPOST_POSTAL_ADDRESS = "Milepost, 1 Road, Bengaluru"

    mail = mail_of(told(launch, "2027", "2028"))

    assert text_of(mail).splitlines()[-1] == "Milepost, 1 Road, Bengaluru"
    assert words_of(mail).endswith("· Milepost Milepost, 1 Road, Bengaluru")


def test_a_source_known_to_the_month_is_told_so(launch):
    said = replace(claim("2027", on=date(2026, 11, 10)), stated_precision="month")
    announcement = publishing.state(launch, said, at=NOON).announcement

    assert ", November 2026: “2027”" in text_of(mail_of(noted(announcement)))


def test_a_source_without_a_link_makes_none(launch):
    source = SourceFactory(publisher="A talk", title="Slides", url="")

    mail = mail_of(told(launch, "2027", source=source))

    assert "“2027”\nSlides\n\nThe milestone" in text_of(mail)


def test_what_the_mail_says_is_frozen(launch):
    notification = told(launch, "2027")
    state(launch, "2029", at=NOON + SECOND, announce=False)

    mail = mail_of(Notification.objects.get(pk=notification.pk))

    assert subject_of(mail) == "ISSA-J1 launch: first dated: 2027"


# ---- for one reader or another -----------------------------------------------------------------


def test_the_news_of_one_who_knew_another_date_is_measured_from_there(launch):
    notification = told(launch, "spring 2027", "summer 2027", "autumn 2027")

    draft = messages.draft(notification, base=launch.revisions.get(number=1))

    assert draft.subject == "ISSA-J1 launch: spring 2027 → autumn 2027"
    assert draft.facts["amount"] == "≈ 6 months later"
    assert text_of(mail_of(draft)).splitlines()[1] == (
        "Slipped ≈ 6 months: spring 2027 → autumn 2027"
    )


def test_the_news_from_what_all_were_told_is_the_frozen_one(launch):
    notification = told(launch, "spring 2027", "autumn 2027", reason="The rocket is late.")

    draft = messages.draft(notification, base=launch.revisions.get(number=1))

    assert draft == messages.draft(notification)


def test_a_stable_subject_is_the_title_alone_and_the_first_line_says_the_news(launch):
    mail = mail_of(messages.draft(told(launch, "spring 2027", "autumn 2027"), subject="stable"))

    assert subject_of(mail) == "ISSA-J1 launch"
    assert text_of(mail).splitlines()[:2] == [
        "ISSA-J1 launch: spring 2027 → autumn 2027",
        "Slipped ≈ 6 months: spring 2027 → autumn 2027",
    ]


def test_a_list_of_mails_shows_the_news_behind_the_subject(launch):
    html = html_of(mail_of(told(launch, "spring 2027", "autumn 2027")))

    preheader = html.partition('<div class="preheader" style="display:none')[2].partition("</div>")
    assert re.sub(r"[^>]*>|&[^;]+;|\s+", " ", preheader[0]).split() == (
        ["Slipped", "≈", "6", "months:", "spring", "2027", "→", "autumn", "2027"]
    )
    assert preheader[0].count("&#847;&zwnj;&nbsp;") == 96


def test_a_drafts_facts_are_of_use_without_a_mail(launch, source):
    late = {"source": source, "reason": "The rocket is late."}

    draft = messages.draft(told(launch, "spring 2027", "autumn 2027", **late))

    assert draft.facts == {
        "language": "en",
        "is_correction": False,
        "milestone": "issa-j1-launch",
        "title": "ISSA-J1 launch",
        "programme": "ISSA",
        "news": "spring 2027 → autumn 2027",
        "line": "Slipped ≈ 6 months: spring 2027 → autumn 2027",
        "change": "slip",
        "kind": "slip",
        "was": "spring 2027",
        "now": "autumn 2027",
        "was_edtf": "2027-25",
        "edtf": "2027-27",
        "earliest": "2027-09-01",
        "latest": "2027-11-30",
        "status": "plan",
        "window": "1 Sep – 30 Nov 2027",
        "amount": "≈ 6 months later",
        "range": "at least 3 months, at most 9 months",
        "reason": "The rocket is late.",
        "publisher": "Astroscale",
        "source_title": "Update on ISSA-J1",
        "source_url": "https://astroscale.example/news",
        "source_words": "autumn 2027",
        "said_on": "20 November 2026",
        "url": "https://milepost.example/milestones/issa-j1-launch/",
        "calendar_url": "https://milepost.example/calendar/programme/issa.ics",
    }
