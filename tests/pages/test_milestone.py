from datetime import date

import pytest
from django.test import Client

from tests.clock import NOON
from tests.factories import MilestoneFactory, ProgrammeFactory, SourceFactory, claim, state
from tests.pages.seen import get, texts
from timeline import publishing
from timeline.changes import StatementKind
from timeline.models import Milestone, Source

pytestmark = pytest.mark.django_db


def lupex() -> Milestone:
    milestone = MilestoneFactory(title="LUPEX launch", slug="lupex", home_zone="Asia/Tokyo")
    state(milestone, "around 2024", on=date(2021, 3, 11))
    state(milestone, "2025", on=date(2023, 10, 1))
    state(milestone, "by 2028", on=date(2025, 12, 11))
    return milestone


def test_the_headline_says_the_date_how_long_until_then_and_how_firm():
    page = get(lupex().get_absolute_url())

    assert texts(page, "h1") == ["LUPEX launch"]
    assert texts(page, ".big-date") == ["by the end of 2028"]
    assert texts(page, ".big-countdown") == ["due within about 2.1 years"]
    assert texts(page, "dl") == [
        (
            "Window until 31 Dec 2028 How firm Deadline · year "
            "Since first announced ≈ 4 years later at least 11 months, at most 5 years"
        )
    ]


def test_the_history_has_every_statement_newest_first_with_what_it_changed():
    page = get(lupex().get_absolute_url())

    assert texts(page, ".entry-day") == ["11 December 2025", "1 October 2023", "11 March 2021"]
    assert texts(page, ".entry-date") == [
        "by the end of 2028 stands now loosened",
        "2025 slip",
        "around 2024",
    ]
    assert texts(page, ".entry-words") == ["by 2028", "2025", "around 2024"]


def test_others_say_is_marked_and_what_was_withdrawn_is_struck():
    milestone = MilestoneFactory()
    state(milestone, "2027", on=date(2026, 1, 1))
    state(milestone, "2029", on=date(2026, 2, 1), standing="dissent")
    wrong = state(milestone, "2030", on=date(2026, 3, 1)).statement
    publishing.withdraw(wrong, at=NOON, reason="said of another mission")

    page = get(milestone.get_absolute_url())

    assert texts(page, ".entry-date") == [
        "withdrawn 2030 slip",
        "Others say 2029 slip",
        "2027 stands now",
    ]
    assert texts(page, "s") == ["2030", "2030"]
    assert texts(page, ".big-date") == ["2027"]
    assert "Withdrawn on 20 November 2026: said of another mission" in texts(page, ".small")


def test_what_was_corrected_is_struck_and_leads_to_its_correction_and_back():
    milestone = MilestoneFactory()
    mistaken = state(milestone, "2030", on=date(2026, 3, 1)).statement
    right = publishing.correct(mistaken, claim("2031", on=date(2026, 3, 1)), at=NOON).statement

    page = get(milestone.get_absolute_url())

    assert texts(page, ".entry-date") == ["2031 stands now", "corrected 2030"]
    assert "Our mistake, corrected on 20 November 2026 to “2031”" in texts(page, ".small")
    assert f'<a href="#said-{right.pk}">“2031”</a>' in page
    assert f'<a href="#said-{mistaken.pk}">corrects our earlier reading</a>' in page


def test_a_source_known_to_the_month_shows_no_day_and_how_sure_it_is():
    milestone = MilestoneFactory()
    said = publishing.Claim(
        text="in spring",
        date=state(milestone, "2027", on=date(2026, 1, 1)).statement.date,
        source=SourceFactory(publisher="NASA", title="Blog", grade=Source.Grade.A),
        stated_on=date(2026, 10, 1),
        stated_precision=Source.Known.MONTH,
        certainty="tbc",
    )
    publishing.state(milestone, said, at=NOON)

    page = get(milestone.get_absolute_url())

    assert texts(page, "figcaption")[0] == "NASA: Blog A, said October 2026"
    assert texts(page, ".entry-day")[0] == "October 2026"
    assert texts(page, "dd")[1] == "Year · “TBC” says the source"


def test_as_of_a_past_day_the_page_ends_there():
    page = get(lupex().get_absolute_url(), as_of="2024-06-01")

    assert texts(page, ".big-date") == ["2025"]
    assert texts(page, ".entry-day") == ["1 October 2023", "11 March 2021"]
    assert texts(page, ".badge--stands") == ["stood then"]
    assert texts(page, ".message--info") == [
        (
            "This is what was believed on 1 June 2024, from what had been said until then. "
            "Back to today"
        )
    ]


