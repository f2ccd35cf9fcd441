"""Open private feeds that all show one milestone; print its id and where the feeds are, as JSON."""

import json
import sys
from datetime import datetime

import django
from django.core.management import call_command
from django.db import transaction

django.setup()

from benchmarks.serving.content import fill, now  # noqa: E402  (rows exist from here on)
from tests.factories import ProgrammeFactory  # noqa: E402
from timeline import private_feeds  # noqa: E402
from timeline.choosing import Choice  # noqa: E402
from timeline.ical.options import Options  # noqa: E402

PROGRAMMES = 5
# They differ in what they show besides, and in how they show it.
OPTIONS = (Options(), Options(), Options(busy="1"), Options(prefix="0"))


@transaction.atomic
def open_feeds(count: int) -> list[str]:
    at = now()
    return [_open_feed(number, at=at) for number in range(count)]


def _open_feed(number: int, *, at: datetime) -> str:
    choice = Choice({"programme": ("shared", f"programme-{number % PROGRAMMES}")})
    options = OPTIONS[number // PROGRAMMES % len(OPTIONS)]
    opened = private_feeds.open_feed(f"Feed {number}", choice, options, at=at)
    return private_feeds.path_of(opened.feed, opened.token)


def main(*, feeds: int, entries: int) -> None:
    call_command("migrate", verbosity=0)
    (shared,) = fill(ProgrammeFactory.create(slug="shared", title="Shared"), 1, at=now())
    for number in range(PROGRAMMES):
        programme = ProgrammeFactory.create(slug=f"programme-{number}", title=f"Lot {number}")
        fill(programme, entries - 1, at=now())
    print(json.dumps({"milestone": shared.pk, "paths": open_feeds(feeds)}))


if __name__ == "__main__":
    main(feeds=int(sys.argv[1]), entries=int(sys.argv[2]))
