from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.dates import (
    NO_DATE,
    DateError,
    Mode,
    Precision,
    Qualifier,
    VagueDate,
    Window,
    make,
    order_key,
    read_edtf,
    touched_days,
    write_edtf,
)

SAID_ON = date(2025, 8, 29)
TOKYO = "Asia/Tokyo"


def test_the_hard_window_leaves_the_open_side_empty():
    assert make("[2026-03..]").window(TOKYO) == Window(date(2026, 3, 1), None)
    assert make("[..2027]").window(TOKYO) == Window(None, date(2027, 12, 31))
    assert NO_DATE.window(TOKYO) == Window(None, None)


@pytest.mark.parametrize(
    ("edtf", "precision", "earliest", "latest"),
    [
        ("[2026-03..]", "month", date(2026, 3, 1), date(2026, 3, 31)),
        ("[2027..]", "year", date(2027, 1, 1), date(2027, 12, 31)),
        ("[2027-03..]", "season", date(2027, 3, 1), date(2027, 5, 31)),
        ("[2026-12..]", "season", date(2026, 12, 1), date(2027, 2, 28)),
        ("[2026-05..]", "year_part", date(2026, 5, 1), date(2026, 8, 31)),
        ("[2026-04..]", "fiscal_year", date(2026, 4, 1), date(2027, 3, 31)),
        ("[2020..]", "decade", date(2020, 1, 1), date(2029, 12, 31)),
        ("[2026-05-04..]", "week", date(2026, 5, 4), date(2026, 5, 10)),
        ("[2024-05-11..]", "month_part", date(2024, 5, 11), date(2024, 5, 20)),
        ("[2024-05-21..]", "month_part", date(2024, 5, 21), date(2024, 5, 31)),
        ("[2024-05..]", "month_part", date(2024, 5, 21), date(2024, 5, 31)),
        ("[9999-12-27..]", "week", date(9999, 12, 27), date(9999, 12, 31)),
        ("[..2027]", "year", SAID_ON, date(2027, 12, 31)),
        ("[..2024]", "year", date(2024, 12, 31), date(2024, 12, 31)),
    ],
)
def test_the_nominal_window_is_the_unit_that_was_named(edtf, precision, earliest, latest):
    nominal = make(edtf, precision).nominal(TOKYO, said_on=SAID_ON)

    assert nominal == Window(earliest, latest)


@pytest.mark.parametrize(
    "parts",
    [
        {"edtf": "2027", "precision": "month"},
        {"edtf": "2027", "precision": "fortnight"},
        {"edtf": "2027", "qualifier": "!"},
        {"edtf": "2027", "zone": "Mars/Jezero"},
        {"edtf": "", "precision": "year"},
        {"edtf": None, "qualifier": "~"},
        {"edtf": "[9999-12..]", "precision": "season"},
        {"edtf": "[9999-04..]", "precision": "fiscal_year"},
    ],
)
def test_parts_that_contradict_make_no_date(parts):
    with pytest.raises(DateError):
        make(**parts)


@pytest.mark.parametrize("precision", ["quarter", "half"])
def test_parts_of_a_fiscal_year_are_written_as_ranges(precision):
    assert make("[2026-04..2026-06]", precision).precision == precision


def test_a_day_of_utc_touches_two_days_of_tokyo():
    value = make("2023-09-06", zone="UTC")

    assert value.window(TOKYO) == Window(date(2023, 9, 6), date(2023, 9, 7))
    assert value.window("UTC") == Window(date(2023, 9, 6), date(2023, 9, 6))


def test_an_instant_falls_on_the_day_of_the_home_zone():
    value = make("2024-01-19T15:20:00Z")

    assert value.window(TOKYO) == Window(date(2024, 1, 20), date(2024, 1, 20))
    assert value.window("Asia/Kolkata") == Window(date(2024, 1, 19), date(2024, 1, 19))
    assert value.instant == datetime(2024, 1, 19, 15, 20, tzinfo=UTC)


def test_the_ends_of_the_calendar_touch_no_day_beyond_it():
    assert touched_days(date.min, said_in=TOKYO, home="UTC") == Window(date.min, date.min)
    assert touched_days(date.max, said_in="UTC", home=TOKYO) == Window(date.max, date.max)


@pytest.mark.parametrize(
    ("text", "hemisphere", "expected"),
    [
        ("2024~", "N", make("2024", qualifier="~")),
        (" 2027-07? ", "N", make("2027-07", qualifier="?")),
        ("2027-21", "N", make("2027-25")),
        ("2027-24", "N", make("2027-28")),
        ("2027-21", "S", make("2027-29")),
        ("2027-24", "S", make("2027-32")),
        ("[2027..2029]%", "N", make("[2027..2029]", qualifier="%")),
    ],
)
def test_edtf_of_others_becomes_the_profile(text, hemisphere, expected):
    assert read_edtf(text, hemisphere=hemisphere) == expected


