"""Connections that carry something, frame by frame: what benchmarks read, and send.

A transfer begins with its handshake, TLS over TCP or QUIC, made by OpenSSL and aioquic. What it
carries after that is noise behind the headers that it would have.
"""

from collections.abc import Iterator
from functools import cache
from random import Random
from struct import Struct

from addons.packets.packet import ACK, PSH, SYN
from tests.addons.hellos import hello
from tests.addons.names.quic import clients

BURST = 8
"""Full packets of one transfer before another has its turn."""
UPLOADS = 0.1
"""Share of the transfers in which the client sends."""
MEAN = 250
"""Full packets of a transfer, on average; most have far fewer, a few have thousands."""
MAX_PACKETS = 20_000
SEGMENT, DATAGRAM, QUIET = 1_448, 1_250, 35
"""Bytes of payload: of a full TCP segment, a full QUIC packet, and one that only acknowledges."""

_TCP_NUMBER, _UDP_NUMBER = 6, 17
_HTTPS = 443
_IPV4 = Struct("!BxHHHBBxx4s4s")
_TCP = Struct("!HHIIBBHxxxx")
_UDP = Struct("!HHHxx")
_ETHERNET = bytes.fromhex("0200000000010200000000020800")
_RECORD_OF_TLS = bytes.fromhex("1703034011")
_NAMES = 200
_NOISE = Random(1).randbytes(1 << 20)


class Transfer:
    """One connection, which carries something one way.

    Args:
        random: settles what it is like.
        number: tells its client from others'; below 16,000,000.
        is_quic: or over TCP; not given, by chance.
    """

    def __init__(self, random: Random, number: int, *, is_quic: bool | None = None) -> None:
        self._random = random
        self._name = f"host-{number % _NAMES}.example"
        self._client = bytes((10, number // 62_500, number // 250 % 250, number % 250))
        self._server = bytes((198, 18, *random.randbytes(2)))
        self._port = 20_000 + number % 40_000
        self._is_quic = random.random() < 0.5 if is_quic is None else is_quic
        self._is_upload = random.random() < UPLOADS
        self._up, self._down = random.getrandbits(32), random.getrandbits(32)
        self.left = min(MAX_PACKETS, 1 + int(MEAN * random.paretovariate(1.2) / 6))
        """Full packets that are still to come."""

    def begin(self) -> Iterator[bytes]:
        """Shake hands, as far as the client's name."""
        if self._is_quic:
            for datagram in _initials(self._name):
                yield self._udp(datagram, goes_up=True)
            return
        yield self._tcp(b"", SYN, goes_up=True)
        yield self._tcp(b"", SYN | ACK, goes_up=False)
        self._up, self._down = self._up + 1, self._down + 1
        yield self._tcp(b"", ACK, goes_up=True)
        first = hello(self._name)
        yield self._tcp(first, PSH | ACK, goes_up=True)
        self._up += len(first)

    def go_on(self) -> Iterator[bytes]:
        """Carry some more."""
        count = min(BURST, self.left)
        self.left -= count
        for number in range(count):
            yield from self._datagram(number) if self._is_quic else self._segment(number)

    def _segment(self, number: int) -> Iterator[bytes]:
        at = self._random.randrange(len(_NOISE) // 2)
        # As TLS has it: a record of 16 kB in a dozen segments.
        start = _RECORD_OF_TLS if not number else b""
        data = start + _NOISE[at : at + SEGMENT - len(start)]
        flags = ACK if self.left else ACK | PSH
        yield self._tcp(data, flags, goes_up=self._is_upload)
        if self._is_upload:
            self._up += SEGMENT
        else:
            self._down += SEGMENT
        if number % 2:
            yield self._tcp(b"", ACK, goes_up=not self._is_upload)

    def _datagram(self, number: int) -> Iterator[bytes]:
        at = self._random.randrange(len(_NOISE) // 2)
        data = bytes((0x40 | _NOISE[at] & 0x3F,)) + _NOISE[at : at + DATAGRAM - 1]
        yield self._udp(data, goes_up=self._is_upload)
        if not number % 4:
            yield self._udp(data[:QUIET], goes_up=not self._is_upload)

    def _tcp(self, data: bytes, flags: int, *, goes_up: bool) -> bytes:
        ports = (self._port, _HTTPS) if goes_up else (_HTTPS, self._port)
        numbers = (self._up, self._down) if goes_up else (self._down, self._up)
        header = _TCP.pack(*ports, *(n & 0xFFFFFFFF for n in numbers), 0x50, flags, 65_535)
        return self._ip(_TCP_NUMBER, header + data, goes_up=goes_up)

    def _udp(self, data: bytes, *, goes_up: bool) -> bytes:
        ports = (self._port, _HTTPS) if goes_up else (_HTTPS, self._port)
        header = _UDP.pack(*ports, _UDP.size + len(data))
        return self._ip(_UDP_NUMBER, header + data, goes_up=goes_up)

    def _ip(self, protocol: int, data: bytes, *, goes_up: bool) -> bytes:
        ends = (self._client, self._server) if goes_up else (self._server, self._client)
        header = _IPV4.pack(0x45, _IPV4.size + len(data), 0, 0x4000, 64, protocol, *ends)
        return _ETHERNET + header + data


@cache
def _initials(name: str) -> list[bytes]:
    return clients.sent(clients.client(name))
