"""Which changes readers hear of at once, and which statements are only dissent."""

import pytest

from tests.timeline.stated import CANCELLED, TBD, said
from timeline.changes import Change, ChangeKind, classify, classify_chain, is_news, supersedes
from timeline.dates import make


@pytest.mark.parametrize(
    ("before", "after", "threshold", "told"),
    [
        (said("2025"), said("2026"), 365, True),
        (said("2025"), said("2026"), 366, False),
        (said("2026"), said("2025"), 365, True),
        (said("2026"), said("2025"), 366, False),
        (said("2027"), TBD, 9999, True),
        (said("2027"), CANCELLED, 9999, True),
        (CANCELLED, said("2027"), 9999, True),
        (said("2027"), said("2028-01-01", kind="occurred"), 9999, True),
        (TBD, said("2027"), 9999, True),
        (said("2027"), said("[2027,2028]"), 366, True),
        (said("2027"), said("[2027,2028]"), 367, False),
        (said("2025-07-30", on="2025-07-21"), said("2025-07", on="2025-07-22"), 0, False),
        (said("2027-07"), said("[2026..2029]"), 0, False),
        (said("2027"), said("2027-25"), 0, False),
        (said("2027"), said("2027-41"), 181, True),
        (said("2027"), said("2027-41"), 182, False),
        (said("2027-03"), said("2027-03-02"), 9999, True),
        (said("2027-03-02"), said("2027-03-02T12:00:00Z"), 9999, True),
        (said("2027-03"), said("[..2027-03-02]", on="2027-03-01"), 9999, False),
        (said("2027"), said("2027"), 0, False),
        (said("2027-37"), said("2027-33"), 0, False),
    ],
)
def test_readers_hear_at_once_of_what_moves_them(before, after, threshold, told):
    change = classify(before, after)

    assert is_news(change, after=after.date, threshold_days=threshold) is told


def test_an_edited_text_is_no_news():
    assert not is_news(Change(kind=ChangeKind.EDITED), after=make("2027"))


@pytest.mark.parametrize("edtf", ["2027", "2026", "2028", "2027-25", "[2027,2028]"])
def test_any_date_after_a_time_without_one_is_news(edtf):
    *_, change = classify_chain([said("2027"), TBD, said(edtf)])

    assert is_news(change, after=make(edtf), threshold_days=9999)


# ---- dissent -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("current", "new", "same_source", "grades", "replaces"),
    [
        ("2027-25", "2027", False, "AA", False),
        ("2027-25", "2027", True, "AA", True),
        ("2027", "2027-25", False, "BB", True),
        ("2027", "2027-25", False, "AB", False),
        ("2027", "2027-25", False, "BA", True),
        ("2027", "2028", False, "BB", True),
        ("2027", "2028", False, "BC", False),
        ("2027", "2028", True, "AC", True),
        ("2027", "2028", False, "C-", False),
        ("2027", "2028", False, "-C", True),
    ],
)
def test_a_vaguer_or_weaker_source_does_not_replace_a_sharper_one(
    current, new, same_source, grades, replaces
):
    assert replaces is supersedes(
        said(current),
        said(new),
        same_source=same_source,
        current_grade=grades[0],
        new_grade=grades[1],
    )


def test_a_plan_does_not_replace_an_event_by_itself():
    """A paper that still announces the launch may appear on the day of the launch."""
    launched, announced = said("2025-07-30", kind="occurred"), said("2025-07-30")

    assert not supersedes(launched, announced, same_source=True, current_grade="B", new_grade="A")
    assert supersedes(launched, launched, same_source=False, current_grade="B", new_grade="B")
