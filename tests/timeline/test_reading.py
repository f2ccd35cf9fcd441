from datetime import date

import pytest

from timeline.dates import NO_DATE, make
from timeline.reading import Context, NoDate, Option, Question, Refusal, Understood, read

SAID_ON = date(2025, 8, 29)
INDIA = Context(SAID_ON, home_zone="Asia/Kolkata")
JAPAN = Context(SAID_ON, home_zone="Asia/Tokyo")


def test_one_meaning_is_understood():
    assert read("spring 2027", INDIA) == Understood(make("2027-25"))


def test_a_question_shows_the_days_of_each_option():
    assert read("FY2028", INDIA) == Question(
        "Whose fiscal year? They begin and end in different months.",
        (
            Option(
                make("[2028-04..2029-03]", "fiscal_year", zone="Asia/Tokyo"),
                "Japanese fiscal year 2028 (1 Apr 2028 – 31 Mar 2029)",
            ),
            Option(
                make("[2027-04..2028-03]", "fiscal_year"),
                "Indian fiscal year 2027-28 (1 Apr 2027 – 31 Mar 2028)",
            ),
            Option(
                make("[2027-10..2028-09]", "fiscal_year", zone="America/New_York"),
                "US fiscal year 2028 (1 Oct 2027 – 30 Sep 2028)",
            ),
        ),
    )


def labels(text, context=INDIA):
    reading = read(text, context)
    assert isinstance(reading, Question), reading
    return [option.label for option in reading.options]


def test_what_is_said_of_an_ambiguous_unit_is_said_of_each_meaning():
    assert labels("by Q1 FY27") == [
        "by Q1 of Japanese fiscal year 2027 (until 30 Jun 2027)",
        "by Q1 of Indian fiscal year 2026-27 (until 30 Jun 2026)",
        "by Q1 of US fiscal year 2027 (until 31 Dec 2026)",
    ]


def test_options_of_days_seasons_and_moments_have_labels_for_people():
    assert labels("04/05/2026") == ["4 May 2026", "5 April 2026"]
    assert labels("winter 2026") == [
        "winter 2026-27 (1 Dec 2026 – 28 Feb 2027)",
        "winter 2025-26 (1 Dec 2025 – 28 Feb 2026)",
    ]


def test_a_part_of_a_decade_is_named_as_people_say_it():
    assert labels("early 2030s or mid to late 2040s")[:2] == [
        "the early 2030s (1 Jan 2030 – 31 Dec 2033)",
        "the mid to late 2040s (1 Jan 2044 – 31 Dec 2049)",
    ]


def test_ist_is_indian_only_at_home_in_india():
    assert labels("30 July 2025, 17:40 IST", JAPAN) == [
        "30 July 2025, 17:40 IST (Asia/Kolkata)",
        "30 July 2025, 17:40 IDT (Asia/Jerusalem)",
        "30 July 2025, 18:40 IDT (Asia/Jerusalem)",
        "30 July 2025, 17:40 IST (Europe/Dublin)",
    ]


@pytest.mark.parametrize(
    ("fiscal", "edtf", "zone"),
    [
        ("jp", "[2028-04..2029-03]", "Asia/Tokyo"),
        ("in", "[2027-04..2028-03]", "Asia/Kolkata"),
        ("us", "[2027-10..2028-09]", "America/New_York"),
    ],
)
def test_a_milestone_with_fiscal_years_answers_the_question_itself(fiscal, edtf, zone):
    context = Context(SAID_ON, fiscal=fiscal)

    assert read("FY2028", context) == Understood(make(edtf, "fiscal_year", zone=zone))


def test_what_is_said_besides_may_answer_the_question():
    assert read("FY2026 (Apr 2026 – Mar 2027)", INDIA) == Understood(
        make("[2026-04..2027-03]", "fiscal_year", zone="Asia/Tokyo")
    )


def test_no_date_keeps_the_word_and_the_certainty():
    assert read("launch date TBD", INDIA) == NoDate("tbd", "TBD")
    assert read("to be confirmed", INDIA) == NoDate("tbc", "to be confirmed")
    assert read("soon", INDIA) == NoDate("", "soon")
    assert read("Cancelled", INDIA) == NoDate("", "Cancelled", kind_hint="cancelled")


def test_what_is_about_something_else_is_no_statement():
    assert read("10000 people", INDIA) == NoDate("", "10000 people", is_statement=False)
    assert read("H3-24L", INDIA) == NoDate("", "H3-24L", is_statement=False)
    assert read("planned to last 100 days", INDIA) == NoDate(
        "", "last 100 days", is_statement=False
    )


