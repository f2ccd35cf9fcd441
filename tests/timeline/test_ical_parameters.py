"""How a calendar may look: each option, its values, what is refused, what is kept."""

from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.asked import WrongParameters, read_all
from timeline.ical.options import MOST_ALARMS, PARAMETERS, Options, minutes

VALUES = {
    "vague": ["start", "end", "both", "span", "none"],
    "long": ["0", "1"],
    "upto": ["any", "year", "quarter", "month", "day"],
    "year": ["each", "digest", "none"],
    "days": ["span", "each"],
    "cancelled": ["mark", "drop"],
    "past": ["12m", "3m", "0", "all"],
    "busy": ["0", "1"],
    "allday": ["0", "1"],
    "prefix": ["1", "0"],
    "lang": ["en", "ja"],
}
ALARMS = st.builds(
    "{}{}".format, st.integers(min_value=1, max_value=99), st.sampled_from("mhdw")
).filter(lambda alarm: minutes(alarm) <= minutes("4w"))
GIVEN = st.fixed_dictionaries(
    {},
    optional={name: st.sampled_from(values) for name, values in VALUES.items()}
    | {"alarms": st.lists(ALARMS, min_size=1, max_size=MOST_ALARMS).map(",".join)},
)


def read(**given: str | list[str]) -> Options:
    lists = {name: [value] if isinstance(value, str) else value for name, value in given.items()}
    return Options.of(read_all(lists, PARAMETERS.values()))


def refused(**given: str | list[str]) -> str:
    with pytest.raises(WrongParameters) as error:
        read(**given)
    return str(error.value)


def test_every_parameter_is_an_option_and_the_first_value_its_default():
    defaults = Options()

    assert list(PARAMETERS) == [*Options.__slots__]
    assert {name: getattr(defaults, name) for name in VALUES} == {
        name: values[0] for name, values in VALUES.items()
    }
    assert defaults.alarms == ()
    assert {name: list(PARAMETERS[name].values) for name in VALUES} == VALUES


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in VALUES.items() for value in values]
)
def test_every_value_is_read_and_is_chosen_unless_it_is_the_default(name, value):
    options = read(**{name: value})

    assert getattr(options, name) == value
    assert options.chosen == ({} if value == VALUES[name][0] else {name: value})


@pytest.mark.parametrize("name", VALUES)
@pytest.mark.parametrize("value", ["", "foo", "START", "1 ", "\u0661", "a,b", "\0", "\r\n"])
def test_every_other_value_is_refused_with_those_that_there_are(name, value):
    said = refused(**{name: value})

    assert said.startswith(f"{name}: “")
    assert said.endswith(f"” is not one of its values. Allowed: {', '.join(VALUES[name])}.")
    assert said.isprintable()


@pytest.mark.parametrize("name", VALUES)
def test_an_option_given_twice_is_refused_even_if_both_say_the_same(name):
    value = VALUES[name][0]

    assert refused(**{name: [value, value]}).startswith(f"{name}: is given more than once.")


# ---- alarms ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "alarms"),
    [
        ("1d", ("1d",)),
        ("1h,1d", ("1d", "1h")),
        (["1h", "1d"], ("1d", "1h")),
        ("30m,2w,12h", ("2w", "12h", "30m")),
        ("1d,1d,1h,1d", ("1d", "1h")),
        ("60m,1h", ("1h",)),
        ("24h,1d,7d,1w", ("1w", "1d")),
        ("28d", ("4w",)),
        ("90m,48h,99h", ("99h", "2d", "90m")),
        ("1m", ("1m",)),
        ("4w", ("4w",)),
    ],
)
def test_alarms_are_times_the_longest_first_each_once(given, alarms):
    options = read(alarms=given)

    assert options.alarms == alarms
    assert options.chosen == {"alarms": ",".join(alarms)}


@pytest.mark.parametrize(
    "alarm",
    [
        *("", "0m", "0d", "5w", "29d", "100h", "01d", "-1d", "1.5h", "1", "d", "1D", "1y"),
        *("1d ", "1d\n", "1\u0663m", "P1D", "\0"),
    ],
)
@pytest.mark.parametrize("others", ["", "1h,"])
def test_what_is_no_time_before_an_entry_is_refused(alarm, others):
    shown = alarm.replace("\n", "�").replace("\0", "�")

    assert refused(alarms=others + alarm) == (
        f"alarms: “{shown}” is no such time. Allowed: 1m to 4w, like 1d or 12h; at most 3."
    )


@pytest.mark.parametrize("given", ["1d,1h,1w,2w", ["1d,1h", "1w,2w"]])
def test_more_alarms_than_three_are_refused(given):
    assert refused(alarms=given) == (
        "alarms: these are 4 times. Allowed: 1m to 4w, like 1d or 12h; at most 3."
    )


@pytest.mark.parametrize(
    ("alarm", "length"), [("1m", 1), ("1h", 60), ("1d", 1440), ("1w", 10080), ("", 0), ("x", 0)]
)
def test_an_alarm_has_a_length_in_minutes(alarm, length):
    assert minutes(alarm) == length


# ---- written and kept --------------------------------------------------------------------------


def test_only_what_differs_from_the_default_is_chosen():
    options = read(vague="span", long="1", past="12m", alarms="1h,1d", prefix="1")

    assert options.chosen == {"vague": "span", "long": "1", "alarms": "1d,1h"}
    assert Options().chosen == {}


@given(GIVEN)
def test_what_is_chosen_reads_as_the_same_options(asked):
    options = read(**asked)
    again = Options.of(read_all(parse_qs(urlencode(options.chosen)), PARAMETERS.values()))

    assert again == options
    assert again.chosen == options.chosen
    assert Options.stored(options.chosen) == options


def test_other_names_that_were_read_are_passed_over():
    assert Options.of({"tag": ("moon",), "busy": "1"}) == Options(busy="1")


@pytest.mark.parametrize(
    ("kept", "options"),
    [
        ({}, Options()),
        ({"vague": "sideways", "busy": "1"}, Options(busy="1")),
        ({"gone": "1", "busy": "1"}, Options(busy="1")),
        ({"alarms": "9y", "past": "0"}, Options(past="0")),
        ({"alarms": "1d,1h,1w,2w"}, Options()),
        ({"alarms": ""}, Options()),
        ({"alarms": ["1d"], "lang": None, "long": True}, Options()),
        ({"busy": 1, "allday": "1"}, Options(busy="1", allday="1")),
    ],
)
def test_what_was_kept_and_is_no_value_any_more_is_the_default(kept, options):
    assert Options.stored(kept) == options
