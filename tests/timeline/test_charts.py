from datetime import date
from xml.etree import ElementTree as ET

import pytest

from tests.clock import NOON, TODAY
from tests.factories import MilestoneFactory, state
from timeline.changes import Stated, StatementKind
from timeline.charts import Axis, axis_around, axis_of, slip_chart, window_bar
from timeline.dates import Window, make

YEAR = Axis(date(2027, 1, 1), date(2027, 12, 31))


def stated(edtf: str, precision: str = "", qualifier: str = "") -> Stated:
    return Stated(make(edtf, precision, qualifier), date(2026, 1, 1), "Asia/Tokyo")


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314  ours


def bar(edtf: str, precision: str = "", qualifier: str = "", *, axis=YEAR, today=TODAY):
    """The drawn shapes of a window: tag, class, and where it stands."""
    svg = window_bar(stated(edtf, precision, qualifier), axis, today=today, label="x")
    return [
        (one.tag, one.get("class"), one.get("x") or one.get("x1"), one.get("width"))
        for one in parsed(svg).iter()
        if "bar" in (one.get("class") or "").split()
        or {"open", "notch", "today"} & set((one.get("class") or "").split())
    ]


def test_a_window_is_a_bar_from_its_first_to_its_last_day():
    assert bar("2027-25") == [("rect", "bar bar--plan", "16.16%", "25.21%")]


def test_days_that_have_passed_are_paler():
    assert bar("2027-25", today=date(2027, 4, 15)) == [
        ("line", "today", "28.49%", None),
        ("rect", "bar bar--plan bar--gone", "16.16%", "12.33%"),
        ("rect", "bar bar--plan", "28.49%", "12.88%"),
    ]


def test_a_day_is_a_marker():
    assert bar("2027-07-02") == [("path", "bar bar--plan", None, None)]


def test_not_before_is_open_towards_later():
    shapes = bar("[2027-03..]")

    assert shapes == [
        ("rect", "bar bar--plan", "16.16%", "8.5%"),
        ("line", "open bar bar--plan", "24.66%", None),
        ("path", "bar bar--plan", None, None),
    ]


def test_a_deadline_ends_with_a_post_and_comes_from_the_left():
    assert bar("[..2027-06]") == [
        ("rect", "bar bar--plan", "0%", "49.59%"),
        ("rect", "bar bar--plan", "-3", "3"),
        ("path", "notch bar bar--plan", None, None),
    ]


def test_about_then_has_edges_that_fade():
    svg = window_bar(stated("2027-06", "", "~"), YEAR, today=TODAY, label="x")

    shades = [one.get("opacity") for one in parsed(svg).iter("rect")]
    assert shades == ["1", "0.6", "0.3", "0.6", "0.3"]


def test_about_a_year_fades_inside_where_the_axis_ends_with_it():
    svg = window_bar(stated("2027", "", "~"), YEAR, today=TODAY, label="x")

    spans = [(one.get("x"), one.get("width")) for one in parsed(svg).iter("rect")]
    assert spans == [("10.0%", "80.0%"), ("0.0%", "10.0%"), ("90.0%", "10.0%")]


def test_a_bar_says_in_words_what_it_shows():
    svg = window_bar(stated("2027"), YEAR, today=TODAY, label='<1> & "2"')

    assert parsed(svg).get("aria-label") == '<1> & "2"'
    assert parsed(svg).get("role") == "img"


def test_an_axis_is_whole_years_around_its_windows():
    windows = [
        Window(date(2026, 12, 1), date(2027, 2, 28)),
        Window(date(2027, 3, 1), date(2027, 5, 31)),
        Window(None, None),
    ]

    assert axis_of(windows, today=TODAY) == Axis(date(2026, 1, 1), date(2027, 12, 31))


def test_an_axis_does_not_reach_back_to_when_a_deadline_was_said():
    windows = [Window(date(2019, 5, 1), date(2028, 12, 31))]

    assert axis_of(windows, today=TODAY) == Axis(date(2026, 1, 1), date(2028, 12, 31))


def test_an_axis_of_nothing_is_this_year():
    assert axis_of([], today=TODAY) == Axis(date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("first", "last", "names"),
    [
        (date(2027, 3, 1), date(2027, 5, 31), ["Mar", "Apr", "May"]),
        (date(2027, 1, 1), date(2027, 12, 31), ["2027", "Apr", "Jul", "Oct"]),
        (date(2026, 1, 1), date(2027, 12, 31), ["2026", "Jul", "2027", "Jul"]),
        (date(2026, 1, 1), date(2028, 12, 31), ["2026", "2027", "2028"]),
        (date(1990, 1, 1), date(2029, 12, 31), ["1995", "2002", "2009", "2016", "2023"]),
    ],
)
def test_ticks_are_as_many_as_can_be_read(first, last, names):
    assert [name for _, name in Axis(first, last).ticks()] == names


@pytest.mark.parametrize("edtf", ["0001-01-01", "9999-12-31", "0001", "9999", "[9999..]", "00XX"])
def test_the_ends_of_the_calendar_can_be_drawn(edtf):
    if edtf == "00XX":
        edtf = "01XX"
    axis = axis_around(stated(edtf), today=TODAY)

    assert parsed(window_bar(stated(edtf), axis, today=TODAY, label="x")) is not None


def moved(*said: tuple[str, date], ended: str = ""):
    milestone = MilestoneFactory(home_zone="Asia/Tokyo")
    for words, on in said:
        state(milestone, words, on=on)
    if ended:
        state(milestone, ended, on=date(2026, 10, 1), kind=StatementKind.OCCURRED)
    return list(milestone.statements.chain().select_related("source"))


def drawn(chart: str, name: str) -> int:
    classes = [(one.get("class") or "").split() for one in parsed(chart).iter()]
    return sum(name in one for one in classes)


@pytest.mark.django_db
def test_a_slip_chart_draws_each_promise_how_long_it_was_believed_and_now():
    told = moved(("2024", date(2021, 3, 1)), ("TBD", date(2023, 1, 1)), ("2028", date(2025, 1, 1)))

    chart = slip_chart(told, [], today=TODAY, label="x")

    names = ["promise", "band", "undated", "now", "mark--occurred"]
    assert [drawn(chart, name) for name in names] == [2, 2, 1, 1, 0]


@pytest.mark.django_db
def test_a_slip_chart_marks_what_happened_and_what_others_say():
    told = moved(("2024", date(2021, 3, 1)), ended="1 October 2026")
    others = moved(("2025", date(2022, 3, 1)))

    chart = slip_chart(told, others, today=TODAY, label="x")

    names = ["mark--occurred", "promise--other", "band"]
    assert [drawn(chart, name) for name in names] == [1, 1, 1]


@pytest.mark.django_db
def test_a_slip_chart_marks_a_cancelling():
    milestone = MilestoneFactory()
    state(milestone, "2028", on=date(2025, 1, 1))
    state(milestone, "cancelled", on=date(2026, 1, 1))
    told = list(milestone.statements.chain().select_related("source"))

    assert drawn(slip_chart(told, [], today=TODAY, label="x"), "mark--cancelled") == 1


@pytest.mark.django_db
def test_without_any_date_there_is_no_slip_chart():
    assert slip_chart(moved(("TBD", NOON.date())), [], today=TODAY, label="x") == ""


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["9999", "0001", "NET 9999", "by 9999"])
def test_a_slip_chart_reaches_the_ends_of_the_calendar(words):
    told = moved(("2024", date(2021, 3, 1)), (words, date(2023, 1, 1)))

    assert drawn(slip_chart(told, [], today=TODAY, label="x"), "slip-chart") == 1
