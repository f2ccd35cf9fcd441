"""A milestone → its calendar entry. Everything in it was stored when a revision was published.

So the same revision gives the same entry whenever it is asked for, and every visible change
comes with a later LAST-MODIFIED.
"""

from datetime import UTC, date, datetime
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Event, vText

from timeline.changes import Stated, StatementKind
from timeline.dates import DAY_OR_FINER, Mode, Qualifier, make
from timeline.ical import marker, text
from timeline.models import Milestone, Revision, Source, Statement
from timeline.wording import change_words, date_words, window_words

_LEAVES_OPEN = {
    Mode.WITHIN: "any of these days is possible; this entry marks the first.",
    Mode.SPAN: "only this much is known; this entry marks the first day.",
    Mode.NET: "any day from then on is possible; this entry marks the first.",
    Mode.BY: "any day until then is possible; this entry marks the last.",
}
_DOUBTED = {
    Qualifier.APPROXIMATE: "it may be a little earlier or later.",
    Qualifier.UNCERTAIN: "the source is in doubt about it.",
    Qualifier.BOTH: "it may be earlier or later and the source is in doubt about it.",
}
LONGEST_LINE = 300
LONGEST_SUMMARY = 1500
APPROXIMATE = "Date approximate"


def entry(milestone: Milestone) -> Event:
    """The entry of a dated milestone, as `selection.with_what_an_entry_says` gives it."""
    revision = milestone.current_revision
    if revision is None:
        raise ValueError("A draft has no entry.")
    place = marker.place(revision)
    changed_at = revision.recorded_at.astimezone(UTC)
    written = Event()
    written.add("uid", uid(f"milestone-{milestone.uid}"))
    # Without METHOD, DTSTAMP is the last change (RFC 5545 §3.8.7.2).
    written.add("dtstamp", changed_at)
    written.add("created", created_at(milestone))
    written.add("last-modified", changed_at)
    written.add("sequence", revision.sequence)
    written.add("dtstart", place.start)
    written.add("dtend", place.end)
    words = words_of(milestone, revision, brief=True)
    written.add("summary", marker.title(revision, named=milestone.title, words=words))
    written.add("description", description(milestone, revision))
    written.add("url", page_url(milestone.get_absolute_url()))
    written.add("status", marker.status(revision))
    never_busy(written)
    written.add("categories", categories(milestone, revision))
    if where := location(milestone.place):
        written.add("location", where)
    return written


def created_at(milestone: Milestone) -> datetime:
    """The same for ever. An import dates its first revisions a little before itself."""
    first_at: datetime = milestone.first_recorded_at  # type: ignore[attr-defined]
    return min(milestone.created_at, first_at).astimezone(UTC)


def uid(name: str) -> str:
    return f"{name}@{urlsplit(settings.MILEPOST_BASE_URL).hostname}"


def page_url(path: str) -> str:
    return f"{settings.MILEPOST_BASE_URL}{path}"


def never_busy(written: Event) -> None:
    written.add("transp", "TRANSPARENT")
    # Outlook looks at TRANSP only where this is missing.
    written.add("x-microsoft-cdo-busystatus", vText("FREE"))


def categories(milestone: Milestone, revision: Revision) -> list[str]:
    """Programme and tags; who filters can tell the dates that are no days."""
    tags = sorted(tag.name for tag in milestone.tags.all())
    rough = [] if marker.is_exact(revision) else [APPROXIMATE]
    named = [text.one_line(name, limit=120) for name in [milestone.programme.title, *tags]]
    return [*dict.fromkeys(name for name in named if name), *rough]


def location(place: str) -> str:
    """A place, for people and maps; a link is none."""
    return "" if "://" in place else text.one_line(place, limit=120)


def description(milestone: Milestone, revision: Revision) -> str:
    """Plain text: when and how firm, what changed, who said so, what it is, and the link."""
    news = news_of(milestone)
    said = [
        when(milestone, revision),
        how_firm(revision),
        what_changed(milestone, news) if news else "",
        who_said(revision.statement),
        f"Why: {news.reason}" if news and news.reason else "",
    ]
    facts = "\n".join(text.one_line(line, limit=LONGEST_LINE) for line in said if line)
    about = text.lines(milestone.summary, limit=LONGEST_SUMMARY)
    link = page_url(milestone.get_absolute_url())
    return "\n\n".join(part for part in [facts, about, link] if part)


def when(milestone: Milestone, revision: Revision) -> str:
    said = words_of(milestone, revision)
    days = window_words(revision.date, home_zone=milestone.home_zone)
    is_day = revision.precision in DAY_OR_FINER and revision.mode != Mode.SPAN
    is_clear = marker.is_exact(revision) or (is_day and revision.earliest == revision.latest)
    begins = "The date was" if revision.status == StatementKind.CANCELLED else "When"
    return f"{begins}: {said}." if is_clear else f"{begins}: {said}, {days}."


def words_of(milestone: Milestone, revision: Revision, *, brief: bool = False) -> str:
    return date_words(
        revision.date,
        home_zone=milestone.home_zone,
        hemisphere=milestone.hemisphere,
        fiscal=milestone.fiscal,
        brief=brief,
    )


def how_firm(revision: Revision) -> str:
    """What the entry's day means, for whoever would take it for the date."""
    if revision.status != StatementKind.PLAN:
        return ""
    if revision.overdue:
        return "Overdue: this time has passed and nothing was reported."
    if marker.status(revision) is marker.Status.CONFIRMED:
        return f"Firm: {_named(revision)}."
    if marker.is_exact(revision):
        return "Not firm: this is still to be confirmed."
    is_doubted_day = revision.precision in DAY_OR_FINER and revision.mode == Mode.WITHIN
    if is_doubted_day and revision.qualifier:
        return f"Not firm: {_DOUBTED[Qualifier(revision.qualifier)]}"
    return f"Not firm: {_LEAVES_OPEN[Mode(revision.mode)]}"


def _named(revision: Revision) -> str:
    if revision.instant is not None:
        return "the time was named"
    return "the days were named" if revision.mode == Mode.SPAN else "the day was named"


def what_changed(milestone: Milestone, news: Revision) -> str:
    before = stated(milestone, news.previous.statement) if news.previous else None
    words = change_words(news.change, before, stated(milestone, news.statement))
    return f"{words} (published {day_words(news.recorded_at.astimezone(UTC).date())})."


def who_said(statement: Statement) -> str:
    if statement.stated_precision == Source.Known.MONTH:
        return f"Said by {statement.source.publisher} in {month_words(statement.stated_on)}."
    return f"Said by {statement.source.publisher} on {day_words(statement.stated_on)}."


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


def day_words(day: date) -> str:
    return date_words(make(day.isoformat()), home_zone="UTC")


def month_words(day: date) -> str:
    return date_words(make(day.isoformat()[:7]), home_zone="UTC")
