from datetime import UTC, date, datetime, timedelta

import pytest

from tests.clock import NOON, TODAY
from tests.factories import (
    MilestoneFactory,
    SourceFactory,
    TagFactory,
    claim,
    mark_overdue,
    release_due,
    state,
)
from timeline import outbox, publishing
from timeline.changes import ChangeKind, StatementKind
from timeline.models import Announcement, Milestone, Statement
from timeline.publishing import Conflict, PublishingError

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(minutes=1)


def standings(milestone: Milestone) -> list[tuple[str, str]]:
    return list(milestone.statements.in_order_said().values_list("text", "standing"))


def kinds(milestone: Milestone) -> list[str]:
    return list(milestone.statements.in_order_said().values_list("change_kind", flat=True))


def test_a_first_statement_publishes_revision_one_and_holds_its_announcement():
    milestone = MilestoneFactory()

    published = state(milestone, "spring 2027")

    milestone.refresh_from_db()
    assert milestone.current_revision == published.revision
    assert published.revision.number == 1
    assert published.revision.sequence == 0
    assert published.revision.change_kind == ChangeKind.FIRST_DATED
    assert published.revision.edtf == "2027-25"
    assert published.statement.standing == Statement.Standing.CURRENT
    assert published.announcement.state == Announcement.State.HELD
    assert published.announcement.from_revision is None
    assert published.announcement.settle_at == NOON + timedelta(minutes=10)


def test_a_later_statement_slips_the_milestone_and_supersedes_the_first():
    milestone = MilestoneFactory()
    state(milestone, "spring 2027", on=date(2025, 9, 11), announce=False)

    slip = state(milestone, "autumn 2027").revision

    assert (slip.number, slip.sequence) == (2, 1)
    assert (slip.change_kind, slip.days) == (ChangeKind.SLIP, 184)
    assert standings(milestone) == [("spring 2027", "superseded"), ("autumn 2027", "current")]


def test_an_unchanged_date_from_another_source_does_not_raise_the_sequence():
    milestone = MilestoneFactory()
    state(milestone, "spring 2027", on=date(2025, 9, 11))

    again = state(milestone, "spring 2027", on=date(2025, 9, 12)).revision

    assert again.change_kind == ChangeKind.UNCHANGED
    assert (again.number, again.sequence) == (2, 0)


def test_a_revision_is_recorded_at_least_one_whole_second_after_the_one_before():
    milestone = MilestoneFactory()
    state(milestone, "2027")

    again = state(milestone, "2028", at=NOON + timedelta(milliseconds=300)).revision

    assert again.recorded_at == NOON + timedelta(seconds=1)


def test_a_back_filled_statement_recomputes_its_neighbours_and_tells_nobody():
    milestone = MilestoneFactory()
    state(milestone, "2025", on=date(2022, 1, 1), announce=False)
    state(milestone, "2027", on=date(2025, 1, 1), announce=False)

    between = state(milestone, "2026", on=date(2024, 1, 1), standing="")

    assert between.revision is None
    assert between.announcement is None
    assert [(s.text, s.days) for s in milestone.statements.in_order_said()] == [
        ("2025", None),
        ("2026", 365),
        ("2027", 365),
    ]
    assert Announcement.objects.count() == 0


def test_news_over_two_weeks_old_is_published_but_not_announced():
    milestone = MilestoneFactory()
    state(milestone, "2027", on=date(2026, 1, 1), announce=False)

    old = state(milestone, "2028", on=TODAY - timedelta(days=15))
    fresh = state(milestone, "2029", on=TODAY - timedelta(days=14))

    assert old.revision is not None
    assert old.announcement is None
    assert fresh.announcement is not None


def test_a_vaguer_word_of_another_source_is_saved_as_dissent():
    milestone = MilestoneFactory()
    state(milestone, "spring 2027", source=SourceFactory(grade="A"), on=date(2025, 9, 11))

    echo = state(milestone, "2027", source=SourceFactory(grade="C"), standing="")

    assert echo.statement.standing == Statement.Standing.DISSENT
    assert echo.revision is None
    milestone.refresh_from_db()
    assert milestone.current_revision.edtf == "2027-25"


