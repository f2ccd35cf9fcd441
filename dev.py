"""Run a command in `.venv`, which is built first if its Python or its pins have changed.

python3 dev.py requirements.txt python manage.py up
"""

import fcntl
import hashlib
import importlib.util
import os
import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "milepost-stamp"
OLDEST = 11  # Python 3.11
# What a caller's shell may hold that would send imports or installs elsewhere.
FOREIGN = {"PYTHONHOME", "PYTHONPATH", "PYTHONSTARTUP", "PIP_PREFIX", "PIP_TARGET", "PIP_USER"}


def main(pins, *command):
    be_new_enough()
    with Path(__file__).open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two at once: the second waits, then finds it done
        if not is_built(pins):
            build(pins)
    inside = environment()
    program = shutil.which(command[0], path=inside["PATH"]) or command[0]
    os.execve(program, [program, *command[1:]], inside)


def be_new_enough():
    """Go on in the newest Python there is, if this one is too old."""
    if sys.version_info >= (3, OLDEST):
        return
    for minor in range(OLDEST + 20, OLDEST - 1, -1):
        newer = shutil.which(f"python3.{minor}")
        if newer:
            os.execv(newer, [newer, *sys.argv])
    sys.exit(f"Milepost needs Python 3.{OLDEST} or newer; this is {platform.python_version()}.")


def environment():
    inside = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    inside["VIRTUAL_ENV"] = str(VENV)
    inside["PATH"] = os.pathsep.join([str(VENV / "bin"), inside.get("PATH", os.defpath)])
    inside["UV_PYTHON_DOWNLOADS"] = "never"  # the Python that runs this is the one to use
    inside.setdefault("UV_SYSTEM_CERTS", "true")  # trust whom pip and the system trust
    return inside


# --- Is it built? -------------------------------------------------------------------------------


def is_built(pins):
    return (VENV / "bin" / "python").exists() and stamp(pins) <= stamped()


def stamp(*pins):
    """What a finished `.venv` says about itself: its Python, its place, the files it satisfies."""
    lines = {f"Python {platform.python_version()} {platform.machine()} in {VENV}"}
    return lines | {f"{name} {sha256(ROOT / name)}" for name in pins}


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def stamped():
    return set(STAMP.read_text().splitlines()) if STAMP.exists() else set()


# --- Build it -----------------------------------------------------------------------------------


def build(pins):
    uv = shutil.which("uv")
    finished = stamp("requirements.txt", pins)  # every other file of pins holds these, too
    outdated = any(line.startswith(f"{pins} ") for line in stamped())
    if outdated or not is_built("requirements.txt"):
        say("step 1 of 2: making .venv")
        make_venv(uv)
    STAMP.unlink(missing_ok=True)
    count = len(re.findall("^[^ ]+==", (ROOT / pins).read_text(), re.MULTILINE))
    about = "a quarter of a minute" if uv else "a minute"
    say(f"step 2 of 2: installing {count} packages from {pins}, only this once: about {about}")
    if uv:
        run([uv, "pip", "install", "-q", "--python", VENV / "bin" / "python", *exactly(pins)])
    else:
        install_with_pip(pins, count)
    STAMP.write_text("\n".join(sorted(finished)) + "\n")
    say("ready")


def say(text):
    print(f"milepost: {text}", file=sys.stderr, flush=True)


def make_venv(uv):
    shutil.rmtree(VENV, ignore_errors=True)
    python = getattr(sys, "_base_executable", None) or sys.executable  # not the one just removed
    if uv:
        return run([uv, "venv", "-q", "--python", python, VENV])
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        package = f"python3.{sys.version_info.minor}-venv"
        sys.exit(f"This Python has no venv. On Debian or Ubuntu: apt-get install {package}")
    return run([python, "-m", "venv", VENV])


def exactly(pins):
    return ["--require-hashes", "-r", pins]


def run(command):
    done = subprocess.run(command, cwd=ROOT, env=environment(), check=False)
    if done.returncode:
        sys.exit(f"Milepost could not be set up: {command[0]} failed, see above.")


def install_with_pip(pins, count):
    """Show how far pip is; its whole output, which is long, only if it fails."""
    pip = [VENV / "bin" / "python", "-m", "pip", "--disable-pip-version-check", "--no-input"]
    output = []
    with subprocess.Popen(
        [*pip, "install", *exactly(pins)],
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as installing:
        for line in installing.stdout:
            output.append(line)
            show(line, sum(earlier.startswith("Collecting ") for earlier in output), count)
    if installing.returncode:
        sys.exit("".join(output) + "Milepost could not be set up: pip failed, see above.")


def show(line, fetched, count):
    if line.startswith("Collecting ") and fetched % 10 == 0:
        say(f"  {fetched} of {count} fetched")
    elif line.startswith("Installing collected packages"):
        say("  all fetched, unpacking")


if __name__ == "__main__":
    main(*sys.argv[1:])
