"""The real chains: what each statement of a milestone changed, as the collected facts say."""

import re

import pytest

from tests.timeline.stated import CANCELLED, TBD, chains_of_facts, said, stated_fact
from timeline.changes import Change, ChangeKind, Stated, classify, classify_chain
from timeline.wording import amount_words

CHAINS = chains_of_facts()
EXPECTED = re.compile(
    r"(?P<kind>[A-Z_]+)(?: \((?P<sub>[^)]*)\))?(?: (?P<shown>(?:≈ )?[\d.]+ [a-z]+))?"
    r"(?: (?P<days>[+-]\d+) d)?"
)


@pytest.mark.parametrize("milestone", CHAINS)
def test_each_statement_of_a_chain_changed_what_the_facts_say(milestone):
    rows = CHAINS[milestone]
    chain = [stated_fact(row) for row in rows]

    changes = classify_chain(chain)

    told = [
        told_as(change, before, after)
        for change, before, after in zip(changes, [None, *chain], chain, strict=False)
    ]
    assert told == [expected(row) for row in rows]


def test_all_chains_are_there():
    assert sum(len(rows) for rows in CHAINS.values()) == 79
    assert len(CHAINS) == 32


def test_nisar_came_five_years_after_the_first_year_named():
    first, launched = stated_fact(CHAINS["nisar-launch"][0]), said("2025-07-30")

    total = classify(first, launched)

    assert amount_words(total, first, launched) == "≈ 5.1 years"


def test_the_latest_day_of_lupex_has_moved_by_four_years():
    """From the end of "around 2024" to that of "by 2028", said when 2024 had passed."""
    around_2024, by_2028 = (stated_fact(CHAINS["lupex-launch"][place]) for place in (2, -1))

    total = classify(around_2024, by_2028)

    assert total.d_late == 4 * 365 + 1
    assert (total.kind, total.sub) == (ChangeKind.SLIP, "old window had passed")
    assert amount_words(total, around_2024, by_2028) == "≈ 3 years"


def test_after_a_gap_a_date_is_compared_with_the_last_one_before_it():
    late_may = said("[2024-05-21..2024-05-31]", "month_part", on="2024-02-15")
    february = said("[2025-02..]", on="2024-07-29")

    *_, change = classify_chain([late_may, TBD, TBD, february])

    assert change.after_gap
    assert change.kind is ChangeKind.SLIP
    assert change == classify(TBD, february, last_dated=late_may)
    assert change.days == classify(late_may, february).days


def test_something_reinstated_also_says_how_it_moved():
    spring, in_2028 = said("2027-25", on="2025-09-11"), said("2028", on="2026-05-01")

    *_, change = classify_chain([spring, CANCELLED, in_2028])

    assert (change.kind, change.sub, change.after_gap) == (ChangeKind.REINSTATED, "slip", True)
    assert amount_words(change, CANCELLED, in_2028) == "≈ 1.2 years"


def told_as(change: Change, before: Stated | None, after: Stated) -> dict[str, object]:
    kind = change.kind.value.upper()
    sub = "after a gap" if change.after_gap else change.sub
    days = change.days if kind in ("SLIP", "PULL_IN") or change.sub == "late" else None
    shows_days = kind != "FIRMED" and not change.minutes
    return {
        "kind": "FIRST" if before is None else kind,
        "sub": sub,
        "shown": amount_words(change, before, after),
        "days": days if shows_days else None,
    }


def expected(row: dict[str, str]) -> dict[str, object]:
    match = EXPECTED.fullmatch(row["expected_change"])
    assert match is not None
    days = match["days"]
    return {
        "kind": match["kind"],
        "sub": match["sub"] or "",
        "shown": match["shown"] or "",
        "days": int(days) if days else None,
    }
