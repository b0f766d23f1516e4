"""Reads the headers of IPv4 and IPv6, with their options and extensions.

Whatever the bytes are, a reader gives a datagram or nothing: every length is held against what is
there, and an extension header takes the reader forward by at least eight bytes.
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
    """What an IP datagram, or a fragment of one, carries."""

    version: int
    """4 or 6."""
    source: bytes
    destination: bytes
    protocol: int
    content: bytes
    """What the capture has of it."""
    size: int
    """Bytes of content on the wire."""
    identification: int = 0
    offset: int = 0
    """Bytes of the whole that stand before this content."""
    has_more_fragments: bool = False
    """Whether there is more of the whole behind this content."""

    @property
    def is_fragment(self) -> bool:
        """Whether this is only a part."""
        return self.offset > 0 or self.has_more_fragments


def parse_datagram(data: bytes) -> IpDatagram | None:
    """Read bytes that begin with an IP header; padding behind the datagram is left out."""
    version = data[0] >> 4 if data else 0
    if version == IPV4:
        return _parse_ipv4(data)
    return _parse_ipv6(data) if version == IPV6 else None


def _parse_ipv4(data: bytes) -> IpDatagram | None:
    """Read a datagram of RFC 791; a length of 0 is what segmentation offload leaves."""
    if len(data) < _IPV4_HEADER:
        return None
    first, total, identification, place, protocol, source, target = _IPV4.unpack_from(data)
    header = (first & 0x0F) << 2
    total = total or len(data)
    if not _IPV4_HEADER <= header <= total:
        return None
    offset, is_followed = (place & _OFFSET_4) << 3, bool(place & _MORE_4)
    content, size = data[header:total], total - header
    return IpDatagram(
        4, source, target, protocol, content, size, identification, offset, is_followed
    )


def _parse_ipv6(data: bytes) -> IpDatagram | None:
    """Read a datagram of RFC 8200; a length of 0 is a jumbogram's, or segmentation offload's."""
    if len(data) < _IPV6_HEADER:
        return None
    size, following, source, target = _IPV6.unpack_from(data)
    size = size or len(data) - _IPV6_HEADER
    content = data[_IPV6_HEADER : _IPV6_HEADER + size]
    return skip_extensions(IpDatagram(6, source, target, following, content, size))


def skip_extensions(datagram: IpDatagram) -> IpDatagram | None:
    """Go past the extension headers of IPv6, up to what they are before or to a fragment."""
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
"""In what units an extension header's length is told, and what is not counted in it: in bytes."""


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
