"""A milestone → its calendar entries. All that they hold was stored when a revision was published.

So the same revision gives the same entries whenever they are asked for, and every visible change
comes with a later LAST-MODIFIED.
"""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Alarm, Event, vText

from timeline.changes import Stated, StatementKind
from timeline.dates import DAY_OR_FINER, Mode, Qualifier
from timeline.ical import marker, text
from timeline.ical.marker import Marker
from timeline.ical.options import DEFAULT, Options, minutes
from timeline.models import Milestone, Revision, Source, Statement
from timeline.wording.entries import ENGLISH, IN, EntryWords

LONGEST_LINE = 300
LONGEST_SUMMARY = 1500
APPROXIMATE = ENGLISH.approximate


def entries(milestone: Milestone, options: Options = DEFAULT) -> list[Event]:
    """Those of a dated milestone, as `selection.with_what_an_entry_says` gives it."""
    revision = milestone.current_revision
    if revision is None:
        raise ValueError("A draft has no entry.")
    places = marker.places(revision, options)
    return [_entry(milestone, revision, place, options) for place in places]


def _entry(milestone: Milestone, revision: Revision, place: Marker, options: Options) -> Event:
    say = IN[options.lang]
    changed_at = revision.recorded_at.astimezone(UTC)
    titled = title(milestone, revision, place, options)
    written = Event()
    written.add("uid", uid(f"milestone-{milestone.uid}{place.suffix}"))
    # Without METHOD, DTSTAMP is the last change (RFC 5545 §3.8.7.2).
    written.add("dtstamp", changed_at)
    written.add("created", created_at(milestone))
    written.add("last-modified", changed_at)
    written.add("sequence", revision.sequence)
    written.add("dtstart", place.start)
    written.add("dtend", place.end)
    written.add("summary", titled)
    written.add("description", description(milestone, revision, place, say))
    written.add("url", page_url(milestone.get_absolute_url()))
    written.add("status", marker.status(revision))
    add_whether_busy(written, busy=marker.is_busy(revision, place, options))
    if named := categories(milestone, revision, say):
        written.add("categories", named)
    if where := location(milestone.place):
        written.add("location", where)
    if marker.rings(revision) and not place.suffix:
        for alarm in options.alarms:
            written.add_component(_alarm(alarm, titled))
    return written


def title(milestone: Milestone, revision: Revision, place: Marker, options: Options) -> str:
    say = IN[options.lang]
    words = words_of(milestone, revision, say, brief=True)
    if place.suffix == marker.CLOSE:
        words = say.last_day_of.format(words=words)
    has_sign = options.prefix == "1"
    return marker.title(revision, named=milestone.title, words=words, has_sign=has_sign, say=say)


def created_at(milestone: Milestone) -> datetime:
    """The same for ever. An import dates its first revisions a little before itself."""
    first_at: datetime = milestone.first_recorded_at  # type: ignore[attr-defined]
    return min(milestone.created_at, first_at).astimezone(UTC)


def uid(name: str) -> str:
    return f"{name}@{urlsplit(settings.MILEPOST_BASE_URL).hostname}"


def page_url(path: str) -> str:
    return f"{settings.MILEPOST_BASE_URL}{path}"


def never_busy(written: Event) -> None:
    add_whether_busy(written, busy=False)


def add_whether_busy(written: Event, *, busy: bool) -> None:
    written.add("transp", "OPAQUE" if busy else "TRANSPARENT")
    # Outlook looks at TRANSP only where this is missing.
    written.add("x-microsoft-cdo-busystatus", vText("BUSY" if busy else "FREE"))


def categories(milestone: Milestone, revision: Revision, say: EntryWords) -> list[str]:
    """Programme and tags; who filters can tell the dates that are no days."""
    tags = sorted(tag.name for tag in milestone.tags.all())
    rough = [] if marker.is_exact(revision) else [say.approximate]
    named = [text.in_a_list(name) for name in [milestone.programme.title, *tags]]
    return [*dict.fromkeys(name for name in named if name), *rough]


