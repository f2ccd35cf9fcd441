from io import StringIO

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command

from timeline import editors

pytestmark = pytest.mark.django_db


def rights(group):
    return set(group.permissions.values_list("content_type__app_label", "codename"))


def test_editors_have_just_what_they_need():
    group = editors.create_group()

    assert rights(group) == {
        ("timeline", codename)
        for codename in (
            "view_programme",
            "add_programme",
            "change_programme",
            "view_organisation",
            "add_organisation",
            "change_organisation",
            "view_tag",
            "add_tag",
            "change_tag",
            "view_milestone",
            "add_milestone",
            "change_milestone",
            "view_source",
            "add_source",
            "change_source",
            "view_statement",
            "view_revision",
            "view_announcement",
            "change_announcement",
        )
    }


def test_making_the_group_again_mends_it_and_leaves_the_rights_of_others():
    group = editors.create_group()
    group.permissions.remove(Permission.objects.get(codename="change_milestone"))
    group.permissions.add(Permission.objects.get(codename="delete_milestone"))
    group.permissions.add(Permission.objects.get(codename="view_user"))

    call_command("create_editors_group", stdout=StringIO())

    assert Group.objects.get() == group
    assert rights(group) == {("timeline", codename) for codename in editors.PERMISSIONS} | {
        ("auth", "view_user")
    }


def test_an_editor_gets_a_password_that_is_printed_once(rf):
    said = StringIO()

    call_command("create_editor", "anna", stdout=said)

    name, password = said.getvalue().strip().removeprefix("Editor ").split(", password ")
    anna = get_user_model().objects.get(username="anna")
    assert name == "anna"
    assert len(password) == 20
    assert authenticate(rf.post("/"), username="anna", password=password) == anna
    assert (anna.is_staff, anna.is_superuser) == (True, False)
    assert [group.name for group in anna.groups.all()] == ["Editors"]


def test_an_account_of_that_name_is_left_as_it_is():
    editors.create_editor("anna")
    password = get_user_model().objects.get().password

    with pytest.raises(CommandError, match="There is an account “anna” already"):
        call_command("create_editor", "anna")

    assert editors.create_editor("anna") is None
    assert get_user_model().objects.get().password == password


def test_every_editor_has_another_password():
    assert editors.create_editor("anna") != editors.create_editor("ben")
