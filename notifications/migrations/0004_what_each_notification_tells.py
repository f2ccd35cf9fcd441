from django.db import migrations


def fill(apps, schema_editor):
    """Say of each notification which revision it tells, and which of them were quiet."""
    notifications = apps.get_model("notifications", "Notification").objects
    announcements = apps.get_model("timeline", "Announcement").objects
    notifications.filter(state="quiet").update(state="expanded", quiet=True)
    for notification in notifications.filter(kind="change").iterator():
        number = int(notification.key.partition(":")[2])
        announcement = announcements.get(pk=number)
        notifications.filter(pk=notification.pk).update(revision=announcement.to_revision_id)


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0003_how_each_reader_wants_to_be_told"),
        ("timeline", "0001_initial"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
