"""What is found in real articles, phrase by phrase, and what is not.

`found_in_articles.csv` was written by a careful reader. "taken" are the phrases that say when a
milestone is or was; the others read as dates, and are proposed without a tick.
"""

import csv
import sys
from datetime import date
from itertools import groupby
from pathlib import Path

import pytest

from timeline.finding import LONGEST, MOST, Subject, Subjects, find, sentences_of
from timeline.reading import Question

DATA = Path(__file__).parents[2] / "data"
PROGRAMMES = {
    "LUPEX / Chandrayaan-5": ("LUPEX", "LuPEX", "Lunar Polar Exploration", "Chandrayaan-5"),
    "NISAR": ("NASA-ISRO Synthetic Aperture Radar",),
    "ISSA-J1": ("ISSA-J1 satellite",),
    "TRISHNA": (),
    "Gaganyaan": ("Gaganyaan G1", "Gaganyaan H1"),
    "Chandrayaan-1": ("Chandrayaan 1", "Chandrayaan-I"),
    "Megha-Tropiques": (),
    "SARAL": ("Satellite for ARGOS and ALTIKA",),
    "SLIM": ("Smart Lander for Investigating Moon", "Moon Sniper"),
    "H3 rocket": ("H3", "H3 Launch Vehicle", "H3-24L"),
    "UNNATI": ("UNISpace Nanosatellite Assembly and Training by ISRO",),
    "APRSAF": ("Asia-Pacific Regional Space Agency Forum",),
    "Asia-Pacific Space Cooperation Summit": (),
    "India-Japan relations": ("India-Japan Space Dialogue", "India-Japan annual summit"),
    "India-Japan defence exercises": ("Dharma Guardian", "Shinyuu Maitri"),
    "Quad": ("Quadrilateral Security Dialogue",),
}
MILESTONES = [
    ("LUPEX / Chandrayaan-5 launch", "LUPEX / Chandrayaan-5", True),
    ("LUPEX / Chandrayaan-5 approved by the Government of India", "LUPEX / Chandrayaan-5", False),
    ("LUPEX implementing arrangement signed and exchanged", "LUPEX / Chandrayaan-5", False),
    ("NISAR launch (GSLV-F16)", "NISAR", False),
    ("ISSA-J1 launch", "ISSA-J1", True),
    ("ISSA-J1 launch contract announced", "ISSA-J1", False),
    ("TRISHNA launch", "TRISHNA", True),
    ("Gaganyaan G1, first uncrewed flight", "Gaganyaan", True),
    ("Gaganyaan astronauts return from training in Russia", "Gaganyaan", False),
    ("Chandrayaan-1 launch (PSLV-C11)", "Chandrayaan-1", False),
    ("Megha-Tropiques launch (PSLV-C18)", "Megha-Tropiques", False),
    ("Megha-Tropiques end of mission", "Megha-Tropiques", False),
    ("SARAL launch (PSLV-C20)", "SARAL", False),
    ("SLIM lands on the Moon", "SLIM", False),
    ("H3 F9 launch (Michibiki 7)", "H3 rocket", True),
    ("UNNATI: first batch of nanosatellite training opens", "UNNATI", False),
    ("APRSAF-24", "APRSAF", False),
    ("2026 Asia-Pacific Space Cooperation Summit", "Asia-Pacific Space Cooperation Summit", True),
    ("India and Japan establish diplomatic relations", "India-Japan relations", False),
    ("15th India-Japan annual summit", "India-Japan relations", False),
    ("First Shinyuu Maitri exercise", "India-Japan defence exercises", False),
    ("First Dharma Guardian exercise", "India-Japan defence exercises", False),
    ("First official-level Quad talks", "Quad", False),
]
SUBJECTS = Subjects(
    Subject(number, title, (programme, *PROGRAMMES[programme]), is_planned)
    for number, (title, programme, is_planned) in enumerate(MILESTONES)
)
with (DATA / "found_in_articles.csv").open(encoding="utf-8", newline="") as table:
    ROWS = list(csv.DictReader(table))
DAYS = {
    "000": date(2021, 3, 15),
    "001": date(2021, 3, 15),
    "002": date(2025, 11, 24),
    "003": date(2017, 11, 18),
    "004": date(2025, 9, 12),
}


MOST_CALLS = 3_000_000  # a second or so, for a hundred thousand signs


def calls_of(work):
    """How many calls it takes: seconds would depend on the machine."""
    count = 0

    def counted(_frame, event, _argument):
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def article(name):
    return (DATA / "articles" / f"{name}.txt").read_text(encoding="utf-8")


def found(text, *, said_on=date(2026, 11, 20)):
    return find(text, SUBJECTS, said_on=said_on)


