"""Feeds of changes for tests, as somebody who asks for an address gets them."""

import json
from typing import Any

from tests.clock import NOON
from tests.timeline.feeds.strict import entries
from timeline.feeds.document import Document
from timeline.feeds.news_at import PublicNews


def made(address: str) -> Document:
    path, _, query = address.partition("?")
    public = PublicNews(path, query)
    return public.plan(public.version(), at=NOON).write()


def atom(address: str = "/changes/all.atom") -> list[dict[str, str]]:
    return entries(made(address).body)


def json_feed(address: str = "/changes/all.json") -> dict[str, Any]:
    feed: dict[str, Any] = json.loads(made(address).body)
    return feed


def items(address: str = "/changes/all.json") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json_feed(address)["items"]
    return found


def titles(address: str = "/changes/all.json") -> list[str]:
    """The same in both forms."""
    found = [one["title"] for one in items(address.replace(".atom", ".json"))]
    assert [one["title"] for one in atom(address.replace(".json", ".atom"))] == found
    return found
