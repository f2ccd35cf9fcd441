from datetime import date, timedelta

import pytest

from tests.clock import NOON
from tests.factories import MilestoneFactory, SourceFactory, claim, state
from timeline import outbox, publishing
from timeline.models import Announcement, Statement
from timeline.publishing import Conflict, PublishingError

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)
FIRST, SECOND, THIRD = date(2026, 11, 10), date(2026, 11, 12), date(2026, 11, 14)


@pytest.fixture
def launch():
    """JAXA said 2027, then 2028; the press says 2030."""
    milestone = MilestoneFactory(home_zone="Asia/Tokyo")
    jaxa = SourceFactory(publisher="JAXA", grade="A")
    state(milestone, "2027", on=FIRST, source=jaxa, announce=False)
    state(milestone, "2028", on=THIRD, source=jaxa, announce=False)
    press = SourceFactory(publisher="The Hindu", grade="C")
    state(milestone, "2030", on=SECOND, source=press, announce=False, standing="")
    return milestone


def said(milestone, words):
    return Statement.objects.select_related("milestone", "source").get(
        milestone=milestone, text=words
    )


def standings(milestone):
    return dict(milestone.statements.values_list("text", "standing"))


def published(milestone):
    milestone.refresh_from_db()
    return milestone.current_revision


# ---- dissent and current


def test_dissent_that_is_held_true_is_published_and_what_came_later_stands_beside(launch):
    done = publishing.hold_true(said(launch, "2030"), at=LATER, reason="JAXA confirmed it")

    assert standings(launch) == {"2027": "superseded", "2028": "dissent", "2030": "current"}
    revision = published(launch)
    assert (revision.number, revision.edtf, revision.change_kind) == (3, "2030", "slip")
    assert revision.reason == "JAXA confirmed it"
    assert done.announcement.state == "held"


def test_what_is_kept_beside_gives_way_to_what_was_said_before(launch):
    publishing.keep_beside(said(launch, "2028"), at=LATER, reason="A rumour")

    assert standings(launch) == {"2027": "current", "2028": "dissent", "2030": "dissent"}
    assert (published(launch).edtf, published(launch).change_kind) == ("2027", "pull_in")


def test_kept_beside_and_held_true_again_tells_nobody(launch):
    publishing.keep_beside(said(launch, "2028"), at=LATER, reason="A rumour")

    publishing.hold_true(said(launch, "2028"), at=LATER, reason="No, it holds")

    assert published(launch).edtf == "2028"
    assert [one.state for one in Announcement.objects.all()] == ["discarded"]


@pytest.mark.parametrize(
    ("verb", "words", "why"),
    [
        (publishing.hold_true, "2028", "Only what stands beside as dissent"),
        (publishing.hold_true, "2027", "Only what stands beside as dissent"),
        (publishing.keep_beside, "2027", "Only what holds now"),
        (publishing.keep_beside, "2030", "Only what holds now"),
    ],
)
def test_what_stands_elsewhere_is_refused(launch, verb, words, why):
    with pytest.raises(PublishingError, match=why):
        verb(said(launch, words), at=LATER, reason="")

    assert published(launch).number == 2


def test_the_only_statement_cannot_be_kept_beside():
    only = state(MilestoneFactory(), "2027").statement

    with pytest.raises(PublishingError, match="Nothing else was said"):
        publishing.keep_beside(only, at=LATER, reason="")


# ---- corrections


def test_a_corrected_statement_stays_struck_and_its_neighbours_are_computed_again(launch):
    mistaken = said(launch, "2027")

    done = publishing.correct(mistaken, claim("2026", on=FIRST, source=mistaken.source), at=LATER)

    assert standings(launch) == {
        "2026": "superseded",
        "2027": "withdrawn",
        "2028": "current",
        "2030": "dissent",
    }
    assert done.statement.corrects == mistaken
    assert (done.revision, done.announcement) == (None, None)
    assert said(launch, "2028").days == 730


def test_a_corrected_dissent_stays_dissent(launch):
    mistaken = said(launch, "2030")

    publishing.correct(mistaken, claim("2031", on=SECOND, source=mistaken.source), at=LATER)

    assert standings(launch)["2031"] == "dissent"
    assert published(launch).number == 2


def test_a_mistake_that_nobody_was_told_is_corrected_for_nobody(launch):
    mistaken = said(launch, "2028")

    done = publishing.correct(mistaken, claim("2029", on=THIRD, source=mistaken.source), at=LATER)

    assert (published(launch).edtf, done.announcement) == ("2029", None)


def test_a_mistake_that_was_announced_is_announced_right(launch):
    mistaken = state(launch, "2032", on=THIRD, source=said(launch, "2028").source).statement
    outbox.release(Announcement.objects.get(), at=LATER)

    done = publishing.correct(mistaken, claim("2029", on=THIRD, source=mistaken.source), at=LATER)

    assert (done.announcement.state, done.announcement.change_kind) == ("held", "pull_in")


def test_what_would_correct_nothing_is_refused(launch):
    mistaken = said(launch, "2028")

    with pytest.raises(PublishingError, match="nothing would be corrected"):
        publishing.correct(mistaken, publishing.claim_of(mistaken), at=LATER)

    assert standings(launch)["2028"] == "current"


def test_what_is_withdrawn_cannot_be_corrected(launch):
    publishing.withdraw(said(launch, "2030"), at=LATER, reason="")
    gone = said(launch, "2030")

    with pytest.raises(PublishingError, match="This is withdrawn"):
        publishing.correct(gone, claim("2031", on=SECOND, source=gone.source), at=LATER)


@pytest.mark.parametrize(
    "think_again",
    [
        lambda one: publishing.hold_true(one("2030"), at=LATER, reason="", seen_number=1),
        lambda one: publishing.keep_beside(one("2028"), at=LATER, reason="", seen_number=1),
        lambda one: publishing.correct(
            one("2028"), claim("2029", source=one("2028").source), at=LATER, seen_number=1
        ),
    ],
)
def test_the_second_of_two_editors_changes_nothing(launch, think_again):
    before = standings(launch)

    with pytest.raises(Conflict):
        think_again(lambda words: said(launch, words))

    assert standings(launch) == before
