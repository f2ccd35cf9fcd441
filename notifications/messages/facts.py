"""The facts of a message in words, as they were when it was noted: every try says the same."""

import unicodedata
from datetime import datetime

from timeline import wording
from timeline.changes import Change, ChangeKind, Stated, StatementKind
from timeline.models import Announcement, Milestone, Revision, Statement
from timeline.outbox import net_change

Facts = dict[str, object]
TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
# What moves from one date to another is told so in the subject; the rest as a sentence.
MOVES = {
    ChangeKind.SLIP,
    ChangeKind.PULL_IN,
    ChangeKind.FIRMED,
    ChangeKind.LOOSENED,
    ChangeKind.UNDATED,
    ChangeKind.REINSTATED,
}


def change_facts(announcement: Announcement) -> Facts:
    """The net news: from what readers were last told to what is published now."""
    return facts_of(
        announcement.change,
        base=announcement.from_revision,
        revision=announcement.to_revision,
        reason=announcement.reason,
    )


def net_facts(base: Revision | None, revision: Revision) -> Facts:
    """The same for one who knew `base`."""
    change = net_change(base, revision)
    return facts_of(change, base=base, revision=revision, reason=revision.reason)


def facts_of(change: Change, *, base: Revision | None, revision: Revision, reason: str) -> Facts:
    milestone = revision.milestone
    before, after = base.stated if base else None, revision.stated
    line = wording.change_words(change, before, after)
    was, now = stated_words(before, milestone), stated_words(after, milestone)
    moves = change.kind in MOVES and was not in ("", now)
    return {
        **shared_facts(milestone, revision),
        "news": f"{was} → {now}" if moves else subject_words(change.kind, was, line),
        "line": line,
        "change": change.kind,
        "kind": wording.kind_words(change.kind),
        "was": was,
        "now": now,
        "was_edtf": base.edtf if base else None,
        "amount": moved_words(wording.amount_words(change, before, after), change.days),
        "range": wording.range_words(change, before, after),
        "reason": clean(reason),
    }


def subject_words(kind: ChangeKind, was: str, line: str) -> str:
    """The line behind a title and a colon, so without a colon of its own."""
    if kind is ChangeKind.CANCELLED and was and line != "Cancelled":
        return f"cancelled (was {was})"
    return line[:1].lower() + line[1:]


def reminder_facts(revision: Revision, *, anchor: str, at: datetime) -> Facts:
    """How far off it is, no finer than the date that was said."""
    milestone = revision.milestone
    news = wording.countdown_words(
        revision.date,
        kind=StatementKind(revision.status),
        home_zone=milestone.home_zone,
        said_on=revision.statement.stated_on,
        now=at,
    )
    return {
        **shared_facts(milestone, revision),
        "news": news,
        "line": news[:1].upper() + news[1:],
        "now": stated_words(revision.stated, milestone),
        "anchor": anchor,
    }


def shared_facts(milestone: Milestone, revision: Revision) -> Facts:
    source = revision.statement.source
    return {
        "milestone": milestone.slug,
        "edtf": revision.edtf,
        "earliest": revision.earliest and revision.earliest.isoformat(),
        "latest": revision.latest and revision.latest.isoformat(),
        "status": revision.status,
        "title": clean(milestone.title),
        "programme": clean(milestone.programme.title),
        "window": window_words(revision),
        "publisher": clean(source.publisher),
        "source_title": clean(source.title),
        "source_url": source.url if source.url.startswith(("https://", "http://")) else "",
        "source_words": clean(revision.statement.text),
        "said_on": said_on_words(revision.statement),
    }


def stated_words(stated: Stated | None, milestone: Milestone) -> str:
    if stated is None or stated.kind is StatementKind.CANCELLED:
        return "cancelled" if stated else ""
    return wording.date_words(
        stated.date,
        home_zone=stated.home_zone,
        hemisphere=milestone.hemisphere,
        fiscal=milestone.fiscal,
    )


def window_words(revision: Revision) -> str:
    """The days that are meant, of a plan whose words leave them open."""
    is_plan = revision.status == StatementKind.PLAN and revision.edtf is not None
    words = wording.window_words(revision.date, home_zone=revision.milestone.home_zone)
    return words if is_plan and revision.earliest != revision.latest else ""


def moved_words(amount: str, days: int | None) -> str:
    if not amount or not days:
        return amount
    return f"{amount} {'later' if days > 0 else 'earlier'}"


def said_on_words(statement: Statement) -> str:
    """The source's day, or its month where only that is known."""
    return wording.day_words(statement.stated_on, known_to=statement.stated_precision)


def clean(text: str) -> str:
    """One line without control characters.

    Nothing in it ends a header, forges a paragraph or turns the writing around.
    """
    shown = (" " if is_control(sign) else sign for sign in text)
    return " ".join("".join(shown).split())


def is_control(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") or sign in TURNING
