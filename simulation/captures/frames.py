"""A simulated connection as frames on a wire.

What is carried is zeros, of which a capture keeps no more than the headers. Segments are as large
as a machine that joins them sees them (receive offload), so that a video is tens of frames and not
thousands. Every checksum is right. A connection over QUIC is written as one over TCP: a capture
of a network that lets no QUIC through.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from struct import pack, unpack
from typing import NamedTuple

from simulation.captures.client_hello import make_client_hello
from simulation.randomness import seeded_random
from simulation.traffic.connection import SimulatedConnection
from simulation.traffic.hostnames import list_hostnames

LARGEST_SEGMENT = 60_000
KEPT = 40
"""Bytes of a segment that the capture keeps, of those that are not a ClientHello."""
_SYN, _ACK, _PSH, _FIN = 2, 16, 8, 1
_ROUND_TRIP = 0.012
"""Seconds."""
_HTTPS = 443
_FIRST_PORT, _PORTS = 20_000, 40_000
_SERVERS = (198, 18)
"""Addresses for benchmarks (RFC 2544): nobody's."""
_RECORD = b"\x17\x03\x03\x40\x00"
_HEADERS = 40
_NUMBERS = {name: number for number, name in enumerate(("", *list_hostnames()), start=1)}


class WireFrame(NamedTuple):
    """A frame as it is captured."""

    moment: float
    content: bytes
    length: int
    """On the wire."""


@dataclass(slots=True)
class _Side:
    address: bytes
    port: int
    sequence: int
    card: bytes
    """The network card's address; of a kind that no maker gives out."""


@dataclass(slots=True)
class _Wire:
    """Writes the frames of one connection, and keeps its sequence numbers."""

    client: _Side
    server: _Side
    sent: int = field(default=0)

    def frame(
        self, moment: float, flags: int, content: bytes = b"", size: int = 0, *, down: bool = False
    ) -> WireFrame:
        """Write one frame, of `size` bytes that begin with `content`."""
        source, target = (self.server, self.client) if down else (self.client, self.server)
        size = max(size, len(content))
        segment = self._segment(source, target, flags, content, size)
        source.sequence += size + bool(flags & (_SYN | _FIN))
        self.sent += 1
        ip = self._ip(source, target, len(segment) - len(content) + size)
        frame = target.card + source.card + b"\x08\x00" + ip + segment
        kept = frame if len(content) == size else frame + bytes(min(KEPT, size - len(content)))
        return WireFrame(moment, kept, 14 + _HEADERS + size)

    def _segment(
        self, source: _Side, target: _Side, flags: int, content: bytes, size: int
    ) -> bytes:
        acknowledged = target.sequence if flags & _ACK else 0
        header = pack(
            "!HHIIBBHHH",
            source.port,
            target.port,
            source.sequence & 0xFFFFFFFF,
            acknowledged & 0xFFFFFFFF,
            5 << 4,
            flags,
            0xFFFF,
            0,
            0,
        )
        pseudo = source.address + target.address + pack("!HH", 6, 20 + size)
        checksum = _checksum(pseudo + header + content)
        return header[:16] + checksum + header[18:] + content

    def _ip(self, source: _Side, target: _Side, length: int) -> bytes:
        header = pack("!BBHHHBBH", 0x45, 0, 20 + length, self.sent & 0xFFFF, 0x4000, 64, 6, 0)
        header += source.address + target.address
        return header[:10] + _checksum(header) + header[12:]


def make_frames(contact: SimulatedConnection, number: int, seed: int) -> Iterator[WireFrame]:
    """Write a connection, from its handshake to its end.

    Args:
        contact: the connection.
        number: how many there were before it.
        seed: of the simulation.
    """
    random = seeded_random(seed, "connection", number)
    server = bytes((*_SERVERS, 0, _NUMBERS[contact.hostname]))
    port = _FIRST_PORT + number % _PORTS
    wire = _Wire(_side(contact.client, port, random), _side(server, _HTTPS, random))
    start, hello = contact.moment, make_client_hello(contact.hostname, random)
    yield wire.frame(start - 2 * _ROUND_TRIP, _SYN)
    yield wire.frame(start - _ROUND_TRIP, _SYN | _ACK, down=True)
    yield wire.frame(start - _ROUND_TRIP / 2, _ACK)
    yield wire.frame(start, _PSH | _ACK, hello)
    if contact.exchanges:
        yield from _exchanged(contact, wire, len(hello))
    else:
        yield from _evenly(contact, wire, len(hello))
    end = start + contact.lasts + 4 * _ROUND_TRIP * bool(contact.exchanges)
    yield wire.frame(end - _ROUND_TRIP, _FIN | _ACK)
    yield wire.frame(end - _ROUND_TRIP / 2, _FIN | _ACK, down=True)
    yield wire.frame(end, _ACK)


def _evenly(contact: SimulatedConnection, wire: _Wire, sent: int) -> Iterator[WireFrame]:
    start = contact.moment
    up = max(0, contact.up - sent)
    yield wire.frame(start + _ROUND_TRIP, _PSH | _ACK, _RECORD, up)
    sizes = _sizes(contact.down)
    for piece, size in enumerate(sizes, start=1):
        at = start + 2 * _ROUND_TRIP + (contact.lasts - 4 * _ROUND_TRIP) * piece / len(sizes)
        yield wire.frame(at, _PSH | _ACK, _RECORD, size, down=True)


def _exchanged(contact: SimulatedConnection, wire: _Wire, sent: int) -> Iterator[WireFrame]:
    for after, up, down in contact.exchanges:
        at = contact.moment + after + _ROUND_TRIP
        sent, rest = max(0, sent - up), max(0, up - sent)
        for size in _sizes(rest):
            yield wire.frame(at, _PSH | _ACK, _RECORD, size)
        for size in _sizes(down):
            yield wire.frame(at + _ROUND_TRIP, _PSH | _ACK, _RECORD, size, down=True)


def _sizes(carried: int) -> list[int]:
    full, rest = divmod(carried, LARGEST_SEGMENT)
    return [LARGEST_SEGMENT] * full + [rest] * (rest > 0)


def _side(address: bytes, port: int, random: Random) -> _Side:
    return _Side(address, port, random.getrandbits(32), b"\x02\x00" + address)


def _checksum(content: bytes) -> bytes:
    """Sum up as RFC 1071 says; zeros that follow change nothing."""
    content += bytes(len(content) % 2)
    total = sum(unpack(f"!{len(content) // 2}H", content))
    total = (total & 0xFFFF) + (total >> 16)
    total = (total & 0xFFFF) + (total >> 16)
    return pack("!H", ~total & 0xFFFF)
