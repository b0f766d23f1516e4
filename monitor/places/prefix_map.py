"""Which prefix is which place, as the school has configured it.

Prefixes are looked up longest first, one dictionary a prefix length: the cost depends on how many
lengths are in use (a handful), not on how many rooms there are.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from ipaddress import IPv4Network, IPv6Network

from monitor.place import IPV4_MAPPED, IPV6_BYTES, PersonRole, Place
from monitor.places.prefix_sizes import count_own_addresses
from monitor.release.measured.pupils import SMALLEST_CLASS

_to_integer = int.from_bytes
"""Looked up once: for every sighting that would cost more than the conversion."""
type _Prefix = IPv4Network | IPv6Network


class PrefixMap:
    """An immutable snapshot of which prefix is which place."""

    def __init__(self, prefixes: Iterable[tuple[_Prefix, Place]] = ()) -> None:
        by_length: dict[tuple[int, int], dict[int, Place]] = {}
        places = dict(prefixes)
        for prefix, place in places.items():
            key = (prefix.max_prefixlen, prefix.max_prefixlen - prefix.prefixlen)
            network = int(prefix.network_address) >> key[1]
            by_length.setdefault(key, {})[network] = place
        self.rooms = _pupils_rooms(places)
        """The rooms of pupils that can hold a class, each with the year layers that its places are
        of."""
        self._ipv4 = _longest_first(by_length, 32)
        self._ipv6 = _longest_first(by_length, 128)

    def find(self, address: bytes) -> Place | None:
        """Return the place of a packed address (4 or 16 bytes), None when it is not known."""
        by_length = self._ipv4
        if len(address) == IPV6_BYTES:
            if address.startswith(IPV4_MAPPED):
                address = address[12:]
            else:
                by_length = self._ipv6
        number = _to_integer(address)
        for shift, places in by_length:
            place = places.get(number >> shift)
            if place is not None:
                return place
        return None


def _pupils_rooms(places: Mapping[_Prefix, Place]) -> dict[str, frozenset[str]]:
    """Find the rooms whose places have an address for each pupil of the smallest class.

    A place of one address would have one device counted as a room.
    """
    own = count_own_addresses(places)
    addresses = Counter[str]()
    layers: defaultdict[str, set[str]] = defaultdict(set)
    for prefix, place in places.items():
        if place.role is PersonRole.PUPIL:
            addresses[place.room] += own[prefix]
            layers[place.room].update({place.layer} - {""})
    return {
        room: frozenset(layers[room])
        for room, count in addresses.items()
        if count >= SMALLEST_CLASS
    }


def _longest_first(
    by_length: dict[tuple[int, int], dict[int, Place]], bits: int
) -> list[tuple[int, dict[int, Place]]]:
    return sorted(
        ((shift, places) for (length, shift), places in by_length.items() if length == bits),
        key=lambda pair: pair[0],
    )
