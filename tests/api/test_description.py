"""The API describes itself, for programs and for people."""

import json

import pytest
from django.core.management import call_command
from drf_spectacular.validation import validate_schema
from jsonschema import Draft202012Validator

from tests.clock import NOON
from timeline.importing import import_files
from timeline.management.commands.import_statements import FIRST_CONTENT


def test_the_schema_is_valid_and_made_without_a_warning(tmp_path):
    call_command(
        "spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "schema.yml")
    )


@pytest.mark.django_db
def test_the_schema_is_openapi_3_1_and_names_every_list_and_detail(get_schema):
    validate_schema(get_schema)
    assert get_schema["openapi"] == "3.1.0"
    kinds = ("milestones", "organisations", "programmes", "tags")
    assert list(get_schema["paths"]) == [
        f"/api/v1/{kind}/{slug}" for kind in kinds for slug in ("", "{slug}/")
    ]


@pytest.mark.django_db
def test_a_filter_is_described_as_a_list_with_commas(get_schema):
    asked = get_schema["paths"]["/api/v1/milestones/"]["get"]["parameters"]
    by_name = {one["name"]: one for one in asked}

    assert sorted(by_name) == [
        *("cursor", "kind", "limit", "organisation", "programme", "status", "tag"),
    ]
    for name in ("programme", "organisation", "tag", "kind"):
        described = by_name[name]
        assert described["schema"] == {"type": "array", "items": {"type": "string"}}
        assert (described["style"], described["explode"]) == ("form", False)
    assert by_name["kind"]["description"] == (
        "Kinds, by slug: several with commas; one that has any of them is listed."
    )
    assert by_name["status"]["schema"] == {
        "type": "string",
        "enum": ["plan", "occurred", "cancelled"],
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "shape"),
    [
        ("milestones/", "PaginatedMilestoneList"),
        ("programmes/", "PaginatedProgrammeList"),
        ("organisations/", "PaginatedOrganisationList"),
        ("tags/", "PaginatedTagList"),
        ("milestones/nisar-launch/", "Milestone"),
    ],
)
def test_answers_have_the_shape_that_is_described(address, shape, get_schema, get):
    import_files(FIRST_CONTENT, at=NOON)

    answer = get(address)

    described = {"$ref": f"#/components/schemas/{shape}", **get_schema}
    Draft202012Validator(described).validate(answer)
    fields = get_schema["components"]["schemas"][shape]["properties"]
    assert set(answer) == set(fields)


@pytest.mark.django_db
def test_a_refusal_has_the_shape_that_is_described(get_schema, refused):
    problem = refused("milestones/", 400, status="late")

    described = {"$ref": "#/components/schemas/Problem", **get_schema}
    Draft202012Validator(described).validate(problem)


@pytest.fixture
def get_schema(api):
    return json.loads(api.get("/api/v1/schema/").content)


@pytest.mark.django_db
def test_the_index_leads_to_every_list(get):
    assert get("") == {
        name: f"http://testserver/api/v1/{name}/"
        for name in ("milestones", "programmes", "organisations", "tags", "schema", "docs")
    }


@pytest.mark.django_db
def test_the_page_for_people_names_every_address_and_runs_no_script(client):
    response = client.get("/api/v1/docs/")

    page = response.content.decode()
    assert response.status_code == 200
    assert '<a href="/api/v1/milestones/"><code>/api/v1/milestones/</code></a>' in page
    assert "<code>/api/v1/tags/{slug}/</code>" in page
    assert "<code>cursor</code>" in page
    assert '<h3 id="Statement">Statement</h3>' in page
    assert '<td><a href="#Statement">list of Statement</a></td>' in page
    assert "<td>string (date) or null</td>" in page
    assert "<td>plan, occurred, cancelled</td>" in page
    assert "<td>~, ?, %, empty</td>" in page
    assert "<script" not in page
