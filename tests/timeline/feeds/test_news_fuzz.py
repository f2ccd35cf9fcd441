"""Whatever stands in a text of ours, feeds of changes are well formed and hold no markup of it."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.calendars.rows import a_milestone, say
from tests.factories import ProgrammeFactory, TagFactory
from tests.timeline.feeds.strict import entries
from timeline.feeds import atom, json_feed
from timeline.feeds.news import NewsFeed
from timeline.feeds.told import told
from timeline.ledger import Line

pytestmark = pytest.mark.django_db

NASTY = [
    *map(chr, range(0x20)),
    "\x7f",
    "\x85",
    "\u2028",
    "\ud800",
    "\udfff",
    "\ufffe",
    "\uffff",
    "\U0001fffe",
    "\U0010ffff",
    "\ufeff",
    "\u202e",
    "]]>",
    "<![CDATA[",
    "</content>",
    "</script><b>",
    "<!--",
    "&lt;b&gt;",
    "&#0;",
    "&",
    '"',
    "'",
    '" onclick="x',
    "<?xml?>",
    "{{ 7 }}",
    "%s{}",
    "\\",
    "月",
    "🚀",
    "e\u0301",
]
texts = st.lists(
    st.sampled_from(NASTY) | st.text(st.characters(exclude_categories=[]), max_size=20), max_size=30
).map("".join)
urls = texts.map(lambda text: f"https://news.example/{text}") | texts


@pytest.fixture
def line():
    milestone = a_milestone(programme=ProgrammeFactory.create(title="LUPEX"))
    milestone.tags.add(TagFactory.create())
    say(milestone, "2027-25")
    say(milestone, "2027-26", reason="Late.")
    return Line(milestone.revisions.get(number=2))


parts = ["title", "programme", "publisher", "heading", "reason", "words"]


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(said=st.fixed_dictionaries(dict.fromkeys(parts, texts)), url=urls)
def test_no_text_breaks_a_feed(line, said, url):
    revision = line.revision
    revision.reason, revision.statement.text = said["reason"], said["words"]
    revision.milestone.title = said["title"]
    revision.milestone.programme.title = said["programme"]
    source = revision.statement.source
    source.publisher, source.title, source.url = said["publisher"], said["heading"], url
    news = [told(line)]

    (entry,) = entries(atom.to_bytes(NewsFeed(), news, changed_at=revision.recorded_at))
    (item,) = json.loads(json_feed.to_bytes(NewsFeed(), news))["items"]

    assert (entry["title"], entry["content"]) == (item["title"], item["content_html"])
    assert entry["title"].endswith(": spring 2027 → summer 2027")
    assert len(item["content_text"].splitlines()) == 4 + ("\nWhy: " in item["content_text"])
