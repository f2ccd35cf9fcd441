"""How far an edge may move before a date means something else."""

import pytest

from tests.timeline.stated import INDIA, LONG_AGO
from timeline.comparing import pair_of, tolerance
from timeline.dates import make


@pytest.mark.parametrize(
    ("edtf", "precision", "qualifier", "days"),
    [
        ("2027-25", "season", "", 31),
        ("2027-37", "year_part", "", 31),
        ("[2025-07-21..2025-07-31]", "month_part", "", 5),
        ("2027-33", "quarter", "", 0),
        ("2027", "year", "", 0),
        ("2027", "year", "?", 0),
        ("2027-07-30", "day", "~", 7),
        ("2027-07-30", "day", "%", 7),
        ("2027-07", "month", "~", 15),
        ("2027-25", "season", "~", 46),
        ("2027", "year", "~", 182),
        ("2024", "year", "~", 183),
        ("[..2024]", "year", "~", 183),
        ("[..2023]", "year", "~", 182),
        ("[2024..]", "year", "~", 183),
        ("[2024-05..]", "month_part", "~", 7),
        (None, "", "", 0),
    ],
)
def test_vague_units_have_vague_edges_and_around_widens_them(edtf, precision, qualifier, days):
    assert tolerance(make(edtf, precision, qualifier)) == days


@pytest.mark.parametrize(
    ("old", "new", "tolerated", "rounds"),
    [
        (("2027-25", ""), ("[2027-02..2027-05]", "range"), 28, True),
        (("2027-25", ""), ("[2027-02..2027-05]", "range"), 27, False),
        (("2027-03", ""), ("[2027-03-15..2027-04-14]", "range"), 14, True),
        (("2027-03", ""), ("[2027-03-16..2027-03-31]", "range"), 31, True),
        (("2027-03", ""), ("[2027-03-17..2027-03-31]", "range"), 31, False),
        (("[2027-03-01..2027-03-10]", ""), ("[2027-03-01..2027-03-20]", ""), 31, False),
        (("[2027-03-01..2027-03-10]", ""), ("[2027-03-01..2027-03-19]", ""), 31, True),
    ],
)
def test_rounding_moves_no_edge_far_and_never_doubles_the_window(old, new, tolerated, rounds):
    pair = pair_of(make(*old), LONG_AGO, make(*new), LONG_AGO, home_zone=INDIA)

    assert pair.is_rounding(tolerated) is rounds


@pytest.mark.parametrize(
    ("new", "lean"),
    [
        ("[2027-03-03..2027-03-30]", "neither"),  # 2 and 1
        ("[2027-03-04..2027-03-30]", "late"),  # 3 and 1
        ("[2027-03-02..2027-03-29]", "neither"),  # 1 and 2
        ("[2027-03-02..2027-03-28]", "early"),  # 1 and 3
    ],
)
def test_a_date_leans_where_less_than_half_as_much_was_cut(new, lean):
    pair = pair_of(make("2027-03"), LONG_AGO, make(new), LONG_AGO, home_zone=INDIA)

    assert pair.lean(early="late", late="early", neither="neither") == lean
