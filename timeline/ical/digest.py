"""All that is known to the year only, as one entry per year on its 1 January.

What stands in it changes when a milestone comes, changes or leaves: each time with a revision of
it, or when a programme gets other organisations. Its LAST-MODIFIED is the moment of the newest of
these, anywhere, and a second more for each: so it rises with each of them, in whatever order
they arrive, and never falls. SEQUENCE counts the same seconds.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db.models import Count, Max
from icalendar import Event

from timeline.dates import Mode, Precision
from timeline.ical import facts, text
from timeline.ical.entry import LONGEST_LINE, never_busy, page_url, uid, words_of
from timeline.ical.feed import Feed
from timeline.ical.options import Options
from timeline.ical.rendering import Raised
from timeline.models import Milestone, Revision
from timeline.wording.entries import IN

MOST_LINES = 100
_COUNTED_FROM = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class News:
    """How often anything known to a year only has changed, and when last."""

    count: int
    newest: datetime


def news_of_years(years: Collection[int], *, regrouped_at: datetime) -> dict[int, News]:
    """Of these years, in whichever feed it was; each revision counts, and the one that followed."""
    if not years:
        return {}
    ends = [date(year, 12, 31) for year in years]
    known = Revision.objects.filter(facts.in_digest(), nominal_latest__in=ends).order_by()
    rows = known.values_list("nominal_latest").annotate(
        Count("pk"), Count("next"), Max("recorded_at"), Max("next__recorded_at")
    )
    return {
        end.year: News(of_year + after, max(newest, last or newest, regrouped_at))
        for end, of_year, after, newest, last in rows
    }


def line_of(milestone: Milestone, revision: Revision, options: Options) -> str:
    """What a digest says of the milestone: its name, and what the year alone does not tell."""
    if revision.precision != Precision.YEAR or revision.mode != Mode.WITHIN:
        return ""
    say = IN[options.lang]
    words = words_of(milestone, revision, say, brief=True)
    behind = say.bracketed.format(words=words) if revision.qualifier else ""
    return text.one_line(milestone.title, limit=LONGEST_LINE) + behind


def digest(feed: Feed, year: int, lines: list[str], news: News, raised: Raised) -> Event:
    """The entry of a year. `raised` is by what settings and rendering raise every entry."""
    say = IN[feed.options.lang]
    changed_at = max(news.newest, raised.changed_at)
    changed_at += timedelta(seconds=news.count + raised.number)
    many = say.digest_one if len(lines) == 1 else say.digest_many
    sign = "~ " if feed.options.prefix == "1" else ""
    day, link = date(year, 1, 1), page_url(feed.page)
    told = Event()
    told.add("uid", uid(f"digest-{year}-{feed.list_id}"))
    told.add("dtstamp", changed_at)
    told.add("last-modified", changed_at)
    told.add("sequence", int((changed_at - _COUNTED_FROM).total_seconds()))
    told.add("dtstart", day)
    told.add("dtend", day + timedelta(days=1))
    told.add("summary", sign + many.format(year=year, count=len(lines)))
    told.add("description", _listed(lines, feed.options) + f"\n\n{link}")
    told.add("url", link)
    told.add("status", "TENTATIVE")
    never_busy(told)
    told.add("categories", [say.approximate])
    return told


def _listed(lines: list[str], options: Options) -> str:
    say = IN[options.lang]
    ordered = sorted(lines, key=lambda line: (line.casefold(), line))
    more = len(lines) - MOST_LINES
    rest = [say.digest_more.format(count=more)] if more > 0 else []
    return "\n".join([say.digest_of, *(f"• {line}" for line in ordered[:MOST_LINES]), *rest])
