"""What is to come, in the order in which launch lists read."""

from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.timeline.forms import dates
from timeline.dates import NO_DATE, VagueDate, make, order_key
from timeline.wording import date_words

SAID_ON = date(2025, 8, 29)
HOME = "Asia/Tokyo"
IN_ORDER = [
    (make("[2026-03..]"), "not before March 2026"),
    (make("2026-28"), "winter 2026–27"),
    (make("2027-03-15T12:10:00Z"), "15 Mar 2027, 21:10 JST"),
    (make("2027-03-15"), "15 March 2027"),
    (make("[2027-03-15..2027-03-21]", "week"), "the week of 15 March 2027"),
    (make("[2027-03-21..2027-03-31]", "month_part"), "late March 2027"),
    (make("2027-03"), "March 2027"),
    (make("2027-33"), "Q1 2027"),
    (make("[2026-04..2027-03]", "fiscal_year"), "JFY2026 (Apr 2026 – Mar 2027)"),
    (make("2027-25"), "spring 2027"),
    (make("2027-40"), "the first half of 2027"),
    (make("2027-38"), "mid-2027"),
    (make("2027-12-31"), "31 December 2027"),
    (make("2027-12"), "December 2027"),
    (make("2027-36"), "Q4 2027"),
    (make("2027-39"), "late 2027"),
    (make("2027-41"), "the second half of 2027"),
    (make("2027"), "2027"),
    (make("[2027..]"), "not before 2027"),
    (make("2027", qualifier="~"), "around 2027"),
    (make("[..2027]"), "by the end of 2027"),
    (make("[2027-04..2028-03]", "fiscal_year"), "JFY2027 (Apr 2027 – Mar 2028)"),
    (make("[2027,2028]"), "2027 or 2028"),
    (make("202X"), "the 2020s"),
    (NO_DATE, "no date"),
]


def key(value: VagueDate) -> tuple[object, ...]:
    return order_key(value, home_zone=HOME, said_on=SAID_ON)


def test_launch_lists_read_in_this_order():
    """By the last day named; at the same one the narrower first; a time before its day."""
    keys = [key(value) for value, _ in IN_ORDER]

    assert keys == sorted(keys)


@pytest.mark.parametrize(("value", "words"), IN_ORDER)
def test_each_of_them_has_words(value, words):
    assert date_words(value, home_zone=HOME) == words


def test_only_three_of_them_are_equals():
    """2027, not before 2027 and around 2027: between them the id decides."""
    keys = [key(value) for value, _ in IN_ORDER]

    assert [keys.count(one) for one in keys] == [3 if 17 <= n <= 19 else 1 for n in range(25)]


@given(three=st.tuples(dates, dates, dates))
def test_any_dates_can_be_put_in_one_order(three):
    orders = {
        tuple(key(value) for value in sorted(order, key=key)) for order in permutations(three)
    }

    assert len(orders) == 1


@given(values=st.lists(dates, max_size=8))
def test_equals_stay_in_the_order_of_their_ids(values):
    numbered = list(enumerate(values))

    in_order = sorted(numbered, key=lambda one: key(one[1]))

    assert in_order == sorted(numbered, key=lambda one: (key(one[1]), one[0]))
