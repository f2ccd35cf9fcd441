from datetime import date, timedelta

import pytest
from django.contrib.messages import get_messages
from django.utils import timezone

from tests.admin.screen import (
    preview,
    preview_and_save,
    reading_url,
    save,
    state_url,
    today,
    typed,
)
from tests.factories import MilestoneFactory, SourceFactory, state
from timeline.changes import StatementKind
from timeline.models import Announcement, Revision, Source, Statement
from timeline.wording import date_words

pytestmark = pytest.mark.django_db


@pytest.fixture
def launch():
    """Published as "spring 2027", and readers know it."""
    milestone = MilestoneFactory(title="ISSA-J1 launch", home_zone="Asia/Tokyo")
    jaxa = SourceFactory(publisher="JAXA", grade="A")
    said_on = today() - timedelta(days=400)
    state(milestone, "spring 2027", on=said_on, source=jaxa, announce=False)
    return milestone


def test_preview_shows_the_window_and_the_slip_and_writes_nothing(editor_client, launch):
    answer = preview(editor_client, launch, typed(launch, "autumn 2027"))

    outlook = answer.context["outlook"]
    assert outlook.meant.window == "1 Sep – 30 Nov 2027"
    assert outlook.meant.precision == "season"
    assert outlook.meant.zone == "Tokyo time"
    assert outlook.effect.change.badge == "slip"
    assert outlook.effect.change.line == "Slipped ≈ 6 months: spring 2027 → autumn 2027"
    assert "1 Sep – 30 Nov 2027" in answer.text
    assert "Slipped ≈ 6 months: spring 2027 → autumn 2027" in answer.text
    assert Statement.objects.count() == 1
    assert Source.objects.count() == 1


def test_save_publishes_what_was_previewed_and_holds_the_announcement(
    editor, editor_client, launch
):
    answer = preview_and_save(
        editor_client, launch, typed(launch, "autumn 2027", reason="Tests took longer")
    )

    assert answer.status_code == 302
    launch.refresh_from_db()
    revision = launch.current_revision
    assert (revision.edtf, revision.number, revision.change_kind) == ("2027-27", 2, "slip")
    assert (revision.reason, revision.recorded_by) == ("Tests took longer", editor)
    assert revision.statement.text == "autumn 2027"
    assert revision.statement.source.publisher == "JAXA"
    assert Announcement.objects.get().state == "held"


def test_nothing_is_saved_that_was_not_previewed(editor_client, launch):
    answer = save(editor_client, launch, typed(launch, "autumn 2027"))

    assert answer.status_code == 200
    assert "nothing is saved yet" in answer.text
    assert Revision.objects.count() == 1
    assert Source.objects.count() == 1


def test_words_changed_since_the_preview_are_previewed_again(editor_client, launch):
    shown = preview(editor_client, launch, typed(launch, "autumn 2027")).context["outlook"]

    answer = save(editor_client, launch, typed(launch, "2028", confirmed=shown.digest))

    assert answer.status_code == 200
    assert answer.context["outlook"].meant.window == "1 Jan – 31 Dec 2028"
    assert Revision.objects.count() == 1


@pytest.mark.parametrize("other", [{"stated_on": "2026-11"}, {"grade": "C"}, {"kind": "occurred"}])
def test_another_source_day_or_kind_is_previewed_again(editor_client, launch, other):
    shown = preview(editor_client, launch, typed(launch, "autumn 2026")).context["outlook"]

    save(editor_client, launch, typed(launch, "autumn 2026", confirmed=shown.digest) | other)

    assert Revision.objects.count() == 1


def test_a_question_becomes_radio_buttons_with_windows(editor_client, launch):
    outlook = preview(editor_client, launch, typed(launch, "winter 2027")).context["outlook"]

    assert outlook.question
    assert [choice.key for choice in outlook.choices] == [
        "2027-28|season||",
        "2026-28|season||",
    ]
    assert not outlook.is_ready


def test_the_chosen_meaning_is_published(editor_client, launch):
    sent = typed(launch, "winter 2027", option="2027-28|season||")

    preview_and_save(editor_client, launch, sent)

    launch.refresh_from_db()
    assert launch.current_revision.edtf == "2027-28"
    assert launch.current_revision.statement.text == "winter 2027"


