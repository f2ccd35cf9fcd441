from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.clock import NOON
from tests.factories import MilestoneFactory, OrganisationFactory, TagFactory, mark_overdue, state

pytestmark = pytest.mark.django_db

MODELS = [
    "programme",
    "organisation",
    "tag",
    "milestone",
    "source",
    "statement",
    "revision",
    "announcement",
]


def fill():
    """A milestone with two statements, and one row more of every other model."""
    TagFactory()
    milestone = MilestoneFactory()
    milestone.programme.organisations.add(OrganisationFactory())
    state(milestone, "2027")
    state(milestone, "2028")


def cost(client, address):
    client.get(address)  # what a process looks up once, such as content types
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    assert answer.status_code == 200
    return len(queries)


@pytest.mark.parametrize("model", MODELS)
def test_a_list_costs_the_same_for_one_row_as_for_four(editor_client, model):
    address = reverse(f"admin:timeline_{model}_changelist")
    fill()
    for_one = cost(editor_client, address)

    for _ in range(3):
        fill()

    assert cost(editor_client, address) == for_one


def test_the_page_of_a_milestone_costs_the_same_for_one_statement_as_for_four(editor_client):
    milestone = MilestoneFactory()
    address = reverse("admin:timeline_milestone_change", args=[milestone.pk])
    state(milestone, "2027")
    for_one = cost(editor_client, address)

    for words in ("2028", "2029", "2030"):
        state(milestone, words)

    assert cost(editor_client, address) == for_one


@pytest.mark.parametrize(
    ("stage", "titles"),
    [
        ("", ["Draft", "Ahead", "Passed", "Over"]),
        ("draft", ["Draft"]),
        ("ahead", ["Ahead"]),
        ("awaiting", ["Passed"]),
        ("occurred", ["Over"]),
        ("cancelled", []),
        ("nonsense", ["Draft", "Ahead", "Passed", "Over"]),
    ],
)
def test_milestones_are_filtered_by_stage(editor_client, stage, titles):
    MilestoneFactory(title="Draft")
    for title, words in (("Ahead", "2999"), ("Passed", "2001"), ("Over", "2002")):
        kind = "occurred" if title == "Over" else "plan"
        state(MilestoneFactory(title=title), words, kind=kind)

    answer = editor_client.get(reverse("admin:timeline_milestone_changelist"), {"stage": stage})

    assert sorted(one.title for one in answer.context["cl"].result_list) == sorted(titles)


def test_drafts_come_first_and_what_is_over_last(editor_client):
    state(MilestoneFactory(title="Over"), "2002", kind="occurred")
    state(MilestoneFactory(title="Later"), "2999")
    state(MilestoneFactory(title="Sooner"), "2998")
    MilestoneFactory(title="Draft")

    answer = editor_client.get(reverse("admin:timeline_milestone_changelist"))

    titles = [one.title for one in answer.context["cl"].result_list]
    assert titles == ["Draft", "Sooner", "Later", "Over"]


@pytest.mark.parametrize("model", ["statement", "revision", "announcement"])
def test_rows_are_filtered_by_kind_of_change(editor_client, model):
    fill()

    answer = editor_client.get(reverse(f"admin:timeline_{model}_changelist"), {"change": "slip"})

    kinds = [one.change_kind for one in answer.context["cl"].result_list]
    assert set(kinds) <= {"slip"}


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize(
    "query", ["q=%00", "q=%27%22%3C%3E", "stage=%00", "change=%00", "o=99.x", "p=999", "zz__x=1"]
)
def test_a_strange_query_breaks_no_list(editor_client, model, query):
    address = reverse(f"admin:timeline_{model}_changelist")

    assert editor_client.get(f"{address}?{query}", follow=True).status_code == 200


def test_a_window_that_passed_without_news_is_called_overdue_and_no_edit(editor_client):
    silent = MilestoneFactory()
    state(silent, "March 2026", on=date(2026, 1, 1))
    mark_overdue(at=NOON)

    page = editor_client.get(reverse("admin:timeline_milestone_changelist")).content.decode()

    assert '<span class="badge badge-edited">overdue</span>' in page
