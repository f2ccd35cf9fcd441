"""benchmarks/fanout.py: all ways write the same rows, a save asks nobody. No timings."""

import pytest

from benchmarks import fanout
from benchmarks.measuring.processes import peak_memory
from benchmarks.serving import databases
from benchmarks.telling import report
from benchmarks.telling.report import Goal

READERS = 50

pytestmark = pytest.mark.xdist_group("benchmarks")


@pytest.fixture(scope="module")
def followed(tmp_path_factory):
    database = databases.sqlite(tmp_path_factory.mktemp("benchmark"), name="one")
    return fanout.followed(database, readers=READERS)


def test_each_goal_is_measured_on_a_database_of_its_own(followed, capsys):
    """A way that writes other rows than ours would stop the run."""
    goals = fanout.goals(followed, rounds=1, saves=1)

    assert [goal.what for goal in goals] == [
        "first news, fan-out : bare INSERT … SELECT",
        "first news, memory it took, MB",
        "first news, fan-out : bulk_create",
        "further news, fan-out : bare INSERT … SELECT",
        "further news, memory it took, MB",
        "a save with all readers : with one",
        "a save with all readers, our CPU time, ms",
    ]
    told = capsys.readouterr().out
    assert told.startswith(f"SQLite, {READERS} readers\n")
    assert "statements 0 ask who follows" in told


def test_a_ratio_is_taken_within_a_round():
    assert report.ratio([1, 10, 1], [2, 20, 2]) == 2


@pytest.mark.parametrize(
    ("goal", "line", "is_reached"),
    [
        (Goal("a : b", 0.7, least=0.7), "a : b 0.70 ≥ 0.7", True),
        (Goal("a : b", 0.5, least=0.7), "a : b 0.50 ≥ 0.7 missed", False),
        (Goal("memory, MB", 40, most=32), "memory, MB 40.00 ≤ 32 missed", False),
        (Goal("only told", 3), "only told 3.00", True),
    ],
)
def test_the_report_says_what_was_to_be_reached(goal, line, is_reached, capsys):
    reached = report.tell([goal])

    assert " ".join(capsys.readouterr().out.splitlines()[1].split()) == line
    assert reached is is_reached


def test_memory_is_that_of_this_process_in_bytes():
    assert 10 * fanout.MB < peak_memory() < 100_000 * fanout.MB
