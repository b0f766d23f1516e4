"""Parses the headers of TCP and UDP in an IP datagram."""

from struct import Struct

from addons.packets.ip_datagram import IpDatagram
from addons.packets.link_headers import NO_HARDWARE, HardwareEnds
from addons.packets.packet import TCP, UDP, Packet
from addons.packets.ports import DNS

_TCP = Struct("!HHIIBB6x")
_UDP = Struct("!HHH2x")


def parse_transport(datagram: IpDatagram, hardware: HardwareEnds = NO_HARDWARE) -> Packet | None:
    """Return the packet in a datagram; None where it is neither TCP nor UDP, or is cut.

    Args:
        datagram: the whole of it.
        hardware: the MAC addresses that it came from and went to.
    """
    if datagram.protocol == TCP:
        return _parse_tcp(datagram, hardware)
    return _parse_udp(datagram, hardware) if datagram.protocol == UDP else None


def _parse_tcp(datagram: IpDatagram, hardware: HardwareEnds) -> Packet | None:
    """Parse a segment (RFC 9293, section 3.1)."""
    content = datagram.content
    if len(content) < _TCP.size:
        return None
    source, destination, sequence, acknowledgement, words, flags = _TCP.unpack_from(content)
    header = (words & 0xF0) >> 2
    if not _TCP.size <= header <= datagram.size:
        return None
    return Packet(
        TCP,
        datagram.source,
        source,
        datagram.destination,
        destination,
        content[header:],
        datagram.size - header,
        flags,
        sequence,
        acknowledgement,
        _client_hardware(source, hardware),
    )


def _parse_udp(datagram: IpDatagram, hardware: HardwareEnds) -> Packet | None:
    """Parse a datagram (RFC 768); its length ends the payload where IP carries more."""
    content = datagram.content
    if len(content) < _UDP.size:
        return None
    source, destination, length = _UDP.unpack_from(content)
    end = length if _UDP.size <= length <= datagram.size else datagram.size
    return Packet(
        UDP,
        datagram.source,
        source,
        datagram.destination,
        destination,
        content[_UDP.size : end],
        end - _UDP.size,
        hardware=_client_hardware(source, hardware),
    )


def _client_hardware(source_port: int, hardware: HardwareEnds) -> bytes:
    return hardware.destination if source_port == DNS else hardware.source
