"""How many addresses each configured prefix has left to itself, below longer ones inside it."""

from collections.abc import Collection, Iterable, Iterator
from ipaddress import IPv4Network, IPv6Network
from operator import attrgetter

type _Prefix = IPv4Network | IPv6Network


def count_own_addresses(prefixes: Iterable[_Prefix]) -> dict[_Prefix, int]:
    """Count the addresses of which each prefix is the longest that has them."""
    own: dict[_Prefix, int] = {}
    around: list[_Prefix] = []
    for prefix in _sorted(set(prefixes)):
        while around and not _is_inside(prefix, around[-1]):
            around.pop()
        if around:
            own[around[-1]] -= prefix.num_addresses
        own[prefix] = prefix.num_addresses
        around.append(prefix)
    return own


def _sorted(prefixes: Collection[_Prefix]) -> Iterator[_Prefix]:
    """Yield prefixes so that each comes after those that it is inside."""
    return iter(sorted(prefixes, key=attrgetter("version", "network_address", "prefixlen")))


def _is_inside(prefix: _Prefix, other: _Prefix) -> bool:
    shift = other.max_prefixlen - other.prefixlen
    return (
        prefix.version == other.version
        and int(prefix.network_address) >> shift == int(other.network_address) >> shift
    )
