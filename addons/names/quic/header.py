"""Walks over the packets in a datagram by their long headers (RFC 9000, section 17.2).

What is read here is not encrypted, and the same in all versions that have keys, but for the
numbers of the packet types.
"""

from enum import IntEnum
from typing import NamedTuple

from addons.names.quic import integer
from addons.names.quic.versions import VERSIONS, Version, by_number

MOST_PACKETS = 8
"""Packets of one datagram that are looked at. Clients were seen to put three together; there are
four kinds that they may."""
SMALLEST_DATAGRAM = 1_200
"""Bytes that a client has to fill when it begins (RFC 9000, section 14.1)."""
SHORTEST_CONNECTION_ID = 8
"""Bytes of the connection id that a client makes up (RFC 9000, section 7.2)."""
LONGEST_CONNECTION_ID = 20

LONG = 0x80
FIXED = 0x40
_DESTINATION = 5
"""Where the length of the destination's connection id stands."""


class Kind(IntEnum):
    """The long packet types, numbered as in version 1."""

    INITIAL = 0
    ZERO_RTT = 1
    HANDSHAKE = 2
    RETRY = 3


class Packet(NamedTuple):
    """Where a packet stands in its datagram."""

    kind: int
    version: Version
    destination: bytes
    """The connection id of whom it is for."""
    start: int
    number: int
    """Where the packet number stands: what comes from there on is protected."""
    end: int


def packets(datagram: bytes) -> list[Packet]:
    """Find the packets, up to the first that is cut short, has a short header or is unknown."""
    found: list[Packet] = []
    at = 0
    try:
        while at < len(datagram) and len(found) < MOST_PACKETS:
            packet = _packet(datagram, at)
            if packet is None:
                break
            found.append(packet)
            at = packet.end
    except IndexError:
        pass
    return found


def _packet(datagram: bytes, start: int) -> Packet | None:
    """Read one header; IndexError where the datagram ends before it."""
    version = by_number(datagram[start + 1 : start + _DESTINATION])
    if version is None or not datagram[start] & LONG:
        return None
    at = start + _DESTINATION + 1
    source = at + datagram[at - 1]
    destination = datagram[at:source]
    at = source + 1 + datagram[source]
    kind = (datagram[start] >> 4) - version.initial & 3
    if kind == Kind.RETRY or len(destination) > LONGEST_CONNECTION_ID:
        return None
    if kind == Kind.INITIAL:
        token, at = integer.read(datagram, at)
        at += token
    size, number = integer.read(datagram, at)
    end = number + size
    if end > len(datagram):
        return None
    return Packet(kind, version, destination, start, number, end)


def begins(datagram: bytes) -> bool:
    """Whether a client may have begun a connection with this datagram.

    An unknown version is taken for one by what holds for all versions (RFC 8999) and will keep
    to the size of a first datagram.
    """
    if len(datagram) <= _DESTINATION or not datagram[0] & LONG:
        return False
    destination = datagram[_DESTINATION]
    if not SHORTEST_CONNECTION_ID <= destination <= LONGEST_CONNECTION_ID:
        return False
    version = VERSIONS.get(datagram[1:_DESTINATION])
    if version is not None:
        return (datagram[0] >> 4) - version.initial & 3 == Kind.INITIAL
    return (
        len(datagram) >= SMALLEST_DATAGRAM
        and bool(datagram[0] & FIXED)
        and any(datagram[1:_DESTINATION])
        and datagram[_DESTINATION + 1 + destination] <= LONGEST_CONNECTION_ID
    )
