"""The first content, exported, fills an empty Milepost that exports the very same."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def manage(database, *arguments):
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{database}",
        "REDIS_URL": "",
        "DJANGO_SETTINGS_MODULE": "tracker.settings",
    }
    command = [sys.executable, str(ROOT / "manage.py"), *map(str, arguments)]
    subprocess.run(command, check=True, env=environment, cwd=ROOT, capture_output=True)


def export(database, folder, kind):
    folder.mkdir()
    catalogue, said = folder / "catalogue.json", folder / f"said.{kind}"
    manage(database, "export_statements", said, "--catalogue", catalogue)
    return catalogue, said


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_what_is_exported_fills_an_empty_milepost_that_exports_the_same(tmp_path, kind):
    first, second = tmp_path / "first.sqlite3", tmp_path / "second.sqlite3"
    manage(first, "migrate", "--verbosity", "0")
    manage(first, "import_statements")
    manage(second, "migrate", "--verbosity", "0")

    exported = export(first, tmp_path / "once", kind)
    manage(second, "import_statements", *exported)
    again = export(second, tmp_path / "again", kind)

    for once, twice in zip(exported, again, strict=True):
        assert once.read_text(encoding="utf-8") == twice.read_text(encoding="utf-8")
