"""What a calendar is of and how it looks, under which name and address."""

import hashlib
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from timeline.ical.current import Current
from timeline.ical.options import DEFAULT, Options
from timeline.ical.rendering import UNTOUCHED, Settings
from timeline.models import Milestone, Organisation, Programme, Tag
from timeline.models.milestone import MilestoneQuerySet


@dataclass(frozen=True, kw_only=True)
class Feed:
    """What a calendar is of, and how it looks.

    `path` is its address with the query; it ends in the readable name that apps show, and is
    written into the calendar only if the feed is public. `page` tells more. `list_id` names the
    list for ever in the UIDs of entries that are of the list and not of a milestone.
    """

    name: str
    path: str
    page: str
    milestones: MilestoneQuerySet
    list_id: str
    options: Options = DEFAULT
    settings: Settings = UNTOUCHED
    is_public: bool = True

    @cached_property
    def current(self) -> Current:
        return Current(self.milestones)

    @property
    def filename(self) -> str:
        return self.path.partition("?")[0].rpartition("/")[2]


def of_everything() -> Feed:
    path = reverse("timeline:calendar")
    return Feed(
        name="Milepost",
        path=path,
        page=reverse("timeline:timeline"),
        milestones=Milestone.objects.published(),
        list_id=public_list_id(path),
    )


def of_programme(programme: Programme) -> Feed:
    path = reverse("timeline:calendar-programme", args=[programme.slug])
    return Feed(
        name=f"{programme.title} – Milepost",
        path=path,
        page=reverse("timeline:programme", args=[programme.slug]),
        milestones=Milestone.objects.published().in_programme(programme),
        list_id=public_list_id(path),
    )


def of_organisation(organisation: Organisation) -> Feed:
    path = reverse("timeline:calendar-organisation", args=[organisation.slug])
    return Feed(
        name=f"{organisation.name} – Milepost",
        path=path,
        page=reverse("timeline:organisation", args=[organisation.slug]),
        milestones=Milestone.objects.published().of_organisation(organisation),
        list_id=public_list_id(path),
    )


def of_tag(tag: Tag) -> Feed:
    path = reverse("timeline:calendar-tag", args=[tag.slug])
    return Feed(
        name=f"{tag.name} – Milepost",
        path=path,
        page=reverse("timeline:tag", args=[tag.slug]),
        milestones=Milestone.objects.published().tagged(tag),
        list_id=public_list_id(path),
    )


def public_list_id(address: str) -> str:
    """The `list_id` of a public feed: of its address, with a canonical query or none."""
    path, _, query = address.partition("?")
    named = path.strip("/").replace("/", "-")
    return f"{named}-{hashlib.sha256(query.encode()).hexdigest()[:12]}" if query else named
