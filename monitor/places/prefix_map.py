"""Which prefix is which place, as the school has configured it.

Prefixes are looked up longest first, one dictionary a prefix length: the cost depends on how many
lengths are in use (a handful), not on how many rooms there are.
"""

from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Network

from monitor.place import IPV4_MAPPED, IPV6_BYTES, PersonRole, Place


class PrefixMap:
    """An immutable snapshot of which prefix is which place."""

    def __init__(self, prefixes: Iterable[tuple[IPv4Network | IPv6Network, Place]] = ()) -> None:
        by_length: dict[tuple[int, int], dict[int, Place]] = {}
        for prefix, place in prefixes:
            key = (prefix.max_prefixlen, prefix.max_prefixlen - prefix.prefixlen)
            network = int(prefix.network_address) >> key[1]
            by_length.setdefault(key, {})[network] = place
        self.rooms = _pupils_rooms(by_length)
        """The rooms of pupils, each with the year layers that its places are of."""
        self._ipv4 = _longest_first(by_length, 32)
        self._ipv6 = _longest_first(by_length, 128)

    def find(self, address: bytes) -> Place | None:
        """Return the place of a packed address (4 or 16 bytes), None when it is not known."""
        if len(address) == IPV6_BYTES and address.startswith(IPV4_MAPPED):
            address = address[12:]
        number = int.from_bytes(address)
        for shift, places in self._ipv6 if len(address) == IPV6_BYTES else self._ipv4:
            place = places.get(number >> shift)
            if place is not None:
                return place
        return None


def _pupils_rooms(
    by_length: dict[tuple[int, int], dict[int, Place]],
) -> dict[str, frozenset[str]]:
    rooms: dict[str, set[str]] = {}
    for places in by_length.values():
        for place in places.values():
            if place.role is PersonRole.PUPIL:
                rooms.setdefault(place.room, set()).update({place.layer} - {""})
    return {room: frozenset(layers) for room, layers in rooms.items()}


def _longest_first(
    by_length: dict[tuple[int, int], dict[int, Place]], bits: int
) -> list[tuple[int, dict[int, Place]]]:
    return sorted(
        ((shift, places) for (length, shift), places in by_length.items() if length == bits),
        key=lambda pair: pair[0],
    )
