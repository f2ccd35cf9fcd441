"""What it costs to owe one piece of news to very many readers, and to save it with them there.

python3 dev.py requirements-dev.txt python -m benchmarks.fanout
"""

import argparse
import json
import signal
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.measuring import processes
from benchmarks.serving import databases, targets
from benchmarks.serving.targets import Database
from benchmarks.telling import report
from benchmarks.telling.report import Goal

MANY = 1_000_000
FOR_BULK_CREATE = 200_000  # it would take very long, and all memory, with more readers
LEAST_OF_BARE = 0.7
LEAST_OF_BULK_CREATE = {"SQLite": 15, "PostgreSQL": 2}
FEW = 2  # rounds of bulk_create
MOST_MEMORY = 32  # MB, however many readers there are; SQLite may keep 20 MB of its file
MOST_MS = 50
SAME = 1.15  # within what a busy machine does to the quickest of some saves
SETTLED = {"MILEPOST_SETTLE_SECONDS": "0"}
MB = 2**20


@dataclass(frozen=True, slots=True)
class Followed:
    """A database where so many follow the milestone, and one where a single reader does."""

    many: Database
    one: Database
    readers: int

    def __str__(self) -> str:
        return f"{self.many.name}, {self.readers:,} readers"


@dataclass(frozen=True, slots=True)
class Owed:
    """Bytes by which our memory grew, and the seconds of each way, in each round."""

    memory: int
    seconds: dict[str, list[float]]

    def ratio(self, way: str) -> float:
        return report.ratio(self.seconds["ours"], self.seconds[way])


def main() -> int:
    processes.refuse_elsewhere()
    asked = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    reached = [report.tell(goals(one, asked.rounds, asked.saves)) for one in all_followed(asked)]
    return 0 if all(reached) else 1


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readers", type=int, default=100_000, metavar="N")
    parser.add_argument("--full", action="store_true", help=f"also {MANY:,}, on PostgreSQL")
    parser.add_argument("--rounds", type=int, default=5, metavar="N")
    parser.add_argument("--saves", type=int, default=10, metavar="N", help="in each round")
    parser.add_argument("--sqlite", action="store_true", help="without PostgreSQL")
    return parser.parse_args()


def all_followed(asked: argparse.Namespace) -> Iterator[Followed]:
    with ExitStack() as running:
        folder = Path(running.enter_context(tempfile.TemporaryDirectory(prefix="milepost-")))
        yield followed(databases.sqlite(folder, name="one"), readers=asked.readers)
        if asked.sqlite:
            return
        server = running.enter_context(databases.safe_postgresql())
        for readers in [asked.readers, *([MANY] if asked.full else [])]:
            yield followed(databases.copy(server, name=f"one_{readers}"), readers=readers)


def followed(database: Database, *, readers: int) -> Followed:
    told("readers", 1, database=database)
    many = databases.copy(database, name=f"many_{readers}")
    told("readers", readers, database=many)
    return Followed(many, database, readers)


def goals(one: Followed, rounds: int, saves: int) -> list[Goal]:
    print(one, flush=True)
    return [*owing(one, rounds=rounds), *saving(one, rounds=rounds, saves=saves)]


# ---- owing -------------------------------------------------------------------------------------


def owing(one: Followed, *, rounds: int) -> Iterator[Goal]:
    """Of what nobody was told of before, and of news to readers who all were."""
    told("owing", "news", database=one.many)
    yield from against_bare("first news", one, rounds=rounds)
    if one.readers <= FOR_BULK_CREATE:
        found = owed_by(("ours", "bulk_create"), one, rounds=FEW)
        least = LEAST_OF_BULK_CREATE[one.many.name]
        yield Goal("first news, fan-out : bulk_create", found.ratio("bulk_create"), least=least)
    told("owing", "news", database=one.many)
    yield from against_bare("further news", one, rounds=rounds)


def against_bare(what: str, one: Followed, *, rounds: int) -> Iterator[Goal]:
    found = owed_by(("ours", "bare"), one, rounds=rounds)
    rates = [f"{one.readers / median(each):,.0f}" for each in found.seconds.values()]
    print(f"  {what}: {rates[0]} deliveries owed per second; {rates[1]} by the bare statement")
    yield Goal(f"{what}, fan-out : bare INSERT … SELECT", found.ratio("bare"), least=LEAST_OF_BARE)
    yield Goal(f"{what}, memory it took, MB", found.memory / MB, most=MOST_MEMORY)


def owed_by(ways: Sequence[str], one: Followed, *, rounds: int) -> Owed:
    return Owed(**json.loads(told("owing", rounds, *ways, database=one.many)))


# ---- saving ------------------------------------------------------------------------------------


def saving(one: Followed, *, rounds: int, saves: int) -> Iterator[Goal]:
    """The quickest save of each round: what else the machine does only makes it slower."""
    found: dict[Database, list[dict[str, float]]] = {one.one: [], one.many: []}
    for number in range(rounds):
        for database in list(found)[:: 1 if number % 2 else -1]:
            found[database].append(json.loads(told("saving", saves, database=database)))
    single, many = ([each["seconds"] for each in rounds] for rounds in found.values())
    last = found[one.many][-1]
    print(
        f"  a save takes {median(single) * 1000:.1f} ms with one reader, "
        f"{median(many) * 1000:.1f} ms with all; of its {last['statements']} statements "
        f"{last['of notifications']} ask who follows\n"
    )
    yield Goal("a save with all readers : with one", report.ratio(single, many), most=SAME)
    cpu = median(each["cpu"] for each in found[one.many])
    yield Goal("a save with all readers, our CPU time, ms", cpu * 1000, most=MOST_MS)


def told(script: str, *arguments: object, database: Database) -> str:
    with processes.on(processes.cores().load):
        return targets.told_by(f"telling.{script}", *arguments, database=database, **SETTLED)


if __name__ == "__main__":
    sys.exit(main())
