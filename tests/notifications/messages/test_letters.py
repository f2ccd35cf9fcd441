"""What is no news: reminders of what was said, questions, a link, goodbye."""

import pytest

from notifications import messages, planning
from notifications.models import Notification, ReminderPlan
from tests.clock import NOON
from tests.factories import state
from tests.notifications.factories import NotificationFactory
from tests.notifications.messages.mails import (
    MANAGE,
    STOP,
    html_of,
    mail_of,
    read,
    subject_of,
    text_of,
    words_of,
)

pytestmark = pytest.mark.django_db
ASKED = {"asked_at": NOON.isoformat()}


def letter(kind, **payload):
    return NotificationFactory(kind=kind, milestone=None, payload=payload)


def reminded(launch, anchor, **options):
    planning.plan(launch)
    plan = ReminderPlan.objects.get(anchor=anchor)
    planning.fire(plan, at=plan.fire_at)
    return messages.draft(Notification.objects.get(), **options)


def test_a_reminder_says_how_far_off_it_is(launch, source):
    state(launch, "spring 2027", source=source, announce=False)

    mail = mail_of(reminded(launch, "opens"))

    assert subject_of(mail) == "ISSA-J1 launch: window open, 92 of 92 days left"
    assert text_of(mail).splitlines()[:8] == [
        "ISSA-J1 launch",
        "Window open, 92 of 92 days left",
        "",
        "Date:     spring 2027 (1 Mar – 31 May 2027)",
        "",
        "Who says so: Astroscale, 20 November 2026: “spring 2027”",
        "Update on ISSA-J1",
        "https://astroscale.example/news",
    ]
    assert words_of(mail).startswith(
        "ISSA ISSA-J1 launch Window open, 92 of 92 days left "
        "Date spring 2027 1 Mar – 31 May 2027 “spring 2027” Astroscale, 20 November 2026 "
    )


def test_a_reminder_with_a_stable_subject_says_it_in_its_first_line(launch):
    state(launch, "spring 2027", announce=False)

    mail = mail_of(reminded(launch, "opens", subject="stable"))

    assert subject_of(mail) == "ISSA-J1 launch"
    assert text_of(mail).splitlines()[0] == "ISSA-J1 launch: window open, 92 of 92 days left"


def test_the_question_names_what_is_followed_and_one_link():
    mail = mail_of(letter("confirm", **ASKED), why="everything on Milepost")

    assert subject_of(mail) == "Please confirm: news from Milepost"
    assert text_of(mail).splitlines() == [
        "Somebody, we hope you, asked us to write to this address",
        "about everything on Milepost.",
        "",
        "If you want that, open this page within three days and press its button:",
        STOP,
        "",
        "-- ",
        "If it was not you, do nothing: no news will be sent.",
        "",
        "Milepost: https://milepost.example/",
    ]
    assert words_of(mail).startswith(
        "Shall we write to you? Somebody, we hope you, asked us to write to this address about "
        "everything on Milepost. Confirm on our page"
    )
    assert f'<a class="button" href="{STOP}">' in html_of(mail)


def test_the_old_mailbox_is_asked_whether_news_shall_go_to_another():
    mail = mail_of(letter("address", side="old", new_address="grace@example.org", **ASKED))

    assert subject_of(mail) == "Please confirm: a new address for news from Milepost"
    assert text_of(mail).splitlines() == [
        "Somebody, we hope you, asked us to send the news that comes to this",
        "address to g•••@example.org instead.",
        "",
        "We change it once both mailboxes have said yes. If you want that, open this page",
        "within three days and press its button:",
        STOP,
        "",
        "-- ",
        "If it was not you, do nothing: nothing will change.",
        "",
        "Milepost: https://milepost.example/",
    ]
    assert "asked us to send the news that comes to this address to g•••@example.org" in words_of(
        mail
    )


def test_the_new_mailbox_is_asked_too_and_learns_nothing_of_the_old_one():
    mail = mail_of(letter("address", side="new", new_address="grace@example.org", **ASKED))

    assert text_of(mail).splitlines()[:2] == [
        "Somebody, we hope you, asked us to send news that went to another",
        "address to this one instead.",
    ]
    assert words_of(mail).startswith("Shall we write to this address? Somebody, we hope you, asked")


def test_the_link_to_what_is_followed_is_one_to_keep():
    mail = mail_of(letter("manage", **ASKED))

    assert subject_of(mail) == "Your link: what you follow on Milepost"
    assert text_of(mail).splitlines() == [
        "Here is your link to all that you follow on Milepost, and how you are told:",
        MANAGE,
        "",
        "It works for thirty days. Whoever has it can change that: keep it to yourself.",
        "",
        "-- ",
        "You get this mail because somebody, we hope you, asked for the link.",
        "If it was not you, do nothing.",
        "",
        "Milepost: https://milepost.example/",
    ]
    assert f'<a class="button" href="{MANAGE}">' in html_of(mail)
    assert words_of(mail).startswith("What you follow Here is your link to all that you follow on")


@pytest.mark.parametrize(
    ("reason", "ended"),
    [
        ("ended", "You have ended all that you followed, so there is nothing more to tell you."),
        ("erased", "All that we kept about this address is deleted, as you asked."),
        ("moved", "From now on what you follow goes to your new address, as you asked."),
        ("", "You have ended all that you followed, so there is nothing more to tell you."),
    ],
)
def test_the_last_mail_says_what_ended_and_how_to_come_back(reason, ended):
    mail = mail_of(letter("goodbye", reason=reason))

    assert subject_of(mail) == "Goodbye from Milepost"
    assert text_of(mail).splitlines()[:4] == [
        ended,
        "",
        "This is the last mail. If you want news again, you are welcome:",
        "https://milepost.example/subscribe/",
    ]
    assert words_of(mail).startswith(f"Goodbye {ended} This is the last mail.")


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("confirm", ASKED),
        ("address", {"side": "old", "new_address": "grace@example.org"}),
        ("manage", ASKED),
        ("goodbye", {}),
    ],
)
def test_what_nobody_subscribed_to_is_no_list(kind, payload):
    headers = read(mail_of(letter(kind, **payload)))

    assert not [name for name in headers if name.startswith("List-")]
    assert headers["Precedence"] is None
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["X-Milepost-Kind"] == kind
    assert headers["Feedback-ID"] == f"{kind}::letters:milepost"
