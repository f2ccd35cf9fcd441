"""The settings, in a hurry: what takes a worker seconds in production takes it less here."""

import os
from datetime import timedelta

from django.utils import timezone

from tracker.settings import *  # noqa: F403
from tracker.settings import CELERY_BEAT_SCHEDULE

EMAIL_TIMEOUT = 8
TICK_SECONDS = 1
CELERY_BEAT_SCHEDULE["tick"] |= {"schedule": TICK_SECONDS}

# A machine whose clock is wrong by so many seconds.
AHEAD = timedelta(seconds=int(os.environ.get("TEST_CLOCK_AHEAD", "0")))
RIGHT = timezone.now  # noqa: TID251
timezone.now = lambda: RIGHT() + AHEAD  # noqa: TID251