def location(place: str) -> str:
    """A place, for people and maps; a link is none."""
    return "" if "://" in place else text.one_line(place, limit=120)


def _alarm(before: str, titled: str) -> Alarm:
    rung = Alarm()
    rung.add("action", "DISPLAY")
    rung.add("description", titled)
    # Relative to the start: of a moment without Z, Google takes no entry of the whole feed.
    rung.add("trigger", -timedelta(minutes=minutes(before)))
    return rung


# ---- what is said ------------------------------------------------------------------------------


def description(milestone: Milestone, revision: Revision, place: Marker, say: EntryWords) -> str:
    """Plain text: when and how firm, what changed, who said so, what it is, and the link."""
    news = news_of(milestone)
    said = [
        when(milestone, revision, say),
        how_firm(revision, place, say),
        what_changed(milestone, news, say) if news else "",
        who_said(revision.statement, say),
        say.why.format(reason=news.reason) if news and news.reason else "",
    ]
    facts = "\n".join(text.one_line(line, limit=LONGEST_LINE) for line in said if line)
    about = text.lines(milestone.summary, limit=LONGEST_SUMMARY)
    link = page_url(milestone.get_absolute_url())
    return "\n\n".join(part for part in [facts, about, link] if part)


def when(milestone: Milestone, revision: Revision, say: EntryWords) -> str:
    said = words_of(milestone, revision, say)
    is_day = revision.precision in DAY_OR_FINER and revision.mode != Mode.SPAN
    is_clear = marker.is_exact(revision) or (is_day and revision.earliest == revision.latest)
    if not is_clear:
        days = say.window_words(revision.date, home_zone=milestone.home_zone)
        said = say.when_days.format(words=said, days=days)
    return say.when[revision.status].format(said=said)


def words_of(
    milestone: Milestone, revision: Revision, say: EntryWords, *, brief: bool = False
) -> str:
    return say.date_words(
        revision.date,
        home_zone=milestone.home_zone,
        hemisphere=milestone.hemisphere,
        fiscal=milestone.fiscal,
        brief=brief,
    )


def how_firm(revision: Revision, place: Marker, say: EntryWords) -> str:
    """What the entry's day means, for whoever would take it for the date."""
    if revision.status != StatementKind.PLAN:
        return ""
    if revision.overdue:
        return say.is_overdue
    if marker.status(revision) is marker.Status.CONFIRMED:
        return _named(revision, say)
    if marker.is_exact(revision):
        return say.to_be_confirmed
    is_doubted_day = revision.precision in DAY_OR_FINER and revision.mode == Mode.WITHIN
    if is_doubted_day and revision.qualifier:
        return say.doubted[Qualifier(revision.qualifier)]
    return say.open[Mode(revision.mode), place.shows]


def _named(revision: Revision, say: EntryWords) -> str:
    if revision.instant is not None:
        return say.time_named
    return say.days_named if revision.mode == Mode.SPAN else say.day_named


def what_changed(milestone: Milestone, news: Revision, say: EntryWords) -> str:
    before = stated(milestone, news.previous.statement) if news.previous else None
    words = say.change_words(news.change, before, stated(milestone, news.statement))
    day = say.day_words(news.recorded_at.astimezone(UTC).date())
    return say.changed.format(news=words, day=day)


def who_said(statement: Statement, say: EntryWords) -> str:
    is_month = statement.stated_precision == Source.Known.MONTH
    said = say.said_in_month if is_month else say.said_on_day
    day = say.day_words(statement.stated_on, known_to=statement.stated_precision)
    return said.format(publisher=statement.source.publisher, day=day)


def news_of(milestone: Milestone) -> Revision | None:
    """The last revision that changed the date; the current one may have changed only text."""
    latest: list[Revision] = milestone.latest_news  # type: ignore[attr-defined]
    return latest[0] if latest else None


def stated(milestone: Milestone, statement: Statement) -> Stated:
    """As `statement.stated`, without asking the database for its milestone."""
    return Stated(
        date=statement.date,
        said_on=statement.stated_on,
        home_zone=milestone.home_zone,
        kind=StatementKind(statement.kind),
    )
