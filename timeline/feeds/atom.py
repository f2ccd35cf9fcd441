"""Changes of dates as Atom (RFC 4287)."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.xmlutils import SimplerXMLGenerator

from timeline.feeds.news import NewsFeed
from timeline.feeds.told import News, page_url

MEDIA_TYPE = "application/atom+xml; charset=utf-8"
ENDING = ".atom"


def to_bytes(feed: NewsFeed, news: Sequence[News], *, changed_at: datetime) -> bytes:
    written = _Atom(
        title=feed.name,
        link=feed.page,
        description="",
        language="en",
        author_name="Milepost",
        author_link=page_url("/"),
        feed_url=feed.address(ENDING),
        feed_guid=feed.address(ENDING),
        updated_at=news[0].at if news else changed_at,
    )
    for one in news:
        written.add_item(
            one.title,
            one.page,
            escape(one.summary),
            unique_id=one.uid,
            pubdate=one.at,
            updateddate=one.at,
            news=one,
        )
    body = BytesIO()
    written.write(body, "utf-8")
    return body.getvalue()


class _Atom(Atom1Feed):
    """Django's, with the moment of its news instead of the clock's, and more in an entry."""

    def latest_post_date(self) -> Any:
        return self.feed["updated_at"]

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        news: News = item["news"]
        for label in news.labels:
            term = {"term": label.term, "scheme": label.scheme, "label": label.name}
            handler.addQuickElement("category", "", term)
        if news.source:
            handler.addQuickElement("link", "", {"rel": "via", "href": news.source})
        handler.addQuickElement("content", news.html, {"type": "html"})
