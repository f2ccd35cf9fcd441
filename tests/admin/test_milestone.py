import pytest
from django.urls import reverse

from tests.admin.screen import preview_and_save, sent_back, state_url, typed
from tests.factories import MilestoneFactory, ProgrammeFactory, TagFactory, state
from timeline.models import Milestone, Programme, Revision

pytestmark = pytest.mark.django_db

ADD = reverse("admin:timeline_milestone_add")


def address(milestone, verb="change"):
    return reverse(f"admin:timeline_milestone_{verb}", args=[milestone.pk])


def opened(client, milestone):
    return sent_back(client.get(address(milestone)).context["adminform"].form)


def fields(programme, **other):
    return {
        "title": "ISSA-J1 launch",
        "slug": "issa-j1-launch",
        "programme": programme.pk,
        "shape": "instant",
        "home_zone": "Asia/Tokyo",
        "hemisphere": "N",
        "fiscal": "jp",
        **other,
    }


@pytest.fixture
def published(db):
    milestone = MilestoneFactory(title="Launch", summary="First words")
    state(milestone, "2027")
    milestone.refresh_from_db()
    return milestone


def test_a_new_milestone_is_a_draft(editor_client):
    tag = TagFactory()

    answer = editor_client.post(ADD, fields(ProgrammeFactory(), tags=[tag.pk], _save=""))

    milestone = Milestone.objects.get()
    assert answer.url == state_url(milestone)
    assert (milestone.title, milestone.home_zone, milestone.fiscal) == (
        "ISSA-J1 launch",
        "Asia/Tokyo",
        "jp",
    )
    assert milestone.current_revision is None
    assert milestone.created_at is not None
    assert list(milestone.tags.all()) == [tag]


def test_a_zone_that_is_none_is_refused(editor_client):
    answer = editor_client.post(ADD, fields(ProgrammeFactory(), home_zone="Mars/Olympus"))

    assert answer.context["adminform"].form.errors["home_zone"] == [
        "“Mars/Olympus” is not a time zone of the IANA list."
    ]


def test_an_edit_of_what_is_public_is_published(editor, editor_client, published):
    sent = opened(editor_client, published) | {"title": "Launch of ISSA-J1"}

    answer = editor_client.post(address(published), sent)

    assert answer.status_code == 302
    published.refresh_from_db()
    revision = published.current_revision
    assert published.title == revision.title == "Launch of ISSA-J1"
    assert (revision.number, revision.change_kind) == (2, "edited")
    assert revision.recorded_by == editor


def test_tags_are_kept(editor_client, published):
    tag = TagFactory()
    sent = opened(editor_client, published) | {"tags": [tag.pk]}

    editor_client.post(address(published), sent)

    assert list(published.tags.all()) == [tag]


def test_saving_what_was_not_changed_publishes_nothing(editor_client, published):
    answer = editor_client.post(address(published), opened(editor_client, published))

    assert answer.status_code == 302
    assert Revision.objects.count() == 1


def test_a_new_home_zone_moves_the_windows(editor_client):
    milestone = MilestoneFactory(home_zone="UTC")
    state(milestone, "30 July 2025, 22:00 UTC")
    sent = opened(editor_client, milestone) | {"home_zone": "Asia/Tokyo"}

    editor_client.post(address(milestone), sent)

    milestone.refresh_from_db()
    assert milestone.current_revision.earliest.isoformat() == "2025-07-31"


def test_the_address_of_what_is_public_stays(editor_client, published):
    sent = opened(editor_client, published) | {"slug": "elsewhere", "title": "New"}

    editor_client.post(address(published), sent)

    slug = published.slug
    published.refresh_from_db()
    assert (published.slug, published.title) == (slug, "New")


def test_the_address_of_a_draft_may_change(editor_client):
    draft = MilestoneFactory()

    editor_client.post(address(draft), opened(editor_client, draft) | {"slug": "elsewhere"})

    draft.refresh_from_db()
    assert draft.slug == "elsewhere"


# ---- two editors at once


def test_an_edit_over_a_newer_revision_is_refused_and_nothing_is_lost(
    editor_client, other_client, published
):
    sent = opened(editor_client, published) | {"title": "Mine", "summary": "My words"}
    preview_and_save(other_client, published, typed(published, "2028"))

    answer = editor_client.post(address(published), sent)

    form = answer.context["adminform"].form
    said = form.non_field_errors()
    assert said[0].startswith("Somebody changed this while you were editing it.")
    assert said[1].startswith("You saw revision 1: 2027 (plan; “Launch”), published ")
    assert said[2].startswith("Now it is revision 2: 2028 (plan; “Launch”), published ")
    assert said[2].endswith(" by ben.")
    assert (form["title"].value(), form["summary"].value()) == ("Mine", "My words")
    published.refresh_from_db()
    assert (published.title, published.summary) == ("Launch", "First words")


