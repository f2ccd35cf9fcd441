"""The tables of phrases: every row must come out as a careful reader decided."""

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from timeline.dates import Precision, make
from timeline.reading import Context, NoDate, Question, Refusal, Understood, read

DATA = Path(__file__).parent.parent / "data"
OF_FISCAL_YEARS = {Precision.FISCAL_YEAR, Precision.QUARTER, Precision.HALF}


def rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as table:
        return [pytest.param(row, id=row["phrase"][:60]) for row in csv.DictReader(table)]


def context_of(row):
    return Context(
        said_on=date.fromisoformat(row["stated_on"]),
        home_zone=row.get("home_zone") or "Asia/Kolkata",
        hemisphere=row.get("hemisphere") or "N",
        fiscal=row.get("fiscal") or "",
    )


def columns(value, home_zone):
    window = value.window(home_zone)
    return {
        "edtf": value.edtf,
        "qualifier": value.qualifier,
        "precision": value.precision,
        "mode": value.mode,
        "earliest": str(window.earliest or ""),
        "latest": str(window.latest or ""),
    }


def expected_columns(row):
    names = ("edtf", "qualifier", "precision", "mode", "earliest", "latest")
    return {name: row[name] for name in names}


def expected_options(row):
    return [part.split(" ")[0] for part in row["candidates"].split("; ") if part]


@pytest.mark.parametrize("row", rows("phrases.csv"))
def test_every_phrase_of_the_table_is_read_as_it_says(row):
    context = context_of(row)

    reading = read(row["phrase"], context)

    match row["expect"]:
        case "value":
            assert isinstance(reading, Understood), reading
            assert columns(reading.date, context.home_zone) == expected_columns(row)
        case "ask":
            assert isinstance(reading, Question), reading
            if row["candidates"]:
                first = reading.options[0].date
                assert columns(first, context.home_zone) == expected_columns(row)
                assert [option.date.edtf for option in reading.options] == expected_options(row)
        case "no date":
            assert isinstance(reading, NoDate), reading
        case "refuse":
            assert isinstance(reading, Refusal), reading


@pytest.mark.parametrize("row", rows("more_phrases.csv"))
def test_every_further_phrase_is_read_as_a_careful_reader_would(row):
    context = context_of(row)

    reading = read(row["phrase"], context)

    match row["expect"]:
        case "value":
            expected = make(row["edtf"], row["precision"], row["qualifier"], row["zone"])
            assert isinstance(reading, Understood), reading
            # A row need not tell whose fiscal year it is.
            is_told = row["zone"] or reading.date.precision not in OF_FISCAL_YEARS
            found = reading.date if is_told else replace(reading.date, zone="")
            assert (found, reading.kind_hint) == (expected, row["kind"] or "plan")
        case "ask":
            assert isinstance(reading, Question), reading
            if row["edtf"]:
                assert [option.date.edtf for option in reading.options] == row["edtf"].split("; ")
        case "no date":
            assert isinstance(reading, NoDate), reading
            assert reading.is_statement
        case "not a date":
            assert isinstance(reading, NoDate), reading
            assert not reading.is_statement
        case "refuse":
            assert isinstance(reading, Refusal), reading
