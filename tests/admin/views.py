"""Every address of the admin, and rows for those that ask for some."""

import re
from collections.abc import Iterator
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import URLResolver, get_resolver

from notifications.models import (
    Channel,
    Circuit,
    Heartbeat,
    Notification,
    ReminderPlan,
    Suppression,
)
from tests.clock import NOON
from tests.factories import MilestoneFactory, OrganisationFactory, TagFactory, state
from tests.notifications.factories import DeliveryFactory
from timeline.models import Upload

NOWHERE = "999999"


def views() -> dict[str, str]:
    """The name of each view of the admin with its route; what has no name is named as its route."""
    found = _walk(get_resolver().url_patterns, "")
    return {name or route: route for route, name in found if route.startswith("admin/")}


def _walk(patterns: Any, prefix: str) -> Iterator[tuple[str, str]]:
    for one in patterns:
        route = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _walk(one.url_patterns, route)
        else:
            yield route, one.name or ""


def rows() -> dict[str, Any]:
    """One row of each model that has a page in the admin and is ours, by the name of the model."""
    milestone = MilestoneFactory(title="Launch")
    first = state(milestone, "2027", announce=False)
    published = state(milestone, "2028")
    beside = state(milestone, "2029", standing="dissent")
    delivery = DeliveryFactory(notification__milestone=milestone)
    channel = Channel.objects.get()
    return {
        "programme": milestone.programme,
        "organisation": OrganisationFactory(),
        "tag": TagFactory(),
        "milestone": milestone,
        "source": first.statement.source,
        "statement": published.statement,
        "dissent": beside.statement,
        "revision": published.revision,
        "announcement": published.announcement,
        "notification": Notification.objects.get(),
        "upload": Upload.objects.create(name="said.csv", form="csv", uploaded_at=NOON),
        "delivery": delivery,
        "channel": channel,
        "subscriber": channel.subscriber,
        "subscription": delivery.subscription,
        "suppression": Suppression.objects.create(address_key="a" * 64, reason="dead", since=NOON),
        "heartbeat": Heartbeat.objects.create(name="tick", at=NOON),
        "circuit": Circuit.objects.create(name="email", since=NOON, failures=1, retry_at=NOON),
        "reminderplan": ReminderPlan.objects.create(
            milestone=milestone,
            statement=published.statement,
            anchor="start",
            fire_at=NOON,
            expires_at=NOON,
        ),
        "group": Group.objects.get(),
        "user": get_user_model().objects.get(username="anna"),
    }


def address(name: str, route: str, found: dict[str, Any]) -> str:
    """The address of the view with these rows; of what there is no row, with a number of none."""
    model = re.match(r"admin/\w+/(\w+)/", route)
    row = found.get(model[1]) if model else None
    statement = found["dissent" if name.endswith("hold_true") else "statement"]
    pk = row.pk if row is not None else NOWHERE
    if "outbox" in route:
        pk = found["announcement"].pk
    if "upload_id" in route:
        pk = found["upload"].pk
    filled = (
        route.replace("<int:statement_id>", str(statement.pk))
        .replace("export/<str:name>", "export/statements.csv")
        .replace("<int:number>", "0")
        .replace("<path:content_type_id>", "1")
        .replace("^(?P<app_label>auth|axes|timeline|notifications)/$", "timeline/")
        .replace("(?P<url>.*)$", "nothing-like-it/")
    )
    return "/" + re.sub(r"<[^>]+>", str(pk), filled)
