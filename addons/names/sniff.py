"""Reads the name from the first bytes of a TCP connection, whichever protocol they are of."""

from addons.names import client_hello, http_host
from addons.names.parse_result import INCOMPLETE, ParseResult
from monitor.evidence import Evidence

_TLS = b"\x16"
_PROXY = b"PROXY "


def sniff_name(data: bytes) -> tuple[ParseResult, Evidence]:
    """Read what a client sent first, and say what a name in it is evidence of.

    A proxy may have written a line of its own before it (HAProxy's PROXY protocol, version 1).
    """
    if data.startswith(_PROXY):
        _, is_whole, rest = data.partition(b"\n")
        if is_whole and not rest:
            return INCOMPLETE, Evidence.HTTP
        data = rest or data
    if data.startswith(_TLS):
        return client_hello.parse_client_hello(data), Evidence.SNI
    return http_host.parse_request(data), Evidence.HTTP
