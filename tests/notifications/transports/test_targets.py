from socket import gaierror

import pytest

from notifications.transports.targets import Refused, Target, is_public, looked_up, target

PUBLIC = "93.184.216.34"


def leads_to(*addresses):
    return lambda _host, _port: addresses


def test_a_public_address_is_a_target():
    found = target("https://hooks.example/a/b?c=d", look_up=leads_to(PUBLIC, "2606:2800:21f::1"))

    assert found == Target(
        host="hooks.example",
        port=443,
        authority="hooks.example",
        path="/a/b?c=d",
        is_encrypted=True,
        addresses=(PUBLIC, "2606:2800:21f::1"),
    )


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",  # noqa: S104
        "10.0.0.1",
        "100.64.0.1",
        "127.0.0.1",
        "127.9.9.9",
        "169.254.169.254",
        "172.16.0.1",
        "192.0.0.1",
        "192.0.2.1",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::7f00:1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "2002:a9fe:a9fe::1",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fe80::1%lo",
        "fec0::1",
        "ff02::1",
    ],
)
def test_a_private_address_is_refused(address):
    assert not is_public(address)
    with pytest.raises(Refused, match="private network"):
        target("https://hooks.example/", look_up=leads_to(address))


@pytest.mark.parametrize(
    "address", [PUBLIC, "2606:2800:21f::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_an_address_of_the_internet_is_not(address):
    assert is_public(address)


def test_one_private_address_among_public_ones_is_enough():
    with pytest.raises(Refused):
        target("https://hooks.example/", look_up=leads_to(PUBLIC, "10.0.0.1"))


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://hooks.example/", "It must begin with https://."),
        ("ftp://hooks.example/", "It must begin with https://."),
        ("https:///path", "It must begin with https://."),
        ("hooks.example", "It must begin with https://."),
        ("https://hooks.example:8443/", "It must be on port 443."),
        ("https://hooks.example:80/", "It must be on port 443."),
        ("https://hooks.example:99999/", "It is no web address."),
        ("https://[::1/", "It is no web address."),
        ("https://me@hooks.example/", "It must have no user name, password or #."),
        ("https://:secret@hooks.example/", "It must have no user name, password or #."),
        ("https://hooks.example/#part", "It must have no user name, password or #."),
        ("https://hooks.example/\r\nX: y", "It may hold only the signs of a web address"),
        ("https://hooks.example\\@10.0.0.1/", "It may hold only the signs of a web address"),
        ("https://hööks.example/", "It may hold only the signs of a web address"),
        ("https://hooks.example/" + 500 * "a", "It must be no longer than 500 characters."),
    ],
)
def test_what_is_no_address_of_ours_to_send_to_says_why(url, words):
    with pytest.raises(Refused) as error:
        target(url, look_up=leads_to(PUBLIC))

    assert str(error.value).startswith(words)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "[::1]", "localhost"],
)
def test_however_this_machine_is_written_it_is_refused(host):
    with pytest.raises(Refused):
        target(f"https://{host}/")


def test_a_host_that_the_operator_allows_may_be_private():
    ours = ["127.0.0.1:8000", "hooks.internal"]

    clear = target("http://127.0.0.1:8000/x", ours=ours, look_up=leads_to("127.0.0.1"))
    named = target("https://hooks.internal/", ours=ours, look_up=leads_to("10.0.0.1"))

    assert (clear.port, clear.is_encrypted, clear.addresses) == (8000, False, ("127.0.0.1",))
    assert (named.port, named.is_encrypted, named.addresses) == (443, True, ("10.0.0.1",))
    with pytest.raises(Refused):
        target("http://127.0.0.1:8001/x", ours=ours, look_up=leads_to("127.0.0.1"))


def test_a_name_that_is_no_name_is_refused():
    with pytest.raises(Refused, match="host name"):
        target(f"https://{'a' * 64}.example/", look_up=looked_up)


def test_a_name_that_nobody_knows_may_be_known_later():
    def nobody(_host, _port):
        raise gaierror("nobody knows")

    with pytest.raises(OSError, match="nobody knows"):
        target("https://hooks.example/", look_up=nobody)
