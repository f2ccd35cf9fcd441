import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Alarm, Event, vText

from timeline.ical.folding import folded, to_bytes


def unfolded(octets: bytes) -> str:
    return octets.removesuffix(b"\r\n").replace(b"\r\n ", b"").decode()


def test_a_line_of_75_octets_stays_whole_and_one_of_76_does_not():
    assert folded("x" * 75) == b"x" * 75 + b"\r\n"
    assert folded("x" * 76) == b"x" * 75 + b"\r\n x\r\n"


def test_the_space_before_a_folded_line_counts():
    assert folded("x" * 150) == b"x" * 75 + b"\r\n " + b"x" * 74 + b"\r\n x\r\n"


@pytest.mark.parametrize("shift", range(5))
def test_no_fold_parts_a_character(shift):
    for physical in folded("x" * shift + "月🚀é" * 40).split(b"\r\n"):
        physical.decode()


@pytest.mark.parametrize("shift", range(6))
@pytest.mark.parametrize("escaped", ["\\,", "\\n", "\\\\", "\\\\\\,", "\\\\\\\\"])
def test_no_fold_parts_a_backslash_from_what_it_escapes(shift, escaped):
    line = "x" * (70 + shift) + escaped * 60

    for physical in folded(line).removesuffix(b"\r\n").split(b"\r\n"):
        assert (len(physical) - len(physical.rstrip(b"\\"))) % 2 == 0
    assert unfolded(folded(line)) == line


escapes = st.sampled_from(["\\\\", "\\,", "\\;", "\\n", "é", "月", "🚀", "x", " "])


@given(st.lists(escapes, max_size=200).map("".join))
def test_whatever_is_folded_comes_back_whole(line):
    octets = folded(line)

    assert unfolded(octets) == line
    assert all(len(physical) <= 75 for physical in octets.split(b"\r\n"))
    for physical in octets.removesuffix(b"\r\n").split(b"\r\n"):
        assert (len(physical) - len(physical.rstrip(b"\\"))) % 2 == 0


def test_properties_stay_in_the_order_in_which_they_were_written():
    event = Event()
    event.add("uid", vText("a@b"))
    event.add("summary", "Launch, at last")
    event.add("class", "PUBLIC")

    assert to_bytes(event) == (
        b"BEGIN:VEVENT\r\nUID:a@b\r\nSUMMARY:Launch\\, at last\r\nCLASS:PUBLIC\r\nEND:VEVENT\r\n"
    )


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("C:\\New", "C:\\\\New"),
        ("\\N", "\\\\N"),
        ("\\\\N", "\\\\\\\\N"),
        ("\\N\\N\n\\n", "\\\\N\\\\N\\n\\\\n"),
    ],
)
def test_a_backslash_before_an_n_is_no_end_of_a_line(text, written):
    event, alarm = Event(), Alarm()
    event.add("summary", text)
    event.add("categories", [text, "other"])
    alarm.add("description", text)
    event.add_component(alarm)

    assert to_bytes(event).decode().split("\r\n")[1:5] == [
        f"SUMMARY:{written}",
        f"CATEGORIES:{written},other",
        "BEGIN:VALARM",
        f"DESCRIPTION:{written}",
    ]
