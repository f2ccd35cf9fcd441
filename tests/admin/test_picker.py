"""Where words are not understood, the date is put together of parts, or written as EDTF."""

import pytest

from tests.admin.screen import preview, preview_and_save, typed
from tests.factories import MilestoneFactory, state
from timeline.models import Statement

pytestmark = pytest.mark.django_db
MUMBLED = "when the mountain is blue"


@pytest.fixture
def launch():
    milestone = MilestoneFactory(title="ISSA-J1 launch", home_zone="Asia/Tokyo")
    state(milestone, "2026", announce=False)
    return milestone


def pick(unit, **parts):
    return {f"pick_{name}": value for name, value in ({"unit": unit, "year": 2031} | parts).items()}


@pytest.mark.parametrize(
    ("picked", "edtf"),
    [
        (pick("day", month=2, day=14), "2031-02-14"),
        (pick("month", month=2), "2031-02"),
        (pick("quarter", part="q2"), "2031-34"),
        (pick("half", part="h1"), "2031-40"),
        (pick("season", part="spring"), "2031-25"),
        (pick("season", part="winter"), "2031-28"),
        (pick("year_part", part="late"), "2031-39"),
        (pick("year"), "2031"),
        (pick("jfy"), "[2031-04..2032-03]"),
        (pick("ify"), "[2031-04..2032-03]"),
        (pick("decade"), "203X"),
        (pick("none"), None),
        (pick("month", month=2, bound="not before"), "[2031-02..]"),
        (pick("season", part="autumn", bound="by"), "[..2031-11]"),
        (pick("quarter", part="q4", bound="not before"), "[2031-10..]"),
        ({"edtf": "2031-25"}, "2031-25"),
        ({"edtf": "edtf:[..2028]"}, "[..2028]"),
    ],
)
def test_what_is_picked_is_saved_with_the_words_of_the_source(editor_client, launch, picked, edtf):
    answer = preview_and_save(editor_client, launch, typed(launch, MUMBLED, **picked))

    assert answer.status_code == 302
    said = Statement.objects.latest("pk")
    assert (said.text, said.edtf) == (MUMBLED, edtf)


def test_about_is_kept_as_doubt(editor_client, launch):
    picked = pick("year", bound="around")

    preview_and_save(editor_client, launch, typed(launch, MUMBLED, **picked))

    assert Statement.objects.get(standing="current").qualifier == "~"


def test_words_that_are_not_understood_open_the_picker(editor_client, launch):
    mumbled = preview(editor_client, launch, typed(launch, MUMBLED)).text
    plain = preview(editor_client, launch, typed(launch, "spring 2031")).text

    assert 'id="picker" open' in mumbled
    assert 'id="picker">' in plain


def test_the_reading_says_what_was_read_instead_of_the_words(editor_client, launch):
    shown = preview(editor_client, launch, typed(launch, MUMBLED, **pick("season", part="spring")))

    assert f"“{MUMBLED}”, read as <strong>spring 2031</strong>" in shown.text
    assert "1 Mar – 31 May 2031" in shown.text


@pytest.mark.parametrize(
    ("picked", "field", "error"),
    [
        (pick("day", month=2), "pick_day", "Give the day."),
        (pick("day", day=3), "pick_month", "Choose the month."),
        (pick("month", month=2, year=""), "pick_year", "Give the year."),
        (pick("quarter"), "pick_part", "Choose which part."),
        (pick("quarter", part="spring"), "pick_part", "Choose one of these: Q1, Q2, Q3, Q4."),
        (
            pick("year", year=10000),
            "pick_year",
            "Ensure this value is less than or equal to 9999.",
        ),
        (pick("year") | {"edtf": "2031"}, "edtf", "Pick the date or write it as EDTF, not both."),
    ],
)
def test_a_part_that_is_missing_is_asked_for_at_its_field(
    editor_client, launch, picked, field, error
):
    shown = preview(editor_client, launch, typed(launch, MUMBLED, **picked))

    assert shown.context["form"].errors[field] == [error]
    assert 'name="save"' not in shown.text
    assert Statement.objects.count() == 1


@pytest.mark.parametrize("edtf", ["2031-13", "2031-21-01", "nonsense", "[2031..2030]", "<b>"])
def test_edtf_outside_the_profile_is_refused_with_the_reason(editor_client, launch, edtf):
    shown = preview(editor_client, launch, typed(launch, MUMBLED, edtf=edtf))

    assert shown.context["outlook"].refusal
    assert 'name="save"' not in shown.text


def test_the_31st_of_february_is_refused(editor_client, launch):
    shown = preview(editor_client, launch, typed(launch, MUMBLED, **pick("day", month=2, day=31)))

    assert shown.context["outlook"].refusal
    assert Statement.objects.count() == 1


# ---- a window of minutes


def test_an_exact_window_closes_by_the_clock_of_its_zone(editor_client, launch):
    sent = typed(launch, "30 July 2031 23:40 JST", window_end="00:20")

    answer = preview_and_save(editor_client, launch, sent)

    assert answer.status_code == 302
    said = Statement.objects.get(standing="current")
    assert said.window_end_at.isoformat() == "2031-07-30T15:20:00+00:00"


def test_a_vague_date_has_no_window_of_minutes(editor_client, launch):
    shown = preview(editor_client, launch, typed(launch, "spring 2031", window_end="18:20"))

    errors = shown.context["form"].errors["window_end"]
    assert errors == ["Only an exact time opens a window that closes at a time."]


# ---- warnings


def test_a_date_said_after_the_old_window_is_warned_of(editor_client):
    milestone = MilestoneFactory(home_zone="Asia/Tokyo")
    state(milestone, "2025", announce=False)

    shown = preview(editor_client, milestone, typed(milestone, "by 2031"))

    assert "What is published (2025) was over when this was said" in shown.text
