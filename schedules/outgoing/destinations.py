"""What an address leads to: to the internet, inside, to this machine, or to what nobody may ask."""

import socket
from collections.abc import Iterable, Iterator
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

type Address = IPv4Address | IPv6Address
type Network = IPv4Network | IPv6Network

_TRANSLATED = IPv6Network("64:ff9b::/96")
"""NAT64 (RFC 6052): the last four bytes are the IPv4 address that is connected to."""
NEVER: tuple[Network, ...] = tuple(
    ip_network(prefix)
    for prefix in (
        "0.0.0.0/8",  # this machine, as Linux takes it
        "::/128",
        "169.254.0.0/16",  # link-local, and the metadata of most clouds
        "fe80::/10",
        "100.100.100.200/32",  # metadata that stands elsewhere
        "168.63.129.16/32",
        "192.0.0.192/32",
        "fd00:ec2::254/128",
        "fd20:ce::254/128",
        "224.0.0.0/4",
        "255.255.255.255/32",
        "ff00::/8",
    )
)
"""What tells a cloud's secrets, or is nobody's in particular: no configuration allows it."""


def may_be_reached(address: Address, inside: Iterable[Network]) -> bool:
    """Say whether an address is of the internet, or of what is allowed inside.

    Args:
        address: as it was resolved.
        inside: what is no internet, and allowed.
    """
    allowed = tuple(inside)
    return all(_is_reached(meant, allowed) for meant in addresses_meant(address))


def addresses_meant(address: Address) -> Iterator[Address]:
    """Yield what a connection to an address can end at: IPv6 addresses may carry one of IPv4."""
    if isinstance(address, IPv4Address):
        yield address
    elif address.ipv4_mapped is not None:
        yield address.ipv4_mapped
    elif address in _TRANSLATED:
        yield IPv4Address(address.packed[-4:])
    else:
        yield address
        if address.sixtofour is not None:
            yield address.sixtofour
        if address.teredo is not None:
            yield from address.teredo


def is_own(address: Address) -> bool:
    """Say whether this machine has an address: nothing can be bound to another's."""
    family = socket.AF_INET if isinstance(address, IPv4Address) else socket.AF_INET6
    with socket.socket(family) as probe:
        try:
            probe.bind((str(address), 0))
        except OSError:
            return False
    return True


def parse_resolved(host: str) -> Address:
    """Parse an address as it was resolved, with a zone or without.

    Raises:
        ValueError: when it is a name.
    """
    return ip_address(host.partition("%")[0])


def _is_reached(address: Address, inside: tuple[Network, ...]) -> bool:
    if any(address in prefix for prefix in NEVER):
        return False
    if any(address in prefix for prefix in inside):
        return True
    is_internet = address.is_global and not (address.is_multicast or address.is_reserved)
    return is_internet and not is_own(address)
