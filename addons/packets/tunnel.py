"""The tunnels whose inner packets can be parsed, and where an inner packet begins.

A tunnel is parsed only when an administrator switches it on: on a network without it, a pupil could
otherwise forge packets.
"""

from collections.abc import Callable
from enum import StrEnum

from addons.packets import ether_type as kinds


class Tunnel(StrEnum):
    """A way to carry packets in packets."""

    VXLAN = "vxlan"
    GENEVE = "geneve"
    GTP = "gtp"
    SIX_IN_FOUR = "6in4"
    FOUR_IN_SIX = "4in6"
    IPIP = "ipip"
    GRE = "gre"


TUNNEL_PORTS = {
    Tunnel.VXLAN: (4789, 8472),
    Tunnel.GENEVE: (6081,),
    Tunnel.GTP: (2152, 3386),
}
"""The UDP ports of each. VXLAN: RFC 7348, and Linux's older default; Geneve: RFC 8926;
GTP-U: 3GPP TS 29.281, section 4.4.2, and GTP's version 0: TS 09.60."""

TUNNEL_PROTOCOLS = {
    (4, 41): Tunnel.SIX_IN_FOUR,
    (6, 4): Tunnel.FOUR_IN_SIX,
    (4, 4): Tunnel.IPIP,
    (4, 47): Tunnel.GRE,
    (6, 47): Tunnel.GRE,
}
"""The tunnels directly in IP, by IP's version and the protocol's number."""

type InnerPacket = tuple[int, int]
"""The EtherType of the inner packet, and its offset."""

_GTP_EXTENSIONS = 8
_GTP_USER_DATA = 255
_GTP_HEADER = 8
_GTP_USER_PLANE = 0x30
"""Version 1, and the bit that tells it from GTP' for charging."""
_GTP_OLD_HEADER = 20
_VXLAN_HEADER = 8
_VXLAN_VALID, _VXLAN_SAYS_KIND = 0x08, 0x04
_VXLAN_KINDS = {1: kinds.IPV4, 2: kinds.IPV6, 3: kinds.ETHERNET}
_GENEVE_HEADER = 8
_GRE_HEADER = 4


def find_in_vxlan(data: bytes) -> InnerPacket | None:
    """Find the packet in VXLAN (RFC 7348, section 5): a frame after eight bytes.

    A flag says that the header names something else (draft-ietf-nvo3-vxlan-gpe, section 3.2).
    """
    if len(data) < _VXLAN_HEADER or not data[0] & _VXLAN_VALID:
        return None
    kind = _VXLAN_KINDS.get(data[3]) if data[0] & _VXLAN_SAYS_KIND else kinds.ETHERNET
    return None if kind is None else (kind, _VXLAN_HEADER)


def find_in_geneve(data: bytes) -> InnerPacket | None:
    """Find the packet in Geneve (RFC 8926, section 3.4)."""
    if len(data) < _GENEVE_HEADER or data[0] & 0xC0:
        return None
    return data[2] << 8 | data[3], _GENEVE_HEADER + (data[0] & 0x3F) * 4


def find_in_gtp(data: bytes) -> InnerPacket | None:
    """Find the packet in GTP-U (3GPP TS 29.281, section 5) or GTP 0 (TS 09.60, section 6)."""
    if len(data) < _GTP_HEADER or data[1] != _GTP_USER_DATA:
        return None
    if data[0] >> 4 == 1:
        return kinds.ANY_IP, _GTP_OLD_HEADER
    if data[0] & 0xF0 != _GTP_USER_PLANE:
        return None
    at = _skip_gtp_extensions(data) if data[0] & 0x07 else _GTP_HEADER
    return None if at is None else (kinds.ANY_IP, at)


def _skip_gtp_extensions(data: bytes) -> int | None:
    """Skip the chain: each has its length in four bytes, and ends in the type of the next."""
    at = 12
    for _ in range(_GTP_EXTENSIONS):
        following = data[at - 1 : at] if data[0] & 0x04 else b"\x00"
        if following == b"\x00":
            return at
        if at >= len(data) or not data[at]:
            return None
        at += data[at] * 4
    return None


def find_in_gre(data: bytes) -> InnerPacket | None:
    """Find the packet in GRE (RFC 2784, 2890), and in PPTP's variant of it (RFC 2637)."""
    if len(data) < _GRE_HEADER or data[0] & 0x40:
        return None
    flags, version = data[0], data[1] & 0x07
    words = bool(flags & 0x80) + bool(flags & 0x20) + bool(flags & 0x10)
    words += bool(version and data[1] & 0x80)
    return data[2] << 8 | data[3], _GRE_HEADER + 4 * words


def find_in_ip(_data: bytes) -> InnerPacket | None:
    """Find the packet in IP in IP, which has no header of its own."""
    return kinds.ANY_IP, 0


FIND_INNER_PACKET: dict[Tunnel, Callable[[bytes], InnerPacket | None]] = {
    Tunnel.VXLAN: find_in_vxlan,
    Tunnel.GENEVE: find_in_geneve,
    Tunnel.GTP: find_in_gtp,
    Tunnel.SIX_IN_FOUR: find_in_ip,
    Tunnel.FOUR_IN_SIX: find_in_ip,
    Tunnel.IPIP: find_in_ip,
    Tunnel.GRE: find_in_gre,
}
