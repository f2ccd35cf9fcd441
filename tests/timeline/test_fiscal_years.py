"""Whose fiscal year was said: Japan's and India's are the same days under two names."""

from datetime import date

import pytest

from tests.timeline.stated import INDIA, JAPAN, said
from timeline.changes import Change, ChangeKind, classify
from timeline.dates import NO_DATE, VagueDate, make
from timeline.reading import Context, Question, Understood, read
from timeline.wording import date_words

AMERICA = "America/New_York"
SAID_ON = date(2026, 11, 20)


def meant(text: str, *, home: str = INDIA, fiscal: str = "", option: int = 0) -> VagueDate:
    reading = read(text, Context(SAID_ON, home_zone=home, fiscal=fiscal))
    if isinstance(reading, Question):
        return reading.options[option].date
    assert isinstance(reading, Understood), reading
    return reading.date


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("JFY2027", "JFY2027 (Apr 2027 – Mar 2028)"),
        ("令和9年度", "JFY2027 (Apr 2027 – Mar 2028)"),
        ("2027年度", "JFY2027 (Apr 2027 – Mar 2028)"),
        ("FY2029", "JFY2029 (Apr 2029 – Mar 2030)"),
        ("not before JFY2030", "not before JFY2030 (Apr 2030 – Mar 2031)"),
        ("by the end of JFY2028", "by the end of JFY2028 (Apr 2028 – Mar 2029)"),
        ("before JFY2028", "by the end of JFY2027 (Apr 2027 – Mar 2028)"),
        ("around JFY2027", "around JFY2027 (Apr 2027 – Mar 2028)"),
        ("Q1 of JFY2027", "Q1 of JFY2027 (Apr – Jun 2027)"),
        ("2027年度第4四半期", "Q4 of JFY2027 (Jan – Mar 2028)"),
        ("second half of JFY2027", "the second half of JFY2027 (Oct 2027 – Mar 2028)"),
        (
            "by Q2 of US FY2027",
            "by the end of the second quarter of US FY2027 (Jan – Mar 2027)",
        ),
        ("FY 2026-27", "Indian FY 2026–27 (Apr 2026 – Mar 2027)"),
        (
            "Indian fiscal year ending March 2027",
            "Indian FY 2026–27 (Apr 2026 – Mar 2027)",
        ),
        ("Q2 2027", "Q2 2027"),
    ],
)
@pytest.mark.parametrize("home", [INDIA, JAPAN, "UTC"])
def test_a_fiscal_year_keeps_the_country_that_was_said_wherever_the_home_is(home, text, words):
    value = meant(text, home=home)

    assert date_words(value, home_zone=home) == words
    assert meant(words, home=home) == value


@pytest.mark.parametrize(("fiscal", "home"), [("in", JAPAN), ("jp", INDIA), ("us", "UTC")])
def test_what_was_said_goes_before_what_the_milestone_counts_in(fiscal, home):
    japanese = meant("JFY2027", home=home, fiscal=fiscal)
    indian = meant("by the end of Indian FY 2026–27", home=home, fiscal=fiscal)

    words = [date_words(one, home_zone=home, fiscal=fiscal) for one in (japanese, indian)]
    assert words == [
        "JFY2027 (Apr 2027 – Mar 2028)",
        "by the end of Indian FY 2026–27 (Apr 2026 – Mar 2027)",
    ]


@pytest.mark.parametrize(("option", "zone"), [(0, JAPAN), (1, "UTC"), (2, AMERICA)])
def test_an_option_that_names_a_country_keeps_it(option, zone):
    value = meant("FY2029", home=INDIA if zone == "UTC" else "UTC", option=option)

    assert value.zone == ("" if zone == "UTC" else zone)  # at home it goes without saying


def test_a_fiscal_year_of_nobody_is_named_by_its_months():
    value = meant("the year ending March 2029", home="UTC")

    assert value.zone == ""
    assert date_words(value, home_zone="UTC") == "fiscal year Apr 2028 – Mar 2029"
    assert meant("fiscal year Apr 2028 – Mar 2029", home="UTC") == value
    assert date_words(meant("the year ending March 2029"), home_zone=INDIA) == (
        "Indian FY 2028–29 (Apr 2028 – Mar 2029)"
    )


def test_the_same_days_under_another_name_have_not_moved():
    days = "[2027-04..2028-03]"
    change = classify(said(days, "fiscal_year", zone=JAPAN), said(days, "fiscal_year", zone=INDIA))

    assert change == Change(
        kind=ChangeKind.UNCHANGED,
        sub="relabelled",
        d_early=0,
        d_late=0,
        days=0,
        at_least=-365,
        at_most=365,
    )


@pytest.mark.parametrize("zone", [JAPAN, INDIA, AMERICA, ""])
@pytest.mark.parametrize("edtf", ["[2027-04..2028-03]", "[2027-04..]", "[..2028-03]"])
def test_whose_year_it_is_moves_no_day(edtf, zone):
    value, plain = make(edtf, "fiscal_year", zone=zone), make(edtf, "fiscal_year")

    for home in (INDIA, JAPAN, "Pacific/Auckland"):
        assert value.window(home) == plain.window(home)
        assert value.nominal(home, said_on=SAID_ON) == plain.nominal(home, said_on=SAID_ON)


def test_in_brackets_a_fiscal_year_goes_without_its_months():
    value = meant("not before Indian FY 2030–31")

    assert date_words(value, home_zone=INDIA, brief=True) == "not before Indian FY 2030–31"
    assert date_words(meant("Q1 of JFY2027"), home_zone=INDIA, brief=True) == "Q1 of JFY2027"
    assert date_words(NO_DATE, home_zone=INDIA, brief=True) == "no date"
