"""benchmarks/private_feeds.py: each edit reaches each feed that is fetched. No timings."""

import pytest

from benchmarks import private_feeds
from benchmarks.measuring.load import LoadError
from benchmarks.private_feeds import Cost, Served
from benchmarks.serving import databases
from benchmarks.serving.targets import Database, Target

FEEDS = 4

pytestmark = pytest.mark.xdist_group("benchmarks")


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    database = databases.sqlite(tmp_path_factory.mktemp("benchmark"))
    with private_feeds.served(database, feeds=FEEDS, entries=20) as one:
        yield one


def test_one_edit_is_new_to_every_feed_and_once(served):
    before = dict(served.tags)

    cost = private_feeds.cost(served, number=0)

    assert len(cost.fetches) == FEEDS - 1
    assert not set(before.values()) & set(served.tags.values())
    with pytest.raises(LoadError, match=r"the edit is not in the answer \(304\)"):
        private_feeds.fetch(served, list(served.tags)[:1])


@pytest.mark.parametrize(
    ("edit_cpu", "fetch_cpu", "is_reached"),
    [(0.9, 0.0019, True), (1.1, 0.0019, False), (0.9, 0.0021, False)],
)
def test_the_report_says_whether_both_were_reached(edit_cpu, fetch_cpu, is_reached):
    target = Target(name="Milepost", pids=(), port=1)
    costs = [Cost(edit_cpu=edit_cpu, first=0.03, fetch_cpu=fetch_cpu, fetches=[0.002, 0.003])]

    reached = private_feeds.report(Served(target, Database("SQLite", ""), 1, {}), costs)

    assert reached is is_reached
