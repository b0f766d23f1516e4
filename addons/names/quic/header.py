"""Parses the long headers of the packets in a datagram (RFC 9000, section 17.2).

What is read here is not encrypted, and is the same in all versions that have keys, except for the
numbers of the packet types.
"""

from enum import IntEnum
from typing import NamedTuple

from addons.names.quic import varint
from addons.names.quic.versions import VERSIONS, QuicVersion, find_version

MAX_PACKETS = 8
"""Packets that are read of one datagram. Clients were seen to send three together; there are four
types that they may."""
MIN_FIRST_DATAGRAM = 1_200
"""Bytes of a client's first datagram, at least (RFC 9000, section 14.1)."""
MIN_CONNECTION_ID = 8
"""Bytes of the connection id that a client chooses, at least (RFC 9000, section 7.2)."""
MAX_CONNECTION_ID = 20

LONG_HEADER_BIT = 0x80
FIXED_BIT = 0x40
_DESTINATION = 5
"""Offset of the length of the destination's connection id."""


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
    """The connection id of the receiver."""
    start: int
    number: int
    """Offset of the packet number, from which on the packet is protected."""
    end: int


def parse_packets(datagram: bytes) -> list[QuicPacket]:
    """Return the packets, up to the first that is cut, has a short header or is unknown."""
    packets: list[QuicPacket] = []
    at = 0
    try:
        while at < len(datagram) and len(packets) < MAX_PACKETS:
            packet = _parse_packet(datagram, at)
            if packet is None:
                break
            packets.append(packet)
            at = packet.end
    except IndexError:
        pass
    return packets


def _parse_packet(datagram: bytes, start: int) -> QuicPacket | None:
    """Return one packet; None where it is unknown or cut.

    Raises:
        IndexError: the datagram ends inside the header.
    """
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
    """Return whether this may be a client's first datagram.

    An unknown version is recognised by what holds for all versions (RFC 8999), and by the size of a
    first datagram.
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
