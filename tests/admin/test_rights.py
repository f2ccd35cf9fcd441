import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from tests.admin.screen import preview_and_save, reading_url, state_url, typed
from tests.factories import MilestoneFactory, OrganisationFactory, TagFactory, state
from timeline.models import Announcement, Revision, Statement

pytestmark = pytest.mark.django_db

WRITTEN = ["programme", "organisation", "tag", "milestone", "source"]
READ = ["statement", "revision", "announcement"]
MODELS = [*WRITTEN, *READ]


def listing(model):
    return reverse(f"admin:timeline_{model}_changelist")


def page(model, row, verb="change"):
    return reverse(f"admin:timeline_{model}_{verb}", args=[row.pk])


@pytest.fixture
def rows(db):
    """One row of each model."""
    tag, organisation = TagFactory(), OrganisationFactory()
    milestone = MilestoneFactory()
    published = state(milestone, "2027")
    return {
        "programme": milestone.programme,
        "organisation": organisation,
        "tag": tag,
        "milestone": milestone,
        "source": published.statement.source,
        "statement": published.statement,
        "revision": published.revision,
        "announcement": published.announcement,
    }


@pytest.mark.parametrize("model", MODELS)
def test_an_editor_sees_every_list_and_page(editor_client, rows, model):
    assert editor_client.get(listing(model)).status_code == 200
    assert editor_client.get(page(model, rows[model])).status_code == 200


@pytest.mark.parametrize("model", WRITTEN)
def test_an_editor_adds_and_edits_what_editors_write(editor_client, rows, model):
    add = editor_client.get(reverse(f"admin:timeline_{model}_add"))

    assert add.status_code == 200
    assert 'name="_save"' in editor_client.get(page(model, rows[model])).text


@pytest.mark.parametrize("model", MODELS)
def test_an_editor_deletes_nothing(editor_client, rows, model):
    assert editor_client.get(page(model, rows[model], "delete")).status_code == 403
    assert editor_client.post(page(model, rows[model], "delete"), {"post": "yes"}).status_code == (
        403
    )


@pytest.mark.parametrize("model", READ)
def test_not_even_a_superuser_writes_what_was_said_or_published(admin_client, rows, model):
    row = rows[model]
    before = type(row).objects.values().get(pk=row.pk)

    answers = [
        admin_client.post(reverse(f"admin:timeline_{model}_add"), {}).status_code,
        admin_client.post(page(model, row), {"text": "other", "title": "other"}).status_code,
        admin_client.post(page(model, row, "delete"), {"post": "yes"}).status_code,
    ]

    assert answers == [403, 403, 403]
    assert 'name="_save"' not in admin_client.get(page(model, row)).text
    assert type(row).objects.values().get(pk=row.pk) == before


@pytest.mark.parametrize("model", MODELS)
def test_staff_without_rights_is_refused(powerless_client, rows, model):
    assert powerless_client.get(listing(model)).status_code == 403
    assert powerless_client.get(page(model, rows[model])).status_code == 403
    assert powerless_client.post(page(model, rows[model]), {}).status_code == 403
    assert powerless_client.get(reverse(f"admin:timeline_{model}_add")).status_code == 403


@pytest.mark.parametrize("at", [state_url, reading_url])
def test_staff_without_rights_states_nothing(powerless_client, rows, at):
    milestone = rows["milestone"]

    answer = powerless_client.post(at(milestone), typed(milestone, "2028"))

    assert answer.status_code == 403
    assert Statement.objects.count() == 1


@pytest.mark.parametrize("at", [state_url, reading_url])
def test_a_stranger_is_asked_to_log_in(client, rows, at):
    milestone = rows["milestone"]

    answer = client.post(at(milestone), typed(milestone, "2028"))

    assert answer.status_code == 302
    assert answer.url.startswith(reverse("admin:login"))
    assert Statement.objects.count() == 1


@pytest.mark.parametrize("model", MODELS)
def test_a_stranger_is_asked_to_log_in_for_every_list(client, rows, model):
    answer = client.get(listing(model))

    assert (answer.status_code, answer.url) == (
        302,
        f"{reverse('admin:login')}?next={listing(model)}",
    )


def test_a_reader_with_an_account_is_no_editor(rows):
    client = Client()
    client.force_login(get_user_model().objects.create_user("reader"))

    assert client.get(listing("milestone")).status_code == 302


def test_stating_needs_the_token_of_our_own_form(editor, rows):
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    milestone = rows["milestone"]

    assert client.post(state_url(milestone), typed(milestone, "2028")).status_code == 403


def test_an_editor_sees_nothing_of_users_groups_and_log_ins(editor_client):
    apps = {app["app_label"] for app in editor_client.get("/admin/").context["app_list"]}

    assert apps == {"timeline"}
    assert editor_client.get("/admin/auth/user/").status_code == 403
    assert editor_client.get("/admin/auth/group/").status_code == 403
    assert editor_client.get("/admin/axes/accessattempt/").status_code == 403


def test_an_editor_who_only_views_milestones_states_nothing(editor, editor_client, rows):
    editor.groups.get().permissions.remove(
        editor.groups.get().permissions.get(codename="change_milestone")
    )
    milestone = rows["milestone"]

    assert editor_client.get(state_url(milestone)).status_code == 403
    assert "State a date" not in editor_client.get(page("milestone", milestone)).text
    assert "State a date" not in editor_client.get(listing("milestone")).text


def test_who_may_not_add_sources_states_from_known_ones(editor, editor_client, rows):
    editor.groups.get().permissions.remove(
        editor.groups.get().permissions.get(codename="add_source")
    )
    milestone, source = rows["milestone"], rows["source"]

    new = preview_and_save(editor_client, milestone, typed(milestone, "2028"))
    known = preview_and_save(editor_client, milestone, typed(milestone, "2029", source=source.pk))

    assert (new.status_code, known.status_code) == (200, 302)
    assert "You may not add a source" in new.text
    assert Revision.objects.count() == 2


def test_who_only_views_announcements_sends_none(editor, editor_client, rows):
    editor.groups.get().permissions.remove(
        editor.groups.get().permissions.get(codename="change_announcement")
    )

    editor_client.post(
        listing("announcement"),
        {"action": "send_now", "_selected_action": rows["announcement"].pk},
    )

    assert Announcement.objects.get().state == "held"


def test_guessing_at_a_password_is_slowed_down(client, editor):
    for _ in range(5):
        client.post(reverse("admin:login"), {"username": "anna", "password": "guess"})

    answer = client.post(reverse("admin:login"), {"username": "anna", "password": "a"})

    assert answer.status_code == 429
    assert "_auth_user_id" not in client.session
