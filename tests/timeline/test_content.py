"""The first content: what each of the 83 statements makes of its milestone, row by row."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction

from tests.clock import NOON
from timeline.changes import Stated, classify
from timeline.importing import import_files
from timeline.management.commands.import_statements import FIRST_CONTENT
from timeline.models import Milestone, Organisation, Programme, Revision, Source, Statement
from timeline.wording import amount_words

FACTS = json.loads((Path(__file__).parent.parent / "data" / "facts.json").read_text("utf-8"))
FIGURES = {"slip", "pull_in"}


@pytest.fixture(scope="module")
def chains(django_db_setup, django_db_blocker) -> dict[str, list[Statement]]:
    """All statements as the database holds them after an import, by milestone, as said."""
    with django_db_blocker.unblock(), transaction.atomic():
        import_files(FIRST_CONTENT, at=NOON)
        held: dict[str, list[Statement]] = {}
        for one in Statement.objects.select_related("milestone", "source").in_order_said():
            held.setdefault(one.milestone.slug, []).append(one)
        transaction.set_rollback(True)
    return held


def statement_of(fact, chains) -> Statement:
    said = ("text", "edtf", "kind")
    (found,) = (
        one
        for one in chains[fact["milestone"]]
        if all(getattr(one, name) == fact[name] for name in said)
        and one.stated_on.isoformat() == fact["stated_on"]
    )
    return found


def change_in_words(statement: Statement, chain: list[Statement]) -> str:
    """The change that the database holds, written as the table of facts writes it."""
    if statement.standing == Statement.Standing.DISSENT:
        return "not current (dissent)"
    before = [one for one in chain if one.standing in Statement.IN_CHAIN]
    before = before[: before.index(statement)]
    if not before:
        assert statement.change_kind in {"first_dated", "occurred", "unchanged"}
        return f"FIRST ({statement.change_sub})" if statement.change_sub else "FIRST"
    sub = "after a gap" if statement.after_gap else statement.change_sub
    words = [statement.change_kind.upper(), *([f"({sub})"] if sub else [])]
    return " ".join([*words, *figures(statement, before)])


def figures(statement: Statement, before: list[Statement]) -> list[str]:
    compared = next((one.stated for one in reversed(before) if one.edtf), None)
    shown = amount_words(statement.change, compared, statement.stated)
    if statement.change_kind in FIGURES:
        return [shown, f"{statement.days:+} d"]
    if statement.change_kind == "occurred" and statement.change_sub != "as stated":
        return [shown] if statement.minutes is not None else [f"{statement.days:+} d"]
    return []


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: f"{fact['milestone']}:{fact['stated_on']}")
def test_each_statement_makes_the_change_that_is_expected_of_it(fact, chains):
    statement = statement_of(fact, chains)

    words = change_in_words(statement, chains[fact["milestone"]])

    assert words == fact["expected_change"]


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: f"{fact['milestone']}:{fact['stated_on']}")
def test_each_statement_is_held_as_it_was_said(fact, chains):
    held = statement_of(fact, chains)

    window = [day and day.isoformat() for day in (held.earliest, held.latest)]
    assert [held.qualifier, held.precision, held.mode, *window] == [
        fact[name] for name in ("qualifier", "precision", "mode", "earliest", "latest")
    ]
    assert [held.stated_precision, held.source.url, held.source.grade] == [
        fact[name] for name in ("stated_on_precision", "url", "grade")
    ]
    assert (held.standing in Statement.IN_CHAIN) == fact["current_chain"]


def test_nothing_is_held_that_is_not_among_the_facts(chains):
    assert sum(len(chain) for chain in chains.values()) == len(FACTS) == 83
    assert set(chains) == {fact["milestone"] for fact in FACTS}
    assert len(chains) == 32


def total(chain: list[Statement]) -> tuple[Stated, Stated]:
    said = [one for one in chain if one.standing in Statement.IN_CHAIN]
    return next(one.stated for one in said if one.edtf), said[-1].stated


def test_nisar_moved_by_five_years_from_2020_to_30_july_2025(chains):
    first, now = total(chains["nisar-launch"])

    flown = classify(first, Stated(now.date, now.said_on, now.home_zone))

    assert first.date.edtf == "2020"
    assert now.date.edtf == "2025-07-30T17:40:00+05:30"
    assert amount_words(flown, first, now) == "≈ 5.1 years"


def test_the_deadline_of_lupex_moved_by_four_years(chains):
    first, now = total(chains["lupex-launch"])

    change = classify(first, now)

    assert (first.date.edtf, now.date.edtf) == ("[2024..]", "[..2028]")
    assert change.d_late == 1461  # 31 December 2024 to 31 December 2028


@pytest.mark.django_db
def test_every_milestone_is_public_and_nobody_is_told_of_it():
    import_files(FIRST_CONTENT, at=NOON)

    published = Milestone.objects.published()
    assert published.count() == 32
    assert all(one.announced_revision == one.current_revision for one in published)
    assert not any(one.announcements.exists() for one in published)


@pytest.mark.django_db
def test_every_programme_organisation_and_tag_has_something_to_show():
    import_files(FIRST_CONTENT, at=NOON)

    milestones = Milestone.objects.published()
    assert not Programme.objects.exclude(milestones__in=milestones).exists()
    assert not Programme.objects.filter(organisations=None).exists()
    assert not Organisation.objects.filter(programmes=None).exists()
    assert not milestones.filter(tags=None).exists()
    assert not milestones.filter(summary="").exists()


@pytest.mark.django_db
def test_one_document_is_one_source():
    import_files(FIRST_CONTENT, at=NOON)

    assert Source.objects.count() == 71
    paper = Source.objects.get(publisher="Hindustan Times")
    assert paper.statements.count() == 4


@pytest.mark.django_db
def test_the_ledger_tells_the_changes_in_the_order_they_were_said():
    import_files(FIRST_CONTENT, at=NOON)

    newest_first = Revision.objects.newest_first().select_related("statement")
    days = [one.statement.stated_on for one in newest_first]
    assert days == sorted(days, reverse=True)
    assert (newest_first[0].statement.text, newest_first[0].recorded_at) == (
        "being prepared for this year (2026)",
        NOON,
    )


@pytest.mark.django_db
def test_the_command_loads_the_first_content_by_itself(capsys):
    call_command("import_statements")

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "20 of 83 statements"
    assert lines[-1] == (
        "Imported: 83 statements, 72 milestones, programmes, organisations and tags; "
        "0 statements were known."
    )
