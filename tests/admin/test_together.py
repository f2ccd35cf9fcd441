from threading import Thread
from time import sleep

import pytest
from django.db import connection, transaction
from django.urls import reverse

from tests.admin.screen import sent_back
from tests.factories import MilestoneFactory, TagFactory, state
from timeline.models import Milestone

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

PATIENCE = 600  # hundredths of a second


def wait_until_somebody_waits_for_a_row():
    for _ in range(PATIENCE):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        sleep(0.01)
    raise AssertionError("Nobody waited: the row was not locked.")


def test_of_two_who_save_at_the_same_moment_the_second_overwrites_nothing(editor_client):
    draft = MilestoneFactory(summary="")
    address = reverse("admin:timeline_milestone_change", args=[draft.pk])
    mine = sent_back(editor_client.get(address).context["adminform"].form) | {"summary": "Mine"}
    answers = []

    def save_mine():
        try:
            answers.append(editor_client.post(address, mine))
        finally:
            connection.close()

    saving = Thread(target=save_mine)
    try:
        with transaction.atomic():
            Milestone.objects.locked(draft.pk)
            saving.start()
            wait_until_somebody_waits_for_a_row()
            Milestone.objects.filter(pk=draft.pk).update(summary="Theirs")
    finally:
        saving.join()

    draft.refresh_from_db()
    assert draft.summary == "Theirs"
    assert answers[0].context["adminform"].form["summary"].value() == "Mine"


def test_who_deletes_a_tag_does_not_stand_in_the_way_of_who_publishes(admin_client):
    tag, launch = TagFactory(), MilestoneFactory()
    launch.tags.add(tag)
    state(launch, "2027", announce=False)
    answers = []

    def delete():
        try:
            address = reverse("admin:timeline_tag_delete", args=[tag.pk])
            answers.append(admin_client.post(address, {"post": "yes"}).status_code)
        finally:
            connection.close()

    deleting = Thread(target=delete)
    try:
        with transaction.atomic():
            state(launch, "2028", announce=False)
            deleting.start()
            wait_until_somebody_waits_for_a_row()
    finally:
        deleting.join()

    launch.refresh_from_db()
    assert answers == [302]
    assert [*launch.tags.all()] == []
    assert launch.current_revision.number == 3
