"""Parses captured frames: every packet that passes the filter comes here.

Nearly every frame on a school's network is Ethernet with IPv4 without options, so such a frame is
unpacked at once, by one table of offsets. All others are parsed header by header. Neither raises,
whatever the bytes are.
"""

from collections.abc import Collection
from struct import Struct

from addons.packets import ether_type, link_headers, transport
from addons.packets.fragments import FragmentAssembler
from addons.packets.ip_datagram import IpDatagram, parse_datagram
from addons.packets.link_types import ETHERNET, FIND_HARDWARE, LINK_SKIPPERS, UnknownLinkType
from addons.packets.packet import TCP, UDP, Packet
from addons.packets.ports import DNS
from addons.packets.tunnel import FIND_INNER_PACKET, TUNNEL_PORTS, TUNNEL_PROTOCOLS, Tunnel

MAX_TUNNELS = 4
"""Tunnels inside each other."""

_USUAL = Struct("!6x6sIHHHxB2x4s4sHHIIBB")
"""Ethernet's source, its type with IPv4's first two bytes, total length, identification and
fragment, protocol, addresses; then TCP's ports, numbers, length and flags, of which UDP has the
ports and a length."""
_USUAL_SIZE = _USUAL.size
_START = 0x08004500
"""IPv4 without options, whatever its class of service."""
_NO_SERVICE = 0xFFFFFF00
_FRAGMENT = 0x3FFF
_ETHERNET, _IP, _UDP = 14, 34, 42
_TCP_HEADER = 20
_MIN_UDP_SIZE = 28
"""Bytes of IPv4 with the two headers."""

_packet = tuple.__new__  # a NamedTuple's own constructor takes three times as long
_unpack = _USUAL.unpack_from


class FrameParser:
    """Parses the frames of one capture."""

    def __init__(self, link_type: int, tunnels: Collection[Tunnel] = ()) -> None:
        """Parse frames of a link type, and the packets in these tunnels.

        Raises:
            UnknownLinkType: when frames of that type cannot be parsed.
        """
        if link_type not in LINK_SKIPPERS:
            raise UnknownLinkType(link_type)
        self._link = LINK_SKIPPERS[link_type]
        self._find_hardware = FIND_HARDWARE.get(link_type)
        self._is_ethernet = link_type == ETHERNET
        self._tunnels = frozenset(tunnels)
        self._ports = {port: tunnel for tunnel in tunnels for port in TUNNEL_PORTS.get(tunnel, ())}
        self._fragments = FragmentAssembler()

    def parse_frame(self, frame: bytes, timestamp: float) -> Packet | None:
        """Return the packet in a frame; None when it holds no TCP or UDP, or not enough of it.

        Args:
            frame: as captured, from the link's header on.
            timestamp: seconds, by the capture; fragments grow old by it.
        """
        if not self._is_ethernet or len(frame) < _USUAL_SIZE:
            return self._parse_any(frame, timestamp)
        (
            hardware,
            start,
            total,
            _,
            place,
            protocol,
            source,
            destination,
            source_port,
            destination_port,
            sequence,
            acknowledgement,
            words,
            flags,
        ) = _unpack(frame)
        if start & _NO_SERVICE != _START or place & _FRAGMENT or not total:
            return self._parse_any(frame, timestamp)
        if protocol == TCP:
            header = (words & 0xF0) >> 2
            size = total - 20 - header
            if size < 0 or header < _TCP_HEADER:
                return None
            payload = frame[_IP + header : _ETHERNET + total]
        elif protocol == UDP and destination_port not in self._ports:
            if total < _MIN_UDP_SIZE:
                return None
            size = (sequence >> 16) - 8
            if not 0 <= size <= total - _MIN_UDP_SIZE:
                size = total - _MIN_UDP_SIZE
            payload = frame[_UDP : _UDP + size]
            flags = sequence = acknowledgement = 0
        else:
            return self._parse_any(frame, timestamp)
        if source_port == DNS:
            hardware = frame[:6]
        ends = (protocol, source, source_port, destination, destination_port)
        return _packet(Packet, (*ends, payload, size, flags, sequence, acknowledgement, hardware))

    def _parse_any(self, frame: bytes, timestamp: float) -> Packet | None:
        kind, at = self._link(frame)
        hardware = (
            link_headers.NO_HARDWARE if self._find_hardware is None else self._find_hardware(frame)
        )
        return self._parse_ip(frame, kind, at, timestamp, MAX_TUNNELS, hardware=hardware)

    def _parse_ip(
        self,
        data: bytes,
        kind: int,
        at: int,
        timestamp: float,
        tunnels: int,
        *,
        hardware: link_headers.HardwareEnds,
    ) -> Packet | None:
        start = link_headers.find_ip_header(data, kind, at)
        datagram = None if start is None else parse_datagram(data[start:])
        if datagram is not None and datagram.is_fragment:
            datagram = self._fragments.add(datagram, timestamp)
        if datagram is None:
            return None
        return self._parse_transport(datagram, hardware, timestamp, tunnels)

    def _parse_transport(
        self,
        datagram: IpDatagram,
        hardware: link_headers.HardwareEnds,
        timestamp: float,
        tunnels: int,
    ) -> Packet | None:
        """Return the packet in a datagram, or the packet that a tunnel carries in it."""
        packet = transport.parse_transport(datagram, hardware)
        tunnel: Tunnel | None = None
        if packet is None:
            tunnel = TUNNEL_PROTOCOLS.get((datagram.version, datagram.protocol))
        elif packet.protocol == UDP:
            tunnel = self._ports.get(packet.destination_port)
        if tunnel not in self._tunnels:
            return packet
        data = datagram.content if packet is None else packet.payload
        inside = FIND_INNER_PACKET[tunnel](data)
        if inside is None or not tunnels:
            return packet
        kind, at = inside
        # The outer frame came from the tunnel's end, and only an inner frame from the client.
        is_ethernet = kind == ether_type.ETHERNET
        inner = link_headers.ethernet_ends(data, at) if is_ethernet else link_headers.NO_HARDWARE
        return self._parse_ip(data, kind, at, timestamp, tunnels - 1, hardware=inner)
