"""Open private feeds that all show one milestone, and besides it no two the same.

Prints the milestone's id and where the feeds are, as JSON.
"""

import json
import sys
from random import Random

import django
from django.core.management import call_command
from django.db import transaction

django.setup()

from benchmarks.serving.content import fill, now  # noqa: E402  (rows exist from here on)
from tests.factories import ProgrammeFactory  # noqa: E402
from timeline import private_feeds  # noqa: E402
from timeline.choosing import Choice  # noqa: E402
from timeline.ical.options import Options  # noqa: E402
from timeline.models import Milestone  # noqa: E402

PROGRAMMES = 40
IN_EACH = 10  # milestones
SHARED = "programme-0"
OPTIONS = (Options(), Options(), Options(busy="1"), Options(prefix="0"))


@transaction.atomic
def open_feeds(count: int, *, entries: int) -> list[str]:
    """Each chooses the shared programme and some others by chance."""
    chance, at = Random(0), now()  # noqa: S311
    others = [f"programme-{number}" for number in range(1, PROGRAMMES)]
    paths = []
    for number in range(count):
        chosen = sorted([SHARED, *chance.sample(others, entries // IN_EACH - 1)])
        choice, options = Choice({"programme": tuple(chosen)}), OPTIONS[number % len(OPTIONS)]
        opened = private_feeds.open_feed(f"Feed {number}", choice, options, at=at)
        paths.append(private_feeds.path_of(opened.feed, opened.token))
    return paths


def main(*, feeds: int, entries: int) -> None:
    call_command("migrate", verbosity=0)
    for number in range(PROGRAMMES):
        programme = ProgrammeFactory.create(slug=f"programme-{number}", title=f"Plans {number}")
        fill(programme, IN_EACH, at=now())
    milestone = Milestone.objects.filter(programme__slug=SHARED).earliest("pk")
    print(json.dumps({"milestone": milestone.pk, "paths": open_feeds(feeds, entries=entries)}))


if __name__ == "__main__":
    main(feeds=int(sys.argv[1]), entries=int(sys.argv[2]))
