"""The label of an option: what it would mean, and its days."""

from datetime import date

from timeline.dates import VagueDate, Window
from timeline.reading.answers import Context
from timeline.reading.bounds import Said
from timeline.reading.units import MONTHS
from timeline.reading.values import name_of


def labelled(said: Said, value: VagueDate, context: Context) -> str:
    """“Japanese fiscal year 2028 (1 Apr 2028 – 31 Mar 2029)”."""
    name = name_of(said)
    window = value.window(context.home_zone)
    return name if window.days == 1 else f"{name} ({window_label(window)})"


def window_label(window: Window) -> str:
    first, last = window.earliest, window.latest
    if first is None:
        return f"until {_day(last)}" if last else ""
    if last is None:
        return f"from {_day(first)}"
    if first.year == last.year:
        return f"{first.day} {_month(first)} – {_day(last)}"
    return f"{_day(first)} – {_day(last)}"


def _day(day: date) -> str:
    return f"{day.day} {_month(day)} {day.year}"


def _month(day: date) -> str:
    return MONTHS[day.month - 1][:3]
