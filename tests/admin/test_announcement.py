from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from tests.factories import MilestoneFactory, state
from timeline import outbox
from timeline.models import Announcement

pytestmark = pytest.mark.django_db

LIST = reverse("admin:timeline_announcement_changelist")


def seen_in_the_list(*announcements):
    """What the list sends along: which revision each would have told of."""
    return {f"seen-{one.pk}": one.to_revision.number for one in announcements}


def act(client, action, *announcements, seen=None):
    sent = {"action": action, "_selected_action": [one.pk for one in announcements]}
    sent |= seen_in_the_list(*announcements) if seen is None else seen
    answer = client.post(LIST, sent, follow=True)
    return [str(one) for one in answer.context["messages"]]


def announced(words, **milestone):
    now = timezone.now()
    return state(MilestoneFactory(**milestone), words, at=now, on=now.date()).announcement


@pytest.fixture
def held():
    return announced("2027", title="Launch")


def test_the_outbox_tells_what_readers_will_hear_and_when(editor_client, held):
    Announcement.objects.update(settle_at=timezone.now() + timedelta(minutes=7, seconds=30))

    answer = editor_client.get(LIST)

    assert "First dated: 2027" in answer.text
    assert "in 7 min" in answer.text


def test_send_now_releases(editor_client, held):
    said = act(editor_client, "send_now", held)

    held.refresh_from_db()
    held.milestone.refresh_from_db()
    assert said == ["Sent: 1."]
    assert held.state == "released"
    assert held.milestone.announced_revision == held.to_revision


def test_discard_tells_nobody_and_keeps_what_is_published(editor_client, held):
    said = act(editor_client, "discard", held)

    held.refresh_from_db()
    assert said == ["Discarded: 1."]
    assert (held.state, held.closed_reason) == ("discarded", "by anna")
    assert held.milestone.current_revision is not None


@pytest.mark.parametrize(("action", "said"), [("send_now", "Sent."), ("discard", "Discarded.")])
def test_the_log_says_who_sent_or_discarded_it(editor, editor_client, held, action, said):
    other = announced("2028")
    outbox.release(other, at=timezone.now())

    act(editor_client, action, held, other)

    logged = LogEntry.objects.values_list("user", "object_id", "change_message")
    assert list(logged) == [(editor.pk, str(held.pk), said)]


def test_the_list_says_which_news_it_shows(editor_client, held):
    page = editor_client.get(LIST).text

    assert f'<input type="hidden" name="seen-{held.pk}" value="1">' in page


@pytest.mark.parametrize("action", ["send_now", "discard"])
@pytest.mark.parametrize("number", [1, "", "x", "9" * 30])
def test_news_that_merged_since_the_list_was_shown_is_left(editor_client, held, action, number):
    now = timezone.now()
    state(held.milestone, "2029", at=now, on=now.date())

    said = act(editor_client, action, held, seen={f"seen-{held.pk}": number})

    held.refresh_from_db()
    assert held.state == "held"
    done = {"send_now": "Sent", "discard": "Discarded"}[action]
    assert said == [f"{done}: 0. Edited since you looked, so left as they are: 1."]


def test_what_is_held_no_longer_is_left_as_it_is(editor_client, held):
    other = announced("2028")
    outbox.release(held, at=timezone.now())

    said = act(editor_client, "discard", held, other)

    held.refresh_from_db()
    assert held.state == "released"
    assert said == ["Discarded: 1. No longer held, so left as they are: 1."]


def test_the_held_ones_come_first(editor_client, held):
    closed = announced("2028")
    outbox.discard(closed, at=timezone.now(), reason="a mistake")

    answer = editor_client.get(LIST)

    assert list(answer.context["cl"].result_list) == [held, closed]
    assert "a mistake" in answer.text
