"""A feed of django-ical, written as its documentation shows it, and the settings of its site."""

from datetime import date, datetime
from typing import Any

from django_ical.views import ICalFeed

from benchmarks.peers.entries import Entry, entries

ENTRIES = entries()

# What `django-admin startproject` puts there.
STARTPROJECT = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]


def site(*, urls: str, middleware: list[str]) -> dict[str, Any]:
    return {
        "ALLOWED_HOSTS": ["127.0.0.1"],
        "INSTALLED_APPS": [
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
        ],
        "MIDDLEWARE": middleware,
        "ROOT_URLCONF": urls,
        "SECRET_KEY": "of no use to anybody",
        "USE_TZ": True,
    }


class Plans(ICalFeed):  # type: ignore[misc]
    product_id = "-//Milepost//Benchmark//EN"
    title = "Milepost"
    description = "When things are to happen and who says so."
    file_name = "plans.ics"

    def items(self) -> list[Entry]:
        return ENTRIES

    def item_guid(self, item: Entry) -> str:
        return item.uid

    def item_title(self, item: Entry) -> str:
        return item.title

    def item_description(self, item: Entry) -> str:
        return item.text

    def item_link(self, item: Entry) -> str:
        return item.link

    def item_start_datetime(self, item: Entry) -> date:
        return item.start

    def item_end_datetime(self, item: Entry) -> date:
        return item.end

    def item_created(self, item: Entry) -> datetime:
        return item.created

    def item_updateddate(self, item: Entry) -> datetime:
        return item.changed

    def item_status(self, item: Entry) -> str:
        return item.status

    def item_transparency(self, item: Entry) -> str:
        del item
        return "TRANSPARENT"

    def item_categories(self, item: Entry) -> list[str]:
        return item.categories
