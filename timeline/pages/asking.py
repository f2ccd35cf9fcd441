"""What a reader may ask for in the address, and a clear answer where it cannot be read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from timeline import choosing
from timeline.asked import Parameter, WrongParameters, read_all, shown
from timeline.choosing import Choice

_View = Callable[..., HttpResponse]
# Somewhere on Earth it is tomorrow already.
_AHEAD = timedelta(hours=14)


def answering_bad_parameters(view: _View) -> _View:
    """The page says what was wrong with the address, with status 400."""

    @wraps(view)
    def answering(request: HttpRequest, **kwargs: object) -> HttpResponse:
        try:
            return view(request, **kwargs)
        except WrongParameters as problem:
            return render(request, "400.html", {"problem": str(problem)}, status=400)

    return answering


@dataclass(frozen=True, kw_only=True)
class AsOf(Parameter):
    """A past day; None, which a form sends without one, is what is published now."""

    name: str = "as_of"
    words: str = "As it looked on"
    now: datetime

    def read_one(self, text: str) -> date | None:
        day = _day(text.strip())
        if text.strip() and day is None:
            raise self.wrong(f"“{shown(text)}” is not a day. Write it like 2025-03-01.")
        if day and day > (self.now + _AHEAD).date():
            raise self.wrong(f"{day} has not come yet. Ask for today or a day before.")
        return day


def asked_as_of(request: HttpRequest, *, now: datetime) -> date | None:
    """The past day whose beliefs are asked for; None for what is published now."""
    day: date | None = AsOf(now=now).read(request.GET.getlist("as_of") or [""])
    return day


def moment(as_of: date | None, *, now: datetime) -> datetime:
    """When the reader looks: now, or noon of that day, which is that day nearly everywhere."""
    return now if as_of is None else datetime.combine(as_of, time(12), UTC)


@dataclass(frozen=True, slots=True)
class Box:
    """One group that can be ticked."""

    slug: str
    title: str
    is_ticked: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address of a list says: which milestones, and what else was read there."""

    parameters: Sequence[Parameter]
    read: Mapping[str, Any]

    @property
    def choice(self) -> Choice:
        return choosing.choice_of(self.read)

    @property
    def query(self) -> str:
        """For links to a list of the same milestones, as of the same day."""
        as_of = self.read.get("as_of")
        parts = [self.choice.query, f"as_of={as_of}" if as_of else ""]
        return "&".join(part for part in parts if part)

    @property
    def ticks(self) -> list[tuple[Parameter, list[Box]]]:
        """The groups that can be chosen, by name; a name of which there are none is left out.

        What is ticked stands first. A tag that is a kind stands among the kinds, unless it was
        asked for as a tag.
        """
        kinds = self.parameters[choosing.NAMES.index("kind")].values
        found = [
            (one, self._boxes(one, elsewhere=kinds if one.name == "tag" else {}))
            for one in self.parameters
        ]
        return [(one, boxes) for one, boxes in found if boxes]

    @property
    def told(self) -> list[str]:
        """What is chosen, a line for each name: “LUPEX or NISAR”."""
        ticked = [[box.title for box in boxes if box.is_ticked] for _, boxes in self.ticks]
        return [" or ".join(titles) for titles in ticked if titles]

    def _boxes(self, parameter: Parameter, *, elsewhere: Mapping[str, str]) -> list[Box]:
        ticked = self.choice.slugs.get(parameter.name, ())
        boxes = [
            Box(slug, title, slug in ticked)
            for slug, title in parameter.values.items()
            if slug in ticked or slug not in elsewhere
        ]
        return sorted(boxes, key=lambda box: not box.is_ticked)


def asked_of(request: HttpRequest, *others: Parameter) -> Asked:
    """Raises WrongParameters for each wrong value. Names that are not ours are passed over.

    Who shares a link may have them added; and the page says what is chosen.
    """
    parameters = choosing.parameters()
    known = [*parameters, *others]
    names = {one.name for one in known}
    given = {name: texts for name, texts in request.GET.lists() if name in names}
    return Asked(parameters, read_all(given, known))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == len("2025-03-01") else None
    except ValueError:
        return None
