"""A pytest plugin that starts PostgreSQL and Redis, before Django reads where they are.

Loaded by `-p tests.services`: a conftest.py would come too late, and the suite would quietly run
on SQLite. What DATABASE_URL and REDIS_URL already name is used instead.
`MILEPOST_TEST_DATABASE=sqlite` starts nothing: the pass for SQLite and no broker.
"""

import atexit
import os
import sys
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest

from tests import servers

ON_SQLITE = os.environ.get("MILEPOST_TEST_DATABASE") == "sqlite"
# What a test asks for when it needs the database; pure tests say nothing new on SQLite.
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "client", "admin_client"}


def start() -> None:
    if ON_SQLITE:
        os.environ.pop("DATABASE_URL", None)
        os.environ.pop("REDIS_URL", None)
        return
    start_missing({"DATABASE_URL": servers.postgres, "REDIS_URL": servers.redis_server})
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        number = int(worker.removeprefix("gw")) + 1
        os.environ["REDIS_URL"] = numbered(os.environ["REDIS_URL"], number)


def start_missing(wanted: dict[str, servers.Server]) -> None:
    missing = [name for name in wanted if name not in os.environ]
    if not missing:
        return
    running = ExitStack()
    atexit.register(running.close)
    try:
        folder = running.enter_context(servers.folder_of_our_own(servers.place()))
        for name in missing:
            os.environ[name] = running.enter_context(wanted[name](folder))
    except servers.ServerError as error:
        sys.exit(str(error))


def numbered(redis_url: str, number: int) -> str:
    """The same server, another of its databases: what one worker queues no other sees."""
    address = urlsplit(redis_url)
    if address.scheme == "unix":
        return f"unix://{address.path}?db={number}"
    return address._replace(path=f"/{number}").geturl()


def pytest_report_header() -> str:
    return "services: " + (
        "SQLite, no broker" if ON_SQLITE else "{DATABASE_URL} {REDIS_URL}".format(**os.environ)
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The pass on SQLite is smaller: what touches the database, and needs no other server."""
    if not ON_SQLITE:
        return
    chosen = [item for item in items if touches_database(item) and not needs_servers(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
    items[:] = chosen


def touches_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", []))
    return bool(fixtures & DATABASE_FIXTURES) or item.get_closest_marker("django_db") is not None


def needs_servers(item: pytest.Item) -> bool:
    return any(item.get_closest_marker(name) for name in ("postgresql", "redis", "browser"))


start()
