"""One line of news in Japanese: from which date to which, and behind them what that means."""

from timeline.changes import AS_BEFORE_THE_GAP, Change, ChangeKind, Stated, StatementKind
from timeline.dates import Precision
from timeline.wording.japanese.amounts import amount_words, measured_words
from timeline.wording.japanese.phrases import NO_DATE_WORDS, date_words
from timeline.wording.measured import IN_YEARS_FROM, Amount, Measure, rough

_FIRMED = {
    "early": "、早い時期に絞り込み",
    "middle": "、中頃に絞り込み",
    "late": "、遅い時期に絞り込み",
    "time added": "、時刻を追加",
    "upper bound": "、最も遅い時期を追加",
    "lower bound": "、最も早い時期を追加",
}
_LOOSENED = {
    "later": "遅れる可能性",
    "earlier": "早まる可能性",
    "both": "前後する可能性",
    "time dropped": "確度が低下、時刻なし",
    "upper bound": "確度が低下、最も遅い時期なし",
    "lower bound": "確度が低下、最も早い時期なし",
}
_KINDS = {
    ChangeKind.FIRST_DATED: "日程発表",
    ChangeKind.SLIP: "延期",
    ChangeKind.PULL_IN: "前倒し",
    ChangeKind.FIRMED: "具体化",
    ChangeKind.LOOSENED: "確度低下",
    ChangeKind.UNDATED: "期日未定",
    ChangeKind.CANCELLED: "中止",
    ChangeKind.REINSTATED: "再計画",
    ChangeKind.OCCURRED: "実施",
    ChangeKind.UNCHANGED: "変更なし",
    ChangeKind.EDITED: "修正",
}


def kind_words(kind: ChangeKind) -> str:
    return _KINDS[kind]


def change_words(change: Change, before: Stated | None, after: Stated) -> str:
    """The news as one line: “2027年春 → 2027年秋（約6か月の延期）”.

    Its dates are brief, so that no bracket stands beside another.
    """
    now = date_words(after.date, home_zone=after.home_zone, brief=True)
    was = date_words(before.date, home_zone=after.home_zone, brief=True) if before else ""
    match change.kind:
        case ChangeKind.SLIP | ChangeKind.PULL_IN | ChangeKind.FIRMED | ChangeKind.LOOSENED:
            if change.after_gap:
                return _told(now, f"日程を改めて発表{_than_last_said(change, before, after)}")
            return _told(_from_to(was, now), _moved_words(change, before, after))
        case ChangeKind.OCCURRED:
            return _told(now, _happened_words(change, before, after))
        case ChangeKind.REINSTATED:
            return _told(now, _reinstated_words(change, before, after))
        case ChangeKind.UNCHANGED if after.kind is StatementKind.CANCELLED:
            return "引き続き中止"
    return _plain_words(change, was, now)


def _moved_words(change: Change, before: Stated | None, after: Stated) -> str:
    if change.kind is ChangeKind.FIRMED:
        is_surer = change.sub == "qualifier"
        return "確度が向上" if is_surer else f"日程が具体化{_FIRMED.get(change.sub, '')}"
    if change.kind is ChangeKind.LOOSENED:
        return _LOOSENED.get(change.sub, "確度が低下")
    moved = "延期" if change.kind is ChangeKind.SLIP else "前倒し"
    same_day = "同じ日のうちに" if change.sub == "same day" else ""
    return f"{same_day}{amount_words(change, before, after)}の{moved}"


def _than_last_said(change: Change, before: Stated | None, after: Stated) -> str:
    """By how much it is later or earlier than what had been said; '' where it is not."""
    amount = amount_words(change, before, after)
    is_slip = ChangeKind.SLIP in (change.kind, change.sub)
    return f"、前回の発表より{amount}{'遅い' if is_slip else '早い'}" if amount else ""


def _happened_words(change: Change, before: Stated | None, after: Stated) -> str:
    if change.sub == "as stated":
        return "予定どおり実施"
    if change.sub not in ("early", "late"):
        return "実施済み"
    how = "早く実施" if change.sub == "early" else "遅れて実施"
    if amount := amount_words(change, before, after):
        return f"予定より{amount}{how}"
    is_day = before is not None and before.date.precision is Precision.DAY
    days = abs(change.days or 0)
    apart = Amount(days, Measure.DAY) if days < IN_YEARS_FROM else rough(days)
    return f"{'予定日' if is_day else '予定の時期'}より{measured_words(apart)}{how}"


def _reinstated_words(change: Change, before: Stated | None, after: Stated) -> str:
    had_happened = before is not None and before.kind is StatementKind.OCCURRED
    again = "実施されておらず、改めて計画" if had_happened else "計画を再開"
    return again + _than_last_said(change, before, after)


def _plain_words(change: Change, was: str, now: str) -> str:
    was_dated = was not in ("", NO_DATE_WORDS)
    match change.kind:
        case ChangeKind.FIRST_DATED:
            again = change.sub == AS_BEFORE_THE_GAP
            return _told(now, "日程を改めて発表、前回と同じ" if again else "日程を初めて発表")
        case ChangeKind.UNDATED:
            return _from_to(was, NO_DATE_WORDS)
        case ChangeKind.CANCELLED:
            return _from_to(was, "中止") if was_dated else "中止"
        case ChangeKind.EDITED:
            overdue = change.sub == "overdue"
            return _told(now, "時期を過ぎたが発表なし" if overdue else "記載を修正")
    if now == NO_DATE_WORDS:
        return f"引き続き{now}" if was else now
    return _told(_from_to(was, now), "変更なし")


def _told(dates: str, what: str) -> str:
    return f"{dates}（{what}）"


def _from_to(was: str, now: str) -> str:
    return now if was in ("", now) else f"{was} → {now}"
