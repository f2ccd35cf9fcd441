"""Every wrong value in the address of a feed is named, and what could stand there instead.

Whoever reads it has typed it into a calendar app: plain text, a line for each parameter.
"""

from urllib.parse import quote

import pytest

from tests.calendars.rows import a_milestone, say
from tests.factories import OrganisationFactory, TagFactory
from tests.timeline.private import a_feed
from timeline.choosing import NAMES
from timeline.ical.options import PARAMETERS

pytestmark = pytest.mark.django_db

CALENDAR, NEWS = "/calendar/all.ics", ["/changes/all.atom", "/changes/all.json"]
ONE_VALUE = {
    "vague": "start, end, both, span, none",
    "long": "0, 1",
    "upto": "any, year, quarter, month, day",
    "year": "each, digest, none",
    "days": "span, each",
    "cancelled": "mark, drop",
    "past": "12m, 3m, 0, all",
    "busy": "0, 1",
    "allday": "0, 1",
    "prefix": "1, 0",
    "lang": "en, ja",
}
GROUPS = {
    "programme": "lupex",
    "organisation": "jaxa",
    "tag": "launch, moon",
    "kind": "launch",
}
CHANGES = "first_dated, slip, pull_in, firmed, loosened, undated, cancelled, reinstated, occurred"
ALARMS = "1m to 4w, like 1d or 12h; at most 3"
LISTS = [(CALENDAR, name, allowed) for name, allowed in GROUPS.items()]
LISTS += [(path, name, allowed) for path in NEWS for name, allowed in GROUPS.items()]
LISTS += [(path, "change", CHANGES) for path in NEWS]
SINGLE = [(CALENDAR, name, allowed) for name, allowed in ONE_VALUE.items()]
# What stands in the query, and how it is shown.
WRONG = [
    ("nonsense", "nonsense"),
    ("", ""),
    ("START", "START"),
    ("%20start", " start"),
    ("start;long=1", "start;long=1"),
    ("x" * 500, "x" * 40 + "…"),
    ("%00", "�"),
    ("%0D%0ASet-Cookie:%20a=1", "��Set-Cookie: a=1"),
    ("%1B%5B2J", "�[2J"),
    ("%FF", "�"),
    ("%E2%80%AEstart", "�start"),
    ("%E2%80%A8start", "�start"),
    ("<script>", "<script>"),
    ("%F0%9F%9A%80", "🚀"),
]


@pytest.fixture(autouse=True)
def _groups():
    milestone = a_milestone()
    jaxa = OrganisationFactory(slug="jaxa", name="JAXA")
    milestone.programme.organisations.add(jaxa)
    moon = TagFactory(slug="moon", name="moon")
    milestone.tags.set([moon, TagFactory(slug="launch", name="launch", is_kind=True)])
    say(milestone, "2027-25")


def refused(client, path: str, query: str) -> list[str]:
    """The lines of the answer."""
    response = client.get(f"{path}?{query}")

    assert response.status_code == 400
    kept = {name: response.headers.get(name) for name in ("Content-Type", "Cache-Control")}
    assert kept == {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}
    assert not response.cookies
    told = response.content.decode()
    assert told.endswith("\n")
    assert all(sign.isprintable() for sign in told.replace("\n", ""))
    return told[:-1].split("\n")


def test_every_parameter_is_in_these_tables():
    assert {*ONE_VALUE, "alarms"} == set(PARAMETERS)
    assert set(GROUPS) == set(NAMES)


@pytest.mark.parametrize(("path", "name", "allowed"), SINGLE)
def test_a_wrong_value_is_named_with_those_that_could_be(client, path, name, allowed):
    for given, shown in WRONG:
        assert refused(client, path, f"{name}={given}") == [
            f"{name}: “{shown}” is not one of its values. Allowed: {allowed}."
        ]


@pytest.mark.parametrize(("path", "name", "allowed"), LISTS)
def test_a_wrong_word_in_a_list_is_named(client, path, name, allowed):
    for given, shown in WRONG:
        assert refused(client, path, f"{name}={given}") == [
            f"{name}: there is none “{shown}”. Allowed: {allowed}."
        ]


