"""One line of news: what changed, in words that fit a launch, a summit or a treaty."""

from timeline.changes import AS_BEFORE_THE_GAP, Change, ChangeKind, Stated, StatementKind
from timeline.dates import Mode, Precision, Qualifier
from timeline.wording.amounts import amount_words, days_words, roughly
from timeline.wording.measured import IN_YEARS_FROM
from timeline.wording.phrases import NO_DATE_WORDS, date_words

_KINDS = {
    ChangeKind.FIRST_DATED: "first dated",
    ChangeKind.SLIP: "slip",
    ChangeKind.PULL_IN: "pull-in",
    ChangeKind.FIRMED: "firmed",
    ChangeKind.LOOSENED: "loosened",
    ChangeKind.UNDATED: "undated",
    ChangeKind.CANCELLED: "cancelled",
    ChangeKind.REINSTATED: "reinstated",
    ChangeKind.OCCURRED: "happened",
    ChangeKind.UNCHANGED: "unchanged",
    ChangeKind.EDITED: "edited",
}
_FIRMED = {
    "early": ", to the early part",
    "middle": ", to the middle",
    "late": ", to the late part",
    "time added": ", with a time",
    "upper bound": ", with a latest date",
    "lower bound": ", with an earliest date",
    "qualifier": ", with less doubt",
}
_LOOSENED = {
    "later": "May be later",
    "earlier": "May be earlier",
    "both": "May be earlier or later",
    "time dropped": "Less exact, without a time",
    "upper bound": "Less exact, without a latest date",
    "lower bound": "Less exact, without an earliest date",
    "qualifier": "Less certain",
}
_EDITED = {"overdue": "The window passed without news"}
_PRECISIONS = {
    Precision.SECOND: "exact time",
    Precision.MINUTE: "exact time",
    Precision.HOUR: "to the hour",
    Precision.DAY: "day",
    Precision.WEEK: "week",
    Precision.MONTH_PART: "part of a month",
    Precision.MONTH: "month",
    Precision.QUARTER: "quarter",
    Precision.SEASON: "season",
    Precision.YEAR_PART: "part of a year",
    Precision.HALF: "half-year",
    Precision.YEAR: "year",
    Precision.FISCAL_YEAR: "fiscal year",
    Precision.RANGE: "range",
    Precision.DECADE: "decade",
    Precision.CENTURY: "century",
    Precision.NONE: "no date",
}
_QUALIFIERS = {
    Qualifier.CERTAIN: "",
    Qualifier.APPROXIMATE: "approximate",
    Qualifier.UNCERTAIN: "uncertain",
    Qualifier.BOTH: "approximate and uncertain",
}
_MODES = {
    Mode.WITHIN: "within",
    Mode.NET: "not before",
    Mode.BY: "by",
    Mode.SPAN: "lasts",
    Mode.NONE: "no date",
}


def kind_words(kind: ChangeKind) -> str:
    return _KINDS[kind]


def precision_words(precision: Precision) -> str:
    return _PRECISIONS[precision]


def qualifier_words(qualifier: Qualifier) -> str:
    return _QUALIFIERS[qualifier]


def mode_words(mode: Mode) -> str:
    return _MODES[mode]


def change_words(change: Change, before: Stated | None, after: Stated) -> str:
    """The news as one line: "Slipped ≈ 1 year: around 2024 → 2025"."""
    now = date_words(after.date, home_zone=after.home_zone)
    was = "" if before is None else date_words(before.date, home_zone=after.home_zone)
    amount = amount_words(change, before, after)
    match change.kind:
        case ChangeKind.SLIP | ChangeKind.PULL_IN:
            return _moved_words(change, amount, was, now)
        case ChangeKind.FIRMED | ChangeKind.LOOSENED:
            return f"{_bounded_words(change)}: {now if change.after_gap else _from_to(was, now)}"
        case ChangeKind.OCCURRED:
            return f"{_happened_words(change, amount, before)}: {now}"
        case ChangeKind.REINSTATED:
            return _reinstated_words(change, amount, before, now)
        case ChangeKind.UNCHANGED if after.kind is StatementKind.CANCELLED:
            return "Still cancelled"
    return _plain_words(change, was, now)


def subject_words(line: str) -> str:
    """The line behind a title and a colon: "cancelled (was 2027)"."""
    told = line[:1].lower() + line[1:]
    what, colon, was = told.partition(": was ")
    return f"{what} (was {was})" if colon else told


def _moved_words(change: Change, amount: str, was: str, now: str) -> str:
    is_slip = change.kind is ChangeKind.SLIP
    if change.after_gap:
        return f"Dated again, {amount} {'later' if is_slip else 'earlier'} than last said: {now}"
    verb = "Slipped" if is_slip else "Pulled in"
    same_day = " on the same day" if change.sub == "same day" else ""
    return f"{verb} {amount}{same_day}: {_from_to(was, now)}"


def _bounded_words(change: Change) -> str:
    if change.after_gap:
        return "Dated again"
    if change.kind is ChangeKind.FIRMED:
        return f"Firmed up{_FIRMED.get(change.sub, '')}"
    return _LOOSENED.get(change.sub, "Less certain")


def _happened_words(change: Change, amount: str, before: Stated | None) -> str:
    if change.sub == "as stated":
        return "Happened as stated"
    if change.sub not in ("early", "late"):
        return "Happened"
    if amount:
        return f"Happened {amount} {change.sub}"
    side = "before" if change.sub == "early" else "after"
    what = "the stated window"
    if before is not None and before.date.precision is Precision.DAY:
        what = "the stated day"
    days = abs(change.days or 0)
    apart = days_words(days) if days < IN_YEARS_FROM else roughly(days)
    return f"Happened {apart} {side} {what}"


def _reinstated_words(change: Change, amount: str, before: Stated | None, now: str) -> str:
    had_happened = before is not None and before.kind is StatementKind.OCCURRED
    again = "Has not happened, planned again" if had_happened else "Reinstated"
    if now == NO_DATE_WORDS:
        return f"{again}, no date yet"
    if not amount:
        return f"{again}: {now}"
    side = "later" if change.sub == ChangeKind.SLIP else "earlier"
    return f"{again}, {amount} {side} than last said: {now}"


def _plain_words(change: Change, was: str, now: str) -> str:
    was_dated = was not in ("", NO_DATE_WORDS)
    match change.kind:
        case ChangeKind.FIRST_DATED:
            again = change.sub == AS_BEFORE_THE_GAP
            return f"Dated again, as before: {now}" if again else f"First dated: {now}"
        case ChangeKind.UNDATED:
            return f"No date any more: was {was}"
        case ChangeKind.CANCELLED:
            return f"Cancelled: was {was}" if was_dated else "Cancelled"
        case ChangeKind.EDITED:
            return f"{_EDITED.get(change.sub, 'Edited')}: {now}"
    if now == NO_DATE_WORDS:
        return "Still no date" if was else "No date yet"
    return f"Unchanged: {_from_to(was, now)}"


def _from_to(was: str, now: str) -> str:
    return now if was in ("", now) else f"{was} → {now}"
