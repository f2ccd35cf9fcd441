"""Reads Atom as RFC 4287 writes it and forgives nothing; and once more as others read it."""

import re
from datetime import datetime
from html.parser import HTMLParser
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import feedparser

ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
IN_A_FEED = {"title", "link", "id", "updated", "author", "entry"}
IN_AN_ENTRY = {"title", "link", "id", "published", "updated", "summary", "category", "content"}
ONCE = {"id", "title", "updated"}  # §4.1.1 and §4.1.2
IN_HTML = {"p", "a"}


def entries(body: bytes) -> list[dict[str, str]]:
    """The text of the parts of each entry; AssertionError where anything is not as it must be."""
    feed = ET.fromstring(body)  # noqa: S314 - ours
    assert body.startswith(b'<?xml version="1.0" encoding="utf-8"?>\n')
    assert feed.tag == f"{ATOM}feed"
    assert feed.attrib[LANG] == "en"
    told = _parts(feed, IN_A_FEED)
    assert len(told["author"]) == 1, "each entry needs one, and has none of its own"
    assert _links(feed).keys() == {"self", "alternate"}
    assert _links(feed)["self"] == told["id"][0].text
    found = told.get("entry", [])
    ids = [_entry(one) for one in found]
    assert len({one["id"] for one in ids}) == len(ids)
    assert [one["updated"] for one in ids] == sorted((one["updated"] for one in ids), reverse=True)
    _others_read_the_same(body, ids)
    return ids


def _entry(entry: ET.Element) -> dict[str, str]:
    told = _parts(entry, IN_AN_ENTRY)
    links = _links(entry)
    assert set(links) in ({"alternate"}, {"alternate", "via"})
    for name in ("summary", "content"):
        (one,) = told[name]
        assert one.attrib == {"type": "html"}
        _Html().feed(one.text or "")
    for category in told["category"]:
        assert set(category.attrib) == {"term", "scheme", "label"}
        assert category.attrib["term"]
        _is_address(category.attrib["scheme"])
    texts = {name: ones[0].text or "" for name, ones in told.items()}
    return {**texts, "link": links["alternate"], "via": links.get("via", "")}


def _parts(element: ET.Element, allowed: set[str]) -> dict[str, list[ET.Element]]:
    told: dict[str, list[ET.Element]] = {}
    for part in element:
        assert part.tag.startswith(ATOM), part.tag
        told.setdefault(part.tag.removeprefix(ATOM), []).append(part)
    assert set(told) <= allowed
    for name in ONCE:
        (one,) = told[name]
        assert one.text, name
        assert "\n" not in one.text
    assert urlsplit(told["id"][0].text).scheme in ("urn", "http", "https")
    for moment in [*told["updated"], *told.get("published", [])]:
        assert MOMENT.fullmatch(moment.text), moment.text
        datetime.fromisoformat(moment.text)
    return told


def _links(element: ET.Element) -> dict[str, str]:
    links = element.findall(f"{ATOM}link")
    by_rel = {link.attrib["rel"]: link.attrib["href"] for link in links}
    assert len(by_rel) == len(links)
    for address in by_rel.values():
        _is_address(address)
    return by_rel


def _is_address(text: str) -> None:
    assert text.isascii()
    assert not set(text) & set(' <>"{}|\\^`\x7f') and text.isprintable(), text  # noqa: PT018
    assert urlsplit(text).scheme in ("http", "https")
    assert urlsplit(text).netloc


def _others_read_the_same(body: bytes, ids: list[dict[str, str]]) -> None:
    read = feedparser.parse(body)
    assert not read.bozo, read.get("bozo_exception")
    assert read.version == "atom10"
    assert [one.id for one in read.entries] == [one["id"] for one in ids]
    assert [one.link for one in read.entries] == [one["link"] for one in ids]


class _Html(HTMLParser):
    """Only what we write ourselves: paragraphs, and links to the web."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in IN_HTML, tag
        assert [name for name, _ in attrs] == (["href"] if tag == "a" else [])
        for _, address in attrs:
            _is_address(address or "")
