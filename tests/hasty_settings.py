"""The settings, in a hurry: what takes a worker seconds in production takes it less here."""

import os

from tracker.settings import *  # noqa: F403
from tracker.settings import CELERY_BEAT_SCHEDULE

EMAIL_TIMEOUT = int(os.environ.get("TEST_EMAIL_TIMEOUT", "5"))
TICK_SECONDS = 1
CELERY_BEAT_SCHEDULE["tick"] |= {"schedule": TICK_SECONDS}
