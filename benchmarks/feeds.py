"""What a request for a calendar feed costs, against a bare function, nginx and the alternatives.

python3 dev.py requirements-dev.txt python -m benchmarks.feeds
"""

import argparse
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from benchmarks.measuring import load, processes
from benchmarks.peers import environment, nginx
from benchmarks.serving import answers, databases, report, rounds, targets
from benchmarks.serving.targets import Target

FEW = 10  # requests to those that take long, one after another
LONG = 0.01  # seconds, at its quickest of some probes: else what runs beside it would decide
PROBES = 5
LONGEST = 60  # rounds or seconds that one may ask for


def main() -> int:
    processes.refuse_elsewhere()
    asked = arguments()
    if load.wrk() is None:
        sys.exit(load.INSTALL_WRK)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    with all_targets(entries=asked.entries) as (ours, others):
        print(about(ours[0], entries=asked.entries), flush=True)
        measure = partial(rounds.measure, [*ours, *others])
        measure(rounds=1, choose=partial(enough, seconds=1))  # warm up
        costs = measure(rounds=asked.rounds, choose=partial(enough, seconds=asked.seconds))
    goals, reached = report.goals_table(ours, costs)
    print(report.costs_table([*ours, *others], costs), goals, sep="\n\n")
    return 0 if reached else 1


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    few = range(1, LONGEST + 1)
    parser.add_argument("--rounds", type=int, default=5, choices=few, metavar="N")
    parser.add_argument("--seconds", type=int, default=1, choices=few, metavar="N", help="of each")
    parser.add_argument("--entries", type=int, default=200, choices=range(1, 1001), metavar="N")
    return parser.parse_args()


@contextmanager
def all_targets(*, entries: int) -> Iterator[tuple[list[Target], list[Target]]]:
    """Milepost on both databases, and the others: started, and found to answer as they should."""
    with ExitStack() as running:
        start = running.enter_context
        folder = Path(start(tempfile.TemporaryDirectory(prefix="milepost-benchmark-")))
        kept = folder / "answers"
        kept.mkdir()
        on_sqlite = start(milepost(databases.sqlite(folder), entries=entries))
        on_postgresql = start(milepost(start(databases.postgresql()), entries=entries))
        answers.record(on_sqlite, kept)
        bare = start(targets.bare_wsgi(kept))
        answers.check_same(on_sqlite, bare)
        others = [bare, *(start(other) for other in peers(kept, folder))]
        for target in [on_sqlite, on_postgresql, *others]:
            answers.check(target, entries=entries)
        yield [on_sqlite, on_postgresql], others


def milepost(database: targets.Database, *, entries: int) -> targets.Started:
    path = targets.told_by("serving.content", entries, database=database)
    return targets.milepost(database, path=path)


def peers(kept: Path, folder: Path) -> Iterator[targets.Started]:
    if nginx.program():
        yield targets.nginx_static(kept, folder=folder)
    else:
        print(nginx.INSTALL)
    python = environment.python()
    yield targets.django_ical_cached(kept, python=python)
    yield targets.django_ical(kept, python=python)
    yield targets.icalendar_each(kept, python=python)


def enough(request: load.Request, *, seconds: int) -> Callable[[], load.Load]:
    """Many within these seconds; of what takes long a few, so that none is cut off at the end."""
    quickest = min(seconds for _, seconds in load.one_by_one([request] * PROBES))
    if quickest > LONG:
        return partial(load.few, request, count=FEW)
    return partial(load.many, request, seconds=seconds)


def about(target: Target, *, entries: int) -> str:
    plain, zipped = (
        len(load.ask(target.request(kind)).body)
        for kind in (targets.Kind.PLAIN, targets.Kind.ZIPPED)
    )
    where = "on cores of their own" if processes.cores().apart else "all on one core"
    return (
        f"A feed of {entries} entries, {plain:,} bytes, {zipped:,} compressed. One worker each, "
        f"{load.CONNECTIONS} connections; servers and load {where}.\n"
    )


if __name__ == "__main__":
    sys.exit(main())