def test_there_is_no_dissent_from_nothing():
    milestone = MilestoneFactory()

    with pytest.raises(PublishingError, match="nothing to dissent from"):
        state(milestone, "2027", standing="dissent")

    assert milestone.statements.count() == 0


def test_an_editor_may_take_the_vaguer_word_as_true():
    milestone = MilestoneFactory()
    state(milestone, "spring 2027", on=date(2025, 9, 11))

    taken = state(milestone, "2027", standing="current")

    assert taken.revision.change_kind == ChangeKind.LOOSENED
    assert taken.statement.standing == Statement.Standing.CURRENT


def test_edits_within_the_settle_time_merge_into_one_net_announcement():
    milestone = MilestoneFactory()
    state(milestone, "2027", on=date(2026, 1, 1), announce=False)
    milestone.refresh_from_db()
    outbox.take_as_told(milestone)

    first = state(milestone, "2028").announcement
    second = state(milestone, "2029", at=LATER).announcement

    assert first.pk == second.pk
    assert second.from_revision.edtf == "2027"
    assert second.to_revision.edtf == "2029"
    assert (second.change_kind, second.days) == (ChangeKind.SLIP, 731)
    assert second.settle_at == LATER + timedelta(minutes=10)


def test_settling_never_lasts_longer_than_an_hour_from_the_first_edit():
    milestone = MilestoneFactory()
    state(milestone, "2027")

    last = state(milestone, "2028", at=NOON + timedelta(minutes=55)).announcement

    assert last.settle_at == NOON + timedelta(minutes=60)


def test_undoing_an_edit_within_the_settle_time_discards_the_announcement():
    milestone = MilestoneFactory()
    state(milestone, "2027", on=date(2026, 1, 1), announce=False)
    milestone.refresh_from_db()
    outbox.take_as_told(milestone)
    wrong = state(milestone, "2028")

    publishing.withdraw(wrong.statement, at=LATER, reason="typed into the wrong milestone")

    wrong.announcement.refresh_from_db()
    assert wrong.announcement.state == Announcement.State.DISCARDED
    assert wrong.announcement.closed_reason == "nothing was left of it"
    milestone.refresh_from_db()
    assert milestone.current_revision.edtf == "2027"
    assert milestone.current_revision.number == 3


def test_a_released_announcement_becomes_what_later_news_is_measured_from():
    milestone = MilestoneFactory()
    first = state(milestone, "2027").announcement
    release_due(at=NOON + timedelta(minutes=10))

    slip = state(milestone, "2028", at=NOON + timedelta(minutes=20)).announcement

    first.refresh_from_db()
    assert first.state == Announcement.State.RELEASED
    assert slip.from_revision == first.to_revision
    assert slip.change_kind == ChangeKind.SLIP


def test_nothing_is_released_before_its_settle_time_is_over():
    state(MilestoneFactory(), "2027")

    released = release_due(at=NOON + timedelta(minutes=9, seconds=59))

    assert released == 0
    assert Announcement.objects.get().state == Announcement.State.HELD


def test_a_quiet_statement_announces_nothing_but_merges_into_what_is_held():
    milestone = MilestoneFactory()
    held = state(milestone, "2027").announcement

    quiet = state(milestone, "2028", announce=False, at=LATER).announcement

    assert quiet.pk == held.pk
    assert quiet.to_revision.edtf == "2028"


def test_a_discarded_announcement_leaves_the_published_date_as_it_is():
    milestone = MilestoneFactory()
    held = state(milestone, "2027").announcement

    discarded = outbox.discard(held, at=LATER, reason="not worth a mail")

    assert discarded is True
    assert outbox.release(held, at=LATER) is False
    milestone.refresh_from_db()
    assert milestone.current_revision.edtf == "2027"


def test_a_date_after_a_gap_is_compared_with_the_last_one_before_it():
    milestone = MilestoneFactory()
    state(milestone, "2025", on=date(2024, 1, 1), announce=False)
    state(milestone, "TBD", on=date(2025, 1, 1), announce=False)

    after = state(milestone, "2027").revision

    assert (after.change_kind, after.days, after.after_gap) == (ChangeKind.SLIP, 730, True)


