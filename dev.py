"""Run a command in `.venv`, building that first from the pins in a requirements file.

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
OLDEST = (3, 11)
# What a caller's shell may hold that would send imports or installs elsewhere.
FOREIGN = ("PYTHONHOME", "PYTHONPATH", "PYTHONSTARTUP", "PIP_PREFIX", "PIP_TARGET", "PIP_USER")


def say(text):
    print(f"milepost: {text}", file=sys.stderr, flush=True)


def on_a_new_enough_python():
    if sys.version_info >= OLDEST:
        return
    for minor in range(20, OLDEST[1] - 1, -1):
        newer = shutil.which(f"python3.{minor}")
        if newer:
            os.execv(newer, [newer, *sys.argv])
    sys.exit(f"Milepost needs Python 3.11 or newer; this is {platform.python_version()}.")


def environment():
    kept = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    kept["VIRTUAL_ENV"] = str(VENV)
    kept["PATH"] = os.pathsep.join([str(VENV / "bin"), kept.get("PATH", os.defpath)])
    # The Python that runs this is the one to use, and uv trusts whom the system trusts.
    kept["UV_PYTHON_DOWNLOADS"] = "never"
    kept.setdefault("UV_SYSTEM_CERTS", "true")
    return kept


def stamp_lines(*pins):
    """What a finished `.venv` says about itself: its Python, and each file it satisfies."""
    yield f"python {platform.python_version()} {platform.machine()} {ROOT}"
    for name in pins:
        yield f"{name} {hashlib.sha256((ROOT / name).read_bytes()).hexdigest()}"


def stamped():
    return set(STAMP.read_text().splitlines()) if STAMP.exists() else set()


def build(pins):
    # requirements-dev.txt holds every pin of requirements.txt: it satisfies both.
    satisfied = list(stamp_lines(*dict.fromkeys(["requirements.txt", pins])))
    python = getattr(sys, "_base_executable", None) or sys.executable
    uv = shutil.which("uv")
    if not set(stamp_lines("requirements.txt")) <= stamped():
        shutil.rmtree(VENV, ignore_errors=True)
        say("step 1 of 2: making .venv")
        run([uv, "venv", "-q", "--python", python, VENV] if uv else venv_command(python))
    STAMP.unlink(missing_ok=True)
    count = len(re.findall(r"^\S+==", (ROOT / pins).read_text(), re.MULTILINE))
    say(
        f"step 2 of 2: installing {count} packages from {pins} with {'uv' if uv else 'pip'}; "
        f"once, about {'a quarter of a minute' if uv else 'a minute'}"
    )
    inside = VENV / "bin" / "python"
    options = ["--require-hashes", "-r", pins]
    if uv:
        run([uv, "pip", "install", "-q", "--python", inside, *options])
    else:
        install_with_pip([inside, "-m", "pip", "install", "--no-input", *options], count)
    STAMP.write_text("\n".join(satisfied) + "\n")


def venv_command(python):
    if importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip"):
        return [python, "-m", "venv", VENV]
    package = f"python3.{sys.version_info.minor}-venv"
    sys.exit(f"This Python has no venv. On Debian or Ubuntu: apt-get install {package}")


def run(command):
    done = subprocess.run(command, cwd=ROOT, env=environment(), check=False)
    if done.returncode:
        sys.exit(f"Milepost could not be set up: {command[0]} ended with {done.returncode}.")


def install_with_pip(command, count):
    """Show how far pip is; its whole output, which is long, only if it fails."""
    lines = []
    seen = 0
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as pip:
        for line in pip.stdout:
            lines.append(line)
            if line.startswith("Collecting "):
                seen += 1
                if seen % 10 == 0:
                    say(f"fetched {seen} of {count}")
            elif line.startswith("Installing collected packages"):
                say("unpacking")
    if pip.returncode:
        sys.exit("".join(lines) + "Milepost could not be set up: pip failed, see above.")


def main(pins, *command):
    on_a_new_enough_python()
    with Path(__file__).open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two at once: the second waits, then finds it done
        if not set(stamp_lines(pins)) <= stamped():
            build(pins)
            say("ready")
    ready = environment()
    program = shutil.which(command[0], path=ready["PATH"]) or command[0]
    os.execve(program, [program, *command[1:]], ready)


if __name__ == "__main__":
    main(*sys.argv[1:])
