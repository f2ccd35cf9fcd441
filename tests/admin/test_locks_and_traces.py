"""Of two who edit one row the second overwrites nothing; and whoever writes leaves a trace."""

import pytest
from django.contrib import admin
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.urls import reverse

from notifications.models import Suppression
from tests.admin.screen import preview_and_save, sent_back, typed
from tests.admin.test_bad_input import NEW
from tests.admin.views import rows
from tests.factories import (
    MilestoneFactory,
    OrganisationFactory,
    ProgrammeFactory,
    SourceFactory,
    TagFactory,
)
from timeline.models import Revision

pytestmark = pytest.mark.django_db

MADE = {
    "programme": ProgrammeFactory,
    "organisation": OrganisationFactory,
    "tag": TagFactory,
    "milestone": MilestoneFactory,
    "source": SourceFactory,
}
TEXT = {"programme": "title", "milestone": "title", "source": "title"}  # the others have a name
OF_DJANGO = {"auth", "axes"}  # accounts and log-ins


def address(model, verb, *args):
    return reverse(f"admin:timeline_{model}_{verb}", args=args)


def opened(client, model, row):
    page = client.get(address(model, "change", row.pk))
    return sent_back(page.context["adminform"].form)


def traces():
    return list(LogEntry.objects.order_by("pk").values_list("user__username", "action_flag"))


def test_these_are_all_models_that_anybody_edits_in_the_admin(rf, admin_user):
    request = rf.get("/admin/")
    request.user = admin_user

    edited = {
        model._meta.model_name
        for model, one in admin.site._registry.items()  # noqa: SLF001
        if model._meta.app_label not in OF_DJANGO and one.has_add_permission(request)
    }

    assert edited == {*MADE, "suppression"}


@pytest.mark.parametrize("model", MADE)
def test_the_second_of_two_overwrites_nothing_and_sees_both(editor_client, other_client, model):
    row, field = MADE[model](), TEXT.get(model, "name")
    before = getattr(row, field)
    mine = opened(editor_client, model, row) | {field: "Mine"}
    theirs = opened(other_client, model, row) | {field: "Theirs"}

    first = other_client.post(address(model, "change", row.pk), theirs)
    second = editor_client.post(address(model, "change", row.pk), mine)

    row.refresh_from_db()
    form = second.context["adminform"].form
    assert (first.status_code, second.status_code) == (302, 200)
    assert getattr(row, field) == "Theirs"
    assert form[field].value() == "Mine"
    errors = [text for one in form.non_field_errors().as_data() for text in one.messages]
    assert errors[1:] == [f"{form.fields[field].label}: you saw “{before}”; now it is “Theirs”."]

    knowingly = editor_client.post(address(model, "change", row.pk), sent_back(form))

    row.refresh_from_db()
    assert (knowingly.status_code, getattr(row, field)) == (302, "Mine")


@pytest.mark.parametrize("model", MADE)
def test_adding_and_changing_a_row_leaves_who_and_when(editor_client, model):
    new = NEW[model]
    if model == "milestone":
        new = new | {"programme": ProgrammeFactory().pk}
    field = TEXT.get(model, "name")

    editor_client.post(address(model, "add"), new)
    row = MADE[model]._meta.model.objects.get(**{field: new[field]})
    sent = opened(editor_client, model, row) | {field: "Other"}
    editor_client.post(address(model, "change", row.pk), sent)

    assert traces() == [("anna", ADDITION), ("anna", CHANGE)]


@pytest.mark.parametrize("model", MADE)
def test_deleting_a_row_leaves_who_and_when(admin_client, model):
    row = MADE[model]()

    admin_client.post(address(model, "delete", row.pk), {"post": "yes"})

    assert traces() == [("admin", DELETION)]


def test_adding_and_dropping_a_suppression_leaves_who_and_when(admin_client):
    at = "admin:notifications_suppression"

    admin_client.post(reverse(f"{at}_add"), {"address": "ada@example.org", "reason": "complaint"})
    pk = Suppression.objects.get().pk
    admin_client.post(reverse(f"{at}_delete", args=[pk]), {"post": "yes"})

    assert traces() == [("admin", ADDITION), ("admin", DELETION)]


def state(client, found):
    milestone = found["milestone"]
    preview_and_save(client, milestone, typed(milestone, "2035"))


def act(name, row):
    """Withdraw a statement, or hold it true, or keep it beside."""

    def do(client, found):
        args = [found["milestone"].pk, found[row].pk]
        sent = {"reason": "Looked again", "seen_number": found["revision"].number}
        client.post(address("milestone", name, *args), sent)

    return do


def check(client, found):
    client.post(address("milestone", "check", found["milestone"].pk))


def outbox(what):
    def do(client, found):
        sent = {"do": what, "seen": found["revision"].number}
        at = reverse("admin:notifications_outbox_one", args=[found["announcement"].pk])
        client.post(at, sent)

    return do


WRITES = {
    "state": state,
    "withdraw": act("withdraw", "statement"),
    "hold true": act("hold_true", "dissent"),
    "keep beside": act("keep_beside", "statement"),
    "check": check,
    "send": outbox("send"),
    "hold": outbox("hold"),
    "keep": outbox("keep"),
    "discard": outbox("discard"),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_each_button_of_ours_leaves_who_and_when(editor, editor_client, write):
    found = rows()
    published = Revision.objects.count()

    write(editor_client, found)

    assert traces() == [("anna", CHANGE)]
    new = Revision.objects.filter(number__gt=published)
    assert {one.recorded_by for one in new} <= {editor}
