"""Who gets what at every address of the admin. A new view needs a line here."""

import re
from html import unescape

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client

from tests.admin.conftest import logged_in
from tests.admin.views import address, rows, views

pytestmark = pytest.mark.django_db

# To a stranger, staff without rights, who may only look at the timeline, an editor, a superuser.
# "login": he is led to the page to log in.
NOBODY = "login 403 403 403 403"
LOOKED_AT = "login 403 200 200 200"
EDITED = "login 403 403 200 200"
OPERATED = "login 403 403 403 200"
KEPT = "login 403 403 403 302"  # it has a history: led back, with what to do instead
LED_ON = "login 302 302 302 302"  # to the page of the row, which judges for itself
STAFF = "login 200 200 200 200"
NOTHING = "login 404 404 404 404"
NO_VERB = "login 405 405 405 405"
ONLY_POST = "405 405 405 405 405"

Answers = tuple[str, str]  # of GET and of POST

BY_VERB: dict[str, dict[str, Answers]] = {
    "written": {
        "changelist": (LOOKED_AT, LOOKED_AT),
        "add": (EDITED, EDITED),
        "change": (LOOKED_AT, EDITED),
        "delete": (OPERATED, OPERATED),
        "history": (LOOKED_AT, LOOKED_AT),
    },
    "read": {
        "changelist": (LOOKED_AT, LOOKED_AT),
        "add": (NOBODY, NOBODY),
        "change": (LOOKED_AT, NOBODY),
        "delete": (NOBODY, NOBODY),
        "history": (LOOKED_AT, LOOKED_AT),
    },
    "of operators": {
        "changelist": (OPERATED, OPERATED),
        "add": (NOBODY, NOBODY),
        "change": (OPERATED, NOBODY),
        "delete": (NOBODY, NOBODY),
        "history": (OPERATED, OPERATED),
    },
    "of log-ins": {
        "changelist": (OPERATED, OPERATED),
        "add": (NOBODY, NOBODY),
        "change": (KEPT, KEPT),  # there is no row in this test
        "delete": (KEPT, KEPT),
        "history": (LED_ON, LED_ON),
    },
    "of accounts": {
        "changelist": (OPERATED, OPERATED),
        "add": (OPERATED, OPERATED),
        "change": (OPERATED, OPERATED),
        "delete": (OPERATED, OPERATED),
        "history": (OPERATED, OPERATED),
    },
}
MODELS = {
    "timeline_programme": "written",
    "timeline_organisation": "written",
    "timeline_tag": "written",
    "timeline_milestone": "written",
    "timeline_source": "written",
    "timeline_statement": "read",
    "timeline_revision": "read",
    "timeline_announcement": "read",
    "notifications_notification": "of operators",
    "notifications_delivery": "of operators",
    "notifications_channel": "of operators",
    "notifications_subscriber": "of operators",
    "notifications_subscription": "of operators",
    "notifications_suppression": "of operators",
    "notifications_reminderplan": "of operators",
    "notifications_circuit": "of operators",
    "notifications_heartbeat": "of operators",
    "axes_accessattempt": "of log-ins",
    "axes_accesslog": "of log-ins",
    "axes_accessfailurelog": "of log-ins",
    "auth_user": "of accounts",
    "auth_group": "of accounts",
}
OTHERS: dict[str, Answers] = {
    "index": (STAFF, STAFF),
    "login": ("200 302 302 302 302", "200 200 200 200 200"),
    "logout": ("302 405 405 405 405", "302 200 200 200 200"),
    "password_change": (STAFF, STAFF),
    "password_change_done": (STAFF, NO_VERB),
    "autocomplete": ("login 403 403 403 403", NO_VERB),
    "jsi18n": (STAFF, NO_VERB),
    "view_on_site": (NOTHING, NOTHING),
    "app_list": ("login 404 200 200 200", "login 404 200 200 200"),
    "admin/(?P<url>.*)$": (NOTHING, NOTHING),
    "auth_user_password_change": (OPERATED, OPERATED),
    # What has a history, as in this test, is kept; and a suppression is added and dropped.
    "timeline_programme_delete": (KEPT, KEPT),
    "timeline_milestone_delete": (KEPT, KEPT),
    "timeline_source_delete": (KEPT, KEPT),
    "notifications_suppression_add": (OPERATED, OPERATED),
    "notifications_suppression_delete": (OPERATED, OPERATED),
    "timeline_milestone_paste": (EDITED, EDITED),
    "timeline_milestone_import": (EDITED, EDITED),
    "timeline_milestone_import_one": (EDITED, "login 403 403 302 302"),
    "timeline_milestone_export": (LOOKED_AT, "405 405 405 405 405"),
    "timeline_milestone_state": (EDITED, EDITED),
    "timeline_milestone_reading": (ONLY_POST, EDITED),
    "timeline_milestone_correct": (EDITED, EDITED),
    "timeline_milestone_correct_reading": (ONLY_POST, EDITED),
    "timeline_milestone_check": (ONLY_POST, "login 403 403 302 302"),
    "timeline_milestone_withdraw": (EDITED, EDITED),
    "timeline_milestone_hold_true": (EDITED, EDITED),
    "timeline_milestone_keep_beside": (EDITED, EDITED),
    "notifications_outbox": (LOOKED_AT, NO_VERB),
    "notifications_outbox_one": (LOOKED_AT, EDITED),
    "notifications_outbox_mail": (LOOKED_AT, NO_VERB),
}
VIEWS = views()


