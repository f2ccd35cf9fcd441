"""Statements for tests: one line each, and every form a date can have."""

import csv
import json
from collections import defaultdict
from datetime import date
from pathlib import Path

from timeline.changes import Stated, StatementKind
from timeline.dates import NO_DATE, VagueDate, make

DATA = Path(__file__).parent.parent / "data"
INDIA = "Asia/Kolkata"
JAPAN = "Asia/Tokyo"
LONG_AGO = date(1990, 1, 1)


def said(
    edtf: str | None,
    precision: str = "",
    *,
    qualifier: str = "",
    zone: str = "",
    on: str = "1990-01-01",
    home: str = INDIA,
    kind: str = "plan",
) -> Stated:
    value = make(edtf, precision if edtf else "", qualifier, zone)
    return Stated(value, date.fromisoformat(on), home, StatementKind(kind))


CANCELLED = Stated(NO_DATE, LONG_AGO, INDIA, StatementKind.CANCELLED)
TBD = Stated(NO_DATE, LONG_AGO, INDIA)


def rows_of_changes() -> list[dict[str, str]]:
    with (DATA / "changes.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def chains_of_facts() -> dict[str, list[dict[str, str]]]:
    """The sourced statements that we take as said, by milestone."""
    chains: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in json.loads((DATA / "facts.json").read_text(encoding="utf-8")):
        if row["current_chain"]:
            chains[row["milestone"]].append(row)
    return dict(chains)


def stated_fact(row: dict[str, str]) -> Stated:
    in_japan = row["milestone"].startswith(("lupex-launch", "slim-", "h3-", "kyoto-"))
    return said(
        row["edtf"],
        row["precision"],
        qualifier=row["qualifier"],
        on=row["stated_on"],
        home=JAPAN if in_japan else INDIA,
        kind=row["kind"],
    )


# One of each form of the profile, at least; several that touch or hold each other.
ALL_FORMS: list[VagueDate] = [
    make(edtf, precision, qualifier, zone)
    for edtf, precision, qualifier, zone in [
        ("2026", "", "", ""),
        ("2027", "", "", ""),
        ("2027", "", "~", ""),
        ("2027", "", "?", ""),
        ("2027", "", "%", ""),
        ("2027-03", "", "", ""),
        ("2027-07", "", "~", ""),
        ("2027-12", "", "", ""),
        ("2027-03-15", "", "", ""),
        ("2027-03-15", "", "~", ""),
        ("2027-03-15", "", "", "America/New_York"),
        ("2027-03-15", "", "", "Pacific/Auckland"),
        ("2027-03-16", "", "", ""),
        ("2027-12-31", "", "", ""),
        ("2027-03-15T12:10:00Z", "minute", "", ""),
        ("2027-03-15T17:40:00+05:30", "minute", "", ""),
        ("2027-03-15T23:42:11Z", "second", "", ""),
        ("2027-03-15T19:00:00Z", "hour", "?", ""),
        ("2027-25", "", "", ""),
        ("2027-26", "", "", ""),
        ("2026-28", "", "", ""),
        ("2026-30", "", "", ""),
        ("2027-32", "", "~", ""),
        ("2027-33", "", "", ""),
        ("2027-34", "", "", ""),
        ("2027-36", "", "", ""),
        ("2027-37", "", "", ""),
        ("2027-38", "", "", ""),
        ("2027-39", "", "", ""),
        ("2027-40", "", "", ""),
        ("2027-41", "", "", ""),
        ("202X", "", "", ""),
        ("20XX", "", "", ""),
        ("[2027,2028]", "", "", ""),
        ("[2026..2029]", "", "", ""),
        ("[2027-07..2027-09]", "range", "", ""),
        ("[2027-03-10..2027-03-20]", "range", "", ""),
        ("[2026-04..2027-03]", "fiscal_year", "", ""),
        ("[2027-04..2028-03]", "fiscal_year", "", ""),
        ("[2027-03-15..2027-03-21]", "week", "", ""),
        ("[2027-03-21..2027-03-31]", "month_part", "", ""),
        ("[2027-03-11..2027-03-20]", "month_part", "~", ""),
        ("[2027..]", "", "", ""),
        ("[2027-03..]", "", "", ""),
        ("[2027-03..]", "season", "", ""),
        ("[2027-07..]", "quarter", "?", ""),
        ("[2027-03-15..]", "", "", ""),
        ("[2027-03..]", "month_part", "", ""),
        ("[..2027]", "", "", ""),
        ("[..2027]", "", "~", ""),
        ("[..2027-03]", "", "", ""),
        ("[..2027-05]", "season", "", ""),
        ("[..2027-03-15]", "", "", ""),
        ("[..2029]", "decade", "", ""),
        ("2027-03-14/2027-03-17", "", "", ""),
        ("2027-02-28/2027-03-03", "", "", ""),
        ("2027-07/2027-09", "", "", ""),
    ]
]
