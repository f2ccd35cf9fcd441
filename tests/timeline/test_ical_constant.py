"""What a calendar says of itself is constant: vdirsyncer copies it into each entry."""

from datetime import date, datetime, timedelta

import pytest

from tests.calendars.feeds import everything
from tests.calendars.rows import NOVEMBER, a_milestone, cancel, say
from tests.calendars.strict import entries, read
from tests.clock import NOON
from timeline import publishing
from timeline.ical import calendar

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(days=1)


def of_itself(month: date = NOVEMBER) -> list[tuple[str, str]]:
    body = calendar.write(everything(), month=month).body
    return [line for line in read(body).lines if line[0] != "LAST-MODIFIED"]


def test_nothing_that_happens_to_milestones_changes_what_a_calendar_says_of_itself():
    empty = of_itself()
    milestone = a_milestone()
    seen = []
    say(milestone, "2027-25", at=NOON)
    seen.append(of_itself())
    say(milestone, "2027-26", at=LATER)
    seen.append(of_itself())
    publishing.edit(milestone, {"title": "LUPEX goes"}, at=LATER + timedelta(hours=1))
    seen.append(of_itself())
    cancel(milestone, at=LATER + timedelta(hours=2))
    seen += [of_itself(), of_itself(date(2027, 1, 1))]

    assert seen == [empty] * 5


@pytest.mark.parametrize("lasts", [timedelta(0), timedelta(seconds=-1), timedelta(days=-1)])
def test_the_end_is_given_and_later_whatever_the_window(lasts):
    starts_at = datetime.fromisoformat("2026-12-30T12:10:00+00:00")
    say(a_milestone(), "2026-12-30T12:10:00Z", "minute", window_end_at=starts_at + lasts)

    (only,) = entries(calendar.write(everything(), month=NOVEMBER).body)

    assert (only["DTSTART"], only["DTEND"]) == ("20261230T121000Z", "20261230T124000Z")