def test_a_cancelled_milestone_keeps_the_date_that_it_had():
    milestone = MilestoneFactory()
    state(milestone, "spring 2027", on=date(2026, 1, 1))

    cancelled = state(milestone, "cancelled").revision

    assert cancelled.status == StatementKind.CANCELLED
    assert cancelled.change_kind == ChangeKind.CANCELLED
    assert cancelled.edtf == "2027-25"
    assert cancelled.sequence == 1


def test_an_outcome_is_published_with_its_real_date():
    milestone = MilestoneFactory()
    state(milestone, "18 November 2026", on=date(2026, 11, 1))

    done = state(milestone, "19 November 2026", kind=StatementKind.OCCURRED).revision

    assert (done.status, done.change_kind, done.days) == (
        StatementKind.OCCURRED,
        ChangeKind.OCCURRED,
        1,
    )


def test_something_that_happened_without_a_date_is_refused():
    milestone = MilestoneFactory()

    with pytest.raises(PublishingError, match="has a date"):
        state(milestone, "TBD", kind=StatementKind.OCCURRED)

    assert milestone.statements.count() == 0


def test_a_source_cannot_have_said_it_tomorrow():
    milestone = MilestoneFactory()

    with pytest.raises(PublishingError, match="in the future"):
        state(milestone, "2027", on=TODAY + timedelta(days=2))


def test_the_second_of_two_editors_is_told_and_overwrites_nothing():
    milestone = MilestoneFactory()
    state(milestone, "2027")
    state(milestone, "2028", at=LATER)

    with pytest.raises(Conflict) as conflict:
        publishing.state(milestone, claim("2029"), at=LATER, seen_number=1)

    assert conflict.value.theirs.edtf == "2028"
    assert conflict.value.seen.edtf == "2027"
    assert milestone.statements.count() == 2


def test_a_correction_keeps_the_mistaken_statement_struck_and_recomputes_the_next():
    milestone = MilestoneFactory()
    typo = state(milestone, "2072", on=date(2026, 1, 1), announce=False).statement
    state(milestone, "2028", on=date(2026, 6, 1), announce=False)

    fixed = publishing.correct(typo, claim("2027", on=date(2026, 1, 1)), at=LATER)

    assert standings(milestone) == [
        ("2072", "withdrawn"),
        ("2027", "superseded"),
        ("2028", "current"),
    ]
    assert fixed.statement.corrects == typo
    assert fixed.announcement is None
    assert kinds(milestone) == ["first_dated", "first_dated", "slip"]


def test_the_only_statement_of_a_milestone_cannot_be_withdrawn():
    only = state(MilestoneFactory(), "2027").statement

    with pytest.raises(PublishingError, match="only statement"):
        publishing.withdraw(only, at=LATER, reason="")

    only.refresh_from_db()
    assert only.standing == Statement.Standing.CURRENT


def test_a_statement_is_withdrawn_once():
    milestone = MilestoneFactory()
    wrong = state(milestone, "2027").statement
    state(milestone, "2028", at=LATER)
    publishing.withdraw(wrong, at=LATER, reason="")

    with pytest.raises(PublishingError, match="withdrawn already"):
        publishing.withdraw(wrong, at=LATER, reason="")


def test_of_two_editors_the_second_withdraws_nothing():
    milestone = MilestoneFactory()
    wrong = state(milestone, "2027").statement
    state(milestone, "2028", at=LATER)

    with pytest.raises(Conflict) as conflict:
        publishing.withdraw(wrong, at=LATER, reason="", seen_number=1)

    assert (conflict.value.seen.number, conflict.value.theirs.number) == (1, 2)
    wrong.refresh_from_db()
    assert wrong.standing == Statement.Standing.SUPERSEDED


