"""How much a date moved, in Japanese: rounded to what its words can carry."""

from timeline.changes import Change, ChangeKind, Stated
from timeline.dates import Mode
from timeline.wording.measured import (
    WEEKS_BELOW,
    Amount,
    Measure,
    amount_of,
    months_or_years,
    rough,
)

_UNITS = {
    Measure.DAY: "{:g}日",
    Measure.WEEK: "約{:g}週間",
    Measure.MONTH: "約{:g}か月",
    Measure.YEAR: "約{:g}年",
}
_MINUTES_IN_HOUR = 60


def amount_words(change: Change, before: Stated | None, after: Stated) -> str:
    """How far a slip or pull-in moved: 75日, 約1年, 5分; '' for other changes."""
    amount = amount_of(change, before, after)
    return measured_words(amount) if amount else ""


def range_words(change: Change, before: Stated | None, after: Stated) -> str:
    """All movements that agree with both statements: 最小1日、最大2年; as in English."""
    least, most = change.at_least, change.at_most
    if least is None or most is None or change.kind is ChangeKind.UNCHANGED:
        return ""
    from_net = before is not None and before.date.mode is Mode.NET
    if after.date.mode is Mode.NET:
        return "" if from_net else _one_bound_words(change, least, is_lower=True)
    if from_net:
        return _one_bound_words(change, most, is_lower=False)
    return _both_bounds_words(least, most)


def measured_words(amount: Amount) -> str:
    if amount.measure is Measure.MINUTE:
        return clock_words(int(amount.number))
    return _UNITS[amount.measure].format(amount.number) if amount.number else "1週間未満"


def clock_words(minutes: int) -> str:
    hours, rest = divmod(minutes, _MINUTES_IN_HOUR)
    return (f"{hours}時間" if hours else "") + (f"{rest}分" if rest or not hours else "")


def about_words(days: int) -> str:
    """A rough amount: weeks, months to about a year, then years."""
    return measured_words(rough(days))


def _both_bounds_words(least: int, most: int) -> str:
    if least == most:
        return f"ちょうど{abs(least)}日" if least else ""
    if least < 0 < most:
        return f"{_rounded(-least)}の前倒しから{_rounded(most)}の延期まで"
    near, far = (_rounded(days) for days in sorted((abs(least), abs(most))))
    if near == far:
        return f"約{far}"
    return f"最小{near}、最大{far}" if least and most else f"最大{far}"


def _one_bound_words(change: Change, bound: int, *, is_lower: bool) -> str:
    if not bound:
        return ""
    is_later, moved_later = bound > 0, (change.days or 0) > 0
    side = "" if is_later == moved_later else f"の{'延期' if is_later else '前倒し'}"
    return f"{'最小' if is_later == is_lower else '最大'}{_rounded(abs(bound))}{side}"


def _rounded(days: int) -> str:
    amount = Amount(days, Measure.DAY) if days < WEEKS_BELOW else months_or_years(days)
    return measured_words(amount).removeprefix("約")