def test_the_chosen_country_of_a_fiscal_year_is_published(editor_client):
    launch = MilestoneFactory(home_zone="Asia/Kolkata")
    option = "[2029-04..2030-03]|fiscal_year||Asia/Tokyo"

    preview_and_save(editor_client, launch, typed(launch, "FY2029", option=option))

    launch.refresh_from_db()
    words = date_words(launch.current_revision.date, home_zone="Asia/Kolkata")
    assert words == "JFY2029 (Apr 2029 – Mar 2030)"


def test_a_meaning_that_was_not_offered_is_not_taken(editor_client, launch):
    sent = typed(launch, "winter 2027", option="2031|year||")

    outlook = preview(editor_client, launch, sent).context["outlook"]

    assert outlook.meant is None


def test_a_refusal_says_why_and_what_would_be_understood(editor_client, launch):
    answer = preview(editor_client, launch, typed(launch, "31 February 2027"))

    refusal = answer.context["outlook"].refusal
    assert refusal.why
    assert refusal.examples
    assert refusal.examples[0] in answer.text
    assert not answer.context["outlook"].is_ready


def test_no_date_withdraws_the_published_one(editor_client, launch):
    answer = preview(editor_client, launch, typed(launch, "TBD"))
    preview_and_save(editor_client, launch, typed(launch, "TBD"))

    assert "No date: the published one is withdrawn" in answer.text
    launch.refresh_from_db()
    assert launch.current_revision.edtf is None
    assert launch.current_revision.change_kind == "undated"
    assert launch.current_revision.statement.certainty == "tbd"


def test_words_about_something_else_are_not_a_statement(editor_client, launch):
    outlook = preview(editor_client, launch, typed(launch, "H3-24L")).context["outlook"]

    assert outlook.refusal.why == "“H3-24L” does not say on which day this happens."
    assert not outlook.is_ready


def test_edtf_can_be_typed(editor_client, launch):
    preview_and_save(editor_client, launch, typed(launch, "edtf:2027-40"))

    launch.refresh_from_db()
    assert launch.current_revision.edtf == "2027-40"


def test_a_cancellation_keeps_the_date_shown(editor_client, launch):
    preview_and_save(editor_client, launch, typed(launch, "cancelled"))

    launch.refresh_from_db()
    assert (launch.current_revision.status, launch.current_revision.edtf) == (
        "cancelled",
        "2027-25",
    )


def test_words_decide_that_it_happened_unless_the_editor_chooses(editor_client, launch):
    words = "launched on 3 November 2026"

    assert preview(editor_client, launch, typed(launch, words)).context["outlook"].meant.kind == (
        "occurred"
    )
    chosen = preview(editor_client, launch, typed(launch, words, kind="plan")).context["outlook"]
    assert chosen.meant.kind == "plan"
    assert chosen.effect.warnings == [
        "The words say something else than what you chose under “What they said”.",
        "This is over already, and stated as a plan. Did it happen?",
    ]


def test_a_bare_date_contradicts_no_choice(editor_client, launch):
    happened = typed(launch, "3 November 2026", kind="occurred")
    bound = typed(launch, "not before 3 November 2026", kind="occurred")

    plain = preview(editor_client, launch, happened).context["outlook"]
    hinted = preview(editor_client, launch, bound).context["outlook"]

    assert plain.meant.kind == "occurred"
    assert plain.effect.warnings == []
    assert hinted.effect.warnings == [
        "The words say something else than what you chose under “What they said”."
    ]


@pytest.mark.parametrize("words", ["it happened", "Launched.", "it has already launched"])
def test_words_that_say_only_that_it_happened_need_a_day(editor_client, launch, words):
    refusal = preview(editor_client, launch, typed(launch, words)).context["outlook"].refusal

    assert refusal.why == "Say when it happened."
    assert refusal.examples == (f"launched on {today():%-d %B %Y}",)


# ---- who said it, and when


def test_a_known_url_is_the_known_source(editor_client, launch):
    known = SourceFactory(url="https://jaxa.example/press/1", publisher="JAXA", grade="A")
    sent = typed(launch, "autumn 2027", url="https://jaxa.example/press/1")

    preview_and_save(editor_client, launch, sent)

    launch.refresh_from_db()
    assert launch.current_revision.statement.source == known
    assert Source.objects.count() == 2


def test_a_new_source_is_kept_whole(editor_client, launch):
    sent = typed(
        launch,
        "autumn 2027",
        url="https://jaxa.example/press/2",
        publisher="JAXA",
        title="Launch postponed",
        grade="A",
        published_on="2026-11",
    )

    preview_and_save(editor_client, launch, sent)

    source = Source.objects.get(url="https://jaxa.example/press/2")
    assert (source.publisher, source.title, source.grade) == ("JAXA", "Launch postponed", "A")
    assert (source.published_on.isoformat(), source.published_precision) == (
        "2026-11-01",
        "month",
    )


