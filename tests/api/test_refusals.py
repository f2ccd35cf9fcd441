"""What the API cannot answer, it refuses as problem details that say what would do."""

import base64
import json

import pytest
from django.test import override_settings

from tests.factories import MilestoneFactory, ProgrammeFactory, TagFactory, state

pytestmark = pytest.mark.django_db

KNOWN = ["programme", "organisation", "tag", "kind", "status", "cursor", "limit"]


def test_a_milestone_that_is_not_there(refused):
    assert refused("milestones/vega/", 404) == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": "There is no milestone “vega”. /api/v1/milestones/ lists all.",
        "instance": "/api/v1/milestones/vega/",
    }


@pytest.mark.parametrize("address", ["nowhere", "nowhere/", "milestones/a b/", "milestones/x/y/"])
def test_an_address_that_is_not_there(address, refused):
    problem = refused(address, 404)

    assert problem["detail"].startswith("There is nothing at /api/v1/")
    assert problem["detail"].endswith(" /api/v1/ lists all.")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("address", ["", "milestones/", "programmes/lupex/", "schema/"])
def test_nothing_can_be_written(method, address, api):
    response = getattr(api, method)(f"/api/v1/{address}", {}, format="json")

    assert response.status_code == 405
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert response.json()["title"] == "Method Not Allowed"
    words = "The API is only read: GET, HEAD and OPTIONS are answered."
    assert response.json()["detail"] == words


def test_asking_for_the_headers_alone_is_no_refusal(api):
    response = api.head("/api/v1/milestones/")

    assert (response.status_code, response.content) == (200, b"")


def test_a_language_that_is_not_spoken_here(api):
    response = api.get("/api/v1/milestones/", headers={"accept": "application/xml"})

    assert response.status_code == 406
    assert response.json()["title"] == "Not Acceptable"
    assert response.json()["detail"] == "The API answers in JSON only: accept application/json."


@override_settings(MILEPOST_API_RATE="2/min")
def test_one_address_cannot_ask_without_end(api):
    for _ in range(2):
        assert api.get("/api/v1/tags/").status_code == 200

    response = api.get("/api/v1/tags/")

    assert response.status_code == 429
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["Retry-After"] == "60"
    assert response.json()["title"] == "Too Many Requests"
    words = "This network address has asked too often. Ask again in 60 seconds."
    assert response.json()["detail"] == words
    assert api.get("/api/v1/tags/", REMOTE_ADDR="192.0.2.7").status_code == 200


@override_settings(MILEPOST_API_RATE="2/min")
def test_addresses_that_are_not_there_count_too(api):
    answers = [api.get("/api/v1/nowhere/").status_code for _ in range(3)]

    assert answers == [404, 404, 429]


def test_a_parameter_that_nobody_reads(refused):
    problem = refused("milestones/", 400, statsu="plan")

    assert problem == {
        "type": "about:blank",
        "title": "Bad Request",
        "status": 400,
        "detail": "statsu: is no parameter of this address.",
        "instance": "/api/v1/milestones/",
        "errors": [
            {
                "parameter": "statsu",
                "detail": "is no parameter of this address.",
                "allowed": KNOWN,
            }
        ],
    }


@pytest.mark.parametrize("address", ["", "milestones/issa/", "tags/moon/", "schema/"])
def test_where_no_parameter_is_read_each_is_refused(address, refused):
    state(MilestoneFactory(slug="issa"), "2027")
    TagFactory(slug="moon")

    for value in ("json", "xml"):
        assert refused(address, 400, format=value)["errors"] == [
            {"parameter": "format", "detail": "is no parameter of this address.", "allowed": []}
        ]


def test_every_wrong_parameter_is_reported(refused):
    TagFactory(slug="moon")
    wrong = {
        "foo": "1",
        "status": "bogus",
        "limit": "0",
        "tag": "x",
        "cursor": "y",
        "format": "xml",
    }

    errors = refused("milestones/", 400, **wrong)["errors"]

    assert {one["parameter"]: one["allowed"] for one in errors} == {
        "foo": KNOWN,
        "status": ["plan", "occurred", "cancelled"],
        "limit": ["1 to 200"],
        "tag": ["moon"],
        "cursor": [],
        "format": KNOWN,
    }


@pytest.mark.parametrize("address", ["milestones", "programmes", "milestones/x", "schema", "docs"])
def test_a_missing_last_slash_is_added(address, api):
    response = api.get(f"/api/v1/{address}?limit=7")

    assert response.status_code == 301
    assert response.headers["Location"] == f"/api/v1/{address}/?limit=7"


def test_a_parameter_given_twice(refused):
    problem = refused("milestones/?status=plan&status=occurred", 400)
    kinds = ["plan", "occurred", "cancelled"]

    assert problem["errors"] == [
        {"parameter": "status", "detail": "is given more than once.", "allowed": kinds}
    ]


def test_a_status_that_does_not_exist(refused):
    assert refused("milestones/", 400, status="late")["errors"] == [
        {
            "parameter": "status",
            "detail": "“late” is not one of its values.",
            "allowed": ["plan", "occurred", "cancelled"],
        }
    ]


@pytest.mark.parametrize("slug", ["vega", "", "lupex'--", "a\0b", "x" * 5000, "火星"])
def test_a_programme_that_does_not_exist(slug, refused):
    ProgrammeFactory(slug="lupex")
    ProgrammeFactory(slug="issa-j1")

    (error,) = refused("milestones/", 400, programme=slug)["errors"]

    assert error["parameter"] == "programme"
    assert error["allowed"] == ["lupex", "issa-j1"]  # by their titles
    assert len(error["detail"]) < 60


def test_of_several_values_the_wrong_one_is_named(refused):
    TagFactory(slug="moon")
    TagFactory(slug="launch", is_kind=True)

    errors = refused("milestones/?tag=moon,vega&kind=launch&kind=moon", 400)["errors"]

    assert errors == [
        {"parameter": "tag", "detail": "there is none “vega”.", "allowed": ["moon", "launch"]},
        {"parameter": "kind", "detail": "there is none “moon”.", "allowed": ["launch"]},
    ]


@pytest.mark.parametrize("limit", ["0", "201", "-1", "1.5", "", "٣", "9" * 5000])
def test_a_limit_that_is_none(limit, refused):
    (error,) = refused("tags/", 400, limit=limit)["errors"]

    assert error["parameter"] == "limit"
    assert error["detail"].endswith(" is no number from 1 to 200.")
    assert error["allowed"] == ["1 to 200"]


def cursor_of(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "x",
        "%%%",
        "火",
        cursor_of([]),
        cursor_of({}),
        cursor_of(7),
        cursor_of(["2027-12-31", "2027-01-01", None]),
        cursor_of(["soon", "2027-01-01", None, "1"]),
        cursor_of(["2027-12-31", "2027-01-01", "2027-01-01T00:00:00", "1"]),
        cursor_of(["2027-12-31", "2027-01-01", None, "x"]),
        cursor_of([2027, "2027-01-01", None, "1"]),
        base64.urlsafe_b64encode(b"[" * 5000).decode(),
        base64.urlsafe_b64encode(b"\xff\xfe\xff").decode(),
    ],
)
def test_a_cursor_that_is_none_of_ours(cursor, refused):
    (error,) = refused("milestones/", 400, cursor=cursor)["errors"]

    assert error["parameter"] == "cursor"


def test_a_cursor_with_a_nul_or_a_huge_number_does_no_harm(refused, get):
    refused("tags/", 400, cursor=cursor_of(["a\0b", "1"]))
    assert get("tags/", cursor=cursor_of(["a", "9" * 40])) == {"next": None, "results": []}
