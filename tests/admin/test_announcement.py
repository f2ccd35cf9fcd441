from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import MilestoneFactory, state
from timeline import outbox
from timeline.models import Announcement

pytestmark = pytest.mark.django_db

LIST = reverse("admin:timeline_announcement_changelist")


def act(client, action, *announcements):
    chosen = [one.pk for one in announcements]
    answer = client.post(LIST, {"action": action, "_selected_action": chosen}, follow=True)
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
