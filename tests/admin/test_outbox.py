"""The outbox: what is held, who would be told what, and the four things to do with it."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories import MilestoneFactory, state
from tests.notifications.factories import SubscriptionFactory
from timeline import outbox
from timeline.models import Announcement

pytestmark = pytest.mark.django_db
LIST = reverse("admin:notifications_outbox")


@pytest.fixture
def held():
    """A slip from spring to autumn 2027, a minute ago."""
    at = timezone.now() - timedelta(minutes=1)
    milestone = MilestoneFactory(title="ISSA-J1 launch", home_zone="Asia/Tokyo")
    state(milestone, "spring 2027", on=at.date(), at=at, announce=False)
    return state(milestone, "autumn 2027", on=at.date(), at=at).announcement


def address(held):
    return reverse("admin:notifications_outbox_one", args=[held.pk])


def do(client, held, what, *, seen=2):
    answer = client.post(address(held), {"do": what, "seen": seen}, follow=True)
    held.refresh_from_db()
    held.milestone.refresh_from_db()
    return [str(one) for one in answer.context["messages"]]


# ---- looking


def test_the_list_shows_what_is_held_with_the_time_left(editor_client, held):
    Announcement.objects.update(settle_at=timezone.now() + timedelta(minutes=7, seconds=30))

    page = editor_client.get(LIST).text

    assert "<strong>7 min left</strong>" in page
    assert "Slipped ≈ 6 months: spring 2027 → autumn 2027" in page
    assert address(held) in page


def test_an_empty_outbox_says_so(editor_client):
    assert "Nothing is held: all news has left." in editor_client.get(LIST).text


def test_what_is_held_shows_its_readers_and_its_mail(editor_client, held):
    SubscriptionFactory.create_batch(2)
    SubscriptionFactory(cadence="daily")
    SubscriptionFactory(min_days=300)

    answer = editor_client.get(address(held))

    assert "<strong>3</strong> readers are told, of 4 who follow it." in answer.text
    assert [(one.how, one.count) for one in answer.context["audience"].shares] == [
        ("e-mail, at once", 2),
        ("e-mail, once a day", 1),
    ]
    (shown,) = answer.context["mails"]
    assert shown.mail.subject == "ISSA-J1 launch: spring 2027 → autumn 2027"
    assert "spring 2027" in shown.mail.text
    assert answer.text.count('class="window-bar"') == 2


def test_the_mail_is_served_alone_and_may_run_nothing(editor_client, held):
    answer = editor_client.get(reverse("admin:notifications_outbox_mail", args=[held.pk, 0]))

    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "autumn 2027" in answer.text


def test_a_mail_that_is_not_there_is_not_found(editor_client, held):
    missing = reverse("admin:notifications_outbox_mail", args=[held.pk, 7])

    assert editor_client.get(missing).status_code == 404
    assert editor_client.get(address(held).replace(str(held.pk), "999")).status_code == 404


# ---- doing


def test_send_now_releases_it(editor, editor_client, held):
    said = do(editor_client, held, "send")

    assert said == ["ISSA-J1 launch: Sent: it is on its way to its readers."]
    assert (held.state, held.milestone.announced_revision) == ("released", held.to_revision)
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id) == (editor, str(held.pk))


def test_discard_tells_nobody_and_says_that_what_is_published_stays(editor_client, held):
    said = do(editor_client, held, "discard")

    assert said == [
        "ISSA-J1 launch: Discarded: nobody is told. What is published stays: autumn 2027."
    ]
    assert (held.state, held.closed_reason) == ("discarded", "by anna")
    assert held.milestone.current_revision.edtf == "2027-27"


def test_hold_for_an_hour_lasts_an_hour_and_an_edit_does_not_shorten_it(editor_client, held):
    do(editor_client, held, "hold")
    settles = held.settle_at

    now = timezone.now()
    state(held.milestone, "winter 2028/29", on=now.date(), at=now)

    held.refresh_from_db()
    assert timedelta(minutes=59) < settles - now <= timedelta(hours=1)
    assert (held.settle_at, held.to_revision.edtf) == (settles, "2028-28")


def test_hold_until_i_send_it_is_not_due_however_late(editor_client, held):
    said = do(editor_client, held, "keep")

    assert said == ["ISSA-J1 launch: Held until somebody sends it."]
    in_a_year = timezone.now() + timedelta(days=365)
    assert not Announcement.objects.due(at=in_a_year).exists()
    assert "until somebody sends it" in editor_client.get(LIST).text
    assert do(editor_client, held, "send")[0].endswith("on its way to its readers.")


def test_what_was_kept_back_may_be_held_for_an_hour_only(editor_client, held):
    do(editor_client, held, "keep")
    do(editor_client, held, "hold")

    assert Announcement.objects.due(at=timezone.now() + timedelta(hours=2)).exists()


def test_an_edit_that_merged_since_is_shown_before_anything_is_done(editor_client, held):
    now = timezone.now()
    state(held.milestone, "2029", on=now.date(), at=now)

    said = do(editor_client, held, "send", seen=2)

    assert said[0].startswith("Somebody edited this milestone since you looked")
    assert held.state == "held"
    assert do(editor_client, held, "send", seen=3)[0].endswith("on its way to its readers.")


@pytest.mark.parametrize("what", ["send", "hold", "keep", "discard"])
def test_what_is_held_no_longer_is_left_as_it_is(editor_client, held, what):
    outbox.release(held, at=timezone.now())

    said = do(editor_client, held, what)

    assert said == ["It is held no longer: released. Nothing is changed."]
    assert held.state == "released"


@pytest.mark.parametrize("sent", [{}, {"do": "burn", "seen": "2"}, {"do": "send", "seen": "x"}])
def test_what_is_no_answer_changes_nothing(editor_client, held, sent):
    answer = editor_client.post(address(held), sent, follow=True)

    assert [str(one) for one in answer.context["messages"]] == [
        "Choose what to do with it: nothing is changed."
    ]
    held.refresh_from_db()
    assert held.state == "held"


# ---- who may


def test_who_may_only_look_sees_no_buttons_and_does_nothing(client, editor, held):
    editor.groups.clear()
    editor.user_permissions.set(Permission.objects.filter(codename="view_announcement"))
    client.force_login(editor)

    page = client.get(address(held)).text

    assert "Send now" not in page
    assert client.post(address(held), {"do": "send", "seen": 2}).status_code == 403
    held.refresh_from_db()
    assert held.state == "held"


def test_who_has_no_right_and_who_is_a_stranger_see_nothing(client, powerless_client, held):
    mail = reverse("admin:notifications_outbox_mail", args=[held.pk, 0])
    for page in (LIST, address(held), mail):
        assert powerless_client.get(page).status_code == 403
        assert client.get(page).url.startswith(reverse("admin:login"))


def test_doing_needs_the_token_of_our_own_form(editor, held):
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)

    assert client.post(address(held), {"do": "send", "seen": 2}).status_code == 403


def test_the_list_of_announcements_leads_there(editor_client, held):
    assert (
        address(held) in editor_client.get(reverse("admin:timeline_announcement_changelist")).text
    )
