"""The facts of a message in words, as they were when it was noted: every try says the same."""

from collections.abc import Callable
from datetime import datetime

from notifications.messages.cleaning import clean
from timeline.changes import Change, ChangeKind, Stated, StatementKind
from timeline.models import Announcement, Milestone, Revision, Statement
from timeline.outbox import net_change
from timeline.wording.telling import ENGLISH, IN, NewsWords

Facts = dict[str, object]
IN_OTHER_LANGUAGES = "in"
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
    return in_all_languages(
        lambda words: told_facts(
            announcement.change,
            base=announcement.from_revision,
            revision=announcement.to_revision,
            reason=announcement.reason,
            words=words,
        )
    )


def net_facts(base: Revision | None, revision: Revision, *, language: str) -> Facts:
    """The same for one who knew `base`; a correction if that was wrong."""
    facts = told_facts(
        net_change(base, revision),
        base=base,
        revision=revision,
        reason=revision.reason,
        words=IN[language],
    )
    if base is None or base.statement.standing != Statement.Standing.WITHDRAWN:
        return facts
    return facts | correction_facts(base, facts, words=IN[language])


def reminder_facts(revision: Revision, *, anchor: str, at: datetime) -> Facts:
    """How far off it is, no finer than the date that was said."""
    return in_all_languages(lambda words: wait_facts(revision, anchor=anchor, at=at, words=words))


def frozen_facts(payload: Facts, *, language: str) -> Facts:
    """Those of a notification, with dates in the reader's language where they were frozen so."""
    others = payload.get(IN_OTHER_LANGUAGES)
    differing = others.get(language, {}) if isinstance(others, dict) else {}
    shared = {name: value for name, value in payload.items() if name != IN_OTHER_LANGUAGES}
    return {**shared, **differing}


def in_all_languages(facts_in: Callable[[NewsWords], Facts]) -> Facts:
    """Facts in English, and below them what is another in other languages."""
    english = facts_in(ENGLISH)
    others = {
        language: {name: fact for name, fact in facts_in(words).items() if fact != english[name]}
        for language, words in IN.items()
        if words is not ENGLISH
    }
    return {**english, IN_OTHER_LANGUAGES: others}


# ---- of a change -------------------------------------------------------------------------------


def told_facts(
    change: Change, *, base: Revision | None, revision: Revision, reason: str, words: NewsWords
) -> Facts:
    milestone = revision.milestone
    before, after = base.stated if base else None, revision.stated
    line = words.change_words(change, before, after)
    was = stated_words(before, milestone, words) if before else ""
    now = stated_words(after, milestone, words)
    moves = change.kind in MOVES and was not in ("", now)
    return {
        **shared_facts(milestone, revision, words),
        "news": f"{was} → {now}" if moves else words.in_subject(line),
        "line": line,
        "change": change.kind,
        "kind": words.kind_words(change.kind),
        "was": was,
        "now": now,
        "was_edtf": base.edtf if base else None,
        "amount": moved_words(words.amount_words(change, before, after), change.days, words),
        "range": words.range_words(change, before, after),
        "reason": clean(reason),
        "is_correction": False,
    }


def correction_facts(base: Revision, facts: Facts, *, words: NewsWords) -> Facts:
    """We were wrong: nothing moved by any amount."""
    wrong, because = wrongly_told(base, str(facts["was"]), words), why_wrong(base)
    publisher = clean(base.statement.source.publisher)
    said_why = f" ({because.rstrip('.')})" if because else ""
    still = f"still {facts['now']}" if facts["change"] == ChangeKind.UNCHANGED else facts["news"]
    return {
        "is_correction": True,
        "news": f"correction: {still}",
        "line": (
            f"Correction: we told you “{wrong}” on the word of {publisher}; "
            f"that was wrong{said_why}."
        ),
        "wrong_words": wrong,
        "wrong_publisher": publisher,
        "wrong_because": because.rstrip("."),
        "kind": "correction",
        "amount": "",
        "range": "",
        "reason": "" if because == facts["reason"] else facts["reason"],
    }


def wrongly_told(base: Revision, was: str, words: NewsWords) -> str:
    """What we had said, where the date alone would not say it."""
    if base.status == StatementKind.OCCURRED:
        return f"{words.kind_words(ChangeKind.OCCURRED)}: {was}"
    return was


def why_wrong(base: Revision) -> str:
    """The reason that was given when it was taken back, unless it had been overtaken by then."""
    later = base.milestone.revisions.filter(number__gt=base.number)
    following = later.exclude(statement=base.statement).order_by("number").first()
    if following is None:
        return ""
    said = following.statement
    was_replaced = said.corrects_id == base.statement_id
    is_back = said.order_said < base.statement.order_said
    return clean(following.reason) if was_replaced or is_back else ""


# ---- of a reminder -----------------------------------------------------------------------------


def wait_facts(revision: Revision, *, anchor: str, at: datetime, words: NewsWords) -> Facts:
    milestone = revision.milestone
    news = words.countdown_words(
        revision.date,
        kind=StatementKind(revision.status),
        home_zone=milestone.home_zone,
        said_on=revision.statement.stated_on,
        now=at,
    )
    return {
        **shared_facts(milestone, revision, words),
        "news": news,
        "line": news[:1].upper() + news[1:],
        "now": stated_words(revision.stated, milestone, words),
        "anchor": anchor,
    }


# ---- of both -----------------------------------------------------------------------------------


def shared_facts(milestone: Milestone, revision: Revision, words: NewsWords) -> Facts:
    statement = revision.statement
    source = statement.source
    return {
        "milestone": milestone.slug,
        "edtf": revision.edtf,
        "earliest": revision.earliest and revision.earliest.isoformat(),
        "latest": revision.latest and revision.latest.isoformat(),
        "status": revision.status,
        "title": clean(revision.title),
        "programme": clean(milestone.programme.title),
        "window": window_words(revision, words),
        "publisher": clean(source.publisher),
        "source_title": clean(source.title),
        "source_url": source.url if source.url.startswith(("https://", "http://")) else "",
        "source_words": clean(statement.text),
        "said_on": words.day_words(statement.stated_on, known_to=statement.stated_precision),
    }


def stated_words(stated: Stated, milestone: Milestone, words: NewsWords) -> str:
    if stated.kind is StatementKind.CANCELLED:
        return words.cancelled
    return words.date_words(
        stated.date,
        home_zone=stated.home_zone,
        hemisphere=milestone.hemisphere,
        fiscal=milestone.fiscal,
    )


def window_words(revision: Revision, words: NewsWords) -> str:
    """The days that are meant, of a plan whose words leave them open."""
    is_plan = revision.status == StatementKind.PLAN and revision.edtf is not None
    days = words.window_words(revision.date, home_zone=revision.milestone.home_zone)
    return days if is_plan and revision.earliest != revision.latest else ""


def moved_words(amount: str, days: int | None, words: NewsWords) -> str:
    if not amount or not days:
        return amount
    return (words.later if days > 0 else words.earlier).format(amount=amount)
