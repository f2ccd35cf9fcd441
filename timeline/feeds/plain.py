"""Text and addresses from outside, made fit for XML and JSON."""

import re

from django.utils.encoding import iri_to_uri

from timeline.ical.text import one_line

_LONGEST = 2000
# Not characters of XML 1.0 (§2.2), nor of anything else that is read by people.
_NO_CHARACTERS = re.compile("[\ud800-\udfff\ufffe\uffff]")
_ON_THE_WEB = ("http://", "https://")


def plain(text: str) -> str:
    """The text on one line, without what no reader of feeds may be given."""
    return one_line(_NO_CHARACTERS.sub("", text), limit=_LONGEST)


def web_address(url: str) -> str:
    """An address that a reader may follow; '' for any other."""
    address = plain(url)
    return iri_to_uri(address) if address.lower().startswith(_ON_THE_WEB) else ""
