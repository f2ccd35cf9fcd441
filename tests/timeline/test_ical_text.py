import pytest

from timeline.ical.text import lines, name, one_line, shortened


@pytest.mark.parametrize(
    "end", ["\r\n", "\r", "\n", "\v", "\f", "\x85", "\u2028", "\u2029", "\x1e"]
)
def test_nothing_that_ends_a_line_anywhere_is_left_in_one(end):
    assert one_line(f"launch{end}ATTENDEE:x", limit=80) == "launch ATTENDEE:x"
    assert lines(f"launch{end}landing", limit=80) == "launch\nlanding"


def test_control_characters_are_stripped_and_tabs_are_spaces():
    assert one_line("\ufeffa\x00b\x1b[31m\tc\x7f\x9b", limit=80) == "ab[31m c"


def test_many_blank_lines_become_one():
    assert lines("  a  \n\n\n\n\r\n b \n", limit=80) == "a\n\n b"


def test_a_name_holds_nothing_that_would_be_escaped():
    assert name("Moon, Mars; and\\or\nVenus") == "Moon Mars and or Venus"


def test_what_fits_is_not_cut():
    assert shortened("Kyoto summit", limit=12) == "Kyoto summit"


def test_what_is_cut_says_so_and_fits():
    assert shortened("Kyoto summit 2026", limit=13) == "Kyoto summit…"
    assert shortened("Kyoto summit 2026", limit=7) == "Kyoto…"


def test_an_accent_and_a_joined_picture_are_not_cut_off_from_what_they_belong_to():
    accented = "caf" + "e\u0301" + "s there"
    family = "ab" + "\U0001f468\u200d\U0001f469\u200d\U0001f467" + " there"

    assert shortened(accented, limit=5) == "caf…"
    assert shortened(family, limit=5) == "ab…"
    assert shortened(family, limit=6) == "ab…"
