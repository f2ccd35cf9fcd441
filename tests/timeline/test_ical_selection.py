"""Which milestones the options of a calendar choose, and when they go."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from tests.calendars.feeds import everything
from tests.calendars.rows import NOVEMBER, a_milestone, cancel, current, happen, overdue, say
from tests.calendars.strict import entries
from tests.clock import NOON
from timeline.ical import calendar, facts
from timeline.ical.calendar import Feed
from timeline.ical.current import Current
from timeline.ical.options import Options
from timeline.models import Milestone, Revision

pytestmark = pytest.mark.django_db

LONG_AGO = datetime(2020, 1, 10, 6, 0, tzinfo=UTC)


def another(title: str) -> Milestone:
    return a_milestone(title, uid=uuid4(), slug=title.lower().replace(" ", "-").replace("/", "-"))


def names(month: date = NOVEMBER, **options: object) -> list[str]:
    feed = Feed(
        name="Milepost",
        path="/calendar/all.ics",
        page="/",
        current=Current(Milestone.objects.published()),
        list_id="all",
        options=Options(prefix="0", **options),  # type: ignore[arg-type]
    )
    found = [one["SUMMARY"] for one in entries(calendar.write(feed, month=month).body)]
    return [] if found == ["Nothing to show now: Milepost"] else found


def titles(month: date = NOVEMBER, **options: object) -> set[str]:
    """Without the words of the dates."""
    found = [name.removeprefix("Cancelled: ") for name in names(month, **options)]
    return {name.partition(" (")[0] for name in found}


# ---- upto

# From the finest to the coarsest: the unit that was named, or how long a range is.
NAMED = {
    "day": [
        ("Second", "2026-12-30T12:10:05Z", "second"),
        ("Minute", "2026-12-30T12:10:00Z", "minute"),
        ("Day", "2026-12-30", "day"),
        ("Several days", "2026-12-21/2026-12-23", "day"),
        ("Many days", "2027-05-01/2027-09-01", "day"),
        ("Around a day", "2027-05-12", "day", "~"),
        ("By a day", "[..2027-06-30]", "day"),
        ("Not before a day", "[2027-03-03..]", "day"),
    ],
    "month": [
        ("Week", "[2027-03-15..2027-03-21]", "week"),
        ("Part of a month", "[2027-03-11..2027-03-20]", "month_part"),
        ("Month", "2027-06", "month"),
        ("By a month", "[..2027-06]", "month"),
        ("Not before a month", "[2027-03..]", "month"),
        ("A few days", "[2027-11-14..2027-11-17]", "range"),
        ("Range of 31 days", "[2027-05-01..2027-05-31]", "range"),
    ],
    "quarter": [
        ("Range of 32 days", "[2027-05-01..2027-06-01]", "range"),
        ("Season", "2027-25", "season"),
        ("Quarter", "2027-35", "quarter"),
        ("Three months", "2027-03/2027-05", "month"),
    ],
    "year": [
        ("Four months", "2027-03/2027-06", "month"),
        ("Part of a year", "2027-39", "year_part"),
        ("Half", "2027-41", "half"),
        ("Year", "2027", "year"),
        ("Around a year", "2027", "year", "~"),
        ("By a year", "[..2027]", "year"),
        ("Not before a year", "[2027..]", "year"),
        ("Fiscal year", "[2026-04..2027-03]", "fiscal_year"),
    ],
    "any": [
        ("Two years", "[2027,2028]", "range"),
        ("Twenty months", "2027-03/2028-10", "month"),
        ("Decade", "202X", "decade"),
        ("By a decade", "[..2029]", "decade"),
        ("Century", "20XX", "century"),
    ],
}
FINEST_FIRST = ["day", "month", "quarter", "year", "any"]


@pytest.fixture
def all_precisions():
    for rows in NAMED.values():
        for title, *stated in rows:
            say(another(title), *stated)


@pytest.mark.parametrize("unit", FINEST_FIRST)
def test_upto_is_the_coarsest_unit_that_is_shown(all_precisions, unit):
    finer = FINEST_FIRST[: FINEST_FIRST.index(unit) + 1]

    assert titles(upto=unit) == {row[0] for known in finer for row in NAMED[known]}


def test_upto_holds_for_what_is_cancelled_and_overdue_too():
    say(another("Launch"), "2026-25", "season", at=LONG_AGO)
    overdue(at=datetime(2026, 6, 10, 0, 30, tzinfo=UTC))
    summit = another("Summit")
    say(summit, "2027", at=LONG_AGO)
    cancel(summit)

    assert titles(upto="month") == set()
    assert titles(upto="quarter") == {"Launch"}
    assert titles(upto="year") == {"Launch", "Summit"}


def test_the_last_day_of_the_calendar_is_no_bound_that_breaks_a_feed():
    say(another("Good"), "2026-12-30")
    say(another("Bad"), "[9999-12-01..9999-12-31]", "range")

    assert titles(upto="month", vague="end") == {"Good"}


# ---- vague=none


def test_none_leaves_out_what_has_a_sign_before_its_name(all_precisions):
    assert titles(vague="none") == {
        "Second",
        "Minute",
        "Day",
        "Several days",
        "Many days",
        "By a day",
        "By a month",
        "By a year",
        "By a decade",
    }


def test_none_leaves_out_the_vague_also_when_it_is_cancelled_or_overdue():
    say(another("Launch"), "2026-25", "season", at=LONG_AGO)
    overdue(at=datetime(2026, 6, 10, 0, 30, tzinfo=UTC))
    for title, edtf in [("Season", "2027-25"), ("Day", "2026-12-30")]:
        one = another(title)
        say(one, edtf, at=LONG_AGO)
        cancel(one)

    assert names(vague="none") == ["Cancelled: Day"]


# ---- year


def test_year_none_leaves_out_years_of_the_calendar_and_nothing_else(all_precisions):
    assert titles() - titles(year="none") == {"Year", "Around a year"}


def test_year_none_leaves_them_out_also_when_cancelled_overdue_or_over():
    say(another("Overdue"), "2025", at=LONG_AGO)
    overdue(at=datetime(2026, 6, 10, 0, 30, tzinfo=UTC))
    summit = another("Summit")
    say(summit, "2027", at=LONG_AGO)
    cancel(summit)
    happen(another("Happened"), "2026")

    assert titles(past="all") == {"Overdue", "Summit", "Happened"}
    assert titles(past="all", year="none") == set()


def test_in_a_digest_stand_the_planned_ones_and_the_others_alone():
    say(another("Overdue"), "2025", at=LONG_AGO)
    overdue(at=datetime(2026, 6, 10, 0, 30, tzinfo=UTC))
    summit = another("Summit")
    say(summit, "2027", at=LONG_AGO)
    cancel(summit)
    happen(another("Happened"), "2026")
    say(another("Planned"), "2027")

    assert names(past="all", year="digest") == [
        "Some time in 2027: 1 milestone",
        "Overdue (overdue, was 2025)",
        "Happened (2026)",
        "Cancelled: Summit (was 2027)",
    ]


def test_a_digest_goes_well_with_leaving_out_what_else_is_vague(all_precisions):
    assert "Some time in 2027: 2 milestones" in names(vague="none", year="digest")
    assert "Some time in 2027: 2 milestones" not in names(vague="none", upto="month", year="digest")


def test_the_database_and_we_agree_on_what_a_digest_holds(all_precisions):
    say(another("Overdue"), "2025", at=LONG_AGO)
    overdue(at=datetime(2026, 6, 10, 0, 30, tzinfo=UTC))
    happen(another("Happened"), "2026")
    ids = [*Revision.objects.values_list("pk", flat=True)]

    ours = {pk for pk, one in facts.of_revisions(ids).items() if one.in_digest}

    assert ours == {*Revision.objects.filter(facts.in_digest()).values_list("pk", flat=True)}
    assert len(ours) == 3


# ---- cancelled


def test_drop_lets_a_cancelled_one_go_at_once():
    for title in ("Summit", "Launch"):
        say(another(title), "2026-12-30", at=LONG_AGO)
    cancel(Milestone.objects.get(slug="summit"))

    assert names() == ["Cancelled: Summit", "Launch"]
    assert names(cancelled="drop") == ["Launch"]


# ---- past


@pytest.mark.parametrize(
    ("past", "last_month"),
    [
        ("0", date(2026, 10, 1)),
        ("3m", date(2027, 1, 1)),
        ("12m", date(2027, 10, 1)),
        ("all", date(2090, 1, 1)),
    ],
)
def test_what_is_over_stays_for_so_many_months_and_goes_with_a_first(past, last_month):
    happen(another("Happened"), "2026-10-15")
    say(another("Planned"), "2026-10-31", at=LONG_AGO)
    after = (last_month + timedelta(days=31)).replace(day=1)

    assert titles(last_month, past=past) == {"Happened", "Planned"}
    assert titles(after, past=past) == ({"Happened", "Planned"} if past == "all" else set())


@pytest.mark.parametrize("past", ["0", "3m", "12m", "all"])
def test_what_is_still_open_stays_whatever_of_the_past_is_kept(past):
    say(another("Not before"), "[2019..]", "year", at=LONG_AGO)
    say(another("Decade"), "202X", "decade", at=LONG_AGO)

    assert titles(past=past) == {"Not before", "Decade"}


@pytest.mark.parametrize("past", ["0", "all"])
def test_a_cancelled_one_is_told_as_long_whatever_of_the_past_is_kept(past):
    summit = another("Summit")
    say(summit, "2026-11-21", at=LONG_AGO)
    cancel(summit, at=NOON)

    assert titles(date(2027, 2, 1), past=past) == {"Summit"}
    assert titles(date(2027, 3, 1), past=past) == set()


def test_the_oldest_of_all_pasts_is_no_bound_that_breaks_a_feed():
    happen(another("Battle"), "0001-01-01")

    assert titles(past="all") == {"Battle"}


# ---- order


def test_entries_stand_in_the_order_of_every_other_list(all_precisions):
    slugs = [one.slug for one in Milestone.objects.published().in_order()]
    feed = everything()

    found = calendar.basis(feed, month=NOVEMBER).members

    by_id = {one.pk: one.slug for one in Milestone.objects.all()}
    assert [by_id[one.milestone_id] for one in found] == slugs


def test_a_member_is_past_if_it_was_over_before_the_month():
    happen(another("October"), "2026-10-31")
    happen(another("November"), "2026-11-01")
    say(another("Not before"), "[2019..]", "year", at=LONG_AGO)

    members = calendar.basis(everything(), month=NOVEMBER).members

    revisions = {current(one).pk: one.title for one in Milestone.objects.all()}
    assert {revisions[one.revision_id]: one.is_past for one in members} == {
        "October": True,
        "November": False,
        "Not before": False,
    }
