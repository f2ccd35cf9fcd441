"""The public address of a calendar: what it holds and how it looks, readable in both directions.

/calendar/all.ics, /calendar/programme/lupex.ics?kind=launch, and for several groups of one name
/calendar/lupex-nisar.ics?programme=lupex,nisar, where the last part is a name for people only.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings

from timeline import choosing
from timeline.asked import WrongParameter, WrongParameters, read_all
from timeline.choosing import Choice
from timeline.ical.options import PARAMETERS, Options
from timeline.models import Organisation, Programme, Tag

ICAL, JCAL = ".ics", ".jcal.json"
# Google drops longer ones without a word.
LONGEST = 256
_LONGEST_NAME = 30
_PATH = re.compile(
    r"/calendar/(?:(?P<group>[a-z]+)/)?(?P<name>[-\w]+)\.(?:ics|jcal\.json)", re.ASCII
)
_GROUPS: Mapping[str, type[Programme | Organisation | Tag]] = {
    "programme": Programme,
    "organisation": Organisation,
    "tag": Tag,
}


class NoSuchCalendar(LookupError):
    """No calendar has this address."""


class AddressTooLong(ValueError):
    """So much was chosen that some app would not take the address."""

    def __init__(self, length: int) -> None:
        super().__init__(
            f"The address of this calendar would have {length} characters, and Google Calendar "
            f"takes at most {LONGEST}. Choose less, or open a private calendar: its address is "
            "short, whatever it holds."
        )


@dataclass(frozen=True, slots=True)
class Asked:
    choice: Choice
    options: Options


def address_of(choice: Choice, options: Options, *, suffix: str = ICAL) -> str:
    """The shortest path and query. Raises AddressTooLong. One calendar has one address."""
    path, rest = _path_of(choosing.choice_of(choice.slugs))
    query = query_of(rest, options)
    address = f"{path}{suffix}" + (f"?{query}" if query else "")
    length = len(settings.MILEPOST_BASE_URL) + len(address)
    if length > LONGEST:
        raise AddressTooLong(length)
    return address


def query_of(choice: Choice, options: Options) -> str:
    """What is chosen and no default, in a fixed order; no value needs escaping."""
    chosen = {name: ",".join(slugs) for name, slugs in choice.slugs.items() if slugs}
    return "&".join(f"{name}={value}" for name, value in {**chosen, **options.chosen}.items())


def asked_at(path: str, given: Mapping[str, Sequence[str]]) -> Asked:
    """What the calendar at an address holds. Raises NoSuchCalendar and WrongParameters."""
    found = _PATH.fullmatch(path)
    if found is None:
        raise NoSuchCalendar(path)
    read = read_all(given, [*choosing.parameters(), *PARAMETERS.values()])
    choice, options = choosing.choice_of(read), Options.of(read)
    if found["group"]:
        several = "/calendar/several.ics"
        return Asked(narrowed(choice, found["group"], found["name"], several=several), options)
    if not choice and found["name"] != "all":
        raise NoSuchCalendar(path)
    return Asked(choice, options)


def named(choice: Choice) -> str:
    """A name for people: LUPEX · NISAR · launch, and how many more."""
    titles = [str(group) for group in choice.groups()]
    more = [f"{len(titles) - 3} more"] if len(titles) > 3 else []  # noqa: PLR2004
    return " · ".join([*titles[:3], *more]) or "Everything"


def narrowed(choice: Choice, group: str, slug: str, *, several: str) -> Choice:
    """What the query chooses, and of that what is in the group that the path names.

    `several` is the path that takes several groups. Raises NoSuchCalendar and WrongParameters.
    """
    model = _GROUPS.get(group)
    found = model.objects.filter(slug=slug).first() if model else None
    if found is None:
        raise NoSuchCalendar(f"{group}/{slug}")
    is_kind = isinstance(found, Tag) and found.is_kind and "kind" not in choice.slugs
    name = "kind" if is_kind else group
    if name in choice.slugs:
        both = ",".join(dict.fromkeys([slug, *choice.slugs[name]]))
        why = f"is in the path already. For several: {several}?{name}={both}"
        raise WrongParameters(WrongParameter(name, why))
    return choosing.choice_of({**choice.slugs, name: (slug,)})


def _path_of(choice: Choice) -> tuple[str, Choice]:
    """Without its suffix, and what it leaves to the query."""
    name, slugs = next(iter(choice.slugs.items()), ("", ()))
    if len(slugs) != 1:
        return f"/calendar/{_readable(choice)}", choice
    rest = {other: more for other, more in choice.slugs.items() if other != name}
    group = "tag" if name == "kind" else name
    return f"/calendar/{group}/{slugs[0]}", Choice(rest)


def _readable(choice: Choice) -> str:
    slugs = [slug for some in choice.slugs.values() for slug in some]
    if not slugs:
        return "all"
    for count in range(len(slugs), 0, -1):
        name = "-".join([*slugs[:count], *(["more"] if count < len(slugs) else [])])
        if len(name) <= _LONGEST_NAME:
            return name
    return "milestones"
