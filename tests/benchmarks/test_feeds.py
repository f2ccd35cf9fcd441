"""benchmarks/feeds.py: what it compares is the same, and it says what it measured. No timings."""

import gzip
import re
from functools import partial
from pathlib import Path

import pytest

from benchmarks import feeds
from benchmarks.measuring.load import Load, ask, few
from benchmarks.measuring.processes import ServerError, server
from benchmarks.serving import answers, databases, report, rounds, targets
from benchmarks.serving.rounds import Cost, Costs
from benchmarks.serving.targets import Kind, Target
from tests.house.test_tree import pins
from tracker import laptop

ENTRIES = 3
PINS = Path(__file__).parents[2] / "benchmarks/requirements.txt"

pytestmark = pytest.mark.xdist_group("benchmarks")  # they share the servers


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("benchmark")


@pytest.fixture(scope="module")
def milepost(folder):
    with feeds.milepost(databases.sqlite(folder), entries=ENTRIES) as target:
        yield target


@pytest.fixture(scope="module")
def bare(milepost, folder):
    answers.record(milepost, folder)
    with targets.bare_wsgi(folder) as target:
        yield target


def test_milepost_answers_in_the_three_ways_that_are_measured(milepost):
    plain, zipped, unchanged = (ask(milepost.request(kind)) for kind in Kind)

    answers.check(milepost, entries=ENTRIES)
    assert [plain.status, zipped.status, unchanged.status] == [200, 200, 304]
    assert gzip.decompress(zipped.body) == plain.body
    assert unchanged.body == b""
    assert unchanged.header("ETag") == zipped.header("ETag")


def test_the_bare_function_gives_the_very_answers_of_milepost(milepost, bare):
    answers.check(bare, entries=ENTRIES)
    answers.check_same(milepost, bare)


def test_who_leaves_an_entry_out_is_not_measured(milepost):
    with pytest.raises(answers.WrongAnswerError, match="does not answer with all entries"):
        answers.check(milepost, entries=ENTRIES + 1)


def test_each_kind_is_measured_in_each_round_for_all(milepost, bare):
    costs = rounds.measure(
        [milepost, bare], rounds=2, choose=lambda request: partial(few, request, count=3)
    )

    assert {key: len(each) for key, each in costs.all.items()} == {
        (target.name, kind): 2 for target in (milepost, bare) for kind in Kind
    }


def test_a_target_is_charged_for_its_own_processes_only(monkeypatch):
    spent = iter([10.0, 10.5])
    monkeypatch.setattr(rounds, "cpu_seconds", lambda *pids: next(spent) if pids == (7,) else None)
    target = Target(name="one", pids=(7,), port=1)

    cost = rounds.cost(target, Kind.PLAIN, choose=lambda _: lambda: Load(requests=1000, seconds=2))

    assert cost == Cost(cpu_us=500, per_second=500)


def test_a_ratio_is_taken_within_a_round():
    """A round in which everything took ten times as long says the same about both."""
    costs = Costs()
    for ours, theirs in [(10, 20), (100, 200), (10, 20)]:
        costs.add("ours", Kind.PLAIN, Cost(ours, 1))
        costs.add("theirs", Kind.PLAIN, Cost(theirs, 1))

    assert costs.ratio("ours", Kind.PLAIN, to="theirs") == 2


@pytest.mark.parametrize(
    ("cpu_us", "line", "is_reached"),
    [
        (20, "Milepost, 304 : bare WSGI 0.90 0.85", True),
        (24, "Milepost, 304 : bare WSGI 0.75 0.85 missed", False),
    ],
)
def test_the_report_says_what_was_to_be_reached(cpu_us, line, is_reached):
    costs = Costs()
    costs.add("Milepost", Kind.UNCHANGED, Cost(cpu_us, 1))
    costs.add("bare WSGI", Kind.UNCHANGED, Cost(18, 1))

    table, reached = report.goals_table([Target(name="Milepost", pids=(), port=1)], costs)

    assert [" ".join(row.split()) for row in table.splitlines()[1:]] == [line]
    assert reached is is_reached


def test_the_report_has_a_row_for_each_target_and_a_dash_for_what_it_does_not_answer():
    costs = Costs()
    costs.add("django-ical", Kind.PLAIN, Cost(60_000, 16))

    table = report.costs_table([Target(name="django-ical", pids=(), port=1)], costs)

    assert table.splitlines()[1].split() == ["django-ical", "60,000.0", "16", "–", "–"]


def test_a_server_that_does_not_start_says_why():
    command = ["sh", "-c", "echo no such file >&2; exit 1"]

    with (
        pytest.raises(ServerError, match="no such file"),
        server(command, environment={"PATH": "/bin"}, port=1),
    ):
        pass


def test_the_server_has_the_flags_of_our_own_process():
    web = laptop.commands(port=1)["web"]

    assert tuple(web[web.index("--workers") : -1]) == targets.GRANIAN


def test_what_we_are_compared_with_is_pinned_and_no_dependency_of_ours():
    compared, ours = pins("benchmarks/requirements.txt"), pins("requirements-dev.txt")
    entries = PINS.read_text().replace("\\\n", " ").splitlines()

    assert "django-ical" in compared.keys() - ours.keys()
    assert {name: compared[name][0] for name in ("django", "granian", "icalendar")} == {
        name: ours[name][0] for name in ("django", "granian", "icalendar")
    }
    assert "://" not in PINS.read_text()
    assert all(re.search("--hash=sha256:", entry) for entry in entries)
