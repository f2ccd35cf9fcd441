"""Changes of dates as JSON Feed 1.1 (jsonfeed.org)."""

import json
from collections.abc import Sequence

from timeline.feeds.news import NewsFeed
from timeline.feeds.told import News, moment_words, page_url

MEDIA_TYPE = "application/feed+json"
ENDING = ".json"


def to_bytes(feed: NewsFeed, news: Sequence[News]) -> bytes:
    written = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.name,
        "home_page_url": feed.page,
        "feed_url": feed.address(ENDING),
        "language": "en",
        "authors": [{"name": "Milepost", "url": page_url("/")}],
        "items": [_item(one) for one in news],
    }
    return json.dumps(written, ensure_ascii=False, separators=(",", ":")).encode()


def _item(news: News) -> dict[str, object]:
    return {
        "id": news.uid,
        "url": news.page,
        **({"external_url": news.source} if news.source else {}),
        "title": news.title,
        "summary": news.summary,
        "content_html": news.html,
        "content_text": news.text,
        "date_published": moment_words(news.at),
        "tags": [label.name for label in news.labels],
        "_milepost": news.facts,
    }
