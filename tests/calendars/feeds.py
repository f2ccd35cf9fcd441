"""The calendars that most tests ask for, as their addresses give them."""

from timeline.addresses import Asked
from timeline.choosing import Choice
from timeline.feeds.calendars import feed_of
from timeline.ical.feed import Feed
from timeline.ical.options import Options
from timeline.models import Organisation, Programme, Tag


def everything() -> Feed:
    return feed_of(Asked(Choice(), Options()))


def of_group(group: Programme | Organisation | Tag) -> Feed:
    name = type(group).__name__.lower()
    return feed_of(Asked(Choice({name: (group.slug,)}), Options()))
