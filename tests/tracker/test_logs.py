import json
import logging

import pytest

from tracker.logs import JsonLine, PlainLine, cleaned

FEED = "pQ3x-Zr8_aLk29sJd0wEGt7BvN5yUc1H"
SMALL = "_q3x-zr8_alk29sjd0wegt7bvn5yuc1-"


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("sent to mika.ono@agency.example", "sent to [address]"),
        ('"Mika Ono" <mika+feed@agency.example>,', '"Mika Ono" <[address]>,'),
        (f"GET /feeds/{FEED}.ics", "GET /feeds/[token]"),
        (f"GET /u/?t={FEED}&x=1", "GET /u/?t=[token]&x=1"),
        ("/confirm/eyJhIjoxfQ:1tPq4X:abcdefghijk/", "/confirm/[token]/"),
        (f"GET /f/{FEED}/space-missions.ics?x=1", "GET /f/[token]/space-missions.ics?x=1"),
        (f"GET /f/{SMALL}/space-missions.ics", "GET /f/[token]/space-missions.ics"),
        (f"POST /calendar/private/{FEED}/close/", "POST /calendar/private/[token]/close/"),
        (f"POST /calendar/private/{SMALL}/close/", "POST /calendar/private/[token]/close/"),
        (
            f"from https://m.example/calendar/private/{SMALL}",
            "from https://m.example/calendar/private/[token]",
        ),
        (
            f"webcal%3A%2F%2Fm.example%2Ff%2F{SMALL}%2Fa.ics",
            "webcal%3A%2F%2Fm.example%2Ff%2F[token]%2Fa.ics",
        ),
        ("/calendar/programme/lunar-polar-exploration-mission.ics", None),
        ("/milestones/lunar-polar-exploration-landing/", None),
        ("/static/admin/css/nav_sidebar.269a1bd44627.css", None),
        ("delivery 0d0c3c7e-6a53-4a2e-8a39-3f2b9b1b2a11 sent", None),
    ],
)
def test_addresses_and_tokens_stay_out_of_the_log(said, written):
    assert cleaned(said) == (said if written is None else written)


def record(text, *args, exc_info=None):
    made = logging.LogRecord("milepost", logging.WARNING, __file__, 1, text, args, exc_info)
    made.created = 1_800_000_000.25
    return made


def test_a_production_line_is_one_object_with_its_time_in_utc():
    line = JsonLine().format(record("refused %s", "mika@agency.example\nnext"))

    assert line.count("\n") == 0
    assert json.loads(line) == {
        "at": "2027-01-15T08:00:00.250+00:00",
        "level": "WARNING",
        "logger": "milepost",
        "text": "refused [address]\nnext",
    }


@pytest.mark.parametrize("formatter", [JsonLine(), PlainLine()])
def test_an_exception_is_scrubbed_too(formatter):
    refused = ValueError("550 no such user mika@agency.example")

    line = formatter.format(record("failed", exc_info=(ValueError, refused, None)))

    assert "550 no such user [address]" in line
    assert "agency.example" not in line
