"""Several news in one mail."""

import pytest

from notifications import messages
from notifications.messages import Section
from tests.clock import NOON
from tests.factories import MilestoneFactory, ProgrammeFactory, SourceFactory, state
from tests.notifications.factories import NotificationFactory
from tests.notifications.messages.mails import (
    MANAGE,
    SECOND,
    STOP,
    headers_of,
    html_of,
    mail_of,
    read,
    subject_of,
    text_of,
    words_of,
)
from timeline.models import Milestone

pytestmark = pytest.mark.django_db


@pytest.fixture
def slip(launch, source):
    state(launch, "spring 2027", announce=False)
    state(launch, "autumn 2027", at=NOON + SECOND, source=source, announce=False)
    return section(launch, since=1)


@pytest.fixture
def first_date(launch):
    sunrise = MilestoneFactory(title="Sunrise landing", slug="sunrise", programme=launch.programme)
    source = SourceFactory(publisher="Mika's talk", url="")
    state(sunrise, "March 2027", source=source, announce=False)
    return section(sunrise, since=None)


def section(milestone, *, since):
    base = milestone.revisions.get(number=since) if since else None
    return Section(milestone, base, Milestone.objects.get(pk=milestone.pk).current_revision)


def digest(period="daily", key="digest:1:daily:2026-11-20"):
    return NotificationFactory(
        key=key, kind="digest", milestone=None, payload={"period": period, "on": "2026-11-20"}
    )


def test_several_news_are_counted_in_the_subject_and_told_in_the_order_of_the_timeline(
    slip, first_date
):
    mail = mail_of(
        messages.digest_draft(digest(), [slip, first_date]), why="everything on Milepost"
    )

    assert subject_of(mail) == "Milepost: 2 dates changed"
    assert text_of(mail).splitlines() == [
        "What changed since we last wrote",
        "Daily digest, 20 November 2026",
        "",
        "Sunrise landing (ISSA)",
        "  March 2027",
        "  first dated",
        "  Mika's talk, 20 November 2026",
        "  https://milepost.example/milestones/sunrise/",
        "",
        "ISSA-J1 launch (ISSA)",
        "  spring 2027 → autumn 2027",
        "  slip, ≈ 6 months later",
        "  Astroscale, 20 November 2026: https://astroscale.example/news",
        "  https://milepost.example/milestones/issa-j1-launch/",
        "",
        "-- ",
        "You get this mail because you follow everything on Milepost.",
        f"Stop these mails: {STOP}",
        f"Choose what you follow: {MANAGE}",
        "",
        "Milepost: https://milepost.example/",
    ]
    assert words_of(mail).startswith(
        "Daily digest, 20 November 2026 What changed since we last wrote Milestone Was → now "
        "Sunrise landing ISSA March 2027 first dated Mika's talk, 20 November 2026 "
        "ISSA-J1 launch ISSA spring 2027 → autumn 2027 slip ≈ 6 months later "
        "Astroscale, 20 November 2026 You get this mail"
    )


def test_one_news_is_told_in_the_subject(slip):
    draft = messages.digest_draft(digest(), [slip])

    assert draft.subject == "ISSA-J1 launch: spring 2027 → autumn 2027"


def test_the_order_is_that_of_the_timeline(launch):
    dates = ["2027", "TBD", "15 March 2027, 10:00 IST", "March 2027", "15 March 2027"]
    for words in dates:
        state(MilestoneFactory(title=words), words, announce=False)
    shown = Milestone.objects.published().in_order()
    sections = [section(one, since=None) for one in shown.order_by("title")]

    draft = messages.digest_draft(digest(), sections)

    in_order = list(shown.values_list("title", flat=True))
    assert [item["title"] for item in draft.facts["items"]] == in_order


@pytest.mark.parametrize(
    ("period", "words"),
    [("daily", "Daily digest"), ("weekly", "Weekly digest"), ("catch-up", "Catch-up")],
)
def test_a_digest_says_how_it_came_to_be(slip, period, words):
    mail = mail_of(messages.digest_draft(digest(period), [slip]))

    assert text_of(mail).splitlines()[1] == f"{words}, 20 November 2026"


def test_digests_are_a_thread_and_a_list_of_their_own(slip):
    first = mail_of(messages.digest_draft(digest(), [slip]))
    second = mail_of(messages.digest_draft(digest("weekly", key="digest:1:weekly"), [slip]))

    headers = headers_of(first)
    root = "<digest.0123456789abcdef@milepost.example>"
    assert (headers["References"], headers["In-Reply-To"]) == (root, root)
    assert read(second)["References"] == root
    assert headers["List-Id"] == '"Milepost digest" <digest.milepost.example>'
    assert headers["List-Unsubscribe"] == f"<{STOP}>"
    assert headers["Feedback-ID"] == "digest:daily:news:milepost"
    assert headers["X-Milepost-Digest"] == "daily"
    assert headers["X-Milepost-Kind"] == "digest"


def test_a_list_of_mails_shows_the_first_news_behind_the_subject(slip, first_date):
    html = html_of(mail_of(messages.digest_draft(digest(), [slip, first_date])))

    assert (
        "\nSunrise landing: First dated: March 2027 · "
        "ISSA-J1 launch: Slipped ≈ 6 months: spring 2027 → autumn 2027\n"
    ) in html


def test_a_digests_facts_are_those_of_its_news(slip, first_date):
    facts = messages.digest_draft(digest(), [slip, first_date]).facts

    assert facts["period"] == "daily"
    assert facts["is_correction"] is False
    assert [(item["title"], item["was"], item["now"]) for item in facts["items"]] == [
        ("Sunrise landing", "", "March 2027"),
        ("ISSA-J1 launch", "spring 2027", "autumn 2027"),
    ]


def test_a_long_digest_is_cut_short_before_mail_programs_do_it(launch, source):
    programme = ProgrammeFactory(title="月極域探査ミッション " * 10)
    for number in range(42):
        title = f"{number} {'極域' * 58}"
        milestone = MilestoneFactory(title=title, programme=programme)
        state(milestone, "autumn 2027", source=source, announce=False)
    sections = [section(one, since=None) for one in Milestone.objects.published()]

    mail = mail_of(messages.digest_draft(digest("catch-up"), sections, language="ja"))

    assert subject_of(mail) == "Milepost: 42 dates changed"
    assert text_of(mail).count("/milestones/") == 40
    assert "\n\n… and 2 more: https://milepost.example/\n\n-- \n" in text_of(mail)
    assert words_of(mail).count("autumn") == 0
    assert " … and 2 more You get this mail" in words_of(mail)
    assert len(html_of(mail).encode()) < 100_000
