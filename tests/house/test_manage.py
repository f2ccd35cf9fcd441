"""What a person meets who types `python3 manage.py …`."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def manage(*words, python=sys.executable, **environment):
    return subprocess.run(
        [python, "manage.py", *words],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_setting_that_is_wrong_is_named_without_a_traceback():
    done = manage("check", MILEPOST_SETTLE_SECONDS="abc")

    assert done.returncode == 1
    assert done.stderr == (
        "Milepost is not set up right: MILEPOST_SETTLE_SECONDS='abc': say a whole number.\n"
    )


def test_an_address_that_is_none_is_named_too():
    done = manage("check", MILEPOST_BASE_URL="nonsense")

    assert done.stderr.startswith("Milepost is not set up right: MILEPOST_BASE_URL='nonsense'")


def test_a_python_without_django_goes_on_with_that_of_the_venv(tmp_path):
    house = tmp_path / "house"
    (house / ".venv" / "bin").mkdir(parents=True)
    (house / "manage.py").write_text((ROOT / "manage.py").read_text())
    stand_in = house / ".venv" / "bin" / "python"
    stand_in.write_text('#!/bin/sh\necho "the venv runs $2"\n')
    stand_in.chmod(0o755)

    done = subprocess.run(
        [sys.executable, "-S", "-E", str(house / "manage.py"), "check"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout == "the venv runs check\n"


def test_without_a_venv_it_says_what_makes_one(tmp_path):
    (tmp_path / "manage.py").write_text((ROOT / "manage.py").read_text())

    done = subprocess.run(
        [sys.executable, "-S", "-E", str(tmp_path / "manage.py"), "check"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert done.stderr == "There is no .venv yet: `make run` makes it.\n"
