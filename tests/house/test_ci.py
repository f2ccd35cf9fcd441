"""What CI runs brings what the tests need, and goes on to the checks whatever cannot be had."""

import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / ".ci" / "run"
FOUND = {"apt-get": "", "chromium": "", "ldconfig": "echo libical.so.3", "npm": ""}


@pytest.fixture
def run(tmp_path):
    """Run it on a machine that has these programs, as root; what it calls is returned."""
    calls = tmp_path / "calls"

    def run_it(programs: dict[str, str]) -> list[str]:
        programs = {"id": "echo 0", "make": "", **programs}
        folder = tmp_path / "bin"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for name, does in programs.items():
            told = f'echo "{name} $*" >> {calls}\n' if name not in {"id", "ldconfig"} else ""
            (folder / name).write_text(f"#!/bin/sh\n{told}{does}\n")
            (folder / name).chmod(0o755)
        for name in ("bash", "dirname", "env"):
            (folder / name).symlink_to(str(shutil.which(name)))
        script = tmp_path / "checkout" / ".ci" / "run"
        script.parent.mkdir(parents=True)
        shutil.copy(SCRIPT, script)
        subprocess.run([script], env={"PATH": str(folder)}, check=True, capture_output=True)
        return calls.read_text().splitlines()

    return run_it


INSTALL = "apt-get install -y -qq --no-install-recommends"
ICAL_JS = "npm install --prefix . --no-save --no-package-lock --ignore-scripts ical.js@2.2.1"
CHECKS = "make --keep-going check"


def test_where_everything_is_there_only_ical_js_is_fetched(run):
    assert run(FOUND) == [ICAL_JS, CHECKS]


def test_on_a_bare_machine_each_missing_package_is_installed(run):
    assert run({"apt-get": "", "ldconfig": ""}) == [
        "apt-get update -qq",
        f"{INSTALL} chromium",
        f"{INSTALL} fonts-dejavu-core",
        f"{INSTALL} libical3",
        f"{INSTALL} npm",
        CHECKS,
    ]


def test_what_cannot_be_had_does_not_keep_the_checks_from_running(run):
    assert run({"apt-get": "exit 1", "ldconfig": "exit 1", "npm": "exit 1"})[-2:] == [
        ICAL_JS,
        CHECKS,
    ]


def test_without_apt_or_root_nothing_is_installed(run):
    assert run({"ldconfig": ""}) == [CHECKS]


def test_whoever_is_not_root_installs_nothing(run):
    assert run({**FOUND, "id": "echo 1000", "chromium": "", "ldconfig": ""}) == [ICAL_JS, CHECKS]