@pytest.mark.parametrize(("path", "name", "allowed"), LISTS)
def test_a_list_is_refused_for_one_wrong_word(client, path, name, allowed):
    right = allowed.split(", ")[0]

    for query in (f"{name}={right},moon-base", f"{name}={right}&{name}=moon-base"):
        assert refused(client, path, query) == [
            f"{name}: there is none “moon-base”. Allowed: {allowed}."
        ]
    for query in (f"{name}={right},", f"{name}=,"):
        assert refused(client, path, query) == [f"{name}: there is none “”. Allowed: {allowed}."]


@pytest.mark.parametrize(("path", "name", "allowed"), SINGLE)
def test_a_value_given_twice_is_refused_even_if_it_is_the_same(client, path, name, allowed):
    first, *others = allowed.split(", ")

    for second in [first, *others[:1]]:
        assert refused(client, path, f"{name}={first}&{name}={second}") == [
            f"{name}: is given more than once. Allowed: {allowed}."
        ]


NO_ALARMS = [
    *((given, f"“{shown}” is no such time.") for given, shown in WRONG),
    ("1d,", "“” is no such time."),
    ("0m", "“0m” is no such time."),
    ("-1d", "“-1d” is no such time."),
    ("5w", "“5w” is no such time."),
    ("100m", "“100m” is no such time."),
    ("P1D", "“P1D” is no such time."),
    ("%D9%A1d", "“\u0661d” is no such time."),
    ("1d,1h,2h,3h", "these are 4 times."),
]


def test_a_wrong_alarm_is_named(client):
    for given, why in NO_ALARMS:
        assert refused(client, CALENDAR, f"alarms={given}") == [f"alarms: {why} Allowed: {ALARMS}."]


UNKNOWN = [
    ("vauge", "vauge"),
    ("VAGUE", "VAGUE"),
    ("utm_source", "utm_source"),
    ("%0D%0Aq", "��q"),
    ("%00", "�"),
    ("x" * 500, "x" * 40 + "…"),
    ("<b>", "<b>"),
]


@pytest.mark.parametrize(
    ("path", "names"),
    [(CALENDAR, [*NAMES, *PARAMETERS]), *((path, [*NAMES, "change"]) for path in NEWS)],
)
def test_an_unknown_name_is_shown_beside_the_known_ones(client, path, names):
    for given, shown in UNKNOWN:
        for value in ("1", ""):
            assert refused(client, path, f"{given}={value}") == [
                f"{shown}: is no parameter of this address. Allowed: {', '.join(names)}."
            ]


def test_each_of_several_mistakes_has_its_line(client):
    assert refused(client, CALENDAR, "vague=middle&busy=yes&tag=mars&day=1&vague=end") == [
        f"vague: is given more than once. Allowed: {ONE_VALUE['vague']}.",
        "busy: “yes” is not one of its values. Allowed: 0, 1.",
        "tag: there is none “mars”. Allowed: launch, moon.",
        f"day: is no parameter of this address. Allowed: {', '.join([*NAMES, *PARAMETERS])}.",
    ]


@pytest.mark.parametrize("path", [CALENDAR, *NEWS])
@pytest.mark.parametrize(
    "query",
    ["tag=" + "moon," * 500 + "moon", "&".join(["tag=moon"] * 101), "vague=start&" * 200],
    ids=["long", "many", "both"],
)
def test_an_address_that_nobody_can_mean_is_too_long(client, path, query):
    assert refused(client, path, query) == ["address: is too long for a feed."]


@pytest.mark.parametrize("query", ["vague=end", "tag=moon", "x=1", "x"])
def test_a_private_calendar_has_no_parameters(client, query):
    token = a_feed().token
    name = query.partition("=")[0]

    assert refused(client, f"/f/{token}/mine.ics", query) == [
        f"{name}: is no parameter of this address."
    ]


@pytest.mark.parametrize("path", [CALENDAR, *NEWS])
def test_head_is_refused_without_a_word(client, path):
    response = client.head(f"{path}?x=1")

    assert (response.status_code, response.content) == (400, b"")


@pytest.mark.parametrize(("path", "name", "allowed"), SINGLE + LISTS)
def test_each_value_that_is_named_is_taken(client, path, name, allowed):
    for value in allowed.split(", "):
        assert client.get(f"{path}?{name}={quote(value)}").status_code == 200
