"""How long until a date in Japanese, in words that are no surer than the date itself."""

from datetime import date, datetime, timedelta

from timeline.changes import StatementKind
from timeline.dates import Mode, Precision, VagueDate
from timeline.phases import Phase, phase, today_at
from timeline.wording.japanese.amounts import about_words, clock_words
from timeline.wording.japanese.phrases import NO_DATE_WORDS, date_words
from timeline.wording.measured import IN_YEARS_FROM

_COUNTED_BELOW = 26  # days; from there on the wait is told in months
_HOURS_BELOW = timedelta(days=2)
_DAY = timedelta(days=1)
_FIXED = {
    Phase.DONE: "実施済み",
    Phase.CANCELLED: "中止",
    Phase.UNDATED: NO_DATE_WORDS,
}


def countdown_words(
    value: VagueDate, *, kind: StatementKind, home_zone: str, said_on: date, now: datetime
) -> str:
    """One line, as in English: あと12日, 期間の始まりまであと約3か月, 期間の最終日."""
    stands = phase(value, kind=kind, home_zone=home_zone, said_on=said_on, now=now)
    if stands in _FIXED:
        return _FIXED[stands]
    if value.instant is not None:
        return _to_a_time(value, stands, value.instant - now)
    return _to_a_day(value, stands, home_zone, today_at(now, home_zone))


def _to_a_day(value: VagueDate, stands: Phase, home_zone: str, today: date) -> str:
    window = value.window(home_zone)
    if window.latest is None:
        assert window.earliest is not None  # noqa: S101
        words = date_words(value, home_zone=home_zone, brief=True)
        wait = (window.earliest - today).days
        return f"{words}（{_in_days(wait)}）" if wait > 0 else f"{words}、いつでもあり得る"
    if today > window.latest:
        return _since(value, (today - window.latest).days, stands)
    if window.earliest is None:
        return _to_deadline((window.latest - today).days)
    if today < window.earliest:
        return _to_window(value, (window.earliest - today).days)
    return _inside(value, window.earliest, window.latest, today)


def _to_a_time(value: VagueDate, stands: Phase, wait: timedelta) -> str:
    is_sharp = abs(wait) < _HOURS_BELOW and not value.qualifier.is_approximate
    minutes = int(abs(wait).total_seconds()) // 60
    amount = (clock_words(minutes) if minutes else "1分未満") if is_sharp else ""
    if stands is Phase.BEFORE:
        return f"あと{amount or _sharp_days(value, wait.days)}"
    return f"予定時刻から{amount or _past_days(value, -wait // _DAY)}経過、{_news(stands)}"


def _to_deadline(days: int) -> str:
    if days == 0:
        return "本日が期限"
    return f"期限まであと{f'{days}日' if days < IN_YEARS_FROM else about_words(days)}"


def _to_window(value: VagueDate, days: int) -> str:
    if value.precision is not Precision.DAY:
        return "期間は明日から" if days == 1 else f"期間の始まりまで{_in_days(days)}"
    is_tomorrow = days == 1 and not value.qualifier.is_approximate
    return "明日" if is_tomorrow else f"あと{_sharp_days(value, days)}"


def _inside(value: VagueDate, first: date, last: date, today: date) -> str:
    width, left = (last - first).days + 1, (last - today).days + 1
    if value.precision is Precision.DAY:
        return "本日" if first == last else f"実施中、{width}日間の{width - left + 1}日目"
    if left == 1:
        return "期間の最終日"
    if width >= IN_YEARS_FROM:
        return f"期間中、残り{about_words(left)}"
    return f"期間中、{width}日のうち残り{left}日"


def _since(value: VagueDate, days: int, stands: Phase) -> str:
    if value.precision is Precision.DAY and value.mode is not Mode.BY:
        return f"予定日から{_past_days(value, days)}経過、{_news(stands)}"
    what = "期限" if value.mode is Mode.BY else "期間の終わり"
    return f"{what}から{_counted(days)}経過、{_news(stands)}"


def _news(stands: Phase) -> str:
    return "発表なし" if stands is Phase.OVERDUE else "発表待ち"


def _sharp_days(value: VagueDate, days: int) -> str:
    return f"約{days}日" if value.qualifier.is_approximate else f"{days}日"


def _past_days(value: VagueDate, days: int) -> str:
    return _sharp_days(value, days) if days < _COUNTED_BELOW else about_words(days)


def _in_days(days: int) -> str:
    return "明日から" if days == 1 else f"あと{_counted(days)}"


def _counted(days: int) -> str:
    return f"{days}日" if days < _COUNTED_BELOW else about_words(days)
