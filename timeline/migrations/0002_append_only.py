"""The database keeps what was said and what was published, whoever asks to change it.

SQLite drops triggers when a later migration rebuilds the table: such a migration creates them
again (tests/timeline/test_append_only.py tells).
"""

from django.db import migrations

SAID = [
    "milestone_id",
    "source_id",
    "text",
    "stated_on",
    "stated_precision",
    "kind",
    "edtf",
    "qualifier",
    "precision",
    "zone",
    "corrects_id",
    "entered_at",
    "entered_by_id",
]
REVISION = "A revision is never edited or deleted: it has been published."
STATEMENT = "What a source said is never rewritten or deleted: withdraw or correct it."


def create(apps, schema_editor):
    statements = {"postgresql": postgresql, "sqlite": sqlite}[schema_editor.connection.vendor]
    for statement in statements():
        schema_editor.execute(statement)


def postgresql():
    for table, message, condition in [
        ("timeline_revision", REVISION, ""),
        ("timeline_statement", STATEMENT, rewritten("IS DISTINCT FROM")),
    ]:
        yield (
            f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"RAISE EXCEPTION '{message}' USING ERRCODE = 'restrict_violation'; END $$"
        )
        yield (
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW "
            f"{condition} EXECUTE FUNCTION {table}_refuse()"
        )
        yield (
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW "
            f"EXECUTE FUNCTION {table}_refuse()"
        )


def sqlite():
    # No trigger on DELETE: SQLite has no TRUNCATE, and emptying a test database is a DELETE.
    for table, message, condition in [
        ("timeline_revision", REVISION, ""),
        ("timeline_statement", STATEMENT, rewritten("IS NOT")),
    ]:
        yield (
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW {condition} "
            f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        )


def rewritten(differs):
    return "WHEN (" + " OR ".join(f"OLD.{name} {differs} NEW.{name}" for name in SAID) + ")"


def drop(apps, schema_editor):
    for table in ("timeline_revision", "timeline_statement"):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP FUNCTION {table}_refuse() CASCADE")
        else:
            schema_editor.execute(f"DROP TRIGGER {table}_no_update")


class Migration(migrations.Migration):
    dependencies = [("timeline", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