def test_a_date_with_tbc_keeps_both():
    assert read("July 2026 (TBC)", INDIA) == Understood(make("2026-07"), certainty="tbc")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("31 February", "There is no 31 February; February has 29 days."),
        ("31 February 2026", "There is no 31 February 2026: that month has 28 days."),
        ("February 30, 2028", "There is no 30 February 2028: that month has 29 days."),
        ("on the 31st of June 2027", "There is no 31 June 2027: that month has 30 days."),
        ("29 February 2027", "There is no 29 February 2027: that month has 28 days."),
        ("32 July 2026", "There is no 32 July 2026: that month has 31 days."),
        ("2026-13-01", "There is no month 13."),
        ("Q5 2027", "There is no quarter 5; a year has four."),
        ("30 July 2025 25:00", "There is no time 25:00."),
        ("between 2029 and 2027", "2027 comes before 2029."),
        ("10000", "There is no year 10000 here; years run from 1 to 9999."),
        ("", "There is nothing to read."),
        (" \x00\t ", "There is nothing to read."),
        ("2027, " * 13, "There are too many dates in it; give the words about one of them."),
        ("lorem ipsum", "No date was found in that."),
        ("x" * 501, "That is too long: give the words about the date, at most 500 signs."),
        (
            "29 March 2026 02:30 CET",
            "The clocks in Europe/Paris skip 02:30 on 29 March 2026.",
        ),
    ],
)
def test_a_refusal_says_why_and_what_would_be_understood(text, why):
    reading = read(text, INDIA)

    assert isinstance(reading, Refusal)
    assert reading.why == why
    assert reading.examples


def test_every_example_of_a_refusal_is_understood():
    for example in Refusal("").examples:
        assert isinstance(read(example, INDIA), Understood | NoDate)


def test_an_impossible_date_is_not_read_as_a_part_of_it():
    assert isinstance(read("launch on 31 February 2026 from Sriharikota", INDIA), Refusal)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("launched in 2011", "occurred"),
        ("to be launched in 2024", "plan"),
        ("launch in 2024", "plan"),
        ("held in 2030", "plan"),
        ("cancelled in 2024", "cancelled"),
        ("scrubbed; next attempt 31 July 2025", "plan"),
    ],
)
def test_the_words_hint_at_the_kind(text, kind):
    assert read(text, INDIA).kind_hint == kind


@pytest.mark.parametrize(
    ("text", "said_on", "edtf"),
    [
        ("5 May", date(2026, 4, 1), "2026-05-05"),
        ("5 May", date(2026, 7, 4), "2026-05-05"),
        ("5 May", date(2026, 7, 5), "2027-05-05"),
        ("20 December", date(2026, 1, 10), "2025-12-20"),
        ("launched in June", date(2025, 12, 10), "2025-06"),
        ("in June", date(2025, 12, 10), "2026-06"),
    ],
)
def test_a_day_without_a_year_is_the_nearest_at_most_sixty_days_back(text, said_on, edtf):
    assert read(text, Context(said_on)).date.edtf == edtf


def test_what_has_happened_lies_in_the_past():
    occurred = Context(date(2025, 12, 10), happened=True)

    assert read("in June", occurred).date == make("2025-06")


def test_what_was_announced_may_still_be_to_come():
    reading = read("ISRO announced a launch in June", Context(date(2025, 12, 10)))

    assert reading.date == make("2026-06")


def test_a_doubt_of_another_sentence_is_no_doubt_of_the_date():
    assert read("It may rain. The launch is in 2027", INDIA).date == make("2027")


def test_a_plan_that_would_have_passed_is_asked_about():
    reading = read("will launch in June", Context(date(2025, 7, 20)))

    assert [option.date.edtf for option in reading.options] == ["2025-06", "2026-06"]


@pytest.mark.parametrize(
    ("text", "home_zone", "edtf", "zone"),
    [
        ("30 July 2025 17:40", "Asia/Kolkata", "2025-07-30T17:40:00+05:30", ""),
        ("30 July 2025 17:40 IST", "Asia/Kolkata", "2025-07-30T17:40:00+05:30", ""),
        ("30 July 2025 12:10 UTC", "Asia/Kolkata", "2025-07-30T12:10:00Z", "UTC"),
        ("30 July 2025 12:10 UTC", "UTC", "2025-07-30T12:10:00Z", ""),
        ("7 September 2023 (JST)", "Asia/Kolkata", "2023-09-07", "Asia/Tokyo"),
        ("7 September 2023 (JST)", "Asia/Tokyo", "2023-09-07", ""),
        ("7 September 2023 (UTC+9)", "Asia/Tokyo", "2023-09-07", ""),
        ("7 September 2023 (UTC+9)", "UTC", "2023-09-07", "Etc/GMT-9"),
        ("January 15, 2026, 8:10 a.m. ET", "UTC", "2026-01-15T08:10:00-05:00", "America/New_York"),
        ("25 October 2026, 02:30 CET", "Europe/Paris", "2026-10-25T02:30:00+01:00", ""),
        ("25 October 2026, 02:30 CEST", "Europe/Paris", "2026-10-25T02:30:00+02:00", ""),
        ("July 15, 2026, 8:10 a.m. ET", "UTC", "2026-07-15T08:10:00-04:00", "America/New_York"),
    ],
)
def test_a_zone_is_kept_where_it_is_not_the_home_zone(text, home_zone, edtf, zone):
    value = read(text, Context(SAID_ON, home_zone=home_zone)).date

    assert (value.edtf, value.zone) == (edtf, zone)


