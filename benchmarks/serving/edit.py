"""State another day of a milestone, as editors do, and print the CPU seconds that this took."""

import sys
import time

import django
from django.db import transaction

django.setup()

from benchmarks.serving.content import now  # noqa: E402  (rows exist from here on)
from tests.factories import state  # noqa: E402
from timeline.models import Milestone, Source  # noqa: E402


def edit(milestone: Milestone, *, day: int) -> None:
    at = now()
    said = f"{day} October {at.year + 1}"
    state(milestone, said, on=at.date(), at=at, source=Source.objects.earliest("pk"))


if __name__ == "__main__":
    edited = Milestone.objects.get(pk=int(sys.argv[1]))
    with transaction.atomic():  # all that happens only once in a process
        edit(edited, day=28)
        transaction.set_rollback(True)
    began = time.process_time()
    edit(Milestone.objects.get(pk=edited.pk), day=int(sys.argv[2]))
    print(time.process_time() - began)
