"""Packets of clients and servers, made by hand, and a core that remembers what it is told."""

from collections.abc import Iterable
from struct import pack

from addons.flows.naming import FlowNamer
from addons.flows.reporter import FlowReporter
from addons.packets.packet import ACK, FIN, PSH, TCP, UDP, Packet
from monitor.catalogue import hiding
from tests.addons.names.test_dns import ASKED, CNAME, A, message, name, record
from tests.addons.sinks import RecordingSink
from tests.cast import CATALOGUE

HIDING = hiding.load_hiding_list()
NOON = 1_790_000_000.0
PUPIL, CLASSMATE = bytes((10, 30, 101, 57)), bytes((10, 30, 101, 58))
SITE, OTHER_SITE = bytes((203, 0, 113, 7)), bytes((203, 0, 113, 8))
RESOLVER = bytes((10, 0, 0, 53))
PORT, HTTPS, HTTP, PROXY, DNS = 50_123, 443, 80, 3128, 53
SCHOOL = "www.voorbeeldschool.nl"
WEBLOG, WEBLOG_HOST = "www.mijnblog.nl", "lb.wordpress.com"


def flow_namer() -> FlowNamer:
    return FlowNamer(lambda: CATALOGUE, HIDING)


def reporter(
    core: RecordingSink, *, counts_tcp: bool = True, every_name: bool = False
) -> FlowReporter:
    """Make a reporter at whose clock it is noon."""
    made = FlowReporter(core, flow_namer(), counts_tcp=counts_tcp, reports_every_name=every_name)
    made.timestamp = NOON
    return made


class TcpClient:
    """A client's side of one connection over TCP, which knows where it is in both streams."""

    def __init__(
        self,
        port: int = PORT,
        *,
        client: bytes = PUPIL,
        server: bytes = SITE,
        to: int = HTTPS,
        sequence: int = 1_000_000,
        acknowledged: int = 4_000_000_000,
    ) -> None:
        self._ends = (client, port, server, to)
        self.sequence = sequence
        self.acknowledged = acknowledged

    def says(self, payload: bytes, *, size: int | None = None, flags: int = PSH | ACK) -> Packet:
        """Send a segment, of which the capture may have less than the wire."""
        size = len(payload) if size is None else size
        segment = Packet(TCP, *self._ends, payload, size, flags, self.sequence, self.acknowledged)
        self.sequence = (self.sequence + size) % (1 << 32)
        return segment

    def in_pieces(self, data: bytes, *cuts: int) -> list[Packet]:
        """Send data in segments that are cut at these places."""
        places = zip((0, *cuts), (*cuts, len(data)), strict=True)
        return [self.says(data[start:stop]) for start, stop in places]

    def hears(self, size: int) -> None:
        """Receive what a server sends, which the sensor does not see."""
        self.acknowledged = (self.acknowledged + size) % (1 << 32)

    def ends(self, flags: int = FIN | ACK) -> Packet:
        return self.says(b"", flags=flags)


def datagram(
    payload: bytes,
    *,
    client: bytes = PUPIL,
    port: int = PORT,
    server: bytes = SITE,
    to: int = HTTPS,
    size: int | None = None,
) -> Packet:
    """Make a client's datagram."""
    return Packet(UDP, client, port, server, to, payload, len(payload) if size is None else size)


def answered(packet: Packet, payload: bytes, size: int | None = None) -> Packet:
    """Make the server's datagram, or segment, to who sent a packet."""
    return packet._replace(
        source=packet.destination,
        source_port=packet.destination_port,
        destination=packet.source,
        destination_port=packet.source_port,
        payload=payload,
        size=len(payload) if size is None else size,
    )


def answer(asked: str, *addresses: bytes, through: str = "", ttl: int = 300) -> bytes:
    """Make a name server's message: a name's addresses, by way of another name if there is one."""
    owner = name(through) if through else ASKED
    links = [record(ASKED, CNAME, name(through), ttl)] if through else []
    given = [record(owner, A, address, ttl) for address in addresses]
    return message(*links, *given, asked=name(asked))


def told_by_dns(asked: str, *addresses: bytes, client: bytes = PUPIL, through: str = "") -> Packet:
    """Make a datagram in which a client is told a name's addresses."""
    payload = answer(asked, *addresses, through=through)
    return answered(datagram(b"", client=client, server=RESOLVER, to=DNS), payload)


def request(host: str, target: str = "/") -> bytes:
    return f"GET {target} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()


def connect(host: str) -> bytes:
    return f"CONNECT {host}:443 HTTP/1.1\r\nHost: {host}:443\r\n\r\n".encode()


def frame(packet: Packet) -> bytes:
    """Put a packet of IPv4 into Ethernet; no checksum is right, and nobody looks at them."""
    ports = pack("!HH", packet.source_port, packet.destination_port)
    if packet.protocol == TCP:
        numbers = packet.sequence, packet.acknowledgement
        header = ports + pack("!IIBBHHH", *numbers, 0x50, packet.flags, 9, 0, 0)
    else:
        header = ports + pack("!HH", 8 + packet.size, 0)
    length = 20 + len(header) + packet.size
    start = pack("!BBHHHBBH", 0x45, 0, length, 0, 0, 64, packet.protocol, 0)
    cards = b"\x02\x00\x00\x00\x00\x01\x02\x00\x00\x00\x00\x02\x08\x00"
    return cards + start + packet.source + packet.destination + header + packet.payload


def capture(sent: Iterable[tuple[float, Packet]]) -> bytes:
    """Write packets, each with its moment, as libpcap does."""
    written = bytearray(pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65_535, 1))
    for moment, packet in sent:
        content = frame(packet)
        length = len(content) + packet.size - len(packet.payload)
        second, rest = divmod(round(moment * 1_000_000), 1_000_000)
        written += pack("<IIII", second, rest, len(content), length) + content
    return bytes(written)
