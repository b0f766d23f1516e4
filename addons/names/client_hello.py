"""Parses the server name of a TLS ClientHello, without a library's 0.1 ms or scapy's 3.5 ms.

Each connection passes here once, on the hot path, and anyone in the school can send anything. So
this reads no more than it needs, tells incomplete bytes from wrong ones, does a bounded amount of
work and never raises.

Browsers shuffle the extensions, so the name stands before or after key shares of any size; it is
found as soon as its own bytes are there. Beside a readable name, the encrypted_client_hello
extension is grease, or the name is the outer one, which no catalogue has: the name counts.
"""

from addons.names.parse_result import (
    INCOMPLETE,
    NO_NAME,
    OTHER_PROTOCOL,
    ParseResult,
    ParseStatus,
    parse_hostname,
)

MAX_SIZE = 65_536
"""Bytes that are kept of a ClientHello: the largest key share in use has 21 kB."""
MAX_RECORDS = 64
"""Records that one ClientHello may be cut into. More is an attack, and costs time."""
MAX_EXTENSIONS = 128
"""About five times as many as a browser sends."""

_RECORD = b"\x16\x03"
_RECORD_HEADER = 5
_CLIENT_HELLO = b"\x01"
_MESSAGE_HEADER = 4
_SESSION_ID = 38
"""Offset of its length: after the header, the version and the random bytes."""
_SERVER_NAME = 0
_HOST_NAME = 0


def parse_client_hello(data: bytes) -> ParseResult:
    """Return the name in the first bytes of a TCP connection, which are TLS records."""
    if not _RECORD.startswith(data[:2]):
        return OTHER_PROTOCOL
    message, may_continue = _join_records(data)
    result = parse_handshake_message(message)
    if result.status is ParseStatus.INCOMPLETE and (not may_continue or len(data) >= MAX_SIZE):
        return NO_NAME if message else OTHER_PROTOCOL
    return result


def _join_records(data: bytes) -> tuple[bytes, bool]:
    """Return what the records carry, and whether more of it may follow."""
    pieces: list[bytes] = []
    at = 0
    while len(pieces) < MAX_RECORDS:
        header = data[at : at + _RECORD_HEADER]
        if len(header) < _RECORD_HEADER:
            return b"".join(pieces), _RECORD.startswith(header[:2])
        if not header.startswith(_RECORD):
            return b"".join(pieces), False
        at += _RECORD_HEADER
        size = header[3] << 8 | header[4]
        pieces.append(data[at : at + size])
        at += size
    return b"".join(pieces), False


def parse_handshake_message(message: bytes) -> ParseResult:
    """Return the name in a handshake message, as records or QUIC's CRYPTO frames carry it."""
    if not message.startswith(_CLIENT_HELLO):
        return OTHER_PROTOCOL if message else INCOMPLETE
    end = _MESSAGE_HEADER + int.from_bytes(message[1:_MESSAGE_HEADER])
    try:
        return _find_server_name(message[:end])
    except IndexError:
        is_whole = _MESSAGE_HEADER <= end <= len(message)
        return NO_NAME if is_whole or end > MAX_SIZE else INCOMPLETE


def _find_server_name(message: bytes) -> ParseResult:
    """Return the server name.

    Raises:
        IndexError: the message ends too early.
    """
    at = _SESSION_ID + 1 + message[_SESSION_ID]
    at += 2 + (message[at] << 8 | message[at + 1])  # cipher suites
    at += 1 + message[at]  # compression methods
    end = at + 2 + (message[at] << 8 | message[at + 1])
    at += 2
    for _ in range(MAX_EXTENSIONS):
        if at >= end:
            break
        kind = message[at] << 8 | message[at + 1]
        if kind == _SERVER_NAME:
            return _parse_server_name(message, at + 4)
        at += 4 + (message[at + 2] << 8 | message[at + 3])
    return NO_NAME


def _parse_server_name(message: bytes, at: int) -> ParseResult:
    """Return the first entry of the list, which is the one that servers use."""
    if message[at + 2] != _HOST_NAME:
        return NO_NAME
    size = message[at + 3] << 8 | message[at + 4]
    hostname = message[at + 5 : at + 5 + size]
    if len(hostname) < size:
        raise IndexError
    return parse_hostname(hostname)
