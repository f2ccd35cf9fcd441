"""What apps say of themselves, as seen in logs and sources, and what their users call them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.feeds.clients import LONGEST, UNKNOWN, name_of

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
THUNDERBIRD = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Thunderbird/140.1"
WEBKIT = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 (KHTML, like Gecko)"
CLASSIC = "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17928; Pro)"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Google-Calendar-Importer", "Google Calendar"),
        ("Mozilla/5.0 (compatible; Google-Calendar-Importer)", "Google Calendar"),
        ("iOS/26.0 (24A123) dataaccessd/1.0", "Apple Calendar on iPhone"),
        ("iPadOS/17.4 (21E236) dataaccessd/1.0", "Apple Calendar on iPhone"),
        ("macOS/14.6.1 (23G93) dataaccessd/1.0", "Apple Calendar on Mac"),
        ("macOS/14.0 (23A344) CalendarAgent/988", "Apple Calendar on Mac"),
        ("Mac OS X/10.15.7 (19H15) CalendarAgent/930.5.1", "Apple Calendar on Mac"),
        ("CalendarStore/6.0 (1190; OS X 14.4) dataaccessd/1.0", "Apple Calendar on Mac"),
        (CLASSIC, "Outlook (classic)"),
        ("Microsoft Outlook 16.0", "Outlook (classic)"),
        ("Microsoft.Exchange/15.20 (Windows NT 10.0; Win64; x64)", "Outlook.com or Microsoft 365"),
        ("Microsoft Exchange/15.20", "Outlook.com or Microsoft 365"),
        ("Outlook-iOS/2.0", "Outlook on a phone"),
        (THUNDERBIRD, "Thunderbird"),
        ("ICSx5/2.4.1 (okhttp/4.12.0) Android/15", "ICSx5"),
        ("DAVx5/4.4.3 (dav4jvm; okhttp/4.12.0) Android/14", "DAVx5"),
        ("Evolution/3.56.1", "GNOME Calendar or Evolution"),
        ("Nextcloud Webcal Service", "Nextcloud"),
        ("Nextcloud Webcal Crawler", "Nextcloud"),
        ("vdirsyncer/0.19.3", "vdirsyncer"),
        ("khal/0.11", "khal"),
        ("ProtonCalendar/1.0", "Proton Calendar"),
        ("Fastmail/1.0", "Fastmail"),
        ("HomeAssistant/2025.7.1 aiohttp/3.9", "Home Assistant"),
        ("curl/8.5.0", "curl"),
        (FIREFOX, "Firefox"),
        (f"{WEBKIT} Chrome/139.0.0.0 Safari/537.36", "Chrome"),
        (f"{WEBKIT} Chrome/139.0.0.0 Safari/537.36 Edg/139.0.0.0", "Edge"),
        (f"{MAC} Version/17.5 Safari/605.1.15", "Safari"),
        ("Mozilla/5.0 (compatible; Something)", "a browser"),
        ("FooCal/2.1 (Linux; someone) bar/3", "FooCal"),
        ("My Own Calendar (beta)", "My Own Calendar"),
        ("python-requests/2.32.3", "python-requests"),
        ("", UNKNOWN),
        (" /1.0", UNKNOWN),
    ],
)
def test_an_app_is_called_what_its_users_call_it(user_agent, name):
    assert name_of(user_agent) == name


@pytest.mark.parametrize("sign", ["\x00", "\r", "\n", "\x1b", "\u202e", "\u2028", "\x85"])
def test_what_nobody_sees_is_taken_out_of_a_name(sign):
    assert name_of(f"Foo{sign}Cal/1") == "Foo Cal"


def test_a_name_without_end_is_cut():
    assert name_of("x" * 100_000) == "x" * LONGEST


@given(st.text(max_size=600))
def test_whatever_an_app_says_becomes_a_short_line(user_agent):
    name = name_of(user_agent)

    assert 0 < len(name) <= LONGEST
    assert name.isprintable()
    assert name == name.strip()
