"""Nothing that is followed or told of can vanish under those who wait for it."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from notifications.models import Delivery
from tests.factories import MilestoneFactory, ProgrammeFactory, TagFactory, state
from tests.notifications.factories import (
    DeliveryFactory,
    NotificationFactory,
    SubscriptionFactory,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("scope", "factory"),
    [("milestone", MilestoneFactory), ("programme", ProgrammeFactory), ("tag", TagFactory)],
)
def test_what_somebody_follows_is_not_deleted(scope, factory):
    followed = factory()
    SubscriptionFactory(scope=scope, **{scope: followed})

    with pytest.raises(ProtectedError):
        followed.delete()


def test_a_milestone_of_which_something_is_owed_is_not_deleted_nor_its_programme():
    milestone = MilestoneFactory()
    revision = state(milestone, "2027").revision
    DeliveryFactory(notification=NotificationFactory(milestone=milestone, revision=revision))

    for row in (milestone, milestone.programme):
        with pytest.raises(ProtectedError):
            row.delete()
    with pytest.raises(ValidationError, match="A revision is never deleted"):
        revision.delete()

    assert Delivery.objects.due(at=Delivery.objects.get().owed_at).count() == 1


def test_an_editor_is_told_that_a_followed_tag_stays(admin_client):
    tag = TagFactory(name="debris")
    SubscriptionFactory(scope="tag", tag=tag)

    page = admin_client.post(f"/admin/timeline/tag/{tag.pk}/delete/", {"post": "yes"}, follow=True)

    assert "“debris” has a history and stays." in page.content.decode()
    assert type(tag).objects.filter(pk=tag.pk).exists()
