"""Which address is where at a moment, as the school's RADIUS and DHCP servers tell it.

A feed tells what it has heard as `Heard`, `Ended` and `Restarted`. The register holds it, by the
rules in `monitor.places.binding_table`, and gives the immutable snapshot that is here, to hold
sightings against. Nothing of it outlives the process.
"""

from collections.abc import Mapping
from enum import IntEnum
from ipaddress import IPv4Address, IPv6Address, IPv6Network
from typing import NamedTuple

from monitor.place import IPV4_MAPPED, IPV6_BYTES, Place

MOST_SESSIONS = 50_000
PREFIX_BYTES = 8
"""A /64: one session's own (RFC 8273), or that of a network which many share."""

type Address = bytes
"""4 bytes, 16 bytes, or the first 8 bytes of a /64."""


class BindingSource(IntEnum):
    """Who said it; the lower comes first."""

    RADIUS = 1
    DHCP = 2


class SessionUpdate(NamedTuple):
    """A session, or a lease, has these addresses and is at this place."""

    source: BindingSource
    session: bytes
    """What names it in its source; a feed gives a keyed digest, and no name that could be read."""
    addresses: tuple[Address, ...]
    """Empty: those that were heard of before."""
    place: Place | None
    """None: not known; what was known of these addresses ends."""
    timestamp: float
    until: float
    sender: bytes = b""
    """Who keeps the session, such as a controller; named by `Restarted`."""


class SessionEnd(NamedTuple):
    """A session is over."""

    source: BindingSource
    session: bytes
    timestamp: float


class SenderRestart(NamedTuple):
    """A sender has lost its sessions, or has none yet."""

    source: BindingSource
    sender: bytes
    timestamp: float


type BindingEvent = SessionUpdate | SessionEnd | SenderRestart


class Binding(NamedTuple):
    """An address is at a place, from a moment up to, not including, another."""

    source: BindingSource
    session: bytes
    """Empty: of several, which share it."""
    since: float
    until: float
    place: Place | None
    """None: whoever has it is known, and where that is is not."""
    device: Address
    """What stands for all addresses of the session. Empty: each is a device for itself."""


class Bindings:
    """An immutable snapshot of which address is bound to which place."""

    def __init__(self, by_address: Mapping[Address, tuple[Binding, ...]] | None = None) -> None:
        self._by_address = by_address or {}

    def find(self, address: bytes, timestamp: float) -> Binding | None:
        """Give what places a packed address (4 or 16 bytes) at a moment; None: nothing does.

        An address that is a session's own is never placed by whoever has its prefix.
        """
        is_of_prefix = len(address) == IPV6_BYTES
        if is_of_prefix and address.startswith(IPV4_MAPPED):
            address, is_of_prefix = address[12:], False
        told = self._by_address.get(address)
        if told is not None:
            for binding in told:
                if binding.since <= timestamp < binding.until:
                    if binding.place is not None:
                        return binding
                    is_of_prefix = False
        if is_of_prefix:
            for binding in self._by_address.get(address[:PREFIX_BYTES], ()):
                if binding.since <= timestamp < binding.until and binding.place is not None:
                    return binding
        return None

    def __len__(self) -> int:
        return len(self._by_address)


def pack_address(address: IPv4Address | IPv6Address | IPv6Network) -> Address:
    """Give an address, or an IPv6 prefix of /64, as bindings know it.

    A prefix of another length is not one device's.

    Raises:
        ValueError: for an unspecified address, one that every link has, or a prefix that is no /64.
    """
    if address.is_link_local:
        raise ValueError("no client's address")
    if isinstance(address, IPv6Network):
        if address.prefixlen != PREFIX_BYTES * 8:
            raise ValueError("a prefix other than /64")
        return address.network_address.packed[:PREFIX_BYTES]
    if address.is_unspecified or address.is_loopback or address.is_multicast:
        raise ValueError("no client's address")
    return address.packed
