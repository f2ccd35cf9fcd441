import sys
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from timeline.dates import Mode, VagueDate
from timeline.reading import Context, Question, Reading, Refusal, Understood, read
from timeline.reading.sentences import GRAMMAR

WORDS = sorted(
    {
        " ".join(sequence)
        for rules in GRAMMAR.rules.values()
        for rule in rules
        for element in rule.elements
        for sequence in element.sequences
    }
)
NUMBERS = ["5", "31", "2027", "'27", "9999", "0001", "2027-07", "12:10", "30 July 2025", "7月"]
TEXTS = st.lists(st.sampled_from(WORDS + NUMBERS * 20), min_size=1, max_size=12).map(" ".join)
CONTEXTS = st.builds(
    Context,
    said_on=st.sampled_from([date(2025, 8, 29), date(2024, 2, 29), date.min, date.max]),
    home_zone=st.sampled_from(["UTC", "Asia/Tokyo", "America/New_York", "Pacific/Auckland"]),
    hemisphere=st.sampled_from("NS"),
    fiscal=st.sampled_from(["", "jp", "in", "us"]),
    happened=st.sampled_from([None, True, False]),
)
ORDINARY = Context(date(2025, 8, 29), home_zone="Asia/Kolkata")
relaxed = settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))


def assert_is_sound(reading: Reading, context: Context) -> None:
    dates: list[VagueDate] = []
    if isinstance(reading, Understood):
        dates = [reading.date]
    if isinstance(reading, Question):
        assert reading.why
        dates = [option.date for option in reading.options]
        assert all(option.label for option in reading.options)
        assert len(set(dates)) == len(dates)
    if isinstance(reading, Refusal):
        assert reading.why
        assert reading.examples
    for value in dates:
        assert value.is_dated
        window = value.window(context.home_zone)
        assert (window.earliest is None) == (value.mode is Mode.BY)
        assert (window.latest is None) == (value.mode is Mode.NET)
        value.nominal(context.home_zone, said_on=context.said_on)


@relaxed
@given(TEXTS, CONTEXTS)
def test_any_words_of_the_grammar_have_a_sound_answer(text, context):
    assert_is_sound(read(text, context), context)


@relaxed
@given(st.text(max_size=60), CONTEXTS)
def test_any_text_has_a_sound_answer(text, context):
    assert_is_sound(read(text, context), context)


@pytest.mark.parametrize(
    "text",
    [
        "x" * 10_000,
        "2027 " * 100,
        "in " * 166,
        "twenty " * 71,
        "early mid late " * 33,
        "5-" * 250,
        "from 2027 to " * 38,
        "not before " * 45,
        "(" * 500,
        "7月" * 250,
        "〜" * 500,
        "\ufdfd" * 500,
        "\ufdfa" * 500,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_a_long_text_costs_a_bounded_number_of_calls(text):
    """Calls, not seconds: the same on every machine. Two words cost 2,000, these up to 380,000."""
    readings = []

    calls = count_calls(lambda: readings.append(read(text, ORDINARY)))

    assert_is_sound(readings[0], ORDINARY)
    assert calls < 500_000


def count_calls(function):
    """How many Python functions run while `function` does."""
    calls = 0

    def count(_frame, event, _argument):
        nonlocal calls
        calls += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        function()
    finally:
        sys.setprofile(before)
    return calls


DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31))


@relaxed
@given(DAYS, st.sampled_from(["%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%d-%b-%Y", "%Y年%m月%d日"]))
def test_a_day_is_read_in_every_way_it_is_written(day, style):
    assert read(day.strftime(style), ORDINARY).date.edtf == day.isoformat()


@relaxed
@given(DAYS)
def test_bounds_exclude_and_include_as_they_say(day):
    written = day.strftime("%d %B %Y")

    def bound(word):
        window = read(f"{word} {written}", ORDINARY).date.window("Asia/Kolkata")
        return window.earliest, window.latest

    assert bound("no earlier than") == (day, None)
    assert bound("after") == (day + timedelta(days=1), None)
    assert bound("by") == (None, day)
    assert bound("before") == (None, day - timedelta(days=1))


UNITS = st.sampled_from(
    [
        "2027",
        "July 2027",
        "late July 2027",
        "30 July 2027",
        "week of 5 May 2027",
        "spring 2027",
        "2027年夏",
        "Q3 2027",
        "mid-2027",
        "H2 2027",
        "JFY2027",
        "FY2026-27",
        "the 2030s",
    ]
)


@relaxed
@given(UNITS)
def test_what_is_not_before_begins_there_and_what_is_by_ends_there(unit):
    plain = read(unit, ORDINARY).date.window("Asia/Kolkata")

    assert read(f"NET {unit}", ORDINARY).date.window("Asia/Kolkata").earliest == plain.earliest
    assert read(f"by {unit}", ORDINARY).date.window("Asia/Kolkata").latest == plain.latest
    assert read(f"NET {unit}", ORDINARY).date.nominal("Asia/Kolkata", said_on=date(2025, 1, 1)) == (
        plain
    )
    assert read(f"around {unit}", ORDINARY).date.window("Asia/Kolkata") == plain
