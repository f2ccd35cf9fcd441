"""The database counts the changes that feeds may show, in the transaction that makes them.

PostgreSQL counts when it commits, once per transaction: the row of the edition is locked for that
moment only, and nothing is waited for after it. SQLite has one writer, and counts each row.

SQLite drops triggers when a later migration rebuilds the table: such a migration creates them
again (tests/timeline/test_edition.py tells).
"""

from django.db import migrations

SHOWN = [
    "slug",
    "title",
    "programme_id",
    "summary",
    "place",
    "url",
    "home_zone",
    "hemisphere",
    "fiscal",
    "current_revision_id",
]
EVENTS = {
    "timeline_milestone": ["DELETE", "UPDATE OF " + ", ".join(SHOWN)],
    "timeline_programme": ["INSERT", "DELETE", "UPDATE"],
    "timeline_organisation": ["INSERT", "DELETE", "UPDATE"],
    "timeline_tag": ["INSERT", "DELETE", "UPDATE"],
    "timeline_milestone_tags": ["INSERT", "DELETE"],
    "timeline_programme_organisations": ["INSERT", "DELETE"],
}


def create(apps, schema_editor):
    statements = {"postgresql": postgresql, "sqlite": sqlite}[schema_editor.connection.vendor]
    for statement in statements():
        schema_editor.execute(statement)


def postgresql():
    yield (
        "CREATE FUNCTION timeline_turn() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "INSERT INTO timeline_edition AS out (id, number, turned_in) VALUES (1, 1, txid_current()) "
        "ON CONFLICT (id) DO UPDATE SET number = out.number + 1, turned_in = EXCLUDED.turned_in "
        "WHERE out.turned_in <> EXCLUDED.turned_in; RETURN NULL; END $$"
    )
    for table, events in EVENTS.items():
        yield (
            f"CREATE CONSTRAINT TRIGGER {table}_turn AFTER {' OR '.join(events)} ON {table} "
            "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION timeline_turn()"
        )


def sqlite():
    for table, events in EVENTS.items():
        for event in events:
            name = f"{table}_turn_{event.split()[0].lower()}"
            yield (
                f"CREATE TRIGGER {name} AFTER {event} ON {table} "  # noqa: S608 - all ours
                "BEGIN INSERT INTO timeline_edition (id, number, turned_in) VALUES (1, 1, 0) "
                "ON CONFLICT (id) DO UPDATE SET number = number + 1; END"
            )


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION timeline_turn() CASCADE")
        return
    for table, events in EVENTS.items():
        for event in events:
            schema_editor.execute(f"DROP TRIGGER {table}_turn_{event.split()[0].lower()}")


class Migration(migrations.Migration):
    dependencies = [("timeline", "0003_kinds_editions_private_feeds")]
    operations = [migrations.RunPython(create, drop)]
