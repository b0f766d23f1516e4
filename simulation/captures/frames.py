"""A simulated connection as Ethernet frames.

The payload is zeros, of which the capture keeps no more than the headers. Segments are as large as
a machine with receive offload sees them, so that a video is tens of frames and not thousands. Every
checksum is right. A connection over QUIC is written as one over TCP: the capture of a network that
blocks QUIC.
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

MAX_SEGMENT_SIZE = 60_000
KEPT = 40
"""Bytes of the payload that the capture keeps, except of a ClientHello."""
_SYN, _ACK, _PSH, _FIN = 2, 16, 8, 1
_ROUND_TRIP = 0.012
"""Seconds."""
_HTTPS = 443
_FIRST_PORT, _PORTS = 20_000, 40_000
_SERVERS = (198, 18)
"""The prefix of addresses for benchmarks (RFC 2544), which nobody has."""
_RECORD = b"\x17\x03\x03\x40\x00"
_HEADERS = 40
_NUMBERS = {name: number for number, name in enumerate(("", *list_hostnames()), start=1)}


class WireFrame(NamedTuple):
    """A captured frame."""

    timestamp: float
    content: bytes
    length_on_wire: int


@dataclass(slots=True)
class _Endpoint:
    address: bytes
    port: int
    sequence: int
    mac: bytes
    """Locally administered."""


@dataclass(slots=True)
class _FrameWriter:
    """Makes the frames of one connection, and keeps its sequence numbers."""

    client: _Endpoint
    server: _Endpoint
    sent: int = field(default=0)

    def frame(
        self,
        timestamp: float,
        flags: int,
        content: bytes = b"",
        size: int = 0,
        *,
        down: bool = False,
    ) -> WireFrame:
        """Make one frame, with a payload of `size` bytes that begin with `content`."""
        source, target = (self.server, self.client) if down else (self.client, self.server)
        size = max(size, len(content))
        segment = self._segment(source, target, flags, content, size)
        source.sequence += size + bool(flags & (_SYN | _FIN))
        self.sent += 1
        ip = self._ip(source, target, len(segment) - len(content) + size)
        frame = target.mac + source.mac + b"\x08\x00" + ip + segment
        kept = frame if len(content) == size else frame + bytes(min(KEPT, size - len(content)))
        return WireFrame(timestamp, kept, 14 + _HEADERS + size)

    def _segment(
        self, source: _Endpoint, target: _Endpoint, flags: int, content: bytes, size: int
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

    def _ip(self, source: _Endpoint, target: _Endpoint, length: int) -> bytes:
        header = pack("!BBHHHBBH", 0x45, 0, 20 + length, self.sent & 0xFFFF, 0x4000, 64, 6, 0)
        header += source.address + target.address
        return header[:10] + _checksum(header) + header[12:]


def make_frames(connection: SimulatedConnection, number: int, seed: int) -> Iterator[WireFrame]:
    """Make the frames of a connection, from its handshake to its end.

    Args:
        connection: the connection.
        number: the number of connections before it.
        seed: the simulation's.
    """
    random = seeded_random(seed, "connection", number)
    server = bytes((*_SERVERS, 0, _NUMBERS[connection.hostname]))
    port = _FIRST_PORT + number % _PORTS
    writer = _FrameWriter(
        _make_endpoint(connection.client, port, random), _make_endpoint(server, _HTTPS, random)
    )
    start, hello = connection.timestamp, make_client_hello(connection.hostname, random)
    yield writer.frame(start - 2 * _ROUND_TRIP, _SYN)
    yield writer.frame(start - _ROUND_TRIP, _SYN | _ACK, down=True)
    yield writer.frame(start - _ROUND_TRIP / 2, _ACK)
    yield writer.frame(start, _PSH | _ACK, hello)
    if connection.exchanges:
        yield from _make_exchanges(connection, writer, len(hello))
    else:
        yield from _make_even_load(connection, writer, len(hello))
    end = start + connection.duration + 4 * _ROUND_TRIP * bool(connection.exchanges)
    yield writer.frame(end - _ROUND_TRIP, _FIN | _ACK)
    yield writer.frame(end - _ROUND_TRIP / 2, _FIN | _ACK, down=True)
    yield writer.frame(end, _ACK)


def _make_even_load(
    connection: SimulatedConnection, writer: _FrameWriter, sent: int
) -> Iterator[WireFrame]:
    start = connection.timestamp
    up = max(0, connection.up - sent)
    yield writer.frame(start + _ROUND_TRIP, _PSH | _ACK, _RECORD, up)
    sizes = _segment_sizes(connection.down)
    for number, size in enumerate(sizes, start=1):
        timestamp = (
            start + 2 * _ROUND_TRIP + (connection.duration - 4 * _ROUND_TRIP) * number / len(sizes)
        )
        yield writer.frame(timestamp, _PSH | _ACK, _RECORD, size, down=True)


def _make_exchanges(
    connection: SimulatedConnection, writer: _FrameWriter, sent: int
) -> Iterator[WireFrame]:
    for after, up, down in connection.exchanges:
        timestamp = connection.timestamp + after + _ROUND_TRIP
        sent, rest = max(0, sent - up), max(0, up - sent)
        for size in _segment_sizes(rest):
            yield writer.frame(timestamp, _PSH | _ACK, _RECORD, size)
        for size in _segment_sizes(down):
            yield writer.frame(timestamp + _ROUND_TRIP, _PSH | _ACK, _RECORD, size, down=True)


def _segment_sizes(payload: int) -> list[int]:
    full, rest = divmod(payload, MAX_SEGMENT_SIZE)
    return [MAX_SEGMENT_SIZE] * full + [rest] * (rest > 0)


def _make_endpoint(address: bytes, port: int, random: Random) -> _Endpoint:
    return _Endpoint(address, port, random.getrandbits(32), b"\x02\x00" + address)


def _checksum(content: bytes) -> bytes:
    """Compute the checksum of RFC 1071; zeros that follow do not change it."""
    content += bytes(len(content) % 2)
    total = sum(unpack(f"!{len(content) // 2}H", content))
    total = (total & 0xFFFF) + (total >> 16)
    total = (total & 0xFFFF) + (total >> 16)
    return pack("!H", ~total & 0xFFFF)
