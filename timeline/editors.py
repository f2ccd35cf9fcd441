"""Who may edit: the group, and accounts in it."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.crypto import get_random_string

GROUP = "Editors"
_WRITTEN = ("programme", "organisation", "tag", "milestone", "source")
PERMISSIONS = frozenset(
    {f"{verb}_{model}" for verb in ("view", "add", "change") for model in _WRITTEN}
    | {"view_statement", "view_revision", "view_announcement", "change_announcement"}
)
# Without the letters and digits that look alike on paper.
_ALPHABET = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_PASSWORD_LENGTH = 20


@transaction.atomic
def create_group() -> Group:
    """The group of editors with exactly the rights that the timeline gives them.

    Running it again mends the group; rights that other apps gave it stay.
    """
    group, _ = Group.objects.get_or_create(name=GROUP)
    ours = Permission.objects.filter(content_type__app_label="timeline")
    group.permissions.remove(*ours.exclude(codename__in=PERMISSIONS))
    group.permissions.add(*ours.filter(codename__in=PERMISSIONS))
    return group


@transaction.atomic
def create_editor(username: str) -> str | None:
    """Make an account that may log in and edit; returns its password, which is kept nowhere.

    None if there is an account of that name: it is left as it is.
    """
    users = get_user_model()
    group = create_group()
    if users.objects.filter(username=username).exists():
        return None
    password = get_random_string(_PASSWORD_LENGTH, _ALPHABET)
    editor = users.objects.create_user(username=username, password=password, is_staff=True)
    editor.groups.add(group)
    return password
