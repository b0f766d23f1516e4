"""Parses the headers of IPv4 and IPv6, with their options and extensions.

Whatever the bytes are, the result is a datagram or nothing: every length is compared with what is
there, and each extension header moves the parser forward by at least eight bytes.
"""

from struct import Struct
from typing import NamedTuple

_IPV4 = Struct("!BxHHHxB2x4s4s")
_IPV4_HEADER = 20
_IPV6 = Struct("!4xHBx16s16s")
_IPV6_HEADER = 40
_FRAGMENT = Struct("!BxHI")
_FRAGMENT_HEADER = 8

_MORE_4, _OFFSET_4 = 0x2000, 0x1FFF
_MORE_6, _OFFSET_6 = 0x0001, 0xFFF8

IPV4, IPV6 = 4, 6
"""Versions, as they stand in the first four bits of a header."""
MAX_EXTENSIONS = 8
"""Extension headers of one datagram; real ones have one or two."""
_HOP_BY_HOP, _ROUTING, _FRAGMENTED, _AUTHENTICATION, _DESTINATION = 0, 43, 44, 51, 60
_MIN_EXTENSION_SIZE = 8


class IpDatagram(NamedTuple):
    """An IP datagram, or a fragment of one."""

    version: int
    """4 or 6."""
    source: bytes
    destination: bytes
    protocol: int
    content: bytes
    """As far as it was captured."""
    size: int
    """Bytes of content on the wire."""
    identification: int = 0
    offset: int = 0
    """Offset of this content in the whole datagram, in bytes."""
    has_more_fragments: bool = False
    """Whether more of the whole datagram follows this content."""

    @property
    def is_fragment(self) -> bool:
        """Whether this is only a part of a datagram."""
        return self.offset > 0 or self.has_more_fragments


def parse_datagram(data: bytes) -> IpDatagram | None:
    """Return the datagram at the start of these bytes, without padding; None if there is none."""
    version = data[0] >> 4 if data else 0
    if version == IPV4:
        return _parse_ipv4(data)
    return _parse_ipv6(data) if version == IPV6 else None


def _parse_ipv4(data: bytes) -> IpDatagram | None:
    """Parse a datagram of RFC 791; a length of 0 is what segmentation offload leaves."""
    if len(data) < _IPV4_HEADER:
        return None
    first, total, identification, place, protocol, source, target = _IPV4.unpack_from(data)
    header = (first & 0x0F) << 2
    total = total or len(data)
    if not _IPV4_HEADER <= header <= total:
        return None
    offset, has_more = (place & _OFFSET_4) << 3, bool(place & _MORE_4)
    content, size = data[header:total], total - header
    return IpDatagram(4, source, target, protocol, content, size, identification, offset, has_more)


def _parse_ipv6(data: bytes) -> IpDatagram | None:
    """Parse a datagram of RFC 8200; a length of 0 is that of a jumbogram or of offload."""
    if len(data) < _IPV6_HEADER:
        return None
    size, following, source, target = _IPV6.unpack_from(data)
    size = size or len(data) - _IPV6_HEADER
    content = data[_IPV6_HEADER : _IPV6_HEADER + size]
    return skip_extensions(IpDatagram(6, source, target, following, content, size))


def skip_extensions(datagram: IpDatagram) -> IpDatagram | None:
    """Skip the extension headers of IPv6, up to a fragment or to what follows them."""
    for _ in range(MAX_EXTENSIONS):
        content = datagram.content
        if datagram.protocol not in _LENGTHS:
            return datagram
        if len(content) < _MIN_EXTENSION_SIZE:
            return None
        if datagram.protocol == _FRAGMENTED:
            datagram = _parse_fragment_header(datagram)
            if datagram.is_fragment:
                return datagram
        else:
            unit, first = _LENGTHS[datagram.protocol]
            datagram = _strip_header(datagram, content[0], first + content[1] * unit)
    return None


_LENGTHS = {
    _HOP_BY_HOP: (8, 8),
    _ROUTING: (8, 8),
    _DESTINATION: (8, 8),
    _AUTHENTICATION: (4, 8),
    _FRAGMENTED: (0, 8),
}
"""For each extension header, the unit of its length and what the length leaves out, in bytes."""


def _parse_fragment_header(datagram: IpDatagram) -> IpDatagram:
    following, place, identification = _FRAGMENT.unpack_from(datagram.content)
    return _strip_header(datagram, following, _FRAGMENT_HEADER)._replace(
        identification=identification,
        offset=place & _OFFSET_6,
        has_more_fragments=bool(place & _MORE_6),
    )


def _strip_header(datagram: IpDatagram, protocol: int, header: int) -> IpDatagram:
    return datagram._replace(
        protocol=protocol,
        content=datagram.content[header:],
        size=max(0, datagram.size - header),
    )
