"""What was said and what was published stays as it is, whatever is posted to the admin."""

import pytest
from django.contrib import admin
from django.urls import reverse

from tests.admin.views import address, rows, views
from tests.factories import MilestoneFactory, OrganisationFactory, TagFactory, state
from tests.notifications.factories import SubscriptionFactory
from timeline.models import Revision, Statement

pytestmark = pytest.mark.django_db

# What any form of Django's or ours would take for an order to change or delete.
ORDERS = {
    "post": "yes",
    "_save": "",
    "save": "",
    "do": "discard",
    "action": "delete_selected",
    "select_across": "1",
    "title": "other",
    "name": "other",
    "text": "other",
    "edtf": "1999",
    "status": "cancelled",
    "number": "7",
    "reason": "other",
    "stated_on": "1999-01-01",
    "recorded_at_0": "1999-01-01",
    "entered_by": "",
    "_delete": "1",
}
OURS = ("timeline", "notifications")
# Where a statement stands, and the change that it makes, is worked out anew; what it says stays.
SAID = [
    "id",
    "milestone",
    "source",
    "text",
    "stated_on",
    "stated_precision",
    "kind",
    "edtf",
    "qualifier",
    "precision",
    "zone",
    "window_end_at",
    "certainty",
    "reason",
    "corrects",
    "entered_at",
    "entered_by",
]


def kept():
    said = list(Statement.objects.order_by("pk").values(*SAID))
    return said, list(Revision.objects.order_by("pk").values())


@pytest.mark.usefixtures("editor")
def test_no_post_of_a_superuser_edits_or_deletes_a_revision_or_a_statement(admin_client):
    found = rows()
    said, published = kept()
    orders = ORDERS | {"_selected_action": [1, 2, 3], "seen_number": found["revision"].number}

    for name, route in views().items():
        if name != "logout":
            admin_client.post(address(name, route, found), orders)

    said_now, published_now = kept()
    assert said_now[: len(said)] == said
    assert published_now[: len(published)] == published


def ours():
    registered = admin.site._registry.items()  # noqa: SLF001
    return {model: one for model, one in registered if model._meta.app_label in OURS}


def test_these_are_all_actions_on_several_rows(rf, admin_user):
    """Each goes through a verb, as test_announcement.py tells: whoever adds one, tells so too."""
    request = rf.get("/admin/")
    request.user = admin_user

    actions = {model._meta.label: list(one.get_actions(request)) for model, one in ours().items()}

    assert {label: names for label, names in actions.items() if names} == {
        "timeline.Announcement": ["send_now", "discard"]
    }


@pytest.mark.parametrize("model", ["programme", "organisation", "tag", "milestone", "source"])
def test_what_somebody_follows_or_leans_on_is_not_deleted_and_says_what_to_do(admin_client, model):
    found = rows_in_use()[model]
    at = reverse(f"admin:timeline_{model}_delete", args=[found.pk])

    answer = admin_client.post(at, {"post": "yes"}, follow=True)

    [message] = answer.context["messages"]
    assert str(message).startswith(f"“{found}” has a history and stays. ")
    assert len(str(message).partition(" stays. ")[2]) > 10
    assert type(found).objects.filter(pk=found.pk).exists()


def rows_in_use():
    milestone, tag, organisation = MilestoneFactory(), TagFactory(), OrganisationFactory()
    SubscriptionFactory(scope="organisation", organisation=organisation)
    SubscriptionFactory(scope="tag", tag=tag)
    return {
        "programme": milestone.programme,
        "organisation": organisation,
        "tag": tag,
        "milestone": milestone,
        "source": state(milestone, "2027").statement.source,
    }
