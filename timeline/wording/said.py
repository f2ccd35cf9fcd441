"""When a source said something, as well as that is known."""

from datetime import date

from timeline.dates import Precision, make
from timeline.wording.phrases import date_words


def said_on_words(day: date, *, known_to: str = Precision.DAY) -> str:
    """The day of a source, or its month where only that is known: "20 Nov 2026", "April 2026"."""
    return f"{day:%B %Y}" if known_to == Precision.MONTH else f"{day:%-d %b %Y}"


def day_words(day: date, *, known_to: str = Precision.DAY) -> str:
    """The same, written out: "20 November 2026", "April 2026"."""
    text = day.isoformat()
    value = make(text[: len("2026-04")] if known_to == Precision.MONTH else text)
    return date_words(value, home_zone="UTC")