def test_the_day_left_empty_is_that_of_the_source(editor_client, launch):
    source = SourceFactory(grade="A", published_on=today() - timedelta(days=3))

    preview_and_save(
        editor_client, launch, typed(launch, "autumn 2027", source=source.pk, stated_on="")
    )

    launch.refresh_from_db()
    assert launch.current_revision.statement.stated_on == today() - timedelta(days=3)


def test_a_month_is_enough_for_the_day_it_was_said(editor_client, launch):
    sent = typed(launch, "autumn 2027", stated_on=f"{today():%Y-%m}")

    preview_and_save(editor_client, launch, sent)

    statement = Statement.objects.get(text="autumn 2027")
    assert (statement.stated_on, statement.stated_precision) == (today().replace(day=1), "month")


def test_a_month_that_holds_the_day_of_the_published_one_may_be_older_or_newer(
    editor_client, launch
):
    milestone = MilestoneFactory()
    nhk = SourceFactory(publisher="NHK", grade="B")
    state(milestone, "2027", on=date(2025, 11, 20), source=nhk)
    month = typed(milestone, "2028", stated_on="Nov 2025")

    effect = preview(editor_client, milestone, month).context["outlook"].effect
    [warning] = effect.warnings
    other = preview(editor_client, milestone, month | {"stated_on": "Oct 2025"}).context["outlook"]
    day = preview(editor_client, milestone, month | {"stated_on": "2025-11-21"}).context["outlook"]

    assert warning == (
        "“Said on” is known to the month only: it may be older or newer than “2027” "
        "(NHK, 20 Nov 2025). Give the day, or it goes into the history before it."
    )
    assert effect.telling.startswith("Taken as older than what is published: ")
    assert other.effect.warnings == day.effect.warnings == []


def test_of_two_months_alone_the_second_counts_as_newer(editor_client):
    milestone = MilestoneFactory()
    preview_and_save(editor_client, milestone, typed(milestone, "2027", stated_on="Nov 2025"))

    sent = typed(milestone, "2028", stated_on="Nov 2025")
    [warning] = preview(editor_client, milestone, sent).context["outlook"].effect.warnings

    assert warning == (
        "“Said on” is known to the month only: it may be older or newer than “2027” "
        "(JAXA, November 2025). Give the day, or it counts as newer."
    )


def test_a_source_described_in_the_same_words_is_the_same_source(editor_client, launch):
    sent = typed(launch, "autumn 2027", title="Launch postponed")
    preview_and_save(editor_client, launch, sent)
    preview_and_save(editor_client, launch, typed(launch, "2028", title="Launch postponed"))
    preview_and_save(editor_client, launch, typed(launch, "2029", title="Another"))

    made = Source.objects.filter(publisher="JAXA", url="").order_by("pk")
    assert [one.title for one in made] == ["Launch postponed", "Another"]


def test_sources_are_offered_by_their_day_and_cut_with_a_mark(editor_client, launch):
    SourceFactory(publisher="Newer", published_on=date(2025, 5, 2), title="")
    SourceFactory(
        publisher="Older",
        published_on=date(2025, 4, 1),
        published_precision="month",
        title="x" * 200,
    )

    choices = editor_client.get(state_url(launch)).context["form"].fields["source"].choices

    group = dict(list(choices)[1:])["Newest"]
    labels = [text for _, text in group]
    assert labels[0] == "Newer, 2 May 2025"
    assert labels[1] == "Older, April 2025 — " + "x" * 89 + "…"


def test_a_new_source_without_any_day_is_asked_for_one(editor_client, launch):
    answer = preview(editor_client, launch, typed(launch, "autumn 2027", stated_on=""))

    assert answer.context["form"].errors["stated_on"] == [
        "Fill in “Said on”: the day, or at least the month (2026-11)."
    ]


@pytest.mark.parametrize(
    "day", ["soon", "2027", "NET 2026-11-01", "31 February 2026", "about 3 Nov 2026", "\x00"]
)
def test_a_day_that_is_none_is_refused(editor_client, launch, day):
    answer = preview(editor_client, launch, typed(launch, "autumn 2027", stated_on=day))

    assert list(answer.context["form"].errors) == ["stated_on"]
    assert not answer.context["outlook"].is_ready


