"""What stands wrong in an address is said in words that its author can act on."""

import pytest

from timeline.asked import Parameter, WrongParameter, WrongParameters, read_all, shown

VAGUE = Parameter("vague", "A vague date stands", {"start": "first", "end": "last", "none": "no"})
TAG = Parameter("tag", "Tags", {"moon": "Moon", "debris": "Space debris", "sun": "Sun"}, many=True)


def refused(given: dict[str, list[str]]) -> list[str]:
    with pytest.raises(WrongParameters) as error:
        read_all(given, [VAGUE, TAG])
    return str(error.value).split("\n")


def test_nothing_is_asked():
    assert read_all({}, [VAGUE, TAG]) == {}


def test_a_value_is_read_and_what_is_not_given_is_not_there():
    assert read_all({"vague": ["end"]}, [VAGUE, TAG]) == {"vague": "end"}


@pytest.mark.parametrize(
    "given",
    [
        ["debris,moon"],
        ["debris", "moon"],
        ["moon,debris"],
        ["moon", "moon,debris", "debris"],
    ],
)
def test_commas_and_repetition_mean_the_same_and_the_order_is_ours(given):
    assert read_all({"tag": given}, [VAGUE, TAG]) == {"tag": ("moon", "debris")}


def test_the_default_is_the_first_value_and_of_a_list_nothing():
    assert (VAGUE.default, TAG.default) == ("start", "")


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (
            {"vague": ["foo"]},
            "vague: “foo” is not one of its values. Allowed: start, end, none.",
        ),
        ({"vague": [""]}, "vague: “” is not one of its values. Allowed: start, end, none."),
        (
            {"vague": ["start,end"]},
            "vague: “start,end” is not one of its values. Allowed: start, end, none.",
        ),
        (
            {"vague": ["end", "end"]},
            "vague: is given more than once. Allowed: start, end, none.",
        ),
        ({"tag": ["mars"]}, "tag: there is none “mars”. Allowed: moon, debris, sun."),
        ({"tag": ["moon,mars"]}, "tag: there is none “mars”. Allowed: moon, debris, sun."),
        ({"tag": ["moon", "mars"]}, "tag: there is none “mars”. Allowed: moon, debris, sun."),
        ({"tag": [""]}, "tag: there is none “”. Allowed: moon, debris, sun."),
        ({"tag": ["moon,"]}, "tag: there is none “”. Allowed: moon, debris, sun."),
        ({"tag": [" moon"]}, "tag: there is none “ moon”. Allowed: moon, debris, sun."),
        ({"tag": ["Moon"]}, "tag: there is none “Moon”. Allowed: moon, debris, sun."),
        ({"colour": ["red"]}, "colour: is no parameter of this address. Allowed: vague, tag."),
        ({"": [""]}, ": is no parameter of this address. Allowed: vague, tag."),
        ({"Vague": ["end"]}, "Vague: is no parameter of this address. Allowed: vague, tag."),
    ],
)
def test_what_is_wrong_is_named_with_what_would_do(given, why):
    assert refused(given) == [why]


def test_everything_that_is_wrong_is_said_in_the_order_of_the_address():
    lines = refused({"foo": ["1"], "tag": ["mars"], "vague": ["end"], "bar": [""]})

    assert [line.partition(":")[0] for line in lines] == ["foo", "tag", "bar"]


def test_the_error_keeps_its_parts():
    with pytest.raises(WrongParameters) as error:
        read_all({"vague": ["foo"]}, [VAGUE])

    why = "“foo” is not one of its values."
    assert error.value.wrong == (WrongParameter("vague", why, ["start", "end", "none"]),)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a\r\nSet-Cookie: x", "a��Set-Cookie: x"),
        ("a\0b\x1b[31m\x7f\x85", "a�b�[31m��"),
        ("a\u202eb\u2028c\u200b\ufeff", "a�b�c��"),
        ("\ud800", "�"),
        ("火 星", "火 星"),
        ("x" * 40, "x" * 40),
        ("x" * 41, "x" * 40 + "…"),
        ("x" * 100_000, "x" * 40 + "…"),
    ],
)
def test_what_was_given_is_shown_on_one_short_line(text, seen):
    assert shown(text) == seen
    assert refused({"vague": [text]})[0].startswith(f"vague: “{seen}” is")
    assert refused({"tag": [text]})[0].startswith(f"tag: there is none “{seen}”.")
    assert refused({text: ["1"]})[0].startswith(f"{seen}: is no parameter")


@pytest.mark.parametrize(
    ("many", "listed"), [(60, "v59."), (61, "v59 and 1 more."), (99, "39 more.")]
)
def test_of_very_many_values_sixty_are_listed(many, listed):
    values = {f"v{number}": "" for number in range(many)}

    with pytest.raises(WrongParameters) as error:
        Parameter("name", "", values).read(["x"])

    assert str(error.value).endswith(listed)
    assert len(error.value.wrong[0].allowed) == many


def test_where_nothing_is_known_nothing_is_listed():
    with pytest.raises(WrongParameters) as error:
        read_all({"foo": ["1"]}, [])

    assert str(error.value) == "foo: is no parameter of this address."
