"""What a reader may ask for in the address, and a clear answer where it cannot be read."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

_View = Callable[..., HttpResponse]
# Somewhere on Earth it is tomorrow already.
_AHEAD = timedelta(hours=14)


class BadParameter(ValueError):
    """A parameter cannot be read; the message names it and says what would be understood."""


def answering_bad_parameters(view: _View) -> _View:
    """The page says what was wrong with the address, with status 400."""

    @wraps(view)
    def answering(request: HttpRequest, **kwargs: object) -> HttpResponse:
        try:
            return view(request, **kwargs)
        except BadParameter as problem:
            return render(request, "400.html", {"problem": str(problem)}, status=400)

    return answering


def asked_as_of(request: HttpRequest, *, now: datetime) -> date | None:
    """The past day whose beliefs are asked for; None for what is published now."""
    text = request.GET.get("as_of", "").strip()
    if not text:
        return None
    try:
        day = date.fromisoformat(text) if len(text) == len("2025-03-01") else None
    except ValueError:
        day = None
    if day is None:
        raise BadParameter(f"as_of: “{text[:40]}” is not a day. Write it like 2025-03-01.")
    if day > (now + _AHEAD).date():
        raise BadParameter(f"as_of: {day} has not come yet. Ask for today or a day before.")
    return day


def moment(as_of: date | None, *, now: datetime) -> datetime:
    """When the reader looks: now, or noon of that day, which is that day nearly everywhere."""
    return now if as_of is None else datetime.combine(as_of, time(12), UTC)
