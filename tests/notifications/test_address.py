import pytest

from notifications.models.address import address_key, normalised


@pytest.mark.parametrize(
    ("typed", "written_to"),
    [
        ("ada@example.org", "ada@example.org"),
        ("  Ada.L+news@Example.ORG ", "Ada.L+news@example.org"),
        ("ada@bücher.example", "ada@xn--bcher-kva.example"),
        ("o'neil@example.org", "o'neil@example.org"),
    ],
)
def test_an_address_is_written_one_way(typed, written_to):
    assert normalised(typed) == written_to


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "@",
        "ada",
        "@example.org",
        "ada@",
        "ada@example.org\r\nRCPT TO:<eve@example.org>",
        "ada\x00@example.org",
        "ada @example.org",
        '"ada, eve"@example.org',
        "<ada@example.org>",
        "ada@example.org,eve@example.org",
        "ada@eve@example.org",
        "åda@example.org",
        "\u017fam@example.org",
        "\u0130da@example.org",
        "a" * 65 + "@example.org",
        "ada@" + "a" * 250 + ".org",
        "ada@exa..mple.org",
    ],
)
def test_what_is_no_address_is_refused(typed):
    with pytest.raises(ValueError, match=r".+"):
        normalised(typed)


def test_a_mailbox_has_one_key():
    assert address_key("Ada@Example.org") == address_key("ada@EXAMPLE.ORG ")
    assert address_key("ada@example.org") != address_key("eve@example.org")


def test_a_key_says_nothing_to_whoever_lacks_ours(settings):
    ours = address_key("mika@example.org")
    settings.MILEPOST_ADDRESS_KEY = "another"

    assert address_key("mika@example.org") != ours
    assert "mika" not in ours  # no hexadecimal digits
