import pytest

from tests.factories import OrganisationFactory, ProgrammeFactory, TagFactory
from timeline.addresses import AddressTooLong, NoSuchCalendar, address_of, asked_at, named
from timeline.asked import WrongParameters
from timeline.choosing import Choice
from timeline.ical.options import Options

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _groups(settings):
    settings.MILEPOST_BASE_URL = "https://milepost.example"
    for slug in ["lupex", "nisar", "gaganyaan", "aprsaf"]:
        ProgrammeFactory(slug=slug, title=slug.upper())
    OrganisationFactory(slug="isro", name="ISRO")
    TagFactory(slug="moon", name="Moon")
    for slug in ["launch", "meeting"]:
        TagFactory(slug=slug, name=slug, is_kind=True)


PAIRS = [
    ({}, {}, "/calendar/all.ics"),
    ({}, {"vague": "end"}, "/calendar/all.ics?vague=end"),
    ({"programme": ("lupex",)}, {}, "/calendar/programme/lupex.ics"),
    ({"organisation": ("isro",)}, {}, "/calendar/organisation/isro.ics"),
    ({"tag": ("moon",)}, {}, "/calendar/tag/moon.ics"),
    ({"kind": ("launch",)}, {}, "/calendar/tag/launch.ics"),
    (
        {"tag": ("moon",), "kind": ("launch", "meeting")},
        {},
        "/calendar/tag/moon.ics?kind=launch,meeting",
    ),
    (
        {"programme": ("lupex",), "kind": ("launch",)},
        {"alarms": ("1d", "1h"), "prefix": "0"},
        "/calendar/programme/lupex.ics?kind=launch&alarms=1d,1h&prefix=0",
    ),
    (
        {"programme": ("lupex", "nisar"), "kind": ("launch",)},
        {"vague": "end"},
        "/calendar/lupex-nisar-launch.ics?programme=lupex,nisar&kind=launch&vague=end",
    ),
    (
        {"programme": ("aprsaf", "gaganyaan", "lupex", "nisar"), "organisation": ("isro",)},
        {},
        (
            "/calendar/aprsaf-gaganyaan-lupex-more.ics"
            "?programme=aprsaf,gaganyaan,lupex,nisar&organisation=isro"
        ),
    ),
]


def given(query: str) -> dict[str, list[str]]:
    return {name: [value] for name, _, value in (one.partition("=") for one in query.split("&"))}


@pytest.mark.parametrize(("slugs", "options", "address"), PAIRS)
def test_a_choice_has_a_readable_address(slugs, options, address):
    assert address_of(Choice(slugs), Options(**options)) == address


@pytest.mark.parametrize(("slugs", "options", "address"), PAIRS)
def test_an_address_says_what_was_chosen(slugs, options, address):
    path, _, query = address.partition("?")

    asked = asked_at(path, given(query) if query else {})

    assert (asked.choice, asked.options) == (Choice(slugs), Options(**options))


def test_the_same_choice_in_another_order_has_the_same_address():
    turned = Choice({"kind": ("launch",), "programme": ("lupex",)})

    assert address_of(turned, Options()) == "/calendar/programme/lupex.ics?kind=launch"


def test_the_same_calendar_is_there_as_jcal():
    lupex = Choice({"programme": ("lupex",)})

    assert (
        address_of(lupex, Options(), suffix=".jcal.json") == "/calendar/programme/lupex.jcal.json"
    )
    assert asked_at("/calendar/programme/lupex.jcal.json", {}).choice == lupex


def test_an_address_that_google_would_drop_is_refused_with_what_to_do():
    slugs = tuple(f"a-programme-with-a-long-name-{number}" for number in range(10))

    with pytest.raises(AddressTooLong) as refused:
        address_of(Choice({"programme": slugs}), Options())

    assert str(refused.value) == (
        "The address of this calendar would have 368 characters, and Google Calendar takes at "
        "most 256. Choose less, or open a private calendar: its address is short, whatever it "
        "holds."
    )


def test_an_address_may_have_256_characters_and_no_more(settings):
    rest = len("/calendar/programme/lupex.ics")
    settings.MILEPOST_BASE_URL = "h" * (256 - rest)
    assert address_of(Choice({"programme": ("lupex",)}), Options())

    settings.MILEPOST_BASE_URL += "h"
    with pytest.raises(AddressTooLong):
        address_of(Choice({"programme": ("lupex",)}), Options())


@pytest.mark.parametrize(
    "path",
    [
        "/calendar/nobody.ics",
        "/calendar/programme/nobody.ics",
        "/calendar/milestone/lupex.ics",
        "/calendar/programme/lupex",
        "/calendar/programme/lupex\x00.ics",
        "/calendar/",
        "/f/secret/all.ics",
    ],
)
def test_what_is_no_address_of_a_calendar_is_said_to_be_none(path):
    with pytest.raises(NoSuchCalendar):
        asked_at(path, {})


def test_a_group_stands_in_the_path_or_in_the_query_but_not_in_both():
    with pytest.raises(WrongParameters) as refused:
        asked_at("/calendar/programme/lupex.ics", {"programme": ["nisar"]})

    assert str(refused.value) == (
        "programme: is in the path already. "
        "For several: /calendar/several.ics?programme=lupex,nisar"
    )


def test_a_kind_in_the_path_goes_together_with_a_tag_or_another_kind():
    both = asked_at("/calendar/tag/launch.ics", {"tag": ["moon"]}).choice
    two = asked_at("/calendar/tag/launch.ics", {"kind": ["meeting"]}).choice

    assert both == Choice({"tag": ("moon",), "kind": ("launch",)})
    assert two == Choice({"tag": ("launch",), "kind": ("meeting",)})


def test_a_wrong_value_is_named_with_what_is_allowed():
    with pytest.raises(WrongParameters) as refused:
        asked_at("/calendar/all.ics", {"vague": ["middle"], "kind": ["launch,party"]})

    assert str(refused.value) == (
        "vague: “middle” is not one of its values. Allowed: start, end, both, span, none.\n"
        "kind: there is none “party”. Allowed: launch, meeting."
    )


def test_a_calendar_is_named_after_what_it_holds():
    four = ("aprsaf", "gaganyaan", "lupex")

    assert named(Choice()) == "Everything"
    assert named(Choice({"programme": ("lupex",), "kind": ("launch",)})) == "LUPEX · launch"
    assert named(Choice({"programme": four, "kind": ("launch",)})) == (
        "APRSAF · GAGANYAAN · LUPEX · 1 more"
    )
