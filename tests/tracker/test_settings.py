import ast
import re
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.apps import apps
from django.db import transaction
from django.db.utils import ConnectionHandler

from tracker import settings

ROOT = Path(__file__).parents[2]
OURS = ("timeline", "notifications", "tracker")


@pytest.mark.django_db
def test_writers_on_sqlite_wait_for_their_turn(tmp_path, monkeypatch):
    """A transaction that reads and then writes fails at once unless it begins IMMEDIATE."""
    database = {"ENGINE": "django.db.backends.sqlite3", "NAME": tmp_path / "milepost.sqlite3"}
    sqlite = ConnectionHandler({"default": database | {"OPTIONS": settings.SQLITE_OPTIONS}})
    monkeypatch.setattr(transaction, "connections", sqlite)  # which atomic() asks

    def execute(statement, *values):
        with sqlite["default"].cursor() as cursor:
            return cursor.execute(statement, values).fetchone()

    def count_up(times):
        for _ in range(times):
            with transaction.atomic():
                (number,) = execute("SELECT number FROM counter")
                time.sleep(0.005)  # long enough for another to write in between
                execute("UPDATE counter SET number = %s", number + 1)
        sqlite.close_all()

    execute("CREATE TABLE counter (number INTEGER)")
    execute("INSERT INTO counter VALUES (0)")
    with ThreadPoolExecutor(4) as writers:
        list(writers.map(count_up, [10] * 4))

    assert execute("SELECT number FROM counter") == (40,)
    assert execute("PRAGMA journal_mode") == ("wal",)
    sqlite.close_all()


def modules():
    return [path for app in OURS for path in (ROOT / app).rglob("*.py")]


def imported(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_nobody_listens_to_signals():
    """Not even at the edges, which ruff lets read the clock."""
    banned = ("django.dispatch", "django.db.models.signals", "django.core.signals")
    found = [
        (str(path.relative_to(ROOT)), name)
        for path in modules()
        for name in imported(path)
        if name.startswith(banned)
    ]

    assert found == []


def test_no_model_reads_the_clock():
    fields = [
        field
        for app in OURS
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.get_fields()
    ]

    assert [
        str(field)
        for field in fields
        if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    ] == []


def test_every_setting_is_explained():
    source = (ROOT / "tracker" / "settings.py").read_text()
    explained = set(re.findall(r"`([A-Z_]+)`", (ROOT / "docs" / "operations.md").read_text()))
    read = set(re.findall(r'environ(?:ment)?\.\w+\(\s*"([A-Z_]+)"', source)) | {"DATABASE_URL"}

    assert read <= explained
