"""What admin lists say of a date or a change."""

from datetime import date

from django.utils.html import format_html
from django.utils.safestring import SafeString

from timeline.changes import Change, Stated
from timeline.models import Milestone, Revision, Source
from timeline.wording import change_words, date_words, kind_words, said_on_words


def badge(kind: str, words: str) -> SafeString:
    return format_html('<span class="badge badge-{}">{}</span>', kind, words)


def kind_badge(change: Change) -> SafeString:
    """The kind of a change. That a window passed without news is no edit of anybody."""
    return badge(change.kind, "overdue" if change.sub == "overdue" else kind_words(change.kind))


def changed(change: Change, before: Stated | None, after: Stated) -> SafeString:
    """The kind of a change as a badge, and the change in a line."""
    line = change_words(change, before, after)
    return format_html("{} {}", kind_badge(change), line)


def day_words(day: date | None, *, known_to: str = Source.Known.DAY) -> str:
    return said_on_words(day, known_to=known_to) if day else ""


def published_date(milestone: Milestone) -> str:
    revision: Revision | None = milestone.current_revision
    if revision is None:
        return "draft: no date stated"
    return date_words(revision.date, home_zone=milestone.home_zone)


def said_on(milestone: Milestone) -> str:
    """When that was said which is published."""
    revision: Revision | None = milestone.current_revision
    if revision is None:
        return ""
    said = revision.statement
    return day_words(said.stated_on, known_to=said.stated_precision)
