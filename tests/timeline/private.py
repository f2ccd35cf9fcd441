"""Private feeds for tests, opened as readers open them."""

from datetime import datetime
from typing import Any

from tests.clock import NOON
from timeline import private_feeds
from timeline.choosing import Choice
from timeline.ical.options import Options
from timeline.private_feeds import Opened


def a_feed(
    name: str = "Mine",
    choice: Choice | None = None,
    options: Options | None = None,
    *,
    at: datetime = NOON,
    **given: Any,
) -> Opened:
    return private_feeds.open_feed(name, choice or Choice(), options or Options(), at=at, **given)
