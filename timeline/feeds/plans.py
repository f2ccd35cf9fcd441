"""How a document is found at an address and made: the contract between serving and the rest."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import parse_qs

from timeline.asked import WrongParameter, WrongParameters
from timeline.feeds.document import Document

LONGEST_QUERY = 2000
_MOST_PARAMETERS = 100


@dataclass(frozen=True, slots=True)
class Plan:
    """A document that could be made. Two plans `made_of` the same make the same bytes.

    None equals nothing. From `until` on it is another, whatever happens.
    """

    made_of: Hashable
    until: datetime
    write: Callable[[], Document]


class Address(Protocol):
    """An address as somebody wrote it; `version` and `plan` tell what is there, if anything."""

    def version(self) -> Any:
        """Differs whenever anything changed that the document is made of. Raises NoDocument."""

    def plan(self, version: Any, *, at: datetime) -> Plan:
        """How to make what stands there at that version. Raises NoDocument and WrongParameters."""

    def fetched(self, *, by: str, at: float) -> None:
        """Note that an app came by, which says of itself that it is `by`."""


def given(query: str) -> Mapping[str, list[str]]:
    """The parameters of a query. Raises WrongParameters for one that is too long to be meant."""
    if len(query) <= LONGEST_QUERY:
        try:
            return parse_qs(query, keep_blank_values=True, max_num_fields=_MOST_PARAMETERS)
        except ValueError:
            pass
    raise WrongParameters(WrongParameter("address", "is too long for a feed."))
