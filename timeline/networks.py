"""Which network an address of the internet is of: all that is kept of who asks. Pure."""

from ipaddress import IPv6Address, ip_address, ip_network


def network_of(address: str) -> str:
    """Its /24, or its /48 of IPv6; "" for what is no address."""
    try:
        known = ip_address(address)
    except ValueError:
        return ""
    if isinstance(known, IPv6Address) and known.ipv4_mapped:
        known = known.ipv4_mapped
    return str(ip_network(f"{known}/{48 if known.version == 6 else 24}", strict=False))  # noqa: PLR2004
