"""What stands in a calendar besides milestones: what it says of itself, and that it is empty."""

from datetime import datetime, timedelta

from icalendar import Calendar, Event, vDuration, vText, vUri

from timeline.ical import text
from timeline.ical.entry import never_busy, page_url, uid
from timeline.ical.feed import Feed
from timeline.ical.options import Options
from timeline.wording.entries import ENGLISH, IN

DESCRIPTION = ENGLISH.about + ENGLISH.about_sign + ENGLISH.about_marks["start"]


def heading(feed: Feed, *, changed_at: datetime) -> Calendar:
    """The calendar without its entries.

    No METHOD: it would want an organizer on each entry. No UID: vdirsyncer would keep a single
    entry of all.
    """
    named, source = text.name(feed.name), vUri(page_url(feed.path))
    told = vText(about(feed.options))
    made = Calendar()
    made.add("version", "2.0")
    made.add("prodid", "-//Milepost//Feed 1//EN")
    made.add("calscale", "GREGORIAN")
    # X-… and NAME are written as they stand unless they are said to be text.
    made.add("name", vText(named))
    made.add("x-wr-calname", vText(named))
    made.add("description", told)
    made.add("x-wr-caldesc", told)
    made.add("url", vUri(page_url(feed.page)))
    if feed.is_public:
        made.add("source", source, parameters={"VALUE": "URI"})
    made.add("last-modified", changed_at)
    refresh = vDuration(timedelta(hours=4))
    made.add("refresh-interval", refresh, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", vText("PT4H"))
    made.add("color", vText("steelblue"))
    made.add("x-apple-calendar-color", vText("#4682B4"))
    return made


def about(options: Options) -> str:
    """What the calendar says of itself: always the same, and nothing that needs an escape."""
    say = IN[options.lang]
    marked = say.about_sign if options.prefix == "1" else say.about_words
    return say.about + marked + say.about_marks[options.vague]


def nothing_dated(feed: Feed, *, changed_at: datetime) -> Event:
    """What stands in a calendar that has no entry, on the day of the last news or the first.

    RFC 5545 wants an entry, and apps that see none take the feed for broken.
    """
    say, day = IN[feed.options.lang], changed_at.date()
    told = Event()
    told.add("uid", uid(f"nothing-dated-{feed.list_id}"))
    told.add("dtstamp", changed_at)
    told.add("last-modified", changed_at)
    # It moves with the months; their days never fall.
    told.add("sequence", day.toordinal())
    told.add("dtstart", day)
    told.add("dtend", day + timedelta(days=1))
    told.add("summary", text.one_line(say.nothing_dated.format(name=feed.name), limit=120))
    told.add("description", f"{say.nothing_dated_yet}\n\n{page_url(feed.page)}")
    told.add("url", page_url(feed.page))
    told.add("status", "TENTATIVE")
    never_busy(told)
    return told
