"""How each app is asked to subscribe to a calendar: never to import it, or nothing would move."""

from dataclasses import dataclass
from urllib.parse import quote

from django.http import HttpRequest

from timeline.addresses import ICAL, JCAL, AddressTooLong, address_of, query_of
from timeline.choosing import Choice
from timeline.ical.options import Options

DEFAULT = Options()


@dataclass(frozen=True, slots=True)
class Buttons:
    """A calendar's addresses. `https` is for people and apps that ask for an address."""

    origin: str
    path: str
    name: str

    @property
    def https(self) -> str:
        return f"{self.origin}{self.path}"

    @property
    def jcal(self) -> str:
        """The path of the same as jCal, for programs."""
        return self.path.replace(ICAL, JCAL, 1)

    @property
    def webcal(self) -> str:
        """Apps that know it subscribe; with https they import once."""
        return f"webcal://{self.https.partition('://')[2]}"

    @property
    def google(self) -> str:
        """With https in place of webcal, Google adds nothing."""
        return f"https://calendar.google.com/calendar/r?cid={quote(self.webcal, safe='')}"

    @property
    def outlook(self) -> str:
        return f"https://outlook.live.com/calendar/0/addfromweb?{self._query}"

    @property
    def office(self) -> str:
        return f"https://outlook.office.com/calendar/0/addfromweb?{self._query}"

    @property
    def _query(self) -> str:
        return f"url={quote(self.https, safe='')}&name={quote(self.name, safe='')}"


def buttons(request: HttpRequest, path: str, *, name: str) -> Buttons:
    """For a calendar of ours at a path and query."""
    return Buttons(f"{request.scheme}://{request.get_host()}", path, name)


def offered(
    request: HttpRequest, choice: Choice, options: Options = DEFAULT, *, name: str
) -> dict[str, object]:
    """For a page about what is chosen: the buttons, or why there are none; the builder's query."""
    query = query_of(choice, options)
    try:
        address = address_of(choice, options)
    except AddressTooLong as problem:
        return {"too_long": str(problem), "builder_query": query}
    titled = f"{name} – Milepost"
    return {"buttons": buttons(request, address, name=titled), "builder_query": query}
