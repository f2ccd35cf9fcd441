"""The admin, whose front page shows what waits for an editor."""

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    default_site = "notifications.site.DeskSite"
