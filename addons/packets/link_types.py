"""The link types that can be parsed, by their numbers in captures, and their headers.

The numbers are libpcap's (https://www.tcpdump.org/linktypes.html).
"""

from collections.abc import Callable

from addons.packets import ether_type as kinds
from addons.packets import link_headers

NULL = 0
ETHERNET = 1
PPP = 9
RAW_BSD, RAW, IPV4, IPV6 = 12, 101, 228, 229
PPP_SERIAL, PPP_ETHER = 50, 51
CISCO_HDLC = 104
LOOP = 108
LINUX_SLL, LINUX_SLL2 = 113, 276

_SLL_LLC = 4
"""What Linux writes for an 802.2 header, in place of an EtherType."""
_SLL_MAC_SIZE, _SLL2_MAC_SIZE = b"\x00\x06", b"\x06"
"""How long Linux says that a source is: as long as a MAC address."""
_CISCO_ADDRESSES = (b"\x0f\x00", b"\x8f\x00")


class UnknownLinkType(ValueError):
    """A capture's link type that cannot be parsed."""

    def __init__(self, number: int) -> None:
        super().__init__(f"link type {number} cannot be read")
        self.number = number


def _family(_frame: bytes) -> link_headers.NextHeader:
    """Skip an address family, whose numbers differ by system: IP has its own version."""
    return kinds.ANY_IP, 4


def _raw(_frame: bytes) -> link_headers.NextHeader:
    return kinds.ANY_IP, 0


def _ethernet(frame: bytes) -> link_headers.NextHeader:
    return link_headers.skip_ethernet(frame, 0)


def _ppp(_frame: bytes) -> link_headers.NextHeader:
    return kinds.PPP, 0


def _ppp_ether(_frame: bytes) -> link_headers.NextHeader:
    return kinds.PPPOE_SESSION, 0


def _serial(frame: bytes) -> link_headers.NextHeader:
    return _cisco(frame) if frame[:2] in _CISCO_ADDRESSES else (kinds.PPP, 0)


def _cisco(frame: bytes) -> link_headers.NextHeader:
    return int.from_bytes(frame[2:4]), 4


def _sll(frame: bytes) -> link_headers.NextHeader:
    return _sll_kind(int.from_bytes(frame[14:16])), 16


def _sll2(frame: bytes) -> link_headers.NextHeader:
    return _sll_kind(int.from_bytes(frame[:2])), 20


def _sll_kind(kind: int) -> int:
    return kinds.LLC if kind == _SLL_LLC else kind


def _ethernet_ends(frame: bytes) -> link_headers.HardwareEnds:
    return link_headers.ethernet_ends(frame, 0)


def _sll_ends(frame: bytes) -> link_headers.HardwareEnds:
    return link_headers.HardwareEnds(frame[6:12] if frame[4:6] == _SLL_MAC_SIZE else b"")


def _sll2_ends(frame: bytes) -> link_headers.HardwareEnds:
    return link_headers.HardwareEnds(frame[12:18] if frame[11:12] == _SLL2_MAC_SIZE else b"")


LINK_SKIPPERS: dict[int, Callable[[bytes], link_headers.NextHeader]] = {
    NULL: _family,
    ETHERNET: _ethernet,
    PPP: _ppp,
    PPP_SERIAL: _serial,
    PPP_ETHER: _ppp_ether,
    CISCO_HDLC: _cisco,
    LOOP: _family,
    LINUX_SLL: _sll,
    LINUX_SLL2: _sll2,
    **dict.fromkeys((RAW_BSD, RAW, IPV4, IPV6), _raw),
}
"""For each link type, the function that skips its own header."""
FIND_HARDWARE: dict[int, Callable[[bytes], link_headers.HardwareEnds]] = {
    ETHERNET: _ethernet_ends,
    LINUX_SLL: _sll_ends,
    LINUX_SLL2: _sll2_ends,
}
"""For each link type with MAC addresses, the function that finds those of a frame."""
