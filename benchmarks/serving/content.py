"""Fill an empty database with the milestones of a feed, as editors would; print the feed's path.

A process of its own runs it, on the database that DATABASE_URL names.
"""

import sys
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

import django
from django.core.management import call_command
from django.urls import reverse

django.setup()

from tests.factories import (  # noqa: E402  (rows exist from here on)
    MilestoneFactory,
    ProgrammeFactory,
    SourceFactory,
    state,
)
from timeline.models import Milestone, Programme  # noqa: E402

MISSIONS = ("Aster", "Bora", "Cirrus", "Dorado", "Ember", "Fjord", "Gale", "Heron")
STEPS = ("launch", "landing", "summit", "first light", "end of mission")
MONTHS = ("March", "April", "May", "June", "July", "August", "September")


def words(number: int, *, year: int) -> str:
    """A date of each precision in turn, all of them ahead and few of them equal."""
    day, month = 1 + number % 28, MONTHS[number % len(MONTHS)]
    said = [
        f"{day} {month} {year}",
        f"{month} {year}",
        f"spring {year + number % 3}",
        f"Q{1 + number % 4} {year}",
        f"no earlier than {month} {year}",
        f"{year + 1 + number % 5}",
    ]
    return said[number % len(said)]


def fill(programme: Programme, count: int, *, at: datetime) -> list[Milestone]:
    """Milestones with a statement each, the same in each run, as different as real ones."""
    chance = Random(programme.slug)  # noqa: S311
    source = SourceFactory.create(publisher="The agency", title="What we plan", grade="A")
    made = []
    for number in range(count):
        title = f"{chance.choice(MISSIONS)} {number} {chance.choice(STEPS)}"
        said_at = at - timedelta(minutes=count - number)
        milestone = MilestoneFactory.create(
            uid=UUID(int=chance.getrandbits(128)),
            slug=f"{programme.slug}-{number}",
            title=title,
            programme=programme,
            created_at=said_at,
        )
        said = words(number, year=at.year + 1)
        state(milestone, said, on=at.date(), at=said_at, source=source, announce=False)
        made.append(milestone)
    return made


def now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)  # noqa: TID251


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    plans = ProgrammeFactory.create(slug="plans", title="Plans")
    fill(plans, int(sys.argv[1]), at=now())
    print(reverse("timeline:calendar-programme", args=[plans.slug]))