def test_before_anything_was_said_there_is_no_page():
    response = Client().get(lupex().get_absolute_url(), {"as_of": "2020-01-01"})

    assert response.status_code == 404


def test_a_cancelled_milestone_shows_the_date_that_it_had_struck():
    milestone = MilestoneFactory()
    state(milestone, "2028", on=date(2025, 1, 1))
    state(milestone, "cancelled")

    page = get(milestone.get_absolute_url())

    assert texts(page, ".big-date") == ["2028"]
    assert 'class="big-date struck"' in page
    assert texts(page, ".big-countdown") == ["cancelled"]
    assert texts(page, ".entry-date")[0] == "cancelled stands now"


def test_others_who_say_cancelled_are_said_to_once():
    milestone = MilestoneFactory()
    state(milestone, "2028", on=date(2025, 1, 1))
    state(milestone, "cancelled", on=date(2025, 2, 1), standing="dissent")

    assert texts(get(milestone.get_absolute_url()), ".entry-date")[0] == "Others say cancelled"


def test_what_happened_is_measured_from_what_was_said_first():
    milestone = MilestoneFactory()
    state(milestone, "2020", on=date(2014, 9, 30))
    state(milestone, "30 July 2025", on=date(2025, 7, 30), kind=StatementKind.OCCURRED)

    page = get(milestone.get_absolute_url())

    assert texts(page, "dl") == [
        (
            "Window 30 Jul 2025 How firm Day "
            "Since first announced ≈ 5.1 years later at least 4.6 years, at most 5.6 years"
        )
    ]


def test_a_date_inside_the_first_one_has_not_slipped():
    milestone = MilestoneFactory()
    state(milestone, "2027", on=date(2025, 1, 1))
    state(milestone, "spring 2027", on=date(2025, 9, 11))

    page = get(milestone.get_absolute_url())

    assert "Since first announced within the first stated window" in texts(page, "dl")[0]


def test_it_can_be_followed_by_mail_by_calendar_and_as_json():
    milestone = MilestoneFactory(slug="nisar", programme=ProgrammeFactory(slug="nisar-programme"))
    state(milestone, "2027")

    page = get("/milestones/nisar/")

    calendar = "/calendar/programme/nisar-programme.ics"
    assert 'href="/subscribe/?milestone=nisar"' in page
    assert f'href="webcal://testserver{calendar}"' in page
    assert f">http://testserver{calendar}</textarea>" in page
    assert 'href="/calendar/?programme=nisar-programme"' in page
    assert 'href="/api/v1/milestones/nisar/"' in page
    assert f'<link rel="alternate" type="text/calendar" href="{calendar}"' in page


def test_the_chart_has_a_table_that_says_the_same():
    page = get(lupex().get_absolute_url())

    assert page.count('class="slip-chart"') == 1
    assert texts(page, "tr") == [
        "Said Date Window Change By how much",
        "11 March 2021 around 2024 1 Jan – 31 Dec 2024 first dated",
        "1 October 2023 2025 1 Jan – 31 Dec 2025 slip ≈ 1 year (at least 1 day, at most 2 years)",
        "11 December 2025 by the end of 2028 until 31 Dec 2028 loosened",
    ]


def test_one_statement_makes_no_chart():
    milestone = MilestoneFactory()
    state(milestone, "2027")

    assert "slip-chart" not in get(milestone.get_absolute_url())


def test_a_date_that_was_taken_back_has_not_slipped_by_anything():
    milestone = MilestoneFactory()
    for year, words in ((2023, "2025"), (2024, "2027"), (2025, "TBD")):
        state(milestone, words, on=date(year, 1, 1))

    page = get(milestone.get_absolute_url())

    assert texts(page, ".big-date") == ["no date"]
    assert texts(page, "dl") == ["How firm No date"]
    assert texts(get("/"), ".said")[0].startswith("undated Publisher")


def test_a_date_said_again_is_unchanged():
    milestone = MilestoneFactory()
    for year in (2025, 2026):
        state(milestone, "2027", on=date(year, 1, 1))

    page = get(milestone.get_absolute_url())

    assert texts(page, "dd")[2] == "unchanged"
