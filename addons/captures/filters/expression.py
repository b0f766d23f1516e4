"""Words of libpcap's filter language, and how it reaches the headers of both versions of IP.

The language knows `tcp[…]` and `udp[…]` for IPv4 only, so a field is asked of a version.
"""

from collections.abc import Iterable
from dataclasses import dataclass

_IPV6_HEADER = 40


def any_of(*pieces: str) -> str:
    """Pass what one of them passes; what is left out passes nothing."""
    return "(" + " or ".join(piece for piece in pieces if piece) + ")"


def all_of(*pieces: str) -> str:
    """Pass what all of them pass, asked in this order."""
    return "(" + " and ".join(pieces) + ")"


def field_in(field: str, values: Iterable[int]) -> str:
    """Pass what has one of these values in a field."""
    return any_of(*(f"{field} = {value:#x}" for value in values))


def field_not_in(field: str, values: Iterable[int]) -> str:
    """Pass what has none of these values in a field."""
    return all_of(*(f"{field} != {value:#x}" for value in values))


@dataclass(frozen=True, slots=True)
class IpFields:
    """How the headers behind one version of IP are reached."""

    is_tcp: str
    is_udp: str
    _tcp: str
    _udp: str
    _first: int
    """What `_tcp` and `_udp` count from, before the header."""
    _carried: str
    """Bytes that IP carries."""

    def tcp_field(self, at: int, size: int = 1) -> str:
        """Read a field of TCP's header, at some bytes from its start."""
        return f"{self._tcp}[{self._first + at}:{size}]"

    def udp_field(self, at: int, size: int = 1) -> str:
        """Read UDP's header, which has eight bytes, or its payload behind them."""
        return f"{self._udp}[{self._first + at}:{size}]"

    def tcp_payload(self, at: int, size: int = 1) -> str:
        """Read the payload of TCP, at some bytes from its start."""
        return f"{self._tcp}[{self._first + at} + {self._tcp_header}:{size}]"

    @property
    def tcp_payload_size(self) -> str:
        """Bytes of TCP's payload; wraps round to a high number where IP tells no length."""
        return f"{self._carried} - {self._tcp_header}"

    @property
    def _tcp_header(self) -> str:
        return f"(({self.tcp_field(12)} & 0xf0) >> 2)"


IPV4 = IpFields("ip proto 6", "ip proto 17", "tcp", "udp", 0, "ip[2:2] - ((ip[0] & 0xf) << 2)")
IPV6 = IpFields("ip6[6] = 6", "ip6[6] = 17", "ip6", "ip6", _IPV6_HEADER, "ip6[4:2]")
