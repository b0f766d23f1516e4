"""Finds the name in the first bytes of a TCP connection, whichever protocol they belong to."""

from addons.names import client_hello, http_host
from addons.names.parse_result import INCOMPLETE, ParseResult
from monitor.evidence import Evidence

_TLS = b"\x16"
_VERSION, _CLIENT_HELLO = 3, 1
_CLIENT_HELLO_PREFIX = 6
"""Bytes that tell a ClientHello from other handshake messages."""
_METHODS = frozenset(http_host.METHODS)
_PROXY = b"PROXY "


def may_start_name(payload: bytes) -> bool:
    """Return whether a segment may be the start of bytes that hold a name."""
    if payload[:1] == _TLS:
        return len(payload) < _CLIENT_HELLO_PREFIX or (payload[1], payload[5]) == (
            _VERSION,
            _CLIENT_HELLO,
        )
    return payload[:4] in _METHODS


def sniff_name(data: bytes) -> tuple[ParseResult, Evidence]:
    """Return what the client's first bytes hold, and which evidence a name in them is.

    A proxy may have written a line of its own before them (HAProxy's PROXY protocol, version 1).
    """
    if data.startswith(_PROXY):
        _, is_whole, rest = data.partition(b"\n")
        if is_whole and not rest:
            return INCOMPLETE, Evidence.HTTP
        data = rest or data
    if data.startswith(_TLS):
        return client_hello.parse_client_hello(data), Evidence.SNI
    return http_host.parse_request(data), Evidence.HTTP
