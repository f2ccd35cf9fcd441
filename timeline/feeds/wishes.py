"""What the headers of a request ask for (RFC 9110 §12.5.3, §13.1)."""

import re
from functools import lru_cache

from django.conf import settings
from django.utils.http import parse_http_date_safe

_TAG = re.compile(r'(?:W/)?("[^"]*")')
_NOT_AT_ALL = re.compile(r"\s*q\s*=\s*0(\.0*)?\s*", re.IGNORECASE)


@lru_cache(maxsize=256)
def takes_gzip(accepted: str) -> bool:
    """Whether gzip is asked for by name: "*" is no wish."""
    for wish in accepted.split(","):
        coding, _, weight = wish.partition(";")
        if coding.strip().lower() == "gzip":
            return _NOT_AT_ALL.fullmatch(weight) is None
    return False


def breaks_on_gzip(user_agent: str) -> bool:
    """Whether it is one of the apps that operators have found to ask for gzip in vain."""
    return any(name in user_agent for name in settings.MILEPOST_NO_GZIP_FOR)


def names_tag(header: str, tags: frozenset[str]) -> bool:
    """Whether If-None-Match or If-Match names one of these: a list, weakened ones, or "*"."""
    return header in tags or header.strip() == "*" or not tags.isdisjoint(_TAG.findall(header))


def is_since(header: str, changed_at: int) -> bool:
    """Whether nothing is newer than If-Modified-Since; seconds since the epoch."""
    since = parse_http_date_safe(header)
    return since is not None and changed_at <= since
