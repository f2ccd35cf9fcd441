"""What is known to the month only is never shown as its first day."""

from dataclasses import replace
from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from tests.admin.screen import state_url
from tests.clock import NOON
from tests.factories import MilestoneFactory, SourceFactory, claim
from timeline import publishing

pytestmark = pytest.mark.django_db

APRIL = date(2026, 4, 1)


@pytest.fixture
def statement():
    source = SourceFactory(publisher="Vyvy Daily", published_on=APRIL, published_precision="month")
    said = replace(claim("2027", on=APRIL, source=source), stated_precision="month")
    return publishing.state(MilestoneFactory(), said, at=NOON).statement


def list_of(model):
    return reverse(f"admin:timeline_{model}_changelist")


def page_of(model, row):
    return reverse(f"admin:timeline_{model}_change", args=[row.pk])


def test_a_statement_names_its_month(statement):
    assert str(statement) == "“2027” (Vyvy Daily, April 2026)"


def test_a_statement_names_its_day(statement):
    statement.stated_precision = "day"

    assert str(statement) == "“2027” (Vyvy Daily, 1 Apr 2026)"


@pytest.mark.parametrize("model", ["statement", "source"])
def test_lists_say_the_month(editor_client, statement, model):
    text = editor_client.get(list_of(model)).text

    assert '">April 2026</td>' in text
    assert '">1 Apr 2026</td>' not in text


def test_the_pages_say_the_month(editor_client, statement):
    milestone = statement.milestone
    pages = {
        "statement": page_of("statement", statement),
        "milestone": page_of("milestone", milestone),
        "state": state_url(milestone),
    }

    for address in pages.values():
        text = editor_client.get(address).text
        assert "April 2026" in text
        assert "1 Apr 2026" not in text
        assert "April 1, 2026" not in text


def test_who_only_reads_a_source_reads_the_month(editor, editor_client, statement):
    editor.groups.clear()
    editor.user_permissions.add(Permission.objects.get(codename="view_source"))

    text = editor_client.get(page_of("source", statement.source)).text

    assert "April 2026" in text
    assert "April 1, 2026" not in text


def test_the_form_of_a_source_asks_how_well_its_day_is_known(editor_client, statement):
    form = editor_client.get(page_of("source", statement.source)).context["adminform"].form

    assert form.fields["published_precision"].label == "This day is known"
