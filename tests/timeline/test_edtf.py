import warnings
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.edtf import DateError, Mode, Precision, parse

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from edtf import parse_edtf

PROFILE = [
    ("2027", Mode.WITHIN, date(2027, 1, 1), date(2027, 12, 31), Precision.YEAR),
    ("2024-02", Mode.WITHIN, date(2024, 2, 1), date(2024, 2, 29), Precision.MONTH),
    ("2025-07-30", Mode.WITHIN, date(2025, 7, 30), date(2025, 7, 30), Precision.DAY),
    ("2027-25", Mode.WITHIN, date(2027, 3, 1), date(2027, 5, 31), Precision.SEASON),
    ("2027-28", Mode.WITHIN, date(2027, 12, 1), date(2028, 2, 29), Precision.SEASON),
    ("2027-29", Mode.WITHIN, date(2027, 9, 1), date(2027, 11, 30), Precision.SEASON),
    ("2026-30", Mode.WITHIN, date(2026, 12, 1), date(2027, 2, 28), Precision.SEASON),
    ("2027-32", Mode.WITHIN, date(2027, 6, 1), date(2027, 8, 31), Precision.SEASON),
    ("2027-33", Mode.WITHIN, date(2027, 1, 1), date(2027, 3, 31), Precision.QUARTER),
    ("2027-36", Mode.WITHIN, date(2027, 10, 1), date(2027, 12, 31), Precision.QUARTER),
    ("2027-38", Mode.WITHIN, date(2027, 5, 1), date(2027, 8, 31), Precision.YEAR_PART),
    ("2027-41", Mode.WITHIN, date(2027, 7, 1), date(2027, 12, 31), Precision.HALF),
    ("202X", Mode.WITHIN, date(2020, 1, 1), date(2029, 12, 31), Precision.DECADE),
    ("05XX", Mode.WITHIN, date(500, 1, 1), date(599, 12, 31), Precision.CENTURY),
    ("[2026-04..2027-03]", Mode.WITHIN, date(2026, 4, 1), date(2027, 3, 31), Precision.RANGE),
    ("[2027,2028]", Mode.WITHIN, date(2027, 1, 1), date(2028, 12, 31), Precision.RANGE),
    ("[2026-03..]", Mode.NET, date(2026, 3, 1), date(2026, 3, 31), Precision.MONTH),
    ("[..2027]", Mode.BY, date(2027, 1, 1), date(2027, 12, 31), Precision.YEAR),
    (
        "2017-11-14/2017-11-17",
        Mode.SPAN,
        date(2017, 11, 14),
        date(2017, 11, 17),
        Precision.DAY,
    ),
    ("2027-04/2027-06", Mode.SPAN, date(2027, 4, 1), date(2027, 6, 30), Precision.MONTH),
    ("0001", Mode.WITHIN, date(1, 1, 1), date(1, 12, 31), Precision.YEAR),
    ("9999-12-31", Mode.WITHIN, date.max, date.max, Precision.DAY),
]


@pytest.mark.parametrize(("edtf", "mode", "first", "last", "precision"), PROFILE)
def test_every_form_of_the_profile_has_its_days(edtf, mode, first, last, precision):
    parsed = parse(edtf)

    assert (parsed.mode, parsed.first, parsed.last) == (mode, first, last)
    assert parsed.precisions[0] is precision


@pytest.mark.parametrize(
    ("edtf", "instant", "precision"),
    [
        ("2025-07-30T12:10:00Z", datetime(2025, 7, 30, 12, 10, tzinfo=UTC), Precision.MINUTE),
        ("2025-07-30T17:40:00+05:30", datetime(2025, 7, 30, 12, 10, tzinfo=UTC), Precision.MINUTE),
        (
            "2023-09-07T08:42:11+09:00",
            datetime(2023, 9, 6, 23, 42, 11, tzinfo=UTC),
            Precision.SECOND,
        ),
    ],
)
def test_a_time_with_its_offset_is_an_instant(edtf, instant, precision):
    assert (parse(edtf).instant, parse(edtf).precisions[0]) == (instant, precision)


def test_only_a_full_hour_can_have_the_precision_of_an_hour():
    assert Precision.HOUR in parse("2025-07-30T12:00:00Z").precisions
    assert Precision.HOUR not in parse("2025-07-30T12:10:00Z").precisions


@pytest.mark.parametrize(
    "edtf",
    [
        "",
        "2027 ",
        "2027\n",
        "٢٠٢٧",
        "0000",
        "000X",
        "00XX",
        "10000",
        "2027-00",
        "2027-13",
        "2027-21",
        "2027-42",
        "2027-02-29",
        "2026-06-31",
        "9999-28",
        "2027-7",
        "2027~",
        "-0500",
        "20XX-12",
        "[2029..2027]",
        "[2027-05..2027]",
        "[2027,2029]",
        "[2028,2027]",
        "[2027-33..]",
        "[..2027-25]",
        "[..]",
        "2027/2028",
        "2027-25/2027-26",
        "2027-05/2027-04",
        "2027/..",
        "2025-07-30T12:10Z",
        "2025-07-30T24:00:00Z",
        "2025-07-30T12:60:00Z",
        "2025-07-30T12:10:00",
        "2025-02-30T12:10:00Z",
        "0001-01-01T00:00:00+05:30",
        "9999-12-31T23:00:00Z",
    ],
)
def test_all_else_is_refused(edtf):
    with pytest.raises(DateError):
        parse(edtf)


@given(st.text(max_size=30))
def test_no_text_breaks_it(text):
    try:
        parse(text)
    except DateError:
        return


_DAYS = st.dates(min_value=date(1000, 1, 1), max_value=date(9990, 1, 1))


@given(
    st.one_of(
        _DAYS.map(lambda day: f"{day.year:04}"),
        _DAYS.map(lambda day: f"{day.year:04}-{day.month:02}"),
        _DAYS.map(lambda day: day.isoformat()),
    )
)
def test_plain_units_have_the_days_that_another_edtf_library_gives_them(edtf):
    other = parse_edtf(edtf)

    parsed = parse(edtf)

    assert parsed.first.timetuple()[:3] == other.lower_strict()[:3]
    assert parsed.last.timetuple()[:3] == other.upper_strict()[:3]
