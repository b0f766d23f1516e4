"""Expressions of libpcap's filter language, and the fields of TCP and UDP over both versions of IP.

The language has `tcp[…]` and `udp[…]` for IPv4 only, so a field belongs to a version.
"""

from collections.abc import Iterable
from dataclasses import dataclass

_IPV6_HEADER = 40


def any_of(*pieces: str) -> str:
    """Pass what one of the pieces passes; an empty piece passes nothing."""
    return "(" + " or ".join(piece for piece in pieces if piece) + ")"


def all_of(*pieces: str) -> str:
    """Pass what all of the pieces pass, tested in this order."""
    return "(" + " and ".join(pieces) + ")"


def field_in(field: str, values: Iterable[int]) -> str:
    """Pass packets with one of these values in a field."""
    return any_of(*(f"{field} = {value:#x}" for value in values))


def field_not_in(field: str, values: Iterable[int]) -> str:
    """Pass packets with none of these values in a field."""
    return all_of(*(f"{field} != {value:#x}" for value in values))


@dataclass(frozen=True, slots=True)
class IpFields:
    """The fields of the headers after one version of IP."""

    is_tcp: str
    is_udp: str
    _tcp: str
    _udp: str
    _first: int
    """Offset of the header, from where `_tcp` and `_udp` start."""
    _carried: str
    """Bytes that IP carries, as an expression."""

    def tcp_field(self, at: int, size: int = 1) -> str:
        """Return a field of TCP's header, at an offset in it."""
        return f"{self._tcp}[{self._first + at}:{size}]"

    def udp_field(self, at: int, size: int = 1) -> str:
        """Return a field of UDP's header, which has eight bytes, or of the payload after it."""
        return f"{self._udp}[{self._first + at}:{size}]"

    def tcp_payload(self, at: int, size: int = 1) -> str:
        """Return a field of TCP's payload, at an offset in it."""
        return f"{self._tcp}[{self._first + at} + {self._tcp_header}:{size}]"

    @property
    def tcp_payload_size(self) -> str:
        """Bytes of TCP's payload; wraps to a high number where IP has no length."""
        return f"{self._carried} - {self._tcp_header}"

    @property
    def _tcp_header(self) -> str:
        return f"(({self.tcp_field(12)} & 0xf0) >> 2)"


IPV4 = IpFields("ip proto 6", "ip proto 17", "tcp", "udp", 0, "ip[2:2] - ((ip[0] & 0xf) << 2)")
IPV6 = IpFields("ip6[6] = 6", "ip6[6] = 17", "ip6", "ip6", _IPV6_HEADER, "ip6[4:2]")