def text_of(answer) -> str:
    """Also of an export, which is written while it is sent."""
    return (answer.getvalue() if answer.streaming else answer.content).decode()


def expected(name: str) -> Answers | None:
    """What the table says of a view; None if it says nothing."""
    if name in OTHERS:
        return OTHERS[name]
    model, _, verb = name.rpartition("_")
    if model in MODELS:
        return BY_VERB[MODELS[model]].get(verb)
    is_old_address = re.fullmatch(r"admin/\w+/\w+/<path:object_id>/", name)
    return (LED_ON, LED_ON) if is_old_address else None


@pytest.fixture
def clients(editor_client, powerless_client, admin_client):
    viewer = get_user_model().objects.create_user("vera", is_staff=True)
    looks = Permission.objects.filter(content_type__app_label="timeline")
    viewer.user_permissions.set(looks.filter(codename__startswith="view_"))
    return [Client(), powerless_client, logged_in(viewer), editor_client, admin_client]


def answer_of(response) -> str:
    is_login = response.headers.get("Location", "").startswith("/admin/login/?next=")
    return "login" if is_login else str(response.status_code)


def test_the_table_has_a_line_for_every_view_and_for_nothing_else():
    named = {f"{model}_{verb}" for model, kind in MODELS.items() for verb in BY_VERB[kind]}

    assert [name for name in VIEWS if expected(name) is None] == []
    assert (named | set(OTHERS)) - set(VIEWS) == set()


def test_each_view_answers_each_as_the_table_says(clients):
    found, answers = rows(), {}
    for name in sorted(VIEWS, key=lambda name: name == "logout"):  # the last: it ends them all
        at = address(name, VIEWS[name], found)
        got = " ".join(answer_of(client.get(at)) for client in clients)
        posted = " ".join(answer_of(client.post(at)) for client in clients)
        answers[name] = (got, posted)

    assert answers == {name: expected(name) for name in VIEWS}


LINKS = re.compile(r'(?:href|action)="(/admin/[^"#]*)"')


@pytest.mark.parametrize("who", [1, 2, 3], ids=["powerless", "viewer", "editor"])
def test_no_page_leads_anybody_where_he_may_not_go(clients, who):
    found, client = rows(), clients[who]
    pages = [client.get(address(name, VIEWS[name], found)) for name in VIEWS if name != "logout"]
    links = {unescape(one) for page in pages for one in LINKS.findall(text_of(page))}
    links.discard("/admin/logout/")

    answers = {link: client.get(link).status_code for link in links}

    assert len(answers) > 1
    assert {link: code for link, code in answers.items() if code in (403, 404)} == {}


# What a button or a field is called that only an editor may use.
TO_WRITE = ['name="_save"', 'name="save"', 'name="do"', 'name="action"', "State a date", "/check/"]


def test_who_may_only_look_sees_no_button_that_writes(clients):
    found, viewer = rows(), clients[2]

    pages = {
        name: text_of(viewer.get(address(name, VIEWS[name], found)))
        for name in VIEWS
        if name.startswith(("timeline_", "notifications_")) or name == "index"
    }

    seen = [(name, sign) for name, page in pages.items() for sign in TO_WRITE if sign in page]
    assert seen == []
