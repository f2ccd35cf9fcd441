"""Dates in the reader's language; titles and our own sentences stay as they are."""

import pytest

from notifications import messages, planning
from notifications.models import Notification, ReminderPlan
from tests.clock import NOON
from tests.factories import SourceFactory, state
from tests.notifications.factories import NotificationFactory
from tests.notifications.messages.mails import (
    MANAGE,
    SECOND,
    STOP,
    Words,
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


def test_a_mail_with_japanese_dates(launch, source):
    notification = told(launch, "spring 2027", "autumn 2027", source=source, reason="It is late.")

    mail = mail_of(messages.draft(notification, language="ja"))

    assert subject_of(mail) == "ISSA-J1 launch: 2027年春 → 2027年秋"
    assert text_of(mail).splitlines() == [
        "ISSA-J1 launch",
        "2027年春 → 2027年秋（約6か月の延期）",
        "",
        "Was:      2027年春",
        "Now:      2027年秋 (2027年9月1日〜11月30日)",
        "Moved:    約6か月遅い (最小3か月、最大9か月)",
        "Kind:     延期",
        "Why:      It is late.",
        "",
        "Who says so: Astroscale, 2026年11月20日: “autumn 2027”",
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


def test_each_japanese_part_of_the_html_says_that_it_is(launch):
    notification = told(launch, "spring 2027", "autumn 2027")

    mail = mail_of(messages.draft(notification, language="ja"))

    shown = Words(html_of(mail))
    assert [words for words in shown.japanese if words] == [
        "2027年春 → 2027年秋（約6か月の延期）",
        "2027年春",
        "2027年秋",
        "2027年9月1日〜11月30日",
        "約6か月遅い",
        "最小3か月、最大9か月",
        "延期",
        "2026年11月20日",
    ]
    others = [words for words in shown.shown if words.strip() not in shown.japanese]
    assert not any(sign in words for words in others for sign in "年月日延期")


def test_the_net_news_has_japanese_dates_too(launch):
    notification = told(launch, "spring 2027", "summer 2027", "autumn 2027")

    draft = messages.draft(notification, base=launch.revisions.get(number=1), language="ja")

    assert draft.facts["line"] == "2027年春 → 2027年秋（約6か月の延期）"


def test_the_net_news_from_what_all_were_told_is_the_frozen_one(launch):
    notification = told(launch, "spring 2027", "autumn 2027")

    draft = messages.draft(notification, base=launch.revisions.get(number=1), language="ja")

    assert draft == messages.draft(notification, language="ja")


@pytest.mark.parametrize(
    ("stated", "news"),
    [
        (["2027"], "2027年（日程を初めて発表）"),
        (["2027", "TBD"], "2027年 → 期日未定"),
        (["2027", "cancelled"], "2027年 → 中止"),
        (["2027", "cancelled", "2028"], "中止 → 2028年"),
    ],
)
def test_the_subject_of_each_kind(launch, stated, news):
    draft = messages.draft(told(launch, *stated), language="ja")

    assert draft.subject == f"ISSA-J1 launch: {news}"


def test_a_reminder_waits_in_japanese(launch):
    state(launch, "spring 2027", announce=False)
    planning.plan(launch)
    plan = ReminderPlan.objects.get(anchor="opens")
    planning.fire(plan, at=plan.fire_at)

    draft = messages.draft(Notification.objects.get(), language="ja")

    assert draft.subject == "ISSA-J1 launch: 期間中、92日のうち残り92日"
    assert text_of(mail_of(draft)).splitlines()[1:4] == [
        "期間中、92日のうち残り92日",
        "",
        "Date:     2027年春 (2027年3月1日〜5月31日)",
    ]


def test_a_correction_names_the_wrong_date_in_japanese(launch):
    state(launch, "autumn 2027", announce=False)
    paper = SourceFactory(publisher="The Daily Rumour")
    rumour = state(launch, "2029", at=NOON + SECOND, source=paper).revision
    noted(rumour.announcements.get())
    withdrawn = publishing.withdraw(rumour.statement, at=NOON + 2 * SECOND, reason="")
    rumour.refresh_from_db()

    mail = mail_of(messages.draft(noted(withdrawn.announcement), base=rumour, language="ja"))

    assert subject_of(mail) == "ISSA-J1 launch: correction: 2029年 → 2027年秋"
    assert Words(html_of(mail)).japanese[:2] == ["2029年", "2029年"]
    assert "Correction: we told you “2029年” on the word of The Daily Rumour" in words_of(mail)


def test_a_digest_with_japanese_dates(launch):
    told(launch, "spring 2027", "autumn 2027")
    digest = NotificationFactory(
        kind="digest", milestone=None, payload={"period": "daily", "on": "2026-11-20"}
    )
    first, second = launch.revisions.order_by("number")

    draft = messages.digest_draft(digest, [messages.Section(launch, first, second)], language="ja")

    assert draft.subject == "ISSA-J1 launch: 2027年春 → 2027年秋"
    assert text_of(mail_of(draft)).splitlines()[:6] == [
        "What changed since we last wrote",
        "Daily digest, 2026年11月20日",
        "",
        "ISSA-J1 launch (ISSA)",
        "  2027年春 → 2027年秋",
        "  延期, 約6か月遅い",
    ]


def test_what_was_frozen_before_there_was_another_language_stays_english(launch):
    notification = told(launch, "spring 2027", "autumn 2027")
    del notification.payload["in"]

    draft = messages.draft(notification, language="ja")

    assert draft.subject == "ISSA-J1 launch: spring 2027 → autumn 2027"
