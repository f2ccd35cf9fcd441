"""A mistake is taken back from where it was made, before anybody reads of it."""

import re
from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.utils import timezone

from tests.admin.screen import preview_and_save, today, typed
from tests.factories import MilestoneFactory, SourceFactory, release_due, state
from timeline.models import Announcement

pytestmark = pytest.mark.django_db

LINK = re.compile(r'<a href="([^"]+)">Take it back</a>')


@pytest.fixture
def launch():
    """Published as "2027", and readers know it."""
    milestone = MilestoneFactory(title="Launch <b>one</b>")
    source = SourceFactory(publisher="JAXA", grade="A")
    on = today() - timedelta(days=400)
    state(milestone, "2027", on=on, source=source, announce=False)
    return milestone


def said(answer):
    [message] = get_messages(answer.wsgi_request)
    return str(message)


def test_what_was_just_stated_is_taken_back_and_nobody_hears_of_it(editor_client, launch):
    stated = preview_and_save(editor_client, launch, typed(launch, "2028"))
    back = LINK.search(said(stated)).group(1)
    form = editor_client.get(back).context["form"]

    answer = editor_client.post(
        back, {"reason": "Another mission", "seen_number": form["seen_number"].value()}
    )

    launch.refresh_from_db()
    assert answer.status_code == 302
    assert launch.current_revision.edtf == "2027"
    assert Announcement.objects.get().state == "discarded"
    assert release_due(at=timezone.now() + timedelta(days=1)) == 0


def test_the_first_date_of_a_draft_has_no_way_back(editor_client):
    draft = MilestoneFactory()

    stated = preview_and_save(editor_client, draft, typed(draft, "2028"))

    assert not LINK.search(said(stated))


def test_a_correction_is_not_taken_back_by_withdrawing_it(editor_client, launch):
    sent = typed(launch, "2028", telling="correction")

    corrected = preview_and_save(editor_client, launch, sent)

    assert corrected.status_code == 302
    assert not LINK.search(said(corrected))


def test_what_the_message_says_of_words_is_escaped(editor_client, launch):
    stated = preview_and_save(editor_client, launch, typed(launch, "2028", title="<b>"))

    page = editor_client.get(stated.headers["Location"]).text

    assert LINK.search(page)
    assert "<b>one" not in page