def test_a_qualifier_that_edtf_cannot_attach_is_dropped_with_a_note():
    assert write_edtf(make("2024", qualifier="~")) == ("2024~", "")
    assert write_edtf(make("2027-25")) == ("2027-25", "")
    assert write_edtf(NO_DATE) == ("", "")
    assert write_edtf(make("2027-25", qualifier="~")) == (
        "2027-25",
        "EDTF has no place for the qualifier “~” here.",
    )


def test_what_is_to_come_is_ordered_as_launch_lists_are():
    in_order = [
        make("[2026-03..]"),
        make("2026-28"),
        make("2027-03-15T12:10:00Z"),
        make("2027-03-15"),
        make("[2027-03-15..2027-03-21]", "week"),
        make("[2027-03-21..2027-03-31]", "month_part"),
        make("2027-03"),
        make("2027-33"),
        make("[2026-04..2027-03]", "fiscal_year"),
        make("2027-25"),
        make("2027-40"),
        make("2027-38"),
        make("2027-12-31"),
        make("2027-12"),
        make("2027-36"),
        make("2027-39"),
        make("2027-41"),
        make("2027"),
        make("[..2027]"),
        make("[2027-04..2028-03]", "fiscal_year"),
        make("[2027,2028]"),
        make("202X"),
        NO_DATE,
    ]

    def key(value: VagueDate):
        return order_key(value, home_zone="UTC", said_on=SAID_ON)

    backwards = list(reversed(in_order))
    assert sorted(backwards, key=key) == in_order


_YEARS = st.integers(min_value=2, max_value=9990)
_DAYS = st.dates(min_value=date(2, 1, 1), max_value=date(9990, 12, 31))
_BOUNDS = st.one_of(
    _YEARS.map(lambda year: f"{year:04}"),
    _DAYS.map(lambda day: f"{day.year:04}-{day.month:02}"),
    _DAYS.map(date.isoformat),
)
_PAIRS = st.tuples(_DAYS, _DAYS).map(sorted)
_FORMS = st.one_of(
    _BOUNDS,
    st.tuples(_YEARS, st.integers(25, 41)).map(lambda parts: f"{parts[0]:04}-{parts[1]}"),
    st.integers(1, 999).map(lambda decade: f"{decade:03}X"),
    st.integers(1, 99).map(lambda century: f"{century:02}XX"),
    _YEARS.map(lambda year: f"[{year:04},{year + 1:04}]"),
    _PAIRS.map(lambda pair: f"[{pair[0]}..{pair[1]}]"),
    _PAIRS.map(lambda pair: f"{pair[0]}/{pair[1]}"),
    _BOUNDS.map(lambda bound: f"[{bound}..]"),
    _BOUNDS.map(lambda bound: f"[..{bound}]"),
    st.datetimes(
        min_value=datetime(2, 1, 1),  # noqa: DTZ001
        max_value=datetime(9990, 1, 1),  # noqa: DTZ001
    ).map(lambda at: at.replace(microsecond=0).isoformat() + "+05:30"),
)
_VALUES = st.builds(read_edtf, _FORMS)
_ZONES = st.sampled_from(["UTC", TOKYO, "Asia/Kolkata", "America/New_York", "Pacific/Auckland"])


@given(_VALUES, st.sampled_from(Qualifier))
def test_what_is_written_is_read_again(value, qualifier):
    qualified = VagueDate(value.edtf, value.precision, qualifier)
    text, note = write_edtf(qualified)

    again = read_edtf(text)

    assert again == (value if note else qualified)


@given(_VALUES, _ZONES, _DAYS)
def test_windows_are_well_ordered_and_touch_the_named_unit(value, home_zone, said_on):
    hard = value.window(home_zone)
    nominal = value.nominal(home_zone, said_on=said_on)

    assert nominal.earliest <= nominal.latest
    assert (hard.latest is None) == (value.mode is Mode.NET)
    assert (hard.earliest is None) == (value.mode is Mode.BY)
    assert hard.earliest is None or hard.earliest == nominal.earliest
    assert hard.latest is None or hard.latest == nominal.latest


@given(_DAYS, _ZONES, _ZONES)
def test_a_day_said_in_one_zone_covers_the_same_day_or_its_neighbour(day, said_in, home):
    window = VagueDate(day.isoformat(), Precision.DAY, zone=said_in).window(home)

    assert window.days == (1 if said_in == home else window.days)
    assert window.days in (1, 2)
    assert abs((window.earliest - day).days) <= 1