def test_an_edit_over_another_edit_shows_both_versions(editor_client, other_client, published):
    mine = opened(editor_client, published) | {"summary": "My words"}
    theirs = opened(other_client, published) | {"summary": "Their words"}
    other_client.post(address(published), theirs)

    answer = editor_client.post(address(published), mine)

    said = answer.context["adminform"].form.non_field_errors()
    assert said[-1] == "Summary: you saw “First words”; now it is “Their words”."
    published.refresh_from_db()
    assert published.summary == "Their words"


def test_saving_again_publishes_mine_knowingly(editor_client, other_client, published):
    mine = opened(editor_client, published) | {"summary": "My words"}
    theirs = opened(other_client, published) | {"summary": "Their words", "place": "Kourou"}
    other_client.post(address(published), theirs)
    refused = editor_client.post(address(published), mine).context["adminform"].form

    again = sent_back(refused) | {"place": "Kourou"}
    answer = editor_client.post(address(published), again)

    assert answer.status_code == 302
    published.refresh_from_db()
    assert (published.summary, published.place) == ("My words", "Kourou")


def test_two_editors_of_a_draft_overwrite_nothing(editor_client, other_client):
    draft, programme = MilestoneFactory(summary=""), ProgrammeFactory(title="Another")
    mine = opened(editor_client, draft) | {"summary": "My words"}
    theirs = opened(other_client, draft) | {"programme": programme.pk}
    other_client.post(address(draft), theirs)

    answer = editor_client.post(address(draft), mine)

    said = answer.context["adminform"].form.non_field_errors()
    assert said[-1].endswith("; now it is “Another”.")
    draft.refresh_from_db()
    assert (draft.summary, draft.programme) == ("", programme)


@pytest.mark.parametrize("seen", ["", "[]", "{", "null", "1", '{"title": 1}', "\x00"])
def test_a_page_that_did_not_come_back_whole_saves_nothing(editor_client, published, seen):
    sent = opened(editor_client, published) | {"title": "Mine", "seen": seen}

    answer = editor_client.post(address(published), sent)

    assert answer.status_code == 200
    published.refresh_from_db()
    assert published.title == "Launch"


def test_two_editors_of_a_programme_overwrite_nothing(editor_client, other_client):
    programme = ProgrammeFactory(title="LUPEX", aliases="Chandrayaan-5")
    at = reverse("admin:timeline_programme_change", args=[programme.pk])
    sent = sent_back(editor_client.get(at).context["adminform"].form)
    other_client.post(at, sent | {"title": "LUPEX mission"})

    answer = editor_client.post(at, sent | {"aliases": "CY-5"})

    assert answer.context["adminform"].form.non_field_errors()[-1] == (
        "Title: you saw “LUPEX”; now it is “LUPEX mission”."
    )
    programme.refresh_from_db()
    assert programme.aliases == "Chandrayaan-5"


def test_another_title_of_a_programme_is_published_with_its_milestones(
    editor, editor_client, published
):
    at = reverse("admin:timeline_programme_change", args=[published.programme.pk])
    sent = sent_back(editor_client.get(at).context["adminform"].form)

    editor_client.post(at, sent | {"title": "Renamed"})

    published.refresh_from_db()
    revision = published.current_revision
    assert (revision.number, revision.change_kind, revision.change_sub) == (
        2,
        "edited",
        "programme",
    )
    assert revision.recorded_by == editor


# ---- history


def test_the_page_shows_what_was_said_newest_first(editor_client, published):
    state(published, "2028", reason="Tests took longer")

    history = editor_client.get(address(published)).context["history"]

    assert [line.statement.text for line in history] == ["2028", "2027"]
    assert [line.reading for line in history] == ["2028", "2027"]
    assert history[0].change.endswith("Slipped ≈ 1 year: 2027 → 2028")


def test_a_milestone_with_a_history_is_not_deleted_and_says_what_to_do(admin_client, published):
    answer = admin_client.post(address(published, "delete"), {"post": "yes"}, follow=True)

    assert Milestone.objects.filter(pk=published.pk).exists()
    [message] = answer.context["messages"]
    assert str(message) == (
        "“Launch” has a history and stays. If it will not take place, state that it is cancelled; "
        "if it was a mistake, withdraw what was stated of it."
    )


def test_a_programme_with_milestones_is_not_deleted_and_says_what_to_do(admin_client, published):
    programme = published.programme
    at = reverse("admin:timeline_programme_delete", args=[programme.pk])

    answer = admin_client.post(at, {"post": "yes"}, follow=True)

    assert Programme.objects.filter(pk=programme.pk).exists()
    [message] = answer.context["messages"]
    assert str(message) == (
        f"“{programme}” has a history and stays. Move its milestones to another programme first, "
        "or change its title."
    )


def test_a_draft_may_be_deleted(admin_client):
    draft = MilestoneFactory()

    admin_client.post(address(draft, "delete"), {"post": "yes"})

    assert not Milestone.objects.exists()


def test_no_list_deletes_several_at_once(admin_client):
    draft = MilestoneFactory()
    at = reverse("admin:timeline_milestone_changelist")

    admin_client.post(
        at, {"action": "delete_selected", "_selected_action": [draft.pk], "post": "yes"}
    )

    assert Milestone.objects.get() == draft