def phrases(text):
    return [one.words for one in found(text)]


@pytest.mark.parametrize("name", DAYS)
def test_each_article_gives_what_a_careful_reader_takes_and_nothing_else(name):
    proposals = found(article(name), said_on=DAYS[name])

    assert [
        (
            one.words,
            one.subjects[0].title if one.is_likely else "",
            one.reading.date.edtf,
            one.kind.value,
            "yes" if one.is_likely else "no",
        )
        for one in proposals
    ] == [
        (row["phrase"], row["milestone"], row["edtf"], row["kind"], row["taken"])
        for row in ROWS
        if row["article"] == name
    ]


def test_the_table_holds_twelve_phrases_that_are_taken_and_four_that_are_not():
    taken = sorted(row["taken"] for row in ROWS)

    assert {word: len(list(rows)) for word, rows in groupby(taken)} == {"no": 4, "yes": 12}


@pytest.mark.parametrize(
    "text",
    [
        "JAXA will launch the mission using its H3-24L rocket.",
        "The mission is planned to last 100 days.",
        "The trade of both for FY 2019-20 (April – December) totalled US$ 11.87 billion.",
        "Relations are said to have begun in the 6th century.",
        "It is the 50th anniversary of the first conference.",
        "Top officials of the two agencies said on Friday.",
        "Parliament passed the Arbitration (Amendment) Bill, 2021.",
        "Speaking at the 24th meeting, he hoped to do it soon.",
        "The lander carries 350 kg and drills to 1.5 m.",
        "Chandrayaan-5 and PSLV-C37 are names.",
        "",
        " \n\n\t",
    ],
)
def test_what_is_no_date_of_a_milestone_is_not_found(text):
    assert phrases(text) == []


def test_who_was_named_in_the_heading_is_who_is_meant_below():
    text = (
        "### NISAR:\n- It maps the Earth.\n- The agencies intend to launch the satellite by 2028."
    )

    (one,) = found(text)

    assert (one.words, one.subjects[0].title) == ("by 2028", "NISAR launch (GSLV-F16)")


def test_the_next_heading_is_another_subject():
    text = "### NISAR:\n- It maps the Earth.\n### Other news\n- The bridge opens in May 2028."

    assert [one.subjects for one in found(text)] == [()]


def test_links_and_tags_are_no_words_of_the_sentence():
    text = "[LUPEX](https://example.org/2019-01-01) will be **launched** <b>in spring 2028</b>."

    (one,) = found(text)

    assert (one.sentence, one.words) == ("LUPEX will be launched in spring 2028.", "spring 2028")


def test_what_is_called_off_is_a_cancellation():
    (one,) = found("The TRISHNA launch was cancelled.")

    assert (one.kind.value, one.subjects[0].title) == ("cancelled", "TRISHNA launch")


def test_words_with_several_meanings_are_asked():
    (one,) = found("TRISHNA will be launched in winter 2027.")

    assert isinstance(one.reading, Question)


def test_japanese_is_read_too():
    (one,) = found("LUPEXの打ち上げは令和10年度の予定です。")

    assert (one.reading.date.edtf, one.subjects[0].title) == (
        "[2028-04..2029-03]",
        "LUPEX / Chandrayaan-5 launch",
    )


def test_a_phrase_is_where_the_proposal_says():
    (one,) = found("ISSA-J1 flies in spring 2027, they say.")

    assert one.sentence[one.start : one.end] == one.words == "spring 2027"


def test_at_most_a_hundred_are_proposed():
    assert len(phrases("ISSA-J1 flies in 2027.\n" * 500)) == MOST


@pytest.mark.parametrize(
    "text",
    [
        "2027 " * 20_000,
        "(" * 50_000,
        "\x00\x1f" * 1000 + "ISSA-J1 flies in 2027.",
        "a" * LONGEST + " ISSA-J1 flies in 2027.",
        "[" * 3000 + "x](" * 3000,
        "<" * 20_000 + ">",
        "12/12/" * 5000,
        "\u202eISSA-J1 flies in 2027.",
    ],
    ids=["years", "brackets", "controls", "one word", "links", "tags", "slashes", "turned"],
)
def test_hostile_text_ends_soon(text):
    assert calls_of(lambda: found(text)) < MOST_CALLS


def test_sentences_end_where_they_end():
    text = (
        "Dr. Rao met A. S. Kumar of ISRO. He said: “Soon.” The H3 flew. 打ち上げた。次は2028年だ。"
    )

    assert [one.text for one in sentences_of(text)] == [
        "Dr. Rao met A. S. Kumar of ISRO.",
        'He said: "Soon."',
        "The H3 flew.",
        "打ち上げた。",
        "次は2028年だ。",
    ]
