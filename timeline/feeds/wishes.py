"""What the headers of a request ask for (RFC 9110 §12.5.3, §13.1)."""

import re
from functools import lru_cache

from django.conf import settings
from django.utils.http import parse_http_date_safe

_TAG = re.compile(r'(W/)?("[^"]*")')
_LONGEST_WISH = 200
_NOT_AT_ALL = re.compile(r"\s*q\s*=\s*0(\.0*)?\s*", re.IGNORECASE)


def takes_gzip(accepted: str) -> bool:
    """Whether gzip is asked for by name: "*" is no wish."""
    return _takes_gzip(accepted[:_LONGEST_WISH])  # which are kept, and strangers write them


@lru_cache(maxsize=256)
def _takes_gzip(accepted: str) -> bool:
    for wish in accepted.split(","):
        coding, _, weight = wish.partition(";")
        if coding.strip().lower() == "gzip":
            return _NOT_AT_ALL.fullmatch(weight) is None
    return False


def breaks_on_gzip(user_agent: str) -> bool:
    """Whether it is one of the apps that operators have found to ask for gzip in vain."""
    found: list[str] = settings.MILEPOST_NO_GZIP_FOR
    return bool(found) and any(name in user_agent for name in found)


def names_tag(header: str, tags: frozenset[str], *, is_strict: bool = False) -> bool:
    """Whether If-None-Match names one of these: a list, weakened ones, or "*".

    If-Match is strict: a weakened one is another (RFC 9110 §8.8.3.2).
    """
    if header in tags or header.strip() == "*":
        return True
    return any(tag in tags and not (weak and is_strict) for weak, tag in _TAG.findall(header))


def is_since(header: str, changed_at: int) -> bool | None:
    """Whether nothing is newer than that date, in seconds since the epoch; None if it is none."""
    since = parse_http_date_safe(header)
    return None if since is None else changed_at <= since
