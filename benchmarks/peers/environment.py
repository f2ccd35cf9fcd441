"""A Python of the peers' own: Milepost never depends on what it is compared with."""

import hashlib
import subprocess
import sys
import venv
from pathlib import Path

from benchmarks.measuring.processes import ROOT

PINS = ROOT / "benchmarks/requirements.txt"


def python() -> str:
    """Its path, below var/, which git ignores. Built once for each state of the pins."""
    pinned = hashlib.sha256(PINS.read_bytes() + sys.version.encode()).hexdigest()
    folder = ROOT / "var" / "benchmarks" / pinned[:16]
    done = folder / "done"
    program = folder / "bin" / "python"
    if not done.exists():
        print("Installing the peers from benchmarks/requirements.txt, only this once.", flush=True)
        venv.create(folder, clear=True, with_pip=True)
        _install(program)
        done.touch()
    return str(program)


def _install(program: Path) -> None:
    pip = [str(program), "-m", "pip", "--disable-pip-version-check", "--no-input"]
    wanted = ["install", "--quiet", "--require-hashes", "-r", str(PINS)]
    subprocess.run([*pip, *wanted], cwd=ROOT, check=True)
