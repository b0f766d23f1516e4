"""Walks over the packets in a datagram by their long headers (RFC 9000, section 17.2).

What is read here is not encrypted, and the same in all versions that have keys, but for the
numbers of the packet types.
"""

from enum import IntEnum
from typing import NamedTuple

from addons.names.quic import varint
from addons.names.quic.versions import VERSIONS, QuicVersion, find_version

MAX_PACKETS = 8
"""Packets of one datagram that are looked at. Clients were seen to put three together; there are
four kinds that they may."""
MIN_FIRST_DATAGRAM = 1_200
"""Bytes that a client has to fill when it begins (RFC 9000, section 14.1)."""
MIN_CONNECTION_ID = 8
"""Bytes of the connection id that a client makes up (RFC 9000, section 7.2)."""
MAX_CONNECTION_ID = 20

LONG_HEADER_BIT = 0x80
FIXED_BIT = 0x40
_DESTINATION = 5
"""Where the length of the destination's connection id stands."""


class PacketType(IntEnum):
    """The long packet types, numbered as in version 1."""

    INITIAL = 0
    ZERO_RTT = 1
    HANDSHAKE = 2
    RETRY = 3


class QuicPacket(NamedTuple):
    """Where a packet stands in its datagram."""

    type: int
    version: QuicVersion
    destination: bytes
    """The connection id of whom it is for."""
    start: int
    number: int
    """Where the packet number stands: what comes from there on is protected."""
    end: int


def parse_packets(datagram: bytes) -> list[QuicPacket]:
    """Find the packets, up to the first that is cut short, has a short header or is unknown."""
    found: list[QuicPacket] = []
    at = 0
    try:
        while at < len(datagram) and len(found) < MAX_PACKETS:
            packet = _parse_packet(datagram, at)
            if packet is None:
                break
            found.append(packet)
            at = packet.end
    except IndexError:
        pass
    return found


def _parse_packet(datagram: bytes, start: int) -> QuicPacket | None:
    """Read one header; IndexError where the datagram ends before it."""
    version = find_version(datagram[start + 1 : start + _DESTINATION])
    if version is None or not datagram[start] & LONG_HEADER_BIT:
        return None
    at = start + _DESTINATION + 1
    source = at + datagram[at - 1]
    destination = datagram[at:source]
    at = source + 1 + datagram[source]
    kind = (datagram[start] >> 4) - version.initial & 3
    if kind == PacketType.RETRY or len(destination) > MAX_CONNECTION_ID:
        return None
    if kind == PacketType.INITIAL:
        token, at = varint.parse_varint(datagram, at)
        at += token
    size, number = varint.parse_varint(datagram, at)
    end = number + size
    if end > len(datagram):
        return None
    return QuicPacket(kind, version, destination, start, number, end)


def may_be_first_datagram(datagram: bytes) -> bool:
    """Whether a client may have begun a connection with this datagram.

    An unknown version is taken for one by what holds for all versions (RFC 8999) and will keep
    to the size of a first datagram.
    """
    if len(datagram) <= _DESTINATION or not datagram[0] & LONG_HEADER_BIT:
        return False
    destination = datagram[_DESTINATION]
    if not MIN_CONNECTION_ID <= destination <= MAX_CONNECTION_ID:
        return False
    version = VERSIONS.get(datagram[1:_DESTINATION])
    if version is not None:
        return (datagram[0] >> 4) - version.initial & 3 == PacketType.INITIAL
    return (
        len(datagram) >= MIN_FIRST_DATAGRAM
        and bool(datagram[0] & FIXED_BIT)
        and any(datagram[1:_DESTINATION])
        and datagram[_DESTINATION + 1 + destination] <= MAX_CONNECTION_ID
    )
