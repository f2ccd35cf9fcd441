"""What we say of a date, read again, is that date; and never another one."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.timeline.forms import dates
from tests.timeline.stated import INDIA, JAPAN
from timeline.dates import Mode, Precision, Qualifier, VagueDate, end_of_month, make
from timeline.reading import Context, Understood, read
from timeline.wording import date_words

CONTEXT = Context(said_on=date(2025, 8, 29), home_zone=JAPAN)
YEARS = st.integers(2016, 2034)
MONTHS = st.dates(date(2016, 1, 1), date(2034, 12, 1)).map(lambda day: day.replace(day=1))
DAYS = st.dates(date(2016, 1, 1), date(2034, 12, 1))
FIRST_MONTHS = {
    Precision.QUARTER: (1, 4, 7, 10),
    Precision.YEAR_PART: (1, 5, 9),
    Precision.HALF: (1, 7),
    Precision.SEASON: (3, 6, 9),
}
MONTHS_IN = {
    Precision.QUARTER: 3,
    Precision.YEAR_PART: 4,
    Precision.HALF: 6,
    Precision.SEASON: 3,
}
# What is said more clearly than it can be read again; it is asked for, or read as the same days.
NOT_READ_AGAIN = {
    ("[2024-05..]", "month_part"),  # not before late May 2024, which is written 2024-05-21
    ("2026-07/2026-09", "month"),  # from July to September 2026, or one of these months
    ("2025-07-30/2025-07-30", "day"),  # 30 July 2025
    ("[2025-07-30..2025-07-30]", "range"),  # the same
    ("[2027..2028]", "range"),  # 2027 or 2028, which is written [2027,2028]
    ("[2026-07..2027-06]", "fiscal_year"),  # July 2026 – June 2027
    ("[2027-08..]", "quarter"),  # not before August 2027: no quarter begins there
}


def again(words: str) -> VagueDate | None:
    reading = read(words, CONTEXT)
    return reading.date if isinstance(reading, Understood) else None


@st.composite
def closed(draw) -> tuple[str, str]:
    year, month, day = draw(YEARS), draw(MONTHS), draw(DAYS)
    monday = day - timedelta(days=day.weekday())
    month_end = end_of_month(month.year, month.month)
    in_month = f"{month:%Y-%m}"
    found: tuple[str, str] = draw(
        st.sampled_from(
            [
                (str(year), "year"),
                (in_month, "month"),
                (str(day), "day"),
                *((f"{year}-{code}", "") for code in range(25, 42)),
                (f"{year // 10}X", "decade"),
                ("20XX", "century"),
                (f"[{year},{year + 1}]", "range"),
                (f"[{year}..{year + 3}]", "range"),
                (f"[{in_month}..{month_end + timedelta(days=40):%Y-%m}]", "range"),
                (f"[{day}..{day + timedelta(days=3)}]", "range"),
                (f"[{day}..{day + timedelta(days=60)}]", "range"),
                (f"[{day}..{day + timedelta(days=500)}]", "range"),
                (f"[{year}-04..{year + 1}-03]", "fiscal_year"),
                (f"[{year}-10..{year + 1}-09]", "fiscal_year"),
                (f"[{monday}..{monday + timedelta(days=6)}]", "week"),
                (f"[{in_month}-01..{in_month}-07]", "week"),
                (f"[{month_end - timedelta(days=6)}..{month_end}]", "week"),
                (f"[{in_month}-01..{in_month}-10]", "month_part"),
                (f"[{in_month}-11..{in_month}-20]", "month_part"),
                (f"[{in_month}-21..{month_end}]", "month_part"),
                (f"[{in_month}-01..{in_month}-15]", "month_part"),
                (f"[{in_month}-16..{month_end}]", "month_part"),
                (f"{day}/{day + timedelta(days=3)}", "day"),
                (f"{day}/{day + timedelta(days=60)}", "day"),
                (f"{day}/{day + timedelta(days=500)}", "day"),
            ]
        )
    )
    return found


@st.composite
def open_ended(draw) -> tuple[str, str]:
    year, month, day = draw(YEARS), draw(MONTHS), draw(DAYS)
    monday = day - timedelta(days=day.weekday())
    decade = year // 10 * 10
    precision = draw(st.sampled_from(list(FIRST_MONTHS)))
    begins = draw(st.sampled_from(FIRST_MONTHS[precision]))
    ends = begins + MONTHS_IN[precision] - 1
    part_ends = [
        f"{month:%Y-%m}-10",
        f"{month:%Y-%m}-20",
        str(end_of_month(month.year, month.month)),
    ]
    found: tuple[str, str] = draw(
        st.sampled_from(
            [
                (f"[{year}..]", "year"),
                (f"[{month:%Y-%m}..]", "month"),
                (f"[{day}..]", "day"),
                (f"[{year}-{begins:02}..]", precision.value),
                (f"[{year}-12..]", "season"),
                (f"[..{year}-02]", "season"),
                (f"[{year}-04..]", "fiscal_year"),
                (f"[..{year}-03]", "fiscal_year"),
                (f"[{monday}..]", "week"),
                (f"[{month:%Y-%m}-11..]", "month_part"),
                (f"[{month:%Y-%m}-21..]", "month_part"),
                (f"[{decade}..]", "decade"),
                (f"[..{year}]", "year"),
                (f"[..{month:%Y-%m}]", "month"),
                (f"[..{day}]", "day"),
                (f"[..{year}-{ends:02}]", precision.value),
                *((f"[..{end}]", "month_part") for end in part_ends),
                (f"[..{monday + timedelta(days=6)}]", "week"),
                (f"[..{decade + 9}]", "decade"),
            ]
        )
    )
    return found


@given(form=st.one_of(closed(), open_ended()), qualifier=st.sampled_from(Qualifier))
def test_the_words_of_a_date_read_again_are_that_date(form, qualifier):
    edtf, precision = form
    is_american = precision == "fiscal_year" and "-10.." in edtf
    value = make(edtf, precision, qualifier, "America/New_York" if is_american else "")

    assert again(date_words(value, home_zone=JAPAN)) == value


@given(
    day=DAYS,
    clock=st.times(),
    precision=st.sampled_from(["second", "minute", "hour"]),
    qualifier=st.sampled_from(Qualifier),
)
def test_the_words_of_an_exact_time_read_again_are_that_time(day, clock, precision, qualifier):
    second = clock.second or 1 if precision == "second" else 0
    minute = 0 if precision == "hour" else clock.minute
    at = clock.replace(minute=minute, second=second, microsecond=0)
    value = make(f"{day}T{at}+09:00", precision, qualifier)

    assert again(date_words(value, home_zone=JAPAN)) == value


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", INDIA])
def test_the_words_of_a_day_of_another_zone_name_it(zone):
    """IST is asked for away from India: Israel and Ireland have one too."""
    value = make("2023-09-06", zone=zone)

    assert again(date_words(value, home_zone=JAPAN)) == (None if zone == INDIA else value)


@pytest.mark.parametrize(("edtf", "precision"), sorted(NOT_READ_AGAIN))
def test_what_is_not_read_again_is_asked_for_or_means_the_same_days(edtf, precision):
    value = make(edtf, precision)

    found = again(date_words(value, home_zone=JAPAN))

    assert found != value
    assert found is None or means_the_same_days(found, value)


@given(value=dates)
def test_the_words_of_a_date_are_never_read_as_other_days(value):
    assume(not (value.mode is Mode.SPAN and value.zone))  # said with the zone, read without

    found = again(date_words(value, home_zone=JAPAN))

    assert found is None or means_the_same_days(found, value)


def means_the_same_days(found: VagueDate, value: VagueDate) -> bool:
    """The same days are allowed; or the same unit is named, written in another way."""
    units = [one.nominal(JAPAN, said_on=CONTEXT.said_on) for one in (found, value)]
    same_days = found.window(JAPAN) == value.window(JAPAN) or units[0] == units[1]
    return same_days and found.qualifier == value.qualifier
