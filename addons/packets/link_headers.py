"""Skips the headers between a link's own header and IP: tags, labels, PPPoE, PPP, 802.2.

Each header has a function, which returns the EtherType of what follows and its offset. Missing
bytes read as nothing, and the number of headers is bounded.
"""

from collections.abc import Callable
from typing import NamedTuple

from addons.packets import ether_type as kinds

MAX_HEADERS = 12
"""Headers between the link's own and IP: four tags, PPPoE and PPP are six."""


class HardwareEnds(NamedTuple):
    """The MAC addresses of a frame; empty where its link does not say."""

    source: bytes = b""
    destination: bytes = b""


NO_HARDWARE = HardwareEnds()

type NextHeader = tuple[int, int]
"""The EtherType of what follows, and its offset."""

_PPP_KINDS = {
    0x0021: kinds.IPV4,
    0x0057: kinds.IPV6,
    0x0281: kinds.MPLS[0],
    0x0283: kinds.MPLS[1],
}
"""PPP's numbers (IANA, PPP DLL protocol numbers)."""
_SNAP = b"\xaa\xaa\x03"
_UNNUMBERED = b"\xff\x03"
"""PPP's address and control, as in HDLC (RFC 1662, section 3.1)."""
_BOTTOM = 0x01
"""The last label of a stack (RFC 3032, section 2.1)."""
_SESSION_DATA = b"\x11\x00"
"""PPPoE's version, type and code (RFC 2516, section 4)."""


def find_ip_header(data: bytes, kind: int, at: int) -> int | None:
    """Return the offset of the IP header, given the EtherType at an offset; None without one."""
    for _ in range(MAX_HEADERS):
        if kind in _IP:
            return at
        step = _SKIPPERS.get(kind)
        if step is None:
            return None
        kind, at = step(data, at)
    return None


def _two_bytes(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 2])


def skip_ethernet(data: bytes, at: int) -> NextHeader:
    """Skip the two addresses and the EtherType; a length stands before an 802.2 header."""
    kind = _two_bytes(data, at + 12)
    return (kind if kind >= kinds.MIN_VALUE else kinds.LLC), at + 14


def ethernet_ends(data: bytes, at: int) -> HardwareEnds:
    """Return the addresses that an Ethernet frame came from, and went to."""
    return HardwareEnds(data[at + 6 : at + 12], data[at : at + 6])


def skip_ppp(data: bytes, at: int) -> NextHeader:
    """Skip PPP's number, which is one byte where it is odd (RFC 1661, section 6.5)."""
    if data[at : at + 2] == _UNNUMBERED:
        at += 2
    if data[at : at + 1] in (b"\x21", b"\x57"):
        return _PPP_KINDS[data[at]], at + 1
    return _PPP_KINDS.get(_two_bytes(data, at), kinds.NOTHING), at + 2


def skip_pppoe(data: bytes, at: int) -> NextHeader:
    """Skip PPPoE's six bytes."""
    is_data = data[at : at + 2] == _SESSION_DATA
    return (kinds.PPP if is_data else kinds.NOTHING), at + 6


def skip_llc(data: bytes, at: int) -> NextHeader:
    """Skip 802.2, and SNAP behind it (RFC 1042)."""
    if data[at : at + 3] != _SNAP:
        return kinds.NOTHING, at
    return _two_bytes(data, at + 6), at + 8


def _skip_vlan_tag(data: bytes, at: int) -> NextHeader:
    kind = _two_bytes(data, at + 2)
    return (kind if kind >= kinds.MIN_VALUE else kinds.LLC), at + 4


def _skip_mpls_label(data: bytes, at: int) -> NextHeader:
    is_last = len(data) < at + 4 or data[at + 2] & _BOTTOM
    return (kinds.ANY_IP if is_last else kinds.MPLS[0]), at + 4


_IP = frozenset((kinds.IPV4, kinds.IPV6, kinds.ANY_IP))
_SKIPPERS: dict[int, Callable[[bytes, int], NextHeader]] = {
    **dict.fromkeys(kinds.VLAN, _skip_vlan_tag),
    **dict.fromkeys(kinds.MPLS, _skip_mpls_label),
    kinds.ETHERNET: skip_ethernet,
    kinds.LLC: skip_llc,
    kinds.PPP: skip_ppp,
    kinds.PPPOE_SESSION: skip_pppoe,
}
