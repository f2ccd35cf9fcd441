"""The 64 pairs of the design, row by row: kind, figures and the amount shown."""

import pytest

from tests.timeline.stated import INDIA, JAPAN, rows_of_changes, said
from timeline.changes import Change, Stated, classify
from timeline.wording import amount_words

FIGURES = ["d_early", "d_late", "days", "at_least", "at_most", "minutes"]
# SLIM: a day of UTC or of Japan; and the same instant on two calendars.
JAPANESE = {"55", "56"}
ROWS = rows_of_changes()


@pytest.mark.parametrize("row", ROWS, ids=[row["n"] for row in ROWS])
def test_each_pair_is_classified_and_shown_as_the_table_says(row):
    before, after = statements(row)

    change = classify(before, after)

    assert figures(change) == expected(row)
    assert amount_words(change, before, after) == row["shown"]


def test_the_table_has_all_its_rows():
    assert [row["n"] for row in ROWS] == [str(number) for number in range(1, 65)]


def test_the_same_instant_is_the_same_day_whatever_the_calendar_it_was_said_in():
    """Row 55: the table counts the days as written, 20 January in Japan and 19 January UTC.

    We store the day at home, so that figure alone is 0 here, not -1.
    """
    row = ROWS[54]

    change = classify(*statements(row))

    assert row["days"] == "-1"
    assert change.days == 0


def statements(row: dict[str, str]) -> tuple[Stated, Stated]:
    home = JAPAN if row["n"] in JAPANESE else INDIA
    was_cancelled = row["old_text"] == "cancelled"
    kinds = {
        "old": "cancelled" if was_cancelled else "plan",
        "new": row["new_kind"].replace("planned", "plan"),
    }
    before, after = (
        said(
            row[f"{side}_edtf"] or None,
            row[f"{side}_precision"],
            qualifier=row[f"{side}_qualifier"],
            zone=row[f"{side}_text"].rpartition("|")[2] if "|" in row[f"{side}_text"] else "",
            on=row[f"{side}_stated_on"],
            home=home,
            kind=kinds[side],
        )
        for side in ("old", "new")
    )
    return before, after


def figures(change: Change) -> dict[str, object]:
    return {
        "class": change.kind.value,
        "sub": change.sub,
        "promise_broken": change.promise_broken,
        **{name: getattr(change, name) for name in FIGURES},
    }


def expected(row: dict[str, str]) -> dict[str, object]:
    days = {"55": "0"}.get(row["n"], row["days"])  # see the test of that row
    return {
        "class": row["class"].lower(),
        "sub": row["sub"],
        "promise_broken": row["promise_broken"] == "True",
        **{name: int(row[name]) if row[name] else None for name in FIGURES},
        "days": int(days) if days else None,
    }
