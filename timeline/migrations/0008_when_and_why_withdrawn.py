"""A statement that was withdrawn says when and why; feeds and pages that tell so are made again.

On SQLite the table is rebuilt, which drops the trigger that keeps what was said.
"""

from importlib import import_module

from django.db import migrations, models

append_only = import_module("timeline.migrations.0002_append_only")
TURN = {
    "postgresql": (
        "CREATE CONSTRAINT TRIGGER timeline_statement_turn AFTER UPDATE OF withdrawn_at "
        "ON timeline_statement "
        "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION timeline_turn()"
    ),
    "sqlite": (
        "CREATE TRIGGER timeline_statement_turn_update AFTER UPDATE OF withdrawn_at "
        "ON timeline_statement "
        "BEGIN INSERT INTO timeline_edition (id, number, turned_in) VALUES (1, 1, 0) "
        "ON CONFLICT (id) DO UPDATE SET number = number + 1; END"
    ),
}
DROP = {
    "postgresql": "DROP TRIGGER timeline_statement_turn ON timeline_statement",
    "sqlite": "DROP TRIGGER timeline_statement_turn_update",
}


def keep(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for statement in append_only.sqlite():
            if "timeline_statement_no_update" in statement:
                schema_editor.execute(statement)


def turn(apps, schema_editor):
    schema_editor.execute(TURN[schema_editor.connection.vendor])


def turn_no_more(apps, schema_editor):
    schema_editor.execute(DROP[schema_editor.connection.vendor])


class Migration(migrations.Migration):
    dependencies = [("timeline", "0007_where_a_correction_stands")]
    operations = [
        # Backwards the table is rebuilt too, and this comes last.
        migrations.RunPython(migrations.RunPython.noop, keep),
        migrations.AddField(
            model_name="statement",
            name="withdrawn_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="statement",
            name="withdrawn_because",
            field=models.CharField(blank=True, default="", max_length=300),
        ),
        migrations.RunPython(keep, migrations.RunPython.noop),
        migrations.RunPython(turn, turn_no_more),
    ]
