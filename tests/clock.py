"""The time in tests: a Friday at noon. Nothing here reads the real clock."""

from datetime import UTC, date, datetime

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