def test_a_day_in_the_future_is_refused(editor_client, launch):
    tomorrow = today() + timedelta(days=2)

    answer = preview(
        editor_client, launch, typed(launch, "autumn 2027", stated_on=tomorrow.isoformat())
    )

    assert answer.context["form"].errors["stated_on"] == [
        "This day is in the future: nobody has said it yet."
    ]


@pytest.mark.parametrize(
    ("source", "field", "error"),
    [
        ({}, "source", "Say who said it: choose a source or describe a new one."),
        ({"url": "https://a.example/"}, "publisher", "Say who published it."),
        ({"url": "javascript:alert(1)", "publisher": "X"}, "url", "Enter a valid URL."),
    ],
)
def test_a_source_is_needed(editor_client, launch, source, field, error):
    sent = typed(launch, "autumn 2027", source="") | source

    answer = preview(editor_client, launch, sent)

    assert answer.context["form"].errors[field] == [error]


def test_a_source_is_chosen_or_described_not_both(editor_client, launch):
    sent = typed(launch, "autumn 2027", source=SourceFactory().pk, publisher="JAXA")

    answer = preview(editor_client, launch, sent)

    assert answer.context["form"].errors["source"] == [
        "Choose a source or describe a new one, not both."
    ]


# ---- what becomes of it


def test_a_weaker_source_stays_beside_unless_the_editor_takes_it(editor_client, launch):
    sent = typed(launch, "autumn 2027", publisher="Somebody’s list", grade="C")

    outlook = preview(editor_client, launch, sent).context["outlook"]
    preview_and_save(editor_client, launch, sent)

    assert outlook.effect.is_dissent
    assert outlook.effect.telling == (
        "Not published; readers see it under “others say”. Nobody is told."
    )
    assert Statement.objects.get(text="autumn 2027").standing == "dissent"
    assert Revision.objects.count() == 1


def test_a_weaker_source_is_published_if_the_editor_takes_it(editor_client, launch):
    sent = typed(launch, "autumn 2027", publisher="Somebody’s list", grade="C")

    preview_and_save(editor_client, launch, sent, standing="current")

    assert Statement.objects.get(text="autumn 2027").standing == "current"
    assert Announcement.objects.get().state == "held"


def test_a_vaguer_source_stays_beside(editor_client, launch):
    outlook = preview(
        editor_client, launch, typed(launch, "2027", publisher="NHK", grade="A")
    ).context["outlook"]

    day = today() - timedelta(days=400)
    assert outlook.effect.why_dissent == (
        "NHK (grade A) is vaguer than what we follow: “spring 2027”, JAXA (grade A), "
        f"{day:%-d %b %Y}."
    )


def test_a_weaker_source_is_called_so(editor_client, launch):
    outlook = preview(
        editor_client, launch, typed(launch, "autumn 2027", publisher="NHK", grade="B")
    ).context["outlook"]

    assert outlook.effect.why_dissent.startswith("NHK (grade B) is a weaker source than what we ")


@pytest.mark.parametrize(("words", "what"), [("2029", "plan"), ("cancelled", "cancellation")])
def test_what_happened_is_not_overturned_whatever_the_grade(editor_client, launch, words, what):
    ours = SourceFactory(publisher="Our New Planets", grade="C")
    happened = StatementKind.OCCURRED
    state(launch, "3 November 2026", on=date(2026, 11, 3), source=ours, kind=happened)

    outlook = preview(
        editor_client, launch, typed(launch, words, publisher="JAXA", grade="A")
    ).context["outlook"]

    assert outlook.effect.why_dissent == (
        f"It has happened, and a {what} does not overturn what happened: “3 November 2026”, "
        "Our New Planets (grade C), 3 Nov 2026."
    )


def test_a_plan_after_a_cancellation_by_a_weaker_source_is_called_so(editor_client, launch):
    jaxa = SourceFactory(publisher="JAXA", grade="A")
    state(launch, "cancelled", at=timezone.now(), on=today() - timedelta(days=1), source=jaxa)

    outlook = preview(
        editor_client, launch, typed(launch, "2029", publisher="NHK", grade="C")
    ).context["outlook"]

    assert outlook.effect.why_dissent.startswith(
        "NHK (grade C) is a weaker source than what we follow: “cancelled”, JAXA (grade A), "
    )


