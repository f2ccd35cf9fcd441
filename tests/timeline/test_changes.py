"""Kinds of change that the tables do not hold: gaps, repetitions, what is news, what is dissent."""

from datetime import date

import pytest

from tests.timeline.stated import CANCELLED, JAPAN, TBD, said
from timeline.changes import (
    AS_BEFORE_THE_GAP,
    ChangeKind,
    Stated,
    classify,
    classify_chain,
    is_news,
)
from timeline.dates import NO_DATE


def kind_and_sub(before: Stated | None, after: Stated) -> tuple[str, str]:
    change = classify(before, after)
    return change.kind.value, change.sub


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (said("2027"), ("first_dated", "")),
        (TBD, ("unchanged", "no date")),
        (CANCELLED, ("cancelled", "")),
        (said("2025-08-29", kind="occurred"), ("occurred", "")),
    ],
)
def test_the_first_word_on_a_milestone_is_compared_with_nothing(after, told):
    assert kind_and_sub(None, after) == told
    assert classify(None, after, last_dated=said("2020")).days is None


def test_what_was_not_dated_is_not_undated_again():
    assert kind_and_sub(TBD, TBD) == ("unchanged", "no date")


def test_a_cancellation_said_again_is_no_news():
    assert kind_and_sub(CANCELLED, CANCELLED) == ("unchanged", "")


def test_something_reinstated_without_a_date_is_reinstated():
    assert kind_and_sub(CANCELLED, TBD) == ("reinstated", "")


def test_a_date_before_the_gap_counts_only_across_a_gap():
    before, after, older = said("2027"), said("2028"), said("2020")

    assert classify(before, after, last_dated=older) == classify(before, after)


def test_the_old_date_after_a_gap_is_a_date_again():
    spring = said("2027-25")

    *_, change = classify_chain([spring, TBD, spring])

    assert (change.kind, change.sub) == (ChangeKind.FIRST_DATED, AS_BEFORE_THE_GAP)
    assert change.after_gap
    assert is_news(change, after=spring.date)


def test_what_happens_after_a_gap_is_measured_from_the_last_date():
    may, done = said("2024-05", on="2024-02-15"), said("2024-06-02", kind="occurred")

    *_, change = classify_chain([may, TBD, done])

    assert (change.kind, change.sub, change.days) == (ChangeKind.OCCURRED, "late", 2)
    assert change.after_gap


# ---- occurred ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "happened", "sub", "days"),
    [
        (said("2011-09"), "2011-09-30", "as stated", 0),
        (said("2011-09"), "2011-10-01", "late", 1),
        (said("2011-09"), "2011-08-31", "early", -1),
        (said("2011-09"), "2011", "as stated", 0),
        (said("2024", qualifier="~"), "2025-07-02", "as stated", 0),
        (said("2024", qualifier="~"), "2025-07-03", "late", 184),
        (said("2027-25"), "2027-07-01", "as stated", 0),
        (said("[..2022]", on="2021-03-12"), "2020-01-01", "as stated", 0),
        (said("[..2022]", on="2021-03-12"), "2023-01-01", "late", 1),
        (said("[2026-03..]"), "2026-06-01", "late", 62),
    ],
)
def test_what_happened_is_measured_from_the_edge_of_the_window(before, happened, sub, days):
    change = classify(before, said(happened, kind="occurred"))

    assert (change.kind, change.sub, change.days) == (ChangeKind.OCCURRED, sub, days)


def test_a_not_before_is_no_promise_that_lateness_could_break():
    change = classify(said("[2026-03..]"), said("2026-06-01", kind="occurred"))

    assert not change.promise_broken


def test_a_second_source_for_what_happened_is_no_second_event():
    done = said("2025-07-30", kind="occurred")
    to_the_minute = said("2025-07-30T12:10:00Z", kind="occurred")
    corrected = said("2025-07-31", kind="occurred")

    assert kind_and_sub(done, done) == ("unchanged", "identical")
    assert kind_and_sub(done, to_the_minute) == ("firmed", "time added")
    assert kind_and_sub(done, corrected) == ("occurred", "late")


def test_a_vaguer_echo_of_what_happened_is_no_second_event():
    to_the_day = said("2018-12-03/2018-12-07", kind="occurred", on="2018-12-08")
    echo = said("2018", kind="occurred", on="2021-03-12")

    assert kind_and_sub(to_the_day, echo) == ("loosened", "earlier")


