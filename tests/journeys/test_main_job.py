"""A reader asks and confirms; an editor states a slip; it is in the inbox; one click ends it."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from notifications import pace
from notifications.tick import tick
from tests.admin.screen import preview_and_save, typed
from tests.factories import MilestoneFactory, SourceFactory, state
from tests.processes import now
from timeline import editors

pytestmark = pytest.mark.django_db
READER = "reader@example.org"


@pytest.fixture
def launch():
    at = now()
    milestone = MilestoneFactory(title="ISSA-J1 launch", home_zone="Asia/Tokyo", created_at=at)
    said_on = at.date() - timedelta(days=400)
    jaxa = SourceFactory(publisher="JAXA", grade="A")
    state(milestone, "spring 2037", at=at, on=said_on, source=jaxa, announce=False)
    return milestone


@pytest.fixture
def editor():
    anna = get_user_model().objects.create_user("anna", password="a", is_staff=True)
    anna.groups.add(editors.create_group())
    client = Client()
    client.force_login(anna)
    return client


@pytest.fixture
def reader():
    return Client(enforce_csrf_checks=True)


def ask(reader, followed):
    page = reader.get(reverse("notifications:subscribe")).text
    csrf = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    a_moment_ago = pace.stamp(at=now() - pace.AT_LEAST)
    form = {"email": READER, "follow": followed, "shown": a_moment_ago}
    if csrf:
        form["csrfmiddlewaretoken"] = csrf[1]
    return reader.post(reverse("notifications:subscribe"), form)


def confirm(reader, mail):
    link = re.search(r"/subscribe/confirm/\S+/", mail.message.get_body(("plain",)).get_content())
    reader.get(link[0])
    return reader.post(link[0])


def one_click(mail):
    """As a mail program does: no cookie, no page, no token of a form."""
    path = re.search(r"<https?://[^/]+(/\S+)>", mail.message["List-Unsubscribe"])[1]
    return Client(enforce_csrf_checks=True).post(path, {"List-Unsubscribe": "One-Click"})


def test_the_whole_round(launch, editor, reader, sink):
    ask(reader, f"milestone:{launch.slug}")
    tick(at=now())
    (question,) = sink.kept
    assert question.message["Subject"] == "Please confirm: news from Milepost"

    preview_and_save(editor, launch, typed(launch, "summer 2037", reason="Tests took longer"))
    tick(at=now() + timedelta(minutes=11))
    assert len(sink.kept) == 1  # nobody has confirmed yet

    assert confirm(reader, question).status_code == 200
    preview_and_save(editor, launch, typed(launch, "autumn 2037", reason="Tests took longer"))
    tick(at=now() + timedelta(minutes=9))
    assert len(sink.kept) == 1  # it settles

    tick(at=now() + timedelta(minutes=11))
    news = sink.kept[1]
    assert (news.recipient, news.message["Subject"]) == (
        READER,
        "ISSA-J1 launch: summer 2037 → autumn 2037",
    )
    assert "Why:      Tests took longer" in news.message.get_body(("plain",)).get_content()
    assert b"autumn 2037" in reader.get("/calendar/all.ics").content

    assert [one_click(news).status_code for _ in range(2)] == [200, 200]
    preview_and_save(editor, launch, typed(launch, "2039"))
    tick(at=now() + timedelta(minutes=11))
    assert len(sink.kept) == 2