def test_a_claim_of_the_past_is_weighed_against_what_held_then(editor_client, launch):
    state(
        launch,
        "3 November 2026",
        at=timezone.now(),
        on=today() - timedelta(days=2),
        kind=StatementKind.OCCURRED,
    )
    sent = typed(
        launch,
        "autumn 2027",
        publisher="NHK",
        grade="C",
        stated_on=(today() - timedelta(days=300)).isoformat(),
    )

    outlook = preview(editor_client, launch, sent).context["outlook"]

    assert "“spring 2027”, JAXA (grade A)" in outlook.effect.why_dissent


def test_quietly_tells_nobody(editor_client, launch):
    sent = typed(launch, "autumn 2027", telling="quietly")

    outlook = preview(editor_client, launch, sent).context["outlook"]
    preview_and_save(editor_client, launch, sent)

    assert outlook.effect.telling == "Published quietly: nobody is told."
    assert Revision.objects.count() == 2
    assert not Announcement.objects.exists()


def test_old_news_is_published_and_told_to_nobody(editor_client, launch):
    sent = typed(launch, "autumn 2027", stated_on=(today() - timedelta(days=60)).isoformat())

    outlook = preview(editor_client, launch, sent).context["outlook"]
    preview_and_save(editor_client, launch, sent)

    assert outlook.effect.telling == (
        "Published, but told to nobody: it was said over 14 days ago."
    )
    assert Revision.objects.count() == 2
    assert not Announcement.objects.exists()


def test_what_is_older_than_the_published_goes_into_the_history(editor_client, launch):
    sent = typed(launch, "2026", stated_on="2024-03")

    outlook = preview(editor_client, launch, sent).context["outlook"]
    answer = preview_and_save(editor_client, launch, sent)

    told = (
        "Older than what is published: it goes into the history, nothing is published and nobody "
        "is told."
    )
    assert outlook.effect.telling == told
    [said] = [str(one) for one in get_messages(answer.wsgi_request)]
    assert said.partition(" <a")[0] == f"Saved. {told}"
    assert Statement.objects.count() == 2
    assert Revision.objects.count() == 1


def test_the_net_change_is_shown_while_an_announcement_is_held(editor_client, launch):
    preview_and_save(editor_client, launch, typed(launch, "autumn 2027"))
    launch.refresh_from_db()

    outlook = preview(editor_client, launch, typed(launch, "2028")).context["outlook"]
    back = preview(editor_client, launch, typed(launch, "spring 2027")).context["outlook"]

    assert outlook.effect.change.line == "Slipped ≈ 9 months: autumn 2027 → 2028"
    assert outlook.effect.net.line == "Slipped ≈ 1.2 years: spring 2027 → 2028"
    assert outlook.effect.telling.startswith("An announcement is still held: this merges into it")
    assert "It waits until " in outlook.effect.telling
    assert back.effect.telling == (
        "This takes back the announcement that is held: readers hear nothing."
    )


def test_the_settle_time_is_told(editor_client, launch, settings):
    settings.MILEPOST_SETTLE_SECONDS = 600

    answer = preview(editor_client, launch, typed(launch, "autumn 2027"))

    until = answer.context["form"].at + timedelta(minutes=10)
    assert answer.context["outlook"].effect.telling == (
        f"Announced: held for 10 minutes, until {until:%H:%M} UTC, then sent."
    )


def test_a_fiscal_year_against_a_calendar_year_may_be_a_translation(editor_client):
    milestone = MilestoneFactory(fiscal="jp")
    state(milestone, "2027", at=timezone.now(), on=today() - timedelta(days=30))

    outlook = preview(editor_client, milestone, typed(milestone, "JFY2027")).context["outlook"]

    [warning] = outlook.effect.warnings
    assert warning == (
        "One is a fiscal year, the other a calendar year. If it is only a translation, keep what "
        "is published."
    )


def test_the_first_date_makes_a_draft_public(editor_client):
    draft = MilestoneFactory()

    preview_and_save(editor_client, draft, typed(draft, "autumn 2027"))

    draft.refresh_from_db()
    assert draft.current_revision.change_kind == "first_dated"


# ---- two editors at once


def test_the_second_editor_sees_both_versions_and_overwrites_nothing(
    editor_client, other_client, launch
):
    sent = typed(launch, "2028", reason="Ours")
    shown = preview(editor_client, launch, sent).context["outlook"]
    preview_and_save(other_client, launch, typed(launch, "autumn 2027"))

    answer = save(editor_client, launch, sent | {"confirmed": shown.digest})

    assert answer.status_code == 200
    saw, now = answer.context["conflict"]
    assert saw.startswith("You saw revision 1: spring 2027 (plan; “ISSA-J1 launch”), published ")
    assert now.startswith("Now it is revision 2: autumn 2027 (plan; “ISSA-J1 launch”), published ")
    assert now.endswith(" by ben.")
    assert answer.context["form"]["words"].value() == "2028"
    assert answer.context["form"]["reason"].value() == "Ours"
    assert Revision.objects.count() == 2


