"""Another text of a source turns the edition too: feeds of changes name the source of each.

That of what is published now turns it anyway, since milestones are published again with it; but
a change of long ago rests on another source.
"""

from django.db import migrations

CREATE = {
    "postgresql": (
        "CREATE CONSTRAINT TRIGGER timeline_source_turn AFTER UPDATE ON timeline_source "
        "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION timeline_turn()"
    ),
    "sqlite": (
        "CREATE TRIGGER timeline_source_turn_update AFTER UPDATE ON timeline_source "
        "BEGIN INSERT INTO timeline_edition (id, number, turned_in) VALUES (1, 1, 0) "
        "ON CONFLICT (id) DO UPDATE SET number = number + 1; END"
    ),
}
DROP = {
    "postgresql": "DROP TRIGGER timeline_source_turn ON timeline_source",
    "sqlite": "DROP TRIGGER timeline_source_turn_update",
}


def create(apps, schema_editor):
    schema_editor.execute(CREATE[schema_editor.connection.vendor])


def drop(apps, schema_editor):
    schema_editor.execute(DROP[schema_editor.connection.vendor])


class Migration(migrations.Migration):
    dependencies = [("timeline", "0005_network_of_private_feeds")]
    operations = [migrations.RunPython(create, drop)]
