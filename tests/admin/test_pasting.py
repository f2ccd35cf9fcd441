"""An editor pastes an article and takes, changes or drops each date that is found in it."""

from datetime import date, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from tests.admin.screen import today
from tests.factories import MilestoneFactory, ProgrammeFactory, SourceFactory, state
from timeline.models import Announcement, Milestone, Source, Statement

pytestmark = pytest.mark.django_db
PASTE = reverse("admin:timeline_milestone_paste")
ARTICLE = (
    "Astroscale has news.\n"
    "The ISSA-J1 satellite is scheduled to launch in autumn 2027 from Sriharikota.\n"
    "The bridge beside it opens in May 2028. <script>alert(1)</script>\n"
)


@pytest.fixture
def launch():
    """Published as "spring 2027"."""
    programme = ProgrammeFactory(title="ISSA-J1")
    milestone = MilestoneFactory(
        title="ISSA-J1 launch", home_zone="Asia/Tokyo", programme=programme
    )
    at = timezone.now() - timedelta(days=100)
    jaxa = SourceFactory(publisher="Astroscale", grade="A")
    state(milestone, "spring 2027", on=at.date(), at=at, source=jaxa, announce=False)
    return milestone


def article(text=ARTICLE, **fields):
    whose = {"publisher": "Astroscale", "grade": "A", "stated_on": today().isoformat()}
    return {"article": text} | whose | fields


def find(client, sent=None, **fields):
    return client.post(PASTE, (sent or article(**fields)) | {"find": ""})


def as_shown(answer):
    """What a browser would send of the rows as they are shown."""
    sent = {}
    for row in answer.context["rows"]:
        form = row.form
        for name in ("milestone", "words", "kind", "option"):
            sent[form.add_prefix(name)] = form[name].value() or ""
        if form["take"].value():
            sent[form.add_prefix("take")] = "on"
        if row.milestone:
            sent[form.add_prefix("seen_of")] = row.milestone.pk
            sent[form.add_prefix("seen_number")] = row.number
    return sent | {"confirmed": answer.context["digest"]}


def save(client, shown, **changed):
    sent = article() | as_shown(shown) | {"save": ""} | changed
    return client.post(PASTE, {name: value for name, value in sent.items() if value is not None})


def test_each_date_is_shown_in_its_sentence_with_what_it_would_change(editor_client, launch):
    answer = find(editor_client)

    first, second = answer.context["rows"]
    assert (first.phrase, first.form["milestone"].value(), first.form.is_taken) == (
        "autumn 2027",
        str(launch.pk),
        True,
    )
    assert "Slipped ≈ 6 months: spring 2027 → autumn 2027" in first.change
    assert (second.phrase, second.milestone, second.form.is_taken) == ("May 2028", None, False)
    assert "<mark>autumn 2027</mark>" in answer.text
    assert "<script>alert" not in answer.text


def test_finding_saves_nothing(editor_client, launch):
    find(editor_client)

    assert (Statement.objects.count(), Source.objects.count()) == (1, 1)


def test_what_is_ticked_is_stated_and_held(editor, editor_client, launch):
    answer = save(editor_client, find(editor_client))

    assert answer.status_code == 302
    said = Statement.objects.get(standing="current")
    assert (said.text, said.edtf, said.entered_by) == ("autumn 2027", "2027-27", editor)
    assert said.source.publisher == "Astroscale"
    assert Announcement.objects.get().state == "held"
    assert LogEntry.objects.get().change_message == "Stated “autumn 2027”, from a text."


def test_what_is_published_quietly_is_told_to_nobody(editor_client, launch):
    save(editor_client, find(editor_client), telling="quietly")

    assert Statement.objects.count() == 2
    assert Announcement.objects.count() == 0


def test_what_is_not_ticked_is_dropped(editor_client, launch):
    shown = find(editor_client)

    answer = save(editor_client, shown, **{"found-0-take": None})

    assert "Nothing is taken: tick what you want to state." in answer.text
    assert Statement.objects.count() == 1


def test_what_was_changed_since_it_was_shown_is_shown_again_first(editor_client, launch):
    shown = find(editor_client)

    again = save(editor_client, shown, **{"found-0-words": "winter 2027/28"})

    assert "What you were shown is no longer what would be saved" in again.text
    assert Statement.objects.count() == 1
    assert save(editor_client, again).status_code == 302
    assert Statement.objects.get(standing="current").edtf == "2027-28"


def test_another_milestone_may_be_chosen(editor_client, launch):
    bridge = MilestoneFactory(title="Bridge opens")
    changed = {"found-1-milestone": bridge.pk, "found-1-take": "on"}

    again = save(editor_client, find(editor_client), **changed)
    save(editor_client, again)

    assert bridge.statements.get().text == "May 2028"
    assert Statement.objects.count() == 3


