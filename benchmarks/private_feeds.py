"""What one edit costs when very many private feeds show it, and what their next fetches cost.

python3 dev.py requirements-dev.txt python -m benchmarks.private_feeds
"""

import argparse
import json
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from statistics import median, quantiles

from benchmarks.measuring import load, processes
from benchmarks.serving import databases, targets
from benchmarks.serving.targets import Database, Target

EDITS = 5
FETCHES = 200  # of other feeds after each edit
GOAL_EDIT = 1.0  # CPU seconds
GOAL_FETCH = 0.002  # CPU seconds of the server
WAIT = 1.0  # seconds for the server to do what it would do by itself


@dataclass(frozen=True, slots=True)
class Served:
    """Milepost with private feeds that all show one milestone, and the tags of their answers."""

    target: Target
    database: Database
    milestone: int
    tags: dict[str, str]

    def request(self, path: str) -> load.Request:
        """What an app asks that has fetched the feed before."""
        headers = {"Accept-Encoding": "gzip", "If-None-Match": self.tags[path]}
        return load.Request(self.target.port, path, headers)

    def cpu_seconds(self) -> float:
        return processes.cpu_seconds(*self.target.pids)


@dataclass(frozen=True, slots=True)
class Cost:
    """Of an edit, of the first fetch after it, and of those of other feeds; seconds."""

    edit_cpu: float
    first: float
    fetch_cpu: float
    fetches: list[float]


def main() -> int:
    processes.refuse_elsewhere()
    asked = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    reached = True
    with ExitStack() as running:
        folder = Path(running.enter_context(tempfile.TemporaryDirectory(prefix="milepost-")))
        for database in (databases.sqlite(folder), running.enter_context(databases.postgresql())):
            with served(database, feeds=asked.feeds, entries=asked.entries) as one:
                costs = [cost(one, number=number) for number in range(EDITS)]
            reached &= report(one, costs)
    return 0 if reached else 1


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=10_000, metavar="N")
    tens = range(10, 401, 10)
    parser.add_argument("--entries", type=int, default=200, choices=tens, metavar="N")
    return parser.parse_args()


@contextmanager
def served(database: Database, *, feeds: int, entries: int) -> Iterator[Served]:
    """Each feed has been fetched once."""
    content = json.loads(
        targets.told_by("serving.private_content", feeds, entries, database=database)
    )
    paths = content["paths"]
    with targets.milepost(database, path=paths[0]) as target:
        asked = [load.Request(target.port, path, {"Accept-Encoding": "gzip"}) for path in paths]
        answers = [answer for answer, _ in load.one_by_one(asked)]
        tags = {path: one.header("ETag") for path, one in zip(paths, answers, strict=True)}
        yield Served(target, database, content["milestone"], tags)


def cost(one: Served, *, number: int) -> Cost:
    edited = edit(one, day=1 + number)
    first, *others = sample(one, number=number)
    _, waited = fetch(one, [first])
    used, times = fetch(one, others)
    return Cost(edited, waited[0], used / len(others), times)


def edit(one: Served, *, day: int) -> float:
    """CPU seconds of an edit: where it is made, and in the server that nobody asks meanwhile."""
    before = one.cpu_seconds()
    where_made = float(targets.told_by("serving.edit", one.milestone, day, database=one.database))
    time.sleep(WAIT)
    return where_made + one.cpu_seconds() - before


def sample(one: Served, *, number: int) -> list[str]:
    """Other feeds each time, from the whole range of them."""
    paths = list(one.tags)
    return [paths[at % len(paths)] for at in range(number, len(paths), step(paths))][: FETCHES + 1]


def step(paths: list[str]) -> int:
    return max(len(paths) // (FETCHES + 1), 1)


def fetch(one: Served, paths: list[str]) -> tuple[float, list[float]]:
    """CPU seconds of all, and how long each took. Each must be answered with something new."""
    before = one.cpu_seconds()
    found = list(load.one_by_one([one.request(path) for path in paths]))
    used = one.cpu_seconds() - before
    for path, (answer, _) in zip(paths, found, strict=True):
        if answer.status != HTTPStatus.OK or answer.header("ETag") == one.tags[path]:
            raise load.LoadError(f"{path}: the edit is not in the answer ({answer.status}).")
        one.tags[path] = answer.header("ETag")
    return used, [seconds for _, seconds in found]


def report(one: Served, costs: list[Cost]) -> bool:
    """Print it, and return whether it was reached what was to be reached."""
    edited = median(cost.edit_cpu for cost in costs)
    fetched = median(cost.fetch_cpu for cost in costs)
    times = [seconds for cost in costs for seconds in cost.fetches]
    first = median(cost.first for cost in costs)
    print(
        f"{one.target.name}, {len(one.tags):,} private feeds that show one milestone\n"
        f"  one edit: {edited:.3f} CPU seconds before the next fetches (goal {GOAL_EDIT:g})\n"
        f"  the first fetch of all: answered after {first * 1000:.1f} ms\n"
        f"  the first fetch of {FETCHES} others: {fetched * 1000:.2f} ms CPU each "
        f"(goal {GOAL_FETCH * 1000:g}), answered after {median(times) * 1000:.1f} ms, "
        f"99 % within {quantiles(times, n=100)[98] * 1000:.1f} ms\n",
        flush=True,
    )
    return edited < GOAL_EDIT and fetched < GOAL_FETCH


if __name__ == "__main__":
    sys.exit(main())
