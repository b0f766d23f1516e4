"""Frames as they pass on a wire: Ethernet, perhaps a VLAN's tag, IPv4 or IPv6, TCP or UDP.

No checksum is right, and nobody looks at them.
"""

from collections.abc import Iterator
from functools import cache
from random import Random
from struct import pack
from typing import NamedTuple

from addons.packets.packet import ACK, FIN, PSH, TCP, UDP
from simulation.captures.client_hello import make_client_hello
from tests.addons.flows.wire import answer

ROUTER = bytes.fromhex("00163e000001")
"""The MAC address of the router, to which clients send their frames."""
RESOLVER = {4: bytes((10, 0, 0, 53)), 16: bytes.fromhex("20010db8") + bytes(11) + b"\x35"}
"""By the length of the client's address."""
HTTPS, DNS = 443, 53
CARRIED = 1_100_000
"""Bytes that a client receives between two of its frames in use: each is a half minute's clip."""
TIMES = (0.0, 60.0, 120.0, 180.0)
"""Seconds after the start of a connection at which it carries something: enough to be active."""


class Ends(NamedTuple):
    """Whose frames they are, and to which server."""

    mac: bytes
    client: bytes
    port: int
    server: bytes
    vlan: int = 0


def ethernet(source: bytes, destination: bytes, ip: bytes, vlan: int = 0) -> bytes:
    """Put a packet into a frame."""
    tag = pack("!HH", 0x8100, vlan) if vlan else b""
    kind = 0x0800 if ip[0] >> 4 == 4 else 0x86DD
    return destination + source + tag + pack("!H", kind) + ip


def ip_packet(source: bytes, destination: bytes, protocol: int, content: bytes) -> bytes:
    """Put a segment or a datagram into IPv4 or IPv6."""
    if len(source) == len(RESOLVER[4]):
        length = 20 + len(content)
        return pack("!BBHHHBBH", 0x45, 0, length, 0, 0, 64, protocol, 0) + (
            source + destination + content
        )
    return pack("!IHBB", 6 << 28, len(content), protocol, 64) + source + destination + content


def segment(ends: Ends, payload: bytes, sequence: int, heard: int, flags: int = ACK) -> bytes:
    """Make a client's frame of a connection over TCP."""
    tcp = pack("!HHIIBBHHH", ends.port, HTTPS, sequence, heard, 0x50, flags, 9, 0, 0) + payload
    return ethernet(ends.mac, ROUTER, ip_packet(ends.client, ends.server, TCP, tcp), ends.vlan)


def connection(ends: Ends, hostname: str) -> Iterator[tuple[float, bytes]]:
    """Make the client's frames of a connection in use, each with the seconds after its start.

    Args:
        ends: who connects to what.
        hostname: in the ClientHello; empty for one that shows none.
    """
    hello = client_hello(hostname)
    sequence, heard = 1_000, 1_000
    yield 0.0, segment(ends, hello, sequence, heard, PSH | ACK)
    sequence += len(hello)
    for after in TIMES:
        heard += CARRIED
        yield after + 1.0, segment(ends, b"\x17", sequence, heard, PSH | ACK)
        sequence += 1
    yield TIMES[-1] + 40.0, segment(ends, b"", sequence, heard, FIN | ACK)


@cache
def client_hello(hostname: str) -> bytes:
    """Make the first bytes of a client, the same for every client."""
    return make_client_hello(hostname, Random(hostname))


def dns_answer(ends: Ends, hostname: str, through: str = "") -> bytes:
    """Make the frame in which the client of a connection is told the address of its server."""
    payload = answer(hostname, ends.server, through=through, ttl=3_600)
    udp = pack("!HHHH", DNS, 40_000, 8 + len(payload), 0) + payload
    resolver = RESOLVER[len(ends.client)]
    return ethernet(ROUTER, ends.mac, ip_packet(resolver, ends.client, UDP, udp), ends.vlan)