def test_the_second_editor_may_then_state_it_knowingly(editor_client, other_client, launch):
    sent = typed(launch, "2028")
    preview_and_save(other_client, launch, typed(launch, "autumn 2027"))
    again = save(editor_client, launch, sent)

    answer = save(
        editor_client,
        launch,
        sent
        | {
            "seen_number": again.context["form"]["seen_number"].value(),
            "confirmed": again.context["outlook"].digest,
        },
    )

    assert answer.status_code == 302
    launch.refresh_from_db()
    assert (launch.current_revision.number, launch.current_revision.edtf) == (3, "2028")


def test_a_reading_confirmed_against_theirs_is_still_a_conflict(
    editor_client, other_client, launch
):
    sent = typed(launch, "2028")
    preview_and_save(other_client, launch, typed(launch, "autumn 2027"))
    live = editor_client.post(reading_url(launch), sent).context["outlook"]

    answer = save(editor_client, launch, sent | {"confirmed": live.digest})

    assert answer.status_code == 200
    assert "Somebody published while you were writing" in answer.text
    assert Revision.objects.count() == 2


def test_a_draft_published_meanwhile_is_a_conflict(editor_client, other_client):
    draft = MilestoneFactory()
    sent = typed(draft, "2028")
    preview_and_save(other_client, draft, typed(draft, "autumn 2027"))

    answer = save(editor_client, draft, sent)

    saw, _ = answer.context["conflict"]
    assert saw == "You saw nothing published yet."


@pytest.mark.parametrize("number", ["", "x", "9" * 40, "-1"])
def test_a_form_that_does_not_say_what_it_saw_publishes_nothing(editor_client, launch, number):
    sent = typed(launch, "autumn 2027")
    shown = preview(editor_client, launch, sent).context["outlook"]

    answer = save(editor_client, launch, sent | {"confirmed": shown.digest, "seen_number": number})

    assert answer.status_code == 200
    assert Revision.objects.count() == 1


# ---- while typing


def test_the_reading_appears_before_the_source_is_known(editor_client, launch):
    answer = editor_client.post(reading_url(launch), {"words": "autumn 2027", "seen_number": 1})

    outlook = answer.context["outlook"]
    assert outlook.effect.change.line == "Slipped ≈ 6 months: spring 2027 → autumn 2027"
    assert not outlook.is_ready
    assert 'name="save"' not in answer.text
    assert "<html" not in answer.text


def test_whether_a_source_is_vaguer_is_told_once_it_is_known(editor_client, launch):
    sent = {"words": "2027", "seen_number": 1}

    before = editor_client.post(reading_url(launch), sent).context["outlook"]
    named = editor_client.post(reading_url(launch), sent | {"publisher": "NHK"})

    assert not before.effect.is_dissent
    assert named.context["outlook"].effect.is_dissent


def test_the_reading_is_posted_never_fetched(editor_client, launch):
    assert editor_client.get(reading_url(launch)).status_code == 405


@pytest.mark.parametrize("at", [state_url, reading_url])
def test_a_milestone_that_is_none_is_not_found(editor_client, launch, at):
    launch.pk = 10**30

    assert editor_client.post(at(launch), {"words": "2027"}).status_code == 404


@pytest.mark.parametrize(
    "pasted",
    [
        "https://jaxa.example/news/7/",
        "http://jaxa.example/news/7",
        "https://JAXA.example/news/7?utm_source=mail&fbclid=x#top",
    ],
)
def test_an_address_pasted_with_what_a_browser_adds_is_the_source_that_we_have(
    editor_client, launch, pasted
):
    known = SourceFactory(publisher="JAXA", url="https://jaxa.example/news/7")

    preview_and_save(editor_client, launch, typed(launch, "autumn 2027", url=pasted))

    assert Statement.objects.latest("pk").source == known


def test_another_page_of_the_same_site_is_another_source(editor_client, launch):
    known = SourceFactory(publisher="JAXA", url="https://jaxa.example/news?id=7")
    sent = typed(launch, "autumn 2027", url="https://jaxa.example/news?id=8", publisher="JAXA")

    preview_and_save(editor_client, launch, sent)

    assert Statement.objects.latest("pk").source != known
