"""Reads the name from the first bytes of a TCP connection, whichever protocol they are of."""

from addons.names import client_hello, http_host
from addons.names.reading import INCOMPLETE, Reading
from monitor.sighting import Evidence

_TLS = b"\x16"
_PROXY = b"PROXY "


def read(data: bytes) -> tuple[Reading, Evidence]:
    """Read what a client sent first, and say what a name in it is evidence of.

    A proxy may have written a line of its own before it (HAProxy's PROXY protocol, version 1).
    """
    if data.startswith(_PROXY):
        _, is_whole, rest = data.partition(b"\n")
        if is_whole and not rest:
            return INCOMPLETE, Evidence.HTTP
        data = rest or data
    if data.startswith(_TLS):
        return client_hello.read(data), Evidence.SNI
    return http_host.read(data), Evidence.HTTP