def test_a_tick_without_a_milestone_is_an_error_at_its_field(editor_client, launch):
    answer = save(editor_client, find(editor_client), **{"found-1-take": "on"})

    errors = answer.context["rows"][1].form.errors
    assert errors == {"milestone": ["Choose the milestone, or drop this date."]}
    assert Statement.objects.count() == 1


def test_words_that_are_not_understood_are_an_error_at_their_field(editor_client, launch):
    answer = save(editor_client, find(editor_client), **{"found-0-words": "when it is done"})

    assert answer.context["rows"][0].form.errors == {"words": ["This is not understood."]}


def test_a_question_is_answered_in_its_row(editor_client, launch):
    sent = article("The ISSA-J1 satellite will be launched in winter 2027.")
    shown = find(editor_client, sent)
    (row,) = shown.context["rows"]
    key = row.choices[1][0]

    again = editor_client.post(PASTE, sent | as_shown(shown) | {"found-0-option": key})
    editor_client.post(PASTE, sent | as_shown(again) | {"found-0-option": key, "save": ""})

    assert Statement.objects.get(standing="current").edtf == key.split("|")[0]


def test_what_this_source_said_already_is_not_ticked_again(editor_client, launch):
    save(editor_client, find(editor_client))

    answer = find(editor_client)

    assert answer.context["rows"][0].form.is_taken is False
    assert "This source’s word on it is here already." in answer.text


def test_a_known_address_is_the_source_that_we_have(editor_client, launch):
    known = SourceFactory(url="https://astroscale.example/news")
    sent = article(publisher="", url=known.url)
    shown = find(editor_client, sent)

    editor_client.post(PASTE, sent | as_shown(shown) | {"save": ""})

    assert Statement.objects.latest("pk").source == known


def test_an_edit_in_between_is_shown_with_both_versions(editor_client, launch):
    shown = find(editor_client)
    now = timezone.now()
    state(launch, "2029", on=now.date(), at=now, source=SourceFactory(grade="A"))

    answer = save(editor_client, shown)

    assert Statement.objects.count() == 2
    saw, stands = answer.context["rows"][0].conflict
    assert saw.startswith("You saw revision 1: spring 2027 ")
    assert stands.startswith("Now it is revision 2: 2029 ")


def test_two_dates_of_one_milestone_are_stated_one_after_the_other(editor_client, launch):
    sent = article("ISSA-J1 will launch in autumn 2027. ISSA-J1 may launch in winter 2027/28.")
    shown = find(editor_client, sent)

    answer = editor_client.post(PASTE, sent | as_shown(shown) | {"save": ""})

    assert answer.status_code == 302
    assert Statement.objects.count() == 3


def test_all_is_saved_or_nothing(editor_client, launch):
    done = MilestoneFactory(title="Landing", programme=launch.programme)
    state(done, "2026-01-01", kind="occurred", on=date(2026, 1, 2), announce=False)
    sent = article("ISSA-J1 will launch in autumn 2027. The landing was cancelled, says ISSA-J1.")
    shown = find(editor_client, sent)
    wrong = {"found-1-take": "on", "found-1-milestone": done.pk, "found-1-kind": "occurred"}

    answer = editor_client.post(PASTE, sent | as_shown(shown) | wrong | {"save": ""})

    assert answer.status_code == 200
    assert Statement.objects.count() == 2


def test_a_text_without_dates_says_so_and_leads_on(editor_client, launch):
    answer = find(editor_client, text="Nothing happens.")

    assert "No sentence of it says when something is to happen." in answer.text


@pytest.mark.parametrize(
    ("fields", "field", "error"),
    [
        ({"text": ""}, "article", "Paste a text."),
        ({"text": "a" * 100_001}, "article", "That is too long: paste at most 100,000 signs"),
        ({"publisher": ""}, "source", "Say who said it"),
        ({"stated_on": ""}, "stated_on", "Fill in “Said on”"),
        ({"stated_on": "2999-01-01"}, "stated_on", "This day is in the future"),
    ],
)
def test_what_is_missing_is_told_at_its_field_and_nothing_is_lost(
    editor_client, launch, fields, field, error
):
    answer = find(editor_client, **fields)

    assert answer.context["form"].errors[field][0].startswith(error)
    assert answer.context["form"]["grade"].value() == "A"
    assert Statement.objects.count() == 1


def test_it_asks_no_more_of_the_database_for_many_milestones(
    editor_client, launch, django_assert_max_num_queries
):
    MilestoneFactory.create_batch(20, programme=launch.programme)

    with django_assert_max_num_queries(40):
        find(editor_client)

    assert Milestone.objects.count() == 21


def test_who_may_not_change_milestones_pastes_nothing(client, powerless_client, launch):
    assert powerless_client.get(PASTE).status_code == 403
    assert find(powerless_client).status_code == 403
    assert find(client).url.startswith(reverse("admin:login"))
    assert Statement.objects.count() == 1


def test_the_list_of_milestones_leads_there(editor_client):
    assert PASTE in editor_client.get(reverse("admin:timeline_milestone_changelist")).text
