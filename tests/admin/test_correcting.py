"""An editor sets right what we mistook, from the screen to what readers get."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from notifications import fanout
from notifications.models import Delivery, Notification
from notifications.tick import tick
from tests.admin.screen import preview, preview_and_save, sent_back, today, typed
from tests.factories import MilestoneFactory, SourceFactory, state
from tests.notifications.factories import SubscriptionFactory
from timeline import outbox
from timeline.models import Announcement, Revision, Statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def launch():
    """Published as "spring 2028", a mistake of ours: they had said "spring 2027"."""
    milestone = MilestoneFactory(title="ISSA-J1 launch", home_zone="Asia/Tokyo")
    jaxa = SourceFactory(publisher="JAXA", grade="A")
    at = timezone.now() - timedelta(hours=2)
    state(milestone, "2026", on=today(), at=at, source=jaxa, announce=False)
    state(milestone, "spring 2028", on=today(), at=at + timedelta(minutes=1), source=jaxa)
    milestone.refresh_from_db()
    return milestone


def said(milestone, words):
    return milestone.statements.get(text=words)


def correct_url(statement):
    where = [statement.milestone_id, statement.pk]
    return reverse("admin:timeline_milestone_correct", args=where)


def as_shown(client, statement):
    """What a browser would send of the screen as it was opened."""
    return sent_back(client.get(correct_url(statement)).context["form"])


def correct(client, statement, **mended):
    sent = as_shown(client, statement) | mended
    shown = client.post(correct_url(statement), sent | {"preview": ""}).context["outlook"]
    return client.post(correct_url(statement), sent | {"save": "", "confirmed": shown.digest})


def released(milestone):
    outbox.release(Announcement.objects.get(milestone=milestone), at=timezone.now())


def standings():
    return dict(Statement.objects.values_list("text", "standing"))


def test_the_screen_opens_with_what_was_stated(editor_client, launch):
    sent = as_shown(editor_client, said(launch, "spring 2028"))

    assert (sent["words"], sent["stated_on"]) == ("spring 2028", today().isoformat())
    assert sent["source"] == said(launch, "spring 2028").source_id
    assert "telling" not in sent


def test_what_is_set_right_is_published_and_the_mistake_struck(editor, editor_client, launch):
    answer = correct(editor_client, said(launch, "spring 2028"), words="spring 2027")

    assert answer.status_code == 302
    assert standings() == {
        "2026": "superseded",
        "spring 2028": "withdrawn",
        "spring 2027": "current",
    }
    right = said(launch, "spring 2027")
    assert (right.corrects, right.entered_by) == (said(launch, "spring 2028"), editor)
    assert Revision.objects.latest("number").recorded_by == editor
    assert LogEntry.objects.get().change_message == "Corrected “spring 2028” to “spring 2027”."


def test_readers_see_it_struck_and_what_it_was_corrected_to(client, editor_client, launch):
    correct(editor_client, said(launch, "spring 2028"), words="spring 2027")

    page = client.get(launch.get_absolute_url()).text
    assert "<s>spring 2028</s>" in page
    right = said(launch, "spring 2027")
    assert f'to <a href="#said-{right.pk}">“spring 2027”</a>' in page
    assert "Our mistake, corrected on" in page


def test_what_is_held_is_set_right_before_anybody_reads_it(editor_client, launch):
    mistaken = said(launch, "spring 2028")
    sent = as_shown(editor_client, mistaken) | {"words": "spring 2027", "preview": ""}

    shown = editor_client.post(correct_url(mistaken), sent)
    correct(editor_client, mistaken, words="spring 2027")

    assert "What is held is set right, before anybody reads it." in shown.text
    held = Announcement.objects.get()
    assert (held.state, held.to_revision.edtf) == ("held", "2027-25")


def test_exactly_those_who_were_told_wrong_are_told(editor_client, launch):
    told = SubscriptionFactory()
    released(launch)
    tick(at=timezone.now(), seconds=5)
    came_later = SubscriptionFactory()
    mistaken = said(launch, "spring 2028")
    sent = as_shown(editor_client, mistaken) | {"words": "spring 2027", "preview": ""}

    shown = editor_client.post(correct_url(mistaken), sent)
    correct(editor_client, mistaken, words="spring 2027")
    outbox.release(Announcement.objects.held().get(), at=timezone.now())
    for news in fanout.released_and_not_noted():
        fanout.note_announcement(news, at=timezone.now())
    fanout.fan_out(Notification.objects.pending().get(), at=timezone.now())

    assert "A correction goes to those who were told it, and to nobody else." in shown.text
    corrections = Delivery.objects.filter(notification__revision__edtf="2027-25")
    assert [one.channel for one in corrections] == [told.channel]
    assert came_later.deliveries.count() == 0


def test_a_mistake_in_the_history_is_set_right_and_nobody_is_told(editor_client, launch):
    released(launch)
    mistaken = said(launch, "2026")
    sent = as_shown(editor_client, mistaken) | {"words": "2025", "preview": ""}

    shown = editor_client.post(correct_url(mistaken), sent)
    correct(editor_client, mistaken, words="2025")

    assert "The history is set right. What is published stays, and nobody is told." in shown.text
    assert standings() == {"2025": "superseded", "2026": "withdrawn", "spring 2028": "current"}
    assert Announcement.objects.held().count() == 0


def test_nothing_mended_is_refused(editor_client, launch):
    mistaken = said(launch, "spring 2028")

    shown = editor_client.post(
        correct_url(mistaken), as_shown(editor_client, mistaken) | {"preview": ""}
    )

    assert "This is what we have already: nothing would be corrected." in shown.text
    assert 'name="save"' not in shown.text


def test_the_second_of_two_editors_sees_both_versions_and_corrects_nothing(editor_client, launch):
    mistaken = said(launch, "spring 2028")
    sent = as_shown(editor_client, mistaken) | {"words": "spring 2027"}
    state(launch, "2029", on=today(), at=timezone.now())

    answer = editor_client.post(correct_url(mistaken), sent | {"save": ""})

    assert answer.status_code == 200
    assert "Somebody published while you were writing." in answer.text
    assert standings()["spring 2028"] == "superseded"
    assert answer.context["form"]["words"].value() == "spring 2027"


def test_the_screen_of_a_date_offers_to_correct_what_is_published(editor_client, launch):
    sent = typed(launch, "spring 2027", telling="correction")

    answer = preview_and_save(editor_client, launch, sent)

    assert answer.status_code == 302
    assert standings()["spring 2028"] == "withdrawn"
    assert said(launch, "spring 2027").corrects == said(launch, "spring 2028")


def test_of_a_draft_there_is_nothing_to_correct(editor_client):
    draft = MilestoneFactory()

    shown = preview(editor_client, draft, typed(draft, "2027", telling="correction"))

    errors = shown.context["form"].errors["telling"]
    assert errors == ["Nothing is published yet: there is nothing to correct."]


@pytest.mark.parametrize("name", ["correct", "hold_true", "keep_beside", "withdraw"])
def test_who_may_not_change_milestones_thinks_again_of_nothing(powerless_client, launch, name):
    where = [launch.pk, said(launch, "spring 2028").pk]
    address = reverse(f"admin:timeline_milestone_{name}", args=where)

    assert powerless_client.get(address).status_code == 403
    assert powerless_client.post(address, {"reason": "x", "seen_number": 2}).status_code == 403
    assert standings()["spring 2028"] == "current"


# ---- dissent and current


def think_again(client, name, statement, *, seen=2, reason="JAXA confirmed it"):
    address = reverse(
        f"admin:timeline_milestone_{name}", args=[statement.milestone_id, statement.pk]
    )
    shown = client.get(address)
    return shown, client.post(address, {"reason": reason, "seen_number": seen})


def test_dissent_is_taken_as_what_holds(editor, editor_client, launch):
    press = SourceFactory(publisher="The Hindu", grade="C")
    state(launch, "2030", on=today(), at=timezone.now(), source=press, standing="")

    shown, answer = think_again(editor_client, "hold_true", said(launch, "2030"))

    assert shown.context["instead"].date == "2030"
    assert answer.status_code == 302
    assert standings()["2030"] == "current"
    revision = Revision.objects.latest("number")
    assert (revision.reason, revision.recorded_by) == ("JAXA confirmed it", editor)
    entry = LogEntry.objects.get().change_message
    assert entry == "Taken as what holds: “2030”. JAXA confirmed it"


def test_what_holds_is_kept_beside(client, editor_client, launch):
    shown, answer = think_again(editor_client, "keep_beside", said(launch, "spring 2028"))

    assert shown.context["instead"].date == "2026"
    assert answer.status_code == 302
    assert standings() == {"2026": "current", "spring 2028": "dissent"}
    assert "spring 2028" in client.get(launch.get_absolute_url()).text


def test_the_history_leads_to_each_of_them_where_it_can_be_done(editor_client, launch):
    history = reverse("admin:timeline_milestone_change", args=[launch.pk])
    mistaken = said(launch, "spring 2028")

    page = editor_client.get(history).text

    assert correct_url(mistaken) in page
    assert reverse("admin:timeline_milestone_keep_beside", args=[launch.pk, mistaken.pk]) in page
    assert "hold-true" not in page