def test_a_new_title_is_a_revision_that_tells_nobody_and_moves_nothing():
    milestone = MilestoneFactory(title="Old name")
    state(milestone, "2027", announce=False)

    edited = publishing.edit(milestone, {"title": "New name"}, at=LATER)

    assert (edited.change_kind, edited.title) == (ChangeKind.EDITED, "New name")
    assert (edited.number, edited.sequence, edited.edtf) == (2, 0, "2027")
    assert Announcement.objects.count() == 0


def test_an_edit_that_changes_nothing_publishes_nothing():
    milestone = MilestoneFactory(title="Name")
    state(milestone, "2027")

    assert publishing.edit(milestone, {"title": "Name"}, at=LATER) is None


def test_another_home_zone_moves_the_days_of_instants():
    milestone = MilestoneFactory(home_zone="Asia/Tokyo")
    state(milestone, "2024-01-19T15:20:00Z", on=date(2023, 12, 5), announce=False)
    milestone.refresh_from_db()
    assert milestone.current_revision.earliest == date(2024, 1, 20)

    moved = publishing.edit(milestone, {"home_zone": "Asia/Kolkata"}, at=LATER)

    assert moved.earliest == date(2024, 1, 19)


def test_a_window_that_passed_without_word_is_published_as_overdue_once():
    milestone = MilestoneFactory()
    state(milestone, "spring 2026", on=date(2025, 9, 11), at=datetime(2025, 9, 11, tzinfo=UTC))
    grace_ends = datetime(2026, 6, 7, 18, 30, tzinfo=UTC)  # midnight in Kolkata

    before = mark_overdue(at=grace_ends - timedelta(seconds=1))
    first = mark_overdue(at=grace_ends)
    again = mark_overdue(at=grace_ends + timedelta(days=1))

    assert (before, first, again) == (0, 1, 0)
    milestone.refresh_from_db()
    assert milestone.current_revision.overdue is True
    assert milestone.current_revision.sequence == 1


def test_what_is_overdue_stays_so_when_only_its_text_or_programme_is_edited():
    milestone = MilestoneFactory()
    state(milestone, "May 2026", on=date(2025, 9, 11), at=datetime(2025, 9, 11, tzinfo=UTC))
    mark_overdue(at=NOON)
    sequence = Milestone.objects.get(pk=milestone.pk).current_revision.sequence

    edited = publishing.edit(milestone, {"summary": "Two rovers."}, at=NOON)
    publishing.publish_again([milestone], because="programme", at=NOON)

    milestone.refresh_from_db()
    renamed = milestone.current_revision
    assert [(one.overdue, one.sequence) for one in (edited, renamed)] == [(True, sequence)] * 2


def test_what_is_derived_is_the_same_when_derived_again():
    milestone = MilestoneFactory()
    for words, day in [("around 2024", 1), ("2025", 2), ("TBD", 3), ("2027–2028", 4)]:
        state(milestone, words, on=date(2021, 1, day), announce=False)
    state(milestone, "2029", on=date(2021, 1, 3), standing="dissent", announce=False)

    assert publishing.rebuild(milestone) == 0


def test_the_preview_says_what_stating_would_do_and_writes_nothing():
    milestone = MilestoneFactory()
    state(milestone, "spring 2027", on=date(2025, 9, 11), announce=False)
    milestone.refresh_from_db()

    preview = publishing.preview(milestone, claim("autumn 2027"), at=NOON)

    assert (preview.change.kind, preview.change.days) == (ChangeKind.SLIP, 184)
    assert (preview.net.kind, preview.standing) == (ChangeKind.SLIP, "current")
    assert (preview.back_filled, preview.old_news) == (False, False)
    assert milestone.statements.count() == 1


def test_other_tags_are_a_revision_that_moves_nothing():
    milestone = MilestoneFactory()
    state(milestone, "2027", announce=False)
    tag = TagFactory()

    edited = publishing.edit(milestone, {}, tags=[tag], at=LATER)
    again = publishing.edit(milestone, {}, tags=[tag], at=LATER)

    assert (edited.change_kind, edited.number, edited.sequence) == (ChangeKind.EDITED, 2, 0)
    assert again is None
    assert list(milestone.tags.all()) == [tag]
