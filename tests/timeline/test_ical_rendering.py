"""Another look of entries is a change that apps must be told of, by RENDERING."""

import hashlib
from datetime import UTC, datetime
from uuid import UUID

import pytest

from tests.calendars.rows import NOVEMBER, a_milestone, cancel, happen, say
from tests.calendars.stories import EARLIER_AT
from tests.clock import NOON
from tests.factories import TagFactory
from timeline.ical import calendar, fragments
from timeline.ical.calendar import Feed
from timeline.ical.current import Current
from timeline.ical.digest import News, digest
from timeline.ical.folding import to_bytes
from timeline.ical.heading import heading, nothing_dated
from timeline.ical.options import Options
from timeline.ical.rendering import RENDERING, Raised
from timeline.models import Milestone

pytestmark = pytest.mark.django_db

# Of the calendars below, by RENDERING.number.
DIGESTS = {
    0: "af43d2dbdfebe35b28aebe5ae3b200aece6d48c53603dbb29dfdd66089de087e",
}
ASKED = """
The entries of calendars are written otherwise than by rendering {number}. Apps that have them take
up the new form only with a later LAST-MODIFIED. If the change is meant: raise RENDERING in
timeline/ical/rendering.py (number by one, changed_at to the moment of the release), and add
    {next}: "{digest}",
to DIGESTS here. What stands there already stays.
"""
STATED = [
    ("2026-12-30T12:10:00Z", "minute"),
    ("2026-12-30T12:10:00Z", "minute", "?"),
    ("2026-12-30", "day"),
    ("2026-11-21/2026-11-23", "day"),
    ("2027-03/2027-05", "month"),
    ("[2027-03-15..2027-03-21]", "week"),
    ("2027-06", "month"),
    ("2027-35", "quarter"),
    ("2027-25", "season"),
    ("2027-41", "half"),
    ("2027-39", "year_part"),
    ("[2026-04..2027-03]", "fiscal_year"),
    ("2027", "year"),
    ("2027", "year", "%"),
    ("2027-05-12", "day", "~"),
    ("[2027-11-14..2027-11-17]", "range"),
    ("[..2027-06-30]", "day"),
    ("[..2027]", "year", "~"),
    ("[2027-03..]", "month"),
    ("202X", "decade"),
]
LOOKS = [
    Options(),
    Options(vague="end", prefix="0", allday="1"),
    Options(vague="both", days="each", alarms=("1d", "1h"), busy="1"),
    Options(vague="span", long="1", year="digest"),
    Options(vague="none"),
    Options(lang="ja"),
    Options(lang="ja", vague="both", prefix="0"),
]


def corpus() -> None:
    """Milestones that were stated, moved, cancelled and that happened; the same in each run."""
    tags = [TagFactory(name="launch"), TagFactory(name="moon")]
    for number, stated in enumerate(STATED):
        uid = UUID(int=number)
        one = a_milestone(f"Milestone {number}", uid=uid, slug=f"m-{number}", place="Tanegashima")
        one.tags.set(tags[: number % 3])
        say(one, "2026-28", "season", at=EARLIER_AT)
        say(one, *stated, reason="The lander is late.", certainty="tbc" if number == 2 else "")
    cancel(Milestone.objects.get(slug="m-8"))
    happen(Milestone.objects.get(slug="m-3"), "2026-11-19", at=NOON)


def feed(options: Options) -> Feed:
    return Feed(
        name="Milepost",
        path="/calendar/all.ics",
        page="/",
        current=Current(Milestone.objects.published()),
        list_id="all",
        options=options,
    )


def rendered() -> bytes:
    """All but what RENDERING itself raises."""
    written = []
    for options in LOOKS:
        one = feed(options)
        members = calendar.basis(one, month=NOVEMBER).members
        found = fragments.of_revisions([member.revision_id for member in members], options)
        assert len(found.ready) == len(members)
        news = News(1, datetime(2026, 11, 20, tzinfo=UTC))
        lists = [
            heading(one, changed_at=NOON),
            nothing_dated(one, changed_at=NOON),
            digest(one, 2027, ["One", "Other (around 2027)"], news, Raised(0, EARLIER_AT)),
        ]
        written += [
            *map(to_bytes, lists),
            *(found.ready[one.revision_id].template for one in members),
        ]
    return b"".join(written)


def test_another_look_of_entries_comes_with_another_number_of_the_rendering(settings):
    settings.MILEPOST_BASE_URL = "https://milepost.example"
    corpus()

    found = hashlib.sha256(rendered()).hexdigest()

    number = RENDERING.number
    asked = ASKED.format(number=number, next=number + 1, digest=found)
    assert DIGESTS.get(number) == found, asked


def test_renderings_are_numbered_one_by_one():
    assert [*DIGESTS] == [*range(RENDERING.number + 1)]