def test_what_had_happened_and_is_planned_again_is_reinstated():
    launched = said("2025-07-30", kind="occurred")

    same_day, later = classify(launched, said("2025-07-30")), classify(launched, said("2025-08-02"))

    assert (same_day.kind, same_day.sub) == (ChangeKind.REINSTATED, "unchanged")
    assert (later.kind, later.sub, later.days) == (ChangeKind.REINSTATED, "slip", 3)
    assert not later.after_gap


# ---- exact times -------------------------------------------------------------------------------


def test_less_than_a_minute_is_no_slip():
    planned, again = said("2025-07-30T12:10:00Z"), said("2025-07-30T12:10:59Z", "second")

    assert classify(planned, again).kind is ChangeKind.UNCHANGED


def test_seconds_over_midnight_break_no_promise():
    planned, done = "2025-07-30T18:29:40Z", "2025-07-30T18:30:10Z"

    change = classify(said(planned, "second"), said(done, "second", kind="occurred"))

    assert (change.sub, change.days, change.minutes) == ("as stated", 1, 0)
    assert not change.promise_broken


def test_a_minute_is_a_slip():
    planned, later = said("2025-07-30T12:10:00Z"), said("2025-07-30T12:11:00Z")

    change = classify(planned, later)

    assert (change.kind, change.sub, change.minutes) == (ChangeKind.SLIP, "same day", 1)


def test_two_minutes_over_midnight_at_home_are_no_longer_the_same_day():
    planned, later = said("2025-07-30T18:29:00Z"), said("2025-07-30T18:31:00Z")

    change = classify(planned, later)

    assert (change.sub, change.days, change.minutes, change.promise_broken) == ("", 1, 2, True)


def test_doubt_dropped_from_an_exact_time_firms_it():
    perhaps, surely = said("2025-07-30T12:10:00Z", qualifier="?"), said("2025-07-30T12:10:00Z")

    assert kind_and_sub(perhaps, surely) == ("firmed", "qualifier")
    assert kind_and_sub(surely, perhaps) == ("loosened", "qualifier")


# ---- doubts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ("%", "~", ("firmed", "qualifier")),
        ("%", "?", ("firmed", "qualifier")),
        ("?", "%", ("loosened", "qualifier")),
        ("~", "?", ("unchanged", "relabelled")),
    ],
)
def test_one_doubt_less_firms_and_one_more_loosens(was, now, told):
    assert kind_and_sub(said("2027", qualifier=was), said("2027", qualifier=now)) == told


def test_a_deadline_passed_is_a_slip_even_within_a_wider_window():
    by_2022 = said("[..2022]", on="2021-03-12")
    some_year = said("[2022,2023]", on="2023-02-01")

    change = classify(by_2022, some_year)

    assert (change.kind, change.sub) == (ChangeKind.SLIP, "old window had passed")
    assert change.days == change.d_late == 365
    assert change.promise_broken


def test_a_plan_said_after_its_own_window_does_not_begin_after_it():
    february, in_2026 = said("2026-02"), said("2026", on="2027-03-01")

    change = classify(february, in_2026)

    assert (change.kind, change.at_least, change.d_late) == (ChangeKind.SLIP, 306, 306)


# ---- zones -------------------------------------------------------------------------------------


def test_a_day_of_utc_that_becomes_the_day_after_in_tokyo_does_not_slip():
    """SLIM: 2023-09-06T23:42:11Z was 7 September in Japan."""
    utc_day = said("2023-09-06", zone="UTC", home=JAPAN)

    assert kind_and_sub(utc_day, said("2023-09-07", home=JAPAN)) == ("firmed", "late")
    assert kind_and_sub(utc_day, said("2023-09-06T23:42:11Z", home=JAPAN)) == ("firmed", "late")
    assert kind_and_sub(said("2023-09-06"), said("2023-09-07")) == ("slip", "")


def test_a_launch_in_the_morning_of_india_is_not_early_because_america_has_yesterday():
    """Chandrayaan-1: 06:22 IST on 22 October 2008 is 21 October in the United States."""
    planned = said("2008-10-22")
    launched = said("2008-10-21T20:52:00-04:00", kind="occurred")

    assert kind_and_sub(planned, launched) == ("occurred", "as stated")
    assert kind_and_sub(
        said("2008-10-22", home="America/New_York"),
        said("2008-10-21T20:52:00-04:00", home="America/New_York", kind="occurred"),
    ) == ("occurred", "early")


def test_a_statement_is_the_same_for_whoever_has_no_date():
    assert classify(TBD, said("2027")) == classify(
        Stated(NO_DATE, date(2024, 3, 23), JAPAN), said("2027")
    )
