import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from tests.admin.screen import state_url
from tests.factories import MilestoneFactory, SourceFactory, state
from timeline.models import Revision, Statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def launch():
    """Published as "2028", which was a mistake; before it was "2027"."""
    milestone = MilestoneFactory(title="ISSA-J1 launch", home_zone="Asia/Tokyo")
    state(milestone, "2027", source=SourceFactory(publisher="JAXA", grade="A"), announce=False)
    state(milestone, "2028", announce=False)
    return milestone


def said(milestone, words):
    return milestone.statements.get(text=words)


def withdraw_url(statement):
    return reverse("admin:timeline_milestone_withdraw", args=[statement.milestone_id, statement.pk])


def withdraw(client, statement, *, seen=2, reason="We mistook the mission"):
    return client.post(withdraw_url(statement), {"reason": reason, "seen_number": seen})


def standings():
    return dict(Statement.objects.values_list("text", "standing"))


def test_the_screen_shows_what_would_be_published_instead_and_writes_nothing(editor_client, launch):
    answer = editor_client.get(withdraw_url(said(launch, "2028")))

    assert answer.context["instead"].date == "2027"
    assert "Pulled in" in answer.context["instead"].change
    assert "but we mistook it" in answer.text
    assert answer.context["form"]["seen_number"].value() == 2
    assert standings() == {"2027": "superseded", "2028": "current"}


def test_what_was_said_before_is_published_again_with_the_reason(editor, editor_client, launch):
    answer = withdraw(editor_client, said(launch, "2028"))

    assert answer.status_code == 302
    launch.refresh_from_db()
    revision = launch.current_revision
    assert (revision.number, revision.edtf, revision.reason, revision.recorded_by) == (
        3,
        "2027",
        "We mistook the mission",
        editor,
    )
    assert standings() == {"2027": "current", "2028": "withdrawn"}
    assert [str(one) for one in get_messages(answer.wsgi_request)] == [
        "Withdrawn: “2028”. Published is: 2027."
    ]
    assert LogEntry.objects.get().change_message == "Withdrawn: “2028”. We mistook the mission"


def test_readers_see_it_struck(client, editor_client, launch):
    withdraw(editor_client, said(launch, "2028"))

    assert "<s>2028</s>" in client.get(launch.get_absolute_url()).text


def test_what_is_not_published_is_withdrawn_and_the_published_stays(editor_client, launch):
    shown = editor_client.get(withdraw_url(said(launch, "2027")))

    withdraw(editor_client, said(launch, "2027"))

    assert shown.context["instead"] is None
    assert "<strong>2028</strong> stays, and nobody is told" in shown.text
    assert standings() == {"2027": "withdrawn", "2028": "current"}
    assert Revision.objects.count() == 2


def test_the_only_statement_is_refused_and_the_screen_says_what_to_do(editor_client):
    only = state(MilestoneFactory(), "2027").statement

    shown = editor_client.get(withdraw_url(only))
    answer = withdraw(editor_client, only, seen=1)

    for page in (shown, answer):
        assert page.status_code == 200
        assert page.text.count("This is the only statement of its milestone.") == 1
        assert 'class="reconsider"' not in page.text
    assert standings() == {"2027": "current"}


def test_a_reason_is_asked_for(editor_client, launch):
    answer = withdraw(editor_client, said(launch, "2028"), reason=" ")

    assert answer.context["form"].errors == {"reason": ["This field is required."]}
    assert standings()["2028"] == "current"


def test_the_second_of_two_editors_sees_both_versions_and_withdraws_nothing(editor_client, launch):
    state(launch, "2029")

    answer = withdraw(editor_client, said(launch, "2028"))

    assert answer.status_code == 200
    assert standings()["2028"] == "superseded"
    told, saw, now = answer.context["notices"]
    assert told == "Somebody published meanwhile, so nothing is changed yet."
    assert saw.startswith("You saw revision 2: 2028 ")
    assert now.startswith("Now it is revision 3: 2029 ")
    assert answer.context["form"]["reason"].value() == "We mistook the mission"
    assert answer.context["form"]["seen_number"].value() == "3"


def test_the_second_editor_may_then_withdraw_it_knowingly(editor_client, launch):
    state(launch, "2029")

    withdraw(editor_client, said(launch, "2028"), seen=3)

    assert standings() == {"2027": "superseded", "2028": "withdrawn", "2029": "current"}


def test_what_is_withdrawn_already_stays_so(editor_client, launch):
    withdraw(editor_client, said(launch, "2027"))

    answer = withdraw(editor_client, said(launch, "2027"))

    assert "This is withdrawn already." in answer.text
    assert Revision.objects.count() == 2


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 40])
def test_a_form_that_does_not_say_what_it_saw_withdraws_nothing(editor_client, launch, number):
    answer = withdraw(editor_client, said(launch, "2028"), seen=number)

    assert answer.status_code == 200
    assert standings()["2028"] == "current"


def test_a_statement_of_another_milestone_is_not_found(editor_client, launch):
    other = state(MilestoneFactory(), "2030").statement
    address = reverse("admin:timeline_milestone_withdraw", args=[launch.pk, other.pk])

    assert editor_client.get(address).status_code == 404


# ---- who may


def test_who_only_reads_milestones_and_statements_withdraws_nothing(editor, client, launch):
    editor.groups.clear()
    reads = Permission.objects.filter(codename__in=["view_milestone", "view_statement"])
    editor.user_permissions.set(reads)
    client.force_login(editor)
    statement = said(launch, "2028")
    page = reverse("admin:timeline_statement_change", args=[statement.pk])
    history = reverse("admin:timeline_milestone_change", args=[launch.pk])

    assert withdraw(client, statement).status_code == 403
    assert client.get(withdraw_url(statement)).status_code == 403
    assert withdraw_url(statement) not in client.get(page).text
    assert withdraw_url(statement) not in client.get(history).text
    assert standings()["2028"] == "current"


def test_a_stranger_is_asked_to_log_in(client, launch):
    answer = withdraw(client, said(launch, "2028"))

    assert answer.url.startswith(reverse("admin:login"))
    assert standings()["2028"] == "current"


def test_withdrawing_needs_the_token_of_our_own_form(editor, launch):
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)

    assert withdraw(client, said(launch, "2028")).status_code == 403
    assert standings()["2028"] == "current"


def test_a_statement_and_the_history_of_its_milestone_lead_there(editor_client, launch):
    statement = said(launch, "2028")
    page = reverse("admin:timeline_statement_change", args=[statement.pk])
    history = reverse("admin:timeline_milestone_change", args=[launch.pk])

    assert withdraw_url(statement) in editor_client.get(page).text
    assert withdraw_url(statement) in editor_client.get(history).text

    withdraw(editor_client, statement)

    assert withdraw_url(statement) not in editor_client.get(page).text
    assert withdraw_url(statement) not in editor_client.get(history).text
    assert state_url(launch) in editor_client.get(history).text
