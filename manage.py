#!/usr/bin/env python3
"""Django's command line. Run by a Python without Django, it goes on with that of `.venv`."""

import importlib.util
import os
import sys
from pathlib import Path


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    if importlib.util.find_spec("django") is None:
        go_on_in_venv()
    from django.conf import settings  # noqa: PLC0415  (there may be no Django above)
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    try:
        settings.DEBUG  # noqa: B018  (reads the environment: what is wrong there is said plainly)
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as wrong:
        sys.exit(f"Milepost is not set up right: {wrong}")


def go_on_in_venv() -> None:
    python = Path(__file__).resolve().parent / ".venv" / "bin" / "python"
    if not python.exists():
        sys.exit("There is no .venv yet: `make run` makes it.")
    os.execv(python, [str(python), *sys.argv])  # noqa: S606  (our own Python)


if __name__ == "__main__":
    main()
