"""Fill an empty database with the milestones of a feed, as editors would; print the feed's path.

Run in a process of its own, on the database that DATABASE_URL names.
"""

import sys
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

import django
from django.core.management import call_command
from django.urls import reverse

MISSIONS = ("Aster", "Bora", "Cirrus", "Dorado", "Ember", "Fjord", "Gale", "Heron")
MONTHS = ("March", "April", "May", "June", "July", "August", "September")
STEPS = ("launch", "landing", "summit", "first light", "end of mission")
SLUG = "plans"


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


def fill(count: int, *, at: datetime) -> str:
    """One programme, one statement for each milestone."""
    from tests.factories import (  # noqa: PLC0415  (models need Django set up)
        MilestoneFactory,
        ProgrammeFactory,
        SourceFactory,
        state,
    )

    programme = ProgrammeFactory.create(slug=SLUG, title="Plans")
    source = SourceFactory.create(publisher="The agency", title="What we plan", grade="A")
    # The same rows in each run, and as different from each other as real ones.
    chance = Random(0)  # noqa: S311
    for number in range(count):
        said_at = at - timedelta(minutes=count - number)
        milestone = MilestoneFactory.create(
            uid=UUID(int=chance.getrandbits(128)),
            slug=f"m{number}",
            title=f"{chance.choice(MISSIONS)} {number} {chance.choice(STEPS)}",
            programme=programme,
            created_at=said_at,
        )
        said = words(number, year=at.year + 1)
        state(milestone, said, on=at.date(), at=said_at, source=source, announce=False)
    return reverse("timeline:calendar-programme", args=[SLUG])


if __name__ == "__main__":
    django.setup()
    call_command("migrate", verbosity=0)
    print(fill(int(sys.argv[1]), at=datetime.now(UTC).replace(microsecond=0)))  # noqa: TID251
