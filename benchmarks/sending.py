"""How quickly what is owed leaves by SMTP, against a client that only sends, and against Django's.

python3 dev.py requirements-dev.txt python -m benchmarks.sending
"""

import argparse
import json
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.measuring import mail, processes
from benchmarks.measuring.mail import MailError, Sink
from benchmarks.serving import databases, targets
from benchmarks.serving.targets import Database
from benchmarks.telling import report
from benchmarks.telling.report import Goal
from tests.smtp_sink import running_sink

TOGETHER = 10  # mails that are marked as sent with one commit, where that is wanted
FEW = 4  # one of so many mails is sent in the slow way, which would take very long
MOST_FOR_OWING = 0.1  # of the time that sending takes
SOURCE = "smtp-source, one session"
DJANGO, CONNECTED = "Django, render and send()", "Django, over one connection"


@dataclass(frozen=True, slots=True)
class Way:
    """Milepost on a database: at least so much of smtp-source, and so many times Django."""

    name: str
    database: Database
    of_source: float
    of_django: float | None = None
    settings: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds for each mail; of our own process, what it worked; and what owing it took before."""

    each: float
    user: float | None = None
    system: float | None = None
    owing: float = 0.0


Rounds = dict[str, list[Took]]


def main() -> int:
    processes.refuse_elsewhere()
    asked = arguments()
    if mail.missing():
        sys.exit(mail.INSTALL)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    with all_ways(asked) as ways, mail.sink() as sink:
        size = look_at_all(ways[0], mails=asked.mails)
        print(f"{asked.mails:,} mails of {size:,} bytes, over one connection.\n", flush=True)
        if asked.profile:
            print(*(told("profile", way=way, port=sink.port) for way in ways), sep="\n")
            return 0
        rounds = measure(senders(ways, sink, mails=asked.mails, size=size), rounds=asked.rounds)
    print(table(rounds), "", sep="\n")
    return 0 if report.tell(list(goals(ways, rounds))) else 1


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mails", type=int, default=2000, metavar="N")
    parser.add_argument("--rounds", type=int, default=5, metavar="N")
    parser.add_argument("--sqlite", action="store_true", help="without PostgreSQL")
    parser.add_argument("--profile", action="store_true", help="only say where our time goes")
    return parser.parse_args()


@contextmanager
def all_ways(asked: argparse.Namespace) -> Iterator[list[Way]]:
    with ExitStack() as running:
        folder = Path(running.enter_context(tempfile.TemporaryDirectory(prefix="milepost-")))
        ways = [Way("SQLite, a commit per mail", databases.sqlite(folder), 0.45, 7)]
        if not asked.sqlite:
            server = running.enter_context(databases.safe_postgresql())
            ways += [
                Way("PostgreSQL, a commit per mail", server, 0.2),
                Way(
                    f"PostgreSQL, a commit per {TOGETHER} mails",
                    *(server, 0.5, 7),
                    settings={"MILEPOST_SENT_TOGETHER": str(TOGETHER)},
                ),
            ]
        for database in {way.database.url: way.database for way in ways}.values():
            targets.told_by("telling.readers", asked.mails, database=database)
        yield ways


# ---- one run -----------------------------------------------------------------------------------


def look_at_all(way: Way, *, mails: int) -> int:
    """Raises MailError unless each reader gets one mail, which is his own; returns its bytes."""
    with running_sink() as sink:
        told("ours", way=way, port=sink.port)
        kept = sink.kept
    stops = {str(one.message["List-Unsubscribe"]) for one in kept}
    whose = {(one.recipient, str(one.message["To"]), one.message_id) for one in kept}
    readers = {one.recipient for one in kept}
    if not len(kept) == len(readers) == len(whose) == len(stops) == mails:
        raise MailError(f"{mails} mails were owed, {len(kept)} came, to {len(readers)} readers.")
    return int(median(len(one.content) for one in kept))


def senders(ways: list[Way], sink: Sink, *, mails: int, size: int) -> dict[str, Callable[[], Took]]:
    few = max(mails // FEW, 10)
    return {
        SOURCE: lambda: Took(mail.smtp_source(sink, mails=mails, size=size) / mails),
        **{way.name: partial(by_milepost, way, sink, mails=mails) for way in ways},
        DJANGO: partial(by_django, "django", ways[0], sink, mails=few),
        CONNECTED: partial(by_django, "django-connected", ways[0], sink, mails=few),
    }


def by_milepost(way: Way, sink: Sink, *, mails: int) -> Took:
    with sink.takes(mails):
        found = json.loads(told("ours", way=way, port=sink.port))
    return took(found["sent"], owing=found["owed"]["seconds"] / mails)


def by_django(script: str, way: Way, sink: Sink, *, mails: int) -> Took:
    with sink.takes(mails):
        found = json.loads(told(script, mails, way=way, port=sink.port))
    return took(found)


def took(found: dict[str, float], *, owing: float = 0.0) -> Took:
    each, user, system = (found[name] / found["mails"] for name in ("seconds", "user", "system"))
    return Took(each, user, system, owing)


def told(script: str, *arguments: object, way: Way, port: int) -> str:
    relay = {"EMAIL_HOST": mail.HOST, "EMAIL_PORT": str(port), "MILEPOST_OUTBOX_DIR": ""}
    ours = {"MILEPOST_SETTLE_SECONDS": "0", "MILEPOST_MAIL_FROM": "Milepost <a@milepost.example>"}
    with processes.on(processes.cores().load):
        return targets.told_by(
            "telling.mailing",
            *(script, *arguments),
            database=way.database,
            **relay,
            **ours,
            **way.settings,
        )


# ---- all of them -------------------------------------------------------------------------------


def measure(senders: dict[str, Callable[[], Took]], *, rounds: int) -> Rounds:
    """One after another, and each time another is the first."""
    names = list(senders)
    found: Rounds = {name: [] for name in names}
    for number in range(rounds):
        first = number % len(names)
        for name in names[first:] + names[:first]:
            found[name].append(senders[name]())
    return found


def table(rounds: Rounds) -> str:
    heads = "".join(f"{head:>10}" for head in ("mails/s", "µs each", "user", "system", "waits"))
    return "\n".join([f"{'':<34}{heads}", *(row(name, each) for name, each in rounds.items())])


def row(name: str, rounds: list[Took]) -> str:
    each = median(one.each for one in rounds)
    cells = [1 / each, each * 1e6]
    if rounds[0].user is not None:
        user, system = (median(getattr(one, part) for one in rounds) for part in ("user", "system"))
        cells += [user * 1e6, system * 1e6, (each - user - system) * 1e6]
    return f"{name:<34}" + "".join(f"{cell:>10,.0f}" for cell in cells)


def goals(ways: list[Way], rounds: Rounds) -> Iterator[Goal]:
    each = {name: [one.each for one in found] for name, found in rounds.items()}
    yield Goal(f"{SOURCE} : {DJANGO}", report.ratio(each[SOURCE], each[DJANGO]))
    for way in ways:
        source, django, connected = (
            report.ratio(each[way.name], each[name]) for name in (SOURCE, DJANGO, CONNECTED)
        )
        owing = [one.owing for one in rounds[way.name]]
        yield Goal(f"{way.name} : smtp-source", source, least=way.of_source)
        yield Goal(f"{way.name} : {DJANGO}", django, least=way.of_django)
        yield Goal(f"{way.name} : {CONNECTED}", connected)
        share = report.ratio(each[way.name], owing)
        yield Goal(f"{way.name}, owing : sending", share, most=MOST_FOR_OWING)


if __name__ == "__main__":
    sys.exit(main())
