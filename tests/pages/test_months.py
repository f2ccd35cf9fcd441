"""How entries are laid out as months; the clock is not asked."""

from datetime import date

import pytest

from timeline.pages.months import Month, laid_out
from timeline.pages.preview import Entry, entries
from timeline.wording.entries import IN

TODAY = date(2026, 11, 20)


def entry(first: date, last: date | None = None, *, title: str = "it") -> Entry:
    return Entry({"SUMMARY": title, "STATUS": "TENTATIVE"}, first, last or first, "")


def calendar(*events: str) -> bytes:
    lines = "".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\n{lines}END:VCALENDAR\n".replace("\n", "\r\n").encode()


def test_months_without_an_entry_are_left_out():
    months = laid_out([entry(date(2027, 1, 5)), entry(date(2031, 2, 1))], today=TODAY)

    assert [month.first for month in months.shown] == [date(2027, 1, 1), date(2031, 2, 1)]


def test_this_month_is_shown_whole_and_the_one_before_is_earlier():
    over, lately = entry(date(2026, 10, 31)), entry(date(2026, 11, 1))

    months = laid_out([over, lately], today=TODAY)

    assert months.earlier == [over]
    assert [month.entries for month in months.shown] == [[lately]]


def test_after_twelve_months_the_rest_is_later():
    all_entries = [entry(date(2027 + number, 5, 1)) for number in range(14)]

    months = laid_out(all_entries, today=TODAY)

    assert len(months.shown) == 12
    assert months.later == all_entries[12:]


def test_a_bar_is_cut_where_weeks_and_months_end():
    bar = entry(date(2026, 12, 30), date(2027, 1, 5))

    months = laid_out([bar], today=TODAY).shown

    parts = [
        [(one.first.day, one.column, one.length, one.is_again) for one in week.segments]
        for month in months
        for week in month.weeks
        if week.segments
    ]
    assert parts == [[(30, 3, 2, False)], [(1, 5, 3, False)], [(4, 1, 2, True)]]


def test_a_bar_says_where_it_comes_from_and_that_it_goes_on():
    bar = entry(date(2026, 12, 30), date(2027, 1, 5))

    december, january = laid_out([bar], today=TODAY).shown

    ends = [(one.comes_from_before, one.goes_on) for one in segments(december) + segments(january)]
    assert ends == [(False, True), (True, True), (True, False)]


def segments(month: Month) -> list:
    return [one for week in month.weeks for one in week.segments]


def test_a_bar_of_many_years_takes_no_more_months_than_are_shown():
    months = laid_out([entry(date(2030, 1, 1), date(2199, 12, 31))], today=TODAY)

    assert [month.first.year for month in months.shown] == [2030] * 12
    assert months.later == []


def test_of_very_many_entries_in_a_month_the_longest_are_only_counted():
    bars = [entry(date(2027, 2, 1), date(2027, 2, 28)) for _ in range(5)]
    days = [entry(date(2027, 2, 1 + number % 28)) for number in range(58)]

    (month,) = laid_out([*bars, *days], today=TODAY).shown

    assert month.entries == [*bars[:2], *days]
    assert month.more == 3


def test_a_month_has_the_days_of_its_weeks_and_no_others():
    (month,) = laid_out([entry(date(2027, 2, 1))], today=TODAY).shown

    days = [[day.day if day else None for day in week.days] for week in month.weeks]
    assert days[0] == [1, 2, 3, 4, 5, 6, 7]
    assert days[-1] == [22, 23, 24, 25, 26, 27, 28]


def test_the_last_year_that_there_is_is_listed_only():
    end = entry(date(9999, 12, 30))

    months = laid_out([end], today=TODAY)

    assert (months.shown, months.later) == ([], [end])


# ---- what is read of the bytes -------------------------------------------------------------------


def event(start: str, end: str, **more: str) -> str:
    lines = {"UID": "milestone-1@x", "SUMMARY": "it", "STATUS": "TENTATIVE", **more}
    given = "\n".join(f"{name}:{value}" for name, value in lines.items())
    return f"DTSTART{start}\nDTEND{end}\n{given}"


def test_days_are_inclusive_on_the_page_and_exclusive_in_the_calendar():
    body = calendar(event(";VALUE=DATE:20270301", ";VALUE=DATE:20270304"))

    (read,) = entries(body)

    assert (read.first, read.last, read.time) == (date(2027, 3, 1), date(2027, 3, 3), "")


def test_what_ends_after_midnight_stands_on_the_day_on_which_it_begins():
    night = event(":20270301T235000Z", ":20270302T002000Z")
    days = event(":20270301T235000Z", ":20270304T002000Z")

    lasts = [one.last for one in entries(calendar(night, days))]

    assert lasts == [date(2027, 3, 1), date(2027, 3, 4)]


def test_a_title_is_unfolded_and_unescaped():
    body = calendar(
        event(":20270301T000000Z", ":20270301T003000Z", SUMMARY="a\\, b\\; c \\\\n\n  d")
    )

    assert [one.title for one in entries(body)] == ["a, b; c \\n d"]


def test_alarms_and_busy_times_are_seen():
    rings = event(":20270301T000000Z", ":20270301T003000Z", TRANSP="OPAQUE", TRIGGER="-P1D")
    plain = event(":20270302T000000Z", ":20270302T003000Z", TRANSP="TRANSPARENT")

    seen = [(one.rings, one.is_busy) for one in entries(calendar(rings, plain))]

    assert seen == [(True, True), (False, False)]


def test_how_firm_an_entry_looks_is_its_status_and_category():
    states = [
        {"STATUS": "CONFIRMED"},
        {"STATUS": "TENTATIVE"},
        {"STATUS": "TENTATIVE", "CATEGORIES": "LUPEX,Date approximate"},
        {"STATUS": "CANCELLED", "CATEGORIES": "LUPEX,Date approximate"},
    ]
    body = calendar(*(event(":20270301T000000Z", ":20270301T003000Z", **one) for one in states))

    assert [one.look for one in entries(body)] == ["firm", "open", "vague", "cancelled"]


@pytest.mark.parametrize("words", IN.values())
def test_a_vague_date_is_seen_in_each_language(words):
    times = event(":20270301T000000Z", ":20270301T003000Z", CATEGORIES=words.approximate)

    assert [one.is_vague for one in entries(calendar(times))] == [True]


def test_the_note_in_an_empty_calendar_is_no_entry():
    body = calendar(event(":20270301T000000Z", ":20270301T003000Z", UID="nothing-dated-all@x"))

    assert entries(body) == []
