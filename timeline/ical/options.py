"""How a subscriber wants a calendar: each option, its values, what they mean, the default.

Stored with a private feed, written in the query of a public one. Pure.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Self

from timeline.asked import Parameter, WrongParameters, shown

_NO_YES = {"0": "no", "1": "yes"}
_YES_NO = {"1": "yes", "0": "no"}
_ALARM = re.compile(r"([1-9]\d?)([mhdw])", re.ASCII)
_MINUTES = {"w": 7 * 24 * 60, "d": 24 * 60, "h": 60, "m": 1}
_LONGEST_ALARM_MINUTES = 4 * _MINUTES["w"]
MOST_ALARMS = 3


class Alarms(Parameter):
    """Times before an entry: 1d, 12h, 30m, 2w. At most three, none longer than four weeks."""

    @property
    def allowed(self) -> Sequence[str]:
        return [f"1m to 4w, like 1d or 12h; at most {MOST_ALARMS}"]

    def read_many(self, words: Sequence[str]) -> tuple[str, ...]:
        """The longest first. The same time is the same alarm, however it is written."""
        for word in words:
            if not 0 < minutes(word) <= _LONGEST_ALARM_MINUTES:
                raise self.wrong(f"“{shown(word)}” is no such time.")
        times = sorted({minutes(word) for word in words}, reverse=True)
        if len(times) > MOST_ALARMS:
            raise self.wrong(f"these are {len(times)} times.")
        return tuple(_alarm(time) for time in times)


def minutes(alarm: str) -> int:
    """How long before an entry an alarm like 1d or 30m rings; 0 for what is none."""
    found = _ALARM.fullmatch(alarm)
    return int(found[1]) * _MINUTES[found[2]] if found else 0


def _alarm(time: int) -> str:
    """In the largest unit: 60 minutes are 1h."""
    unit = next(unit for unit, length in _MINUTES.items() if time % length == 0)
    return f"{time // _MINUTES[unit]}{unit}"


PARAMETERS: Mapping[str, Parameter] = {
    one.name: one
    for one in [
        Parameter(
            "vague",
            "A date that is no day stands",
            {
                "start": "on the first day that is possible",
                "end": "on the last day that is possible",
                "both": "on the first and on the last",
                "span": "as a bar from the first to the last",
                "none": "not in the calendar",
            },
        ),
        Parameter(
            "long",
            "With bars: also those of more than 31 days",
            _NO_YES,
        ),
        Parameter(
            "upto",
            "Show dates",
            {
                "any": "however vague",
                "year": "known to the year, or better",
                "quarter": "known to the quarter or season, or better",
                "month": "known to the month, or better",
                "day": "known to the day",
            },
        ),
        Parameter(
            "year",
            "What is known to the year only stands",
            {
                "each": "as an entry each",
                "digest": "together in one entry on 1 January",
                "none": "not in the calendar",
            },
        ),
        Parameter(
            "days",
            "An event of several days stands",
            {"span": "as one bar", "each": "as an entry on each day"},
        ),
        Parameter(
            "cancelled",
            "What is cancelled",
            {"mark": "stays for a while and says so", "drop": "goes at once"},
        ),
        Parameter(
            "past",
            "What is over stays",
            {"12m": "12 months", "3m": "3 months", "0": "not at all", "all": "for ever"},
        ),
        Alarms(
            "alarms",
            "Ring before what is known to the day",
            {"1w": "a week before", "1d": "a day before", "1h": "an hour before"},
            many=True,
        ),
        Parameter("busy", "Mark me busy while something with a time happens", _NO_YES),
        Parameter("allday", "What has a time fills its whole day", _NO_YES),
        Parameter("prefix", "A ~ before the name of what has no day", _YES_NO),
        Parameter("lang", "Language", {"en": "English", "ja": "日本語"}),
    ]
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Each by the name and with the values of PARAMETERS."""

    vague: str = "start"
    long: str = "0"
    upto: str = "any"
    year: str = "each"
    days: str = "span"
    cancelled: str = "mark"
    past: str = "12m"
    alarms: tuple[str, ...] = ()
    busy: str = "0"
    allday: str = "0"
    prefix: str = "1"
    lang: str = "en"

    @classmethod
    def of(cls, read: Mapping[str, Any]) -> Self:
        """From what `asked.read_all` has read; other names are passed over."""
        return cls(**{name: read[name] for name in PARAMETERS if name in read})

    @classmethod
    def stored(cls, kept: Mapping[str, Any]) -> Self:
        """From what `chosen` gave, as a database keeps it. What is no value any more is default."""
        return cls.of({name: value for name in PARAMETERS if (value := _valid(name, kept))})

    @property
    def chosen(self) -> dict[str, str]:
        """What differs from the default, as it stands in a query."""
        given = {one.name: getattr(self, one.name) for one in fields(self)}
        return {
            name: ",".join(value) if isinstance(value, tuple) else value
            for name, value in given.items()
            if value != (PARAMETERS[name].default or ())
        }


DEFAULT = Options()


def _valid(name: str, kept: Mapping[str, Any]) -> str | tuple[str, ...] | None:
    try:
        value: str | tuple[str, ...] = PARAMETERS[name].read([str(kept[name])])
    except (KeyError, WrongParameters):
        return None
    return value