@pytest.mark.parametrize(
    ("text", "edtfs"),
    [
        (
            "8:10 a.m. EST on 30 July 2025",
            ["2025-07-30T08:10:00-04:00", "2025-07-30T09:10:00-04:00"],
        ),
        ("midnight on 5 May 2026", ["2026-05-05T00:00:00+05:30", "2026-05-06T00:00:00+05:30"]),
        ("30 July 2025, 17:40-18:10 IST", ["2025-07-30T17:40:00+05:30", "2025-07-30"]),
        (
            "30 July 2025, 17:40 IST (13:10 UTC)",
            ["2025-07-30T17:40:00+05:30", "2025-07-30T13:10:00Z"],
        ),
        ("12:10 UTC", ["2025-08-29T12:10:00Z", "2025-08-30T12:10:00Z"]),
    ],
)
def test_times_that_do_not_say_one_moment_are_asked_about(text, edtfs):
    reading = read(text, INDIA)

    assert isinstance(reading, Question)
    assert [option.date.edtf for option in reading.options] == edtfs


def test_a_time_that_clocks_show_twice_is_asked_about():
    reading = read("25 October 2026 02:30", Context(SAID_ON, home_zone="Europe/Paris"))

    assert [option.label for option in reading.options] == [
        "25 October 2026, 02:30 CEST (Europe/Paris)",
        "25 October 2026, 02:30 CET (Europe/Paris)",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "2026 Asia-Pacific Space Cooperation Summit in Kyoto",
        "Artemis 2027",
        "Falcon 9 March 2027",
        "Falcon 12 March 2027",
        "was February 2026; may move back a little",
        "The launch is not delayed and will take place before 2028",
        "5 6 May 2026",
        "spring 2027/..",
        "Gaganyaan H1 2027",
        "not in 2027",
        "originally planned for 2027",
        "as of March 2027",
        "by at least 2027",
        "2027/..",
        "February 2026 31",
        "several weeks before the end of 2027",
        "2027年春休み",
        "米国時間7月30日",
        "postponed indefinitely from 2027",
        "Monday, 22 July 2025",
    ],
)
def test_what_may_mean_something_else_is_asked_with_the_date_as_an_option(text):
    reading = read(text, INDIA)

    assert isinstance(reading, Question), reading
    assert reading.options


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Launch 30 July 2025 from Sriharikota", "2025-07-30"),
        ("spring 2027 - Sriharikota", "2027-25"),
        ("Spring 2027 is what they speak of", "2027-25"),
        ("Falcon 9 in May 2027", "2027-05"),
        ("The first flight was in 2013", "2013"),
        ("GSLV-F16 30 July 2025", "2025-07-30"),
        ("2027年にISROが打ち上げ", "2027"),
    ],
)
def test_words_around_a_clear_date_do_not_matter(text, edtf):
    assert read(text, INDIA).date.edtf == edtf


@pytest.mark.parametrize(
    ("text", "edtf", "qualifier"),
    [
        ("not expected before 2028", "[2028..]", ""),
        ("will not fly until late 2027", "[2027-09..]", ""),
        ("unlikely before 2028", "[2028..]", "?"),
    ],
)
def test_a_denied_deadline_is_the_earliest_date(text, edtf, qualifier):
    value = read(text, INDIA).date

    assert (value.edtf, value.qualifier) == (edtf, qualifier)


def test_several_dates_are_options_in_the_order_of_the_text():
    reading = read("launch in 2027, landing in spring 2028", INDIA)

    assert [option.date.edtf for option in reading.options] == ["2027", "2028-25"]


def test_several_dates_are_asked_about_before_what_one_of_them_means():
    why = read("in 2027, landing in winter 2028", INDIA).why

    assert why == "There is more than one date in it. Which of these is meant?"


def test_edtf_is_read_after_its_prefix_and_asked_about_without_it():
    assert read("edtf: [..2028]", INDIA) == Understood(make("[..2028]"))
    assert read("[2027..2028]", INDIA) == Question(
        "Is this EDTF? Then write “edtf:” before it.",
        (Option(make("[2027..2028]"), "EDTF [2027..2028]"),),
    )
    assert isinstance(read("edtf:[2028..2027]", INDIA), Refusal)
    assert isinstance(read("edtf:", INDIA), Refusal)


def test_no_reading_is_the_empty_date():
    assert read("TBD", INDIA) != Understood(NO_DATE)


@pytest.mark.parametrize(
    "text",
    [
        "SPRING 2027",
        "  spring\u00a02027 ",
        "\uff53\uff50\uff52\uff49\uff4e\uff47 \uff12\uff10\uff12\uff17",
        "spring\u200b 2027.",
        "**spring 2027**",
        "“spring 2027”",
        "(spring 2027)",
        "spring 2027\x00",
    ],
)
def test_case_width_and_marks_change_nothing(text):
    assert read(text, INDIA) == Understood(make("2027-25"))


@pytest.mark.parametrize("dash", "-‐‑‒–—―−－")  # noqa: RUF001
def test_every_dash_is_a_dash(dash):
    expected = Understood(make("2017-11-14/2017-11-17"))

    assert read(f"14{dash}17 November 2017", INDIA) == expected
