"""The one command: what it starts ends with it, and what it made stays."""

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.one_command import until, up
from tracker.laptop import free_port

pytestmark = pytest.mark.xdist_group("up")


@pytest.fixture(scope="module")
def first_start(tmp_path_factory):
    """The folder of a service that has been up once, and what it said then."""
    folder = tmp_path_factory.mktemp("first")
    with up(folder) as running:
        return folder, running.said


@pytest.fixture
def folder(first_start, tmp_path):
    shutil.copytree(first_start[0], tmp_path, dirs_exist_ok=True)
    return tmp_path


def children_of(pid: int) -> list[int]:
    found = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    return [int(word) for word in found.stdout.split()]


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_the_password_is_printed_once_and_the_content_loaded_once(first_start, folder):
    password = re.search(r"editor · (\S+)", first_start[1])[1]

    with up(folder) as second:
        said = second.said

    assert len(password) == 20
    assert password not in said
    assert "changepassword editor" in said


def test_ctrl_c_ends_web_and_worker_and_leaves_with_zero(folder):
    with up(folder) as running:
        children = children_of(running.process.pid)
        assert len(children) == 2

        running.process.send_signal(signal.SIGINT)

        assert running.process.wait(30) == 0
    assert [pid for pid in children if is_alive(pid)] == []


def test_the_children_end_when_the_command_is_killed(folder):
    with up(folder) as running:
        children = children_of(running.process.pid)

        running.process.kill()

        until(lambda: not [pid for pid in children if is_alive(pid)], seconds=30)


def test_if_one_process_dies_everything_ends_and_says_which(folder):
    with up(folder) as running:
        [worker] = [pid for pid in children_of(running.process.pid) if is_worker(pid)]

        os.kill(worker, signal.SIGKILL)

        assert running.process.wait(30) == 1
        until(lambda: "The worker process ended by itself" in running.said)


def is_worker(pid: int) -> bool:
    return b"work" in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")


def test_a_second_one_on_the_same_database_says_where_the_first_one_is(folder):
    with up(folder) as first, up(folder) as second:
        assert second.process.wait(30) == 1
        assert f"Milepost runs already on this database: {first.url}/" in second.said


def test_a_port_that_is_taken_is_passed_over(folder):
    with up(folder) as running:
        taken = int(running.url.rpartition(":")[2])

        assert free_port(taken) > taken


def test_the_help_names_the_command():
    helped = subprocess.run(
        [sys.executable, "manage.py", "up", "--help"], capture_output=True, text=True, check=True
    )
    assert "Ctrl-C ends all" in helped.stdout
