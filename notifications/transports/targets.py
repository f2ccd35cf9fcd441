"""Where on the web we send to when a stranger has typed the address: never into a private network.

A name is looked up once, all its addresses are judged, and only those are connected to. A name
that points elsewhere a moment later (DNS rebinding) gains nothing.
"""

import re
import socket
from collections.abc import Callable, Collection
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

LONGEST = 500
URL = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")  # RFC 3986 §2
HTTPS = 443
# Python calls addresses global that lead to private ones, or nowhere.
TRANSLATED = IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address
UNICAST = IPv6Network("2000::/3")
DOCUMENTATION = IPv6Network("3fff::/20")  # RFC 9637

LookUp = Callable[[str, int], Collection[str]]


class Refused(ValueError):
    """We do not send there, and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A web address that may be sent to, and the IP addresses that were judged."""

    host: str
    port: int
    authority: str
    path: str
    is_encrypted: bool
    addresses: tuple[str, ...]


def looked_up(host: str, port: int) -> Collection[str]:
    """The IP addresses of a name. Raises OSError if it has none, or nobody knows."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return dict.fromkeys(str(address[0]) for *_, address in found)


def written(host: str, _port: int) -> Collection[str]:
    """The IP address that is written for a name; of a name nothing is asked."""
    try:
        return [str(ip_address(host))]
    except ValueError:
        return []


def check(url: str, *, ours: Collection[str] = ()) -> None:
    """Whether it may do, without asking the network. Raises Refused.

    A web page answers by this at once; where the name leads is judged at each sending.
    """
    target(url, ours=ours, look_up=written)


def target(url: str, *, ours: Collection[str] = (), look_up: LookUp = looked_up) -> Target:
    """Where the address leads. Raises Refused, or OSError if its name is not found.

    `ours` are hosts that the operator allows though they are private, in clear and on any port:
    "hooks.internal" or "127.0.0.1:8080".
    """
    parts = split(url)
    host, is_encrypted = str(parts.hostname).rstrip("."), parts.scheme == "https"
    port = parts.port or (HTTPS if is_encrypted else 80)
    is_ours = host in ours or f"{host}:{port}" in ours
    if not is_ours and not is_encrypted:
        raise Refused("It must begin with https://.")
    if not is_ours and port != HTTPS:
        raise Refused("It must be on port 443.")
    if not is_ours and "." not in host and ":" not in host:
        raise Refused("Its host is in a private network.")
    try:
        addresses = tuple(look_up(host, port))
    except UnicodeError:
        raise Refused("Its host name is not a name.") from None
    if not is_ours and not all(is_public(address) for address in addresses):
        raise Refused("Its host is in a private network.")
    return Target(
        host=host,
        port=port,
        authority=parts.netloc,
        path=f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}",
        is_encrypted=is_encrypted,
        addresses=addresses,
    )


def split(url: str) -> SplitResult:
    """The parts of a web address as it is sent. Raises Refused."""
    if len(url) > LONGEST:
        raise Refused(f"It must be no longer than {LONGEST} characters.")
    if not URL.fullmatch(url):
        raise Refused("It may hold only the signs of a web address; others as %E2%80%A6 or xn--….")
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise Refused("It is no web address.") from None
    if parts.scheme not in ("https", "http") or not parts.hostname:
        raise Refused("It must begin with https://.")
    if parts.username is not None or parts.fragment:
        raise Refused("It must have no user name, password or #.")
    return parts


def is_public(address: str) -> bool:
    """Whether this is one machine of the internet, as seen from everywhere."""
    ip = meant(ip_address(address))
    if isinstance(ip, IPv6Address) and (ip not in UNICAST or ip in DOCUMENTATION):
        return False
    return ip.is_global and not ip.is_multicast


def meant(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address inside an IPv6 one, where there is one."""
    if isinstance(ip, IPv4Address):
        return ip
    if ip in TRANSLATED:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or ip
