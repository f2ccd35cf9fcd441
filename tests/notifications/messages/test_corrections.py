"""Who was told something wrong is told so, in the same thread."""

import pytest

from notifications import messages
from tests.clock import NOON
from tests.factories import SourceFactory, claim, state
from tests.notifications.factories import NotificationFactory
from tests.notifications.messages.mails import (
    SECOND,
    headers_of,
    mail_of,
    noted,
    subject_of,
    text_of,
    words_of,
)
from timeline import publishing

pytestmark = pytest.mark.django_db
WRONG = "Correction: we told you “2029” on the word of The Daily Rumour; that was wrong"


@pytest.fixture
def rumour(launch, source):
    """What was told, and was wrong: a later date on the word of a newspaper."""
    state(launch, "autumn 2027", source=source, announce=False)
    paper = SourceFactory(publisher="The Daily Rumour")
    published = state(launch, "2029", at=NOON + SECOND, source=paper)
    noted(published.announcement)
    return published.revision


def taken_back(rumour, *, reason):
    published = publishing.withdraw(rumour.statement, at=NOON + 2 * SECOND, reason=reason)
    rumour.refresh_from_db()
    return noted(published.announcement)


def test_a_correction_says_what_was_wrong_on_whose_word_and_what_holds(rumour):
    notification = taken_back(rumour, reason="It was about another satellite.")

    mail = mail_of(messages.draft(notification, base=rumour))

    wrong = f"{WRONG} (It was about another satellite)."
    assert subject_of(mail) == "ISSA-J1 launch: correction: 2029 → autumn 2027"
    assert text_of(mail).splitlines()[:4] == [
        "ISSA-J1 launch",
        wrong,
        "What holds now: autumn 2027 (1 Sep – 30 Nov 2027)",
        "",
    ]
    assert words_of(mail).startswith(
        f"ISSA ISSA-J1 launch {wrong} What holds now: We said 2029 Now autumn 2027 "
        "1 Sep – 30 Nov 2027 Kind correction “autumn 2027”"
    )


def test_a_correction_is_in_the_thread_of_the_news_and_marked_for_filters(rumour, launch):
    notification = taken_back(rumour, reason="")

    draft = messages.draft(notification, base=rumour)

    headers = headers_of(mail_of(draft))
    assert headers["References"].startswith(f"<m.{launch.uid}.")
    assert headers["X-Milepost-Change"] == "correction"
    assert draft.facts["is_correction"] is True
    assert draft.facts["kind"] == "correction"
    assert (draft.facts["was"], draft.facts["now"]) == ("2029", "autumn 2027")


def test_without_a_reason_none_is_given(rumour):
    notification = taken_back(rumour, reason="")

    text = text_of(mail_of(messages.draft(notification, base=rumour)))

    assert text.splitlines()[1] == f"{WRONG}."


def test_who_knew_something_else_is_told_of_a_change(rumour, launch):
    notification = taken_back(rumour, reason="It was about another satellite.")

    draft = messages.draft(notification, base=launch.revisions.get(number=1))

    assert draft.facts["is_correction"] is False


def test_what_was_overtaken_before_it_was_taken_back_has_no_reason_of_the_news_after_it(
    rumour, launch
):
    newer = state(launch, "2030", at=NOON + 2 * SECOND, reason="The rocket is late.")
    publishing.withdraw(rumour.statement, at=NOON + 3 * SECOND, reason="It was a joke.")
    rumour.refresh_from_db()

    draft = messages.draft(noted(newer.announcement), base=rumour)

    assert draft.facts["wrong_because"] == ""
    assert draft.facts["reason"] == "The rocket is late."
    assert draft.subject == "ISSA-J1 launch: correction: 2029 → 2030"


def test_our_own_misreading_is_corrected_with_its_reason(rumour, launch):
    said = claim("2028", source=rumour.statement.source, reason="We had read the wrong line.")
    publishing.correct(rumour.statement, said, at=NOON + 2 * SECOND)
    rumour.refresh_from_db()
    launch.refresh_from_db()
    notification = NotificationFactory(milestone=launch, revision=launch.current_revision)

    draft = messages.draft(notification, base=rumour)

    assert draft.subject == "ISSA-J1 launch: correction: 2029 → 2028"
    assert draft.facts["wrong_because"] == "We had read the wrong line"
    assert draft.facts["reason"] == ""


def test_what_had_not_happened_is_taken_back(launch):
    state(launch, "20 November 2026", announce=False)
    happened = state(
        launch, "20 November 2026", at=NOON + SECOND, kind="occurred", announce=False
    ).revision
    notification = NotificationFactory(milestone=launch)
    publishing.withdraw(happened.statement, at=NOON + 2 * SECOND, reason="")
    happened.refresh_from_db()
    launch.refresh_from_db()
    notification.revision = launch.current_revision

    draft = messages.draft(notification, base=happened)

    assert draft.subject == (
        "ISSA-J1 launch: correction: has not happened, planned again: 20 November 2026"
    )
    assert draft.facts["wrong_words"] == "happened: 20 November 2026"


def test_a_date_that_stands_after_all_is_still_a_correction(rumour, launch):
    agency = SourceFactory(publisher="ISRO")
    again = state(launch, "2029", at=NOON + 2 * SECOND, source=agency).revision
    publishing.withdraw(rumour.statement, at=NOON + 3 * SECOND, reason="")
    rumour.refresh_from_db()
    notification = NotificationFactory(milestone=launch, revision=again)

    draft = messages.draft(notification, base=rumour)

    assert draft.subject == "ISSA-J1 launch: correction: still 2029"


def test_a_digest_corrects_too(rumour, launch):
    taken_back(rumour, reason="A joke.")
    launch.refresh_from_db()
    digest = NotificationFactory(
        kind="digest", milestone=None, payload={"period": "weekly", "on": "2026-11-20"}
    )

    draft = messages.digest_draft(
        digest, [messages.Section(launch, rumour, launch.current_revision)]
    )

    mail = mail_of(draft)
    assert draft.facts["is_correction"] is True
    assert text_of(mail).splitlines()[3:8] == [
        "ISSA-J1 launch (ISSA)",
        f"  {WRONG} (A joke).",
        "  What holds now: autumn 2027",
        "  Astroscale, 20 November 2026: https://astroscale.example/news",
        "  https://milepost.example/milestones/issa-j1-launch/",
    ]
    assert headers_of(mail)["X-Milepost-Change"] == "correction"
