"""dev.py: one command, in an environment that is what the pins say."""

import hashlib
import importlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PYTHON = getattr(sys, "_base_executable", sys.executable)
ASK = ("python", "-c", "import thing; print(thing.version)")


pytestmark = pytest.mark.xdist_group("dev")  # they share one checkout: building it takes seconds


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A checkout whose only requirement is a wheel that lies in it."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copy(ROOT / "dev.py", folder)
    return folder


def pin(folder, version):
    """Write the wheel of this version, and the requirements file that names it."""
    path = folder / f"thing-{version}-py3-none-any.whl"
    meta = f"thing-{version}.dist-info"
    files = {
        "thing.py": f"version = {version}\n",
        f"{meta}/METADATA": f"Metadata-Version: 2.1\nName: thing\nVersion: {version}",
        f"{meta}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true",
        f"{meta}/RECORD": "",
    }
    with zipfile.ZipFile(path, "w") as wheel:
        for name, text in files.items():
            wheel.writestr(zipfile.ZipInfo(name), text)  # of no date: the same bytes each time
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    (folder / "requirements.txt").write_text(f"./{path.name} --hash=sha256:{digest}\n")


def dev(folder, *command, **environment):
    """Run dev.py with pip, as on a machine that has no uv."""
    return subprocess.run(
        [PYTHON, "dev.py", "requirements.txt", *command],
        cwd=folder,
        env=os.environ | {"PATH": "/usr/bin:/bin"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_environment_follows_the_pins(checkout):
    pin(checkout, "1")
    before = dev(checkout, *ASK)
    again = dev(checkout, *ASK)
    pin(checkout, "2")
    after = dev(checkout, *ASK)

    runs = [before, again, after]
    assert [run.stdout for run in runs] == ["1\n", "1\n", "2\n"]
    assert ["step 1 of 2" in run.stderr for run in runs] == [True, False, True]


def test_a_build_that_was_cut_off_is_done_again(checkout):
    pin(checkout, "2")
    dev(checkout, "true")
    (checkout / ".venv" / "milepost-stamp").unlink()

    run = dev(checkout, *ASK)

    assert (run.stdout, "step 1 of 2" in run.stderr) == ("2\n", True)


def test_the_command_takes_the_place_of_dev_py(checkout):
    """So that Ctrl-C and the exit code are the command's."""
    pin(checkout, "2")
    dev(checkout, "true")

    with subprocess.Popen(
        [PYTHON, "dev.py", "requirements.txt", "sh", "-c", "echo $$; exit 7"],
        cwd=checkout,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        said, _ = process.communicate()

    assert (int(said), process.returncode) == (process.pid, 7)


def test_the_shell_of_the_caller_does_not_leak_in(checkout, tmp_path):
    pin(checkout, "3")
    (tmp_path / "thing.py").write_text("version = 'foreign'")

    run = dev(checkout, *ASK, PYTHONPATH=str(tmp_path), PIP_TARGET=str(tmp_path / "target"))

    assert run.stdout == "3\n"


def test_a_package_other_than_the_pinned_one_is_refused(checkout):
    pin(checkout, "4")
    pinned = (checkout / "requirements.txt").read_text().partition("sha256:")
    (checkout / "requirements.txt").write_text(f"{pinned[0]}sha256:{'0' * 64}\n")

    run = dev(checkout, *ASK)

    assert (run.stdout, run.returncode) == ("", 1)
    assert "THESE PACKAGES DO NOT MATCH THE HASHES" in run.stderr
    assert run.stderr.endswith("Milepost could not be set up: pip failed, see above.\n")


@pytest.fixture
def module():
    return importlib.import_module("dev")


def test_an_old_python_is_told_what_is_needed(module, monkeypatch):
    monkeypatch.setattr(module.sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(module.shutil, "which", lambda program: None)

    with pytest.raises(SystemExit, match=r"^Milepost needs Python 3\.11 or newer; this is "):
        module.be_new_enough()


def test_an_old_python_gives_way_to_the_newest_there_is(module, monkeypatch):
    there = {"python3.11": "/opt/python3.11", "python3.12": "/opt/python3.12"}
    monkeypatch.setattr(module.sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(module.sys, "argv", ["dev.py", "requirements.txt", "true"])
    monkeypatch.setattr(module.shutil, "which", there.get)
    monkeypatch.setattr(module.os, "execv", lambda *call: sys.exit(repr(call)))

    with pytest.raises(SystemExit) as replaced:
        module.be_new_enough()

    assert replaced.value.code == repr(
        ("/opt/python3.12", ["/opt/python3.12", "dev.py", "requirements.txt", "true"])
    )


def test_a_python_without_venv_says_what_to_install(module, monkeypatch, tmp_path):
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module.importlib.util, "find_spec", lambda name: None)

    with pytest.raises(SystemExit, match=r"apt-get install python3\.\d+-venv$"):
        module.make_venv(uv=None)


@pytest.mark.parametrize(("given", "told"), [([], "manage.py up"), (["PORT=8001"], "--port 8001")])
def test_who_runs_it_may_choose_the_port(given, told):
    command = ["make", "--no-print-directory", "--dry-run", "run", *given]

    shown = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)

    assert shown.stdout.strip().endswith(told)
