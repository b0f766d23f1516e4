"""Parses the server name of a DTLS ClientHello (RFC 6347 and RFC 9147): TLS over UDP.

Calls and VPNs use it, mostly without a name. Its message is that of TLS with a cookie in it, so the
cookie is removed and `client_hello` parses the rest.
"""

from addons.names import client_hello
from addons.names.parse_result import NO_NAME, OTHER_PROTOCOL, ParseResult, ParseStatus

MAX_RECORDS = 64
"""Records that are read: as many as the largest ClientHello takes."""

_HANDSHAKE = 22
_VERSION = 0xFE
"""The first byte of all versions."""
_FIRST_EPOCH = b"\x00\x00"
"""In which nothing is encrypted."""
_RECORD_HEADER = 13
_CLIENT_HELLO = 1
_MESSAGE_HEADER = 12
_SESSION_ID = 34
"""Offset of its length in the message's body: after the version and the random bytes."""


def is_plain_handshake(datagram: bytes) -> bool:
    """Return whether a datagram starts with a DTLS handshake record that is not encrypted."""
    return (
        len(datagram) > _RECORD_HEADER
        and datagram[0] == _HANDSHAKE
        and datagram[1] == _VERSION
        and datagram[3:5] == _FIRST_EPOCH
    )


def parse_dtls_client_hello(datagram: bytes) -> ParseResult:
    """Return the name in a client's UDP payload.

    INCOMPLETE asks for the payloads of more datagrams, appended: a datagram is a sequence of
    records, and so are several.
    """
    if not is_plain_handshake(datagram):
        return OTHER_PROTOCOL
    size, fragments = _collect_fragments(datagram)
    if not fragments:
        return OTHER_PROTOCOL
    body = _join_fragments(fragments)
    result = client_hello.parse_handshake_message(_without_cookie(size, body))
    is_over = len(body) >= size or size > client_hello.MAX_SIZE
    return NO_NAME if result.status is ParseStatus.INCOMPLETE and is_over else result


def _collect_fragments(datagram: bytes) -> tuple[int, list[tuple[int, bytes]]]:
    """Return the size of the first ClientHello, and its fragments with their offsets."""
    whole = -1
    fragments: list[tuple[int, bytes]] = []
    for _ in range(MAX_RECORDS):
        if not is_plain_handshake(datagram):
            break
        end = _RECORD_HEADER + int.from_bytes(datagram[11:_RECORD_HEADER])
        message = datagram[_RECORD_HEADER:end]
        datagram = datagram[end:]
        if len(message) < _MESSAGE_HEADER or message[0] != _CLIENT_HELLO:
            break
        size = int.from_bytes(message[1:4])
        whole = size if whole < 0 else whole
        if size == whole:
            length = int.from_bytes(message[9:_MESSAGE_HEADER])
            content = message[_MESSAGE_HEADER : _MESSAGE_HEADER + length]
            fragments.append((int.from_bytes(message[6:9]), content))
    return whole, fragments


def _join_fragments(fragments: list[tuple[int, bytes]]) -> bytes:
    """Return the fragments joined, up to the first that is missing."""
    body = bytearray()
    for offset, content in sorted(fragments):
        if offset <= len(body):
            body += content[len(body) - offset :]
    return bytes(body)


def _without_cookie(size: int, body: bytes) -> bytes:
    """Return the message as TLS has it; it ends where the body ends."""
    cookie = _SESSION_ID + 1 + (body[_SESSION_ID] if len(body) > _SESSION_ID else 0)
    if len(body) <= cookie:
        return bytes((_CLIENT_HELLO,)) + size.to_bytes(3) + body[:cookie]
    rest = cookie + 1 + body[cookie]
    size = max(size - (rest - cookie), 0)
    return bytes((_CLIENT_HELLO,)) + size.to_bytes(3) + body[:cookie] + body[rest:]
