"""Reads the server name from a DTLS ClientHello (RFC 6347 and RFC 9147): TLS over UDP.

Calls and VPNs are what use it, mostly without a name. The message is TLS's with a cookie put into
it, so the cookie is taken out and `client_hello` reads the rest.
"""

from addons.names import client_hello
from addons.names.parse_result import NO_NAME, OTHER_PROTOCOL, ParseResult, ParseStatus

MAX_RECORDS = 64
"""Records that are looked at: as many as the largest ClientHello takes."""

_HANDSHAKE = 22
_VERSION = 0xFE
"""The first byte of all versions."""
_FIRST_EPOCH = b"\x00\x00"
"""Where nothing is encrypted."""
_RECORD_HEADER = 13
_CLIENT_HELLO = 1
_MESSAGE_HEADER = 12
_SESSION_ID = 34
"""Where its length stands in the message's body: after the version and the random bytes."""


def is_plain_handshake(datagram: bytes) -> bool:
    """Whether this is a DTLS record of a handshake that nothing encrypts yet."""
    return (
        len(datagram) > _RECORD_HEADER
        and datagram[0] == _HANDSHAKE
        and datagram[1] == _VERSION
        and datagram[3:5] == _FIRST_EPOCH
    )


def parse_dtls_client_hello(datagram: bytes) -> ParseResult:
    """Read the name from a client's UDP payload.

    A message that is cut into several datagrams can be read from their payloads put together:
    a datagram is a row of records, and so are several. INCOMPLETE asks for that.
    """
    if not is_plain_handshake(datagram):
        return OTHER_PROTOCOL
    size, fragments = _collect_fragments(datagram)
    if not fragments:
        return OTHER_PROTOCOL
    body = _join_fragments(fragments)
    reading = client_hello.parse_handshake_message(_without_cookie(size, body))
    is_over = len(body) >= size or size > client_hello.MAX_SIZE
    return NO_NAME if reading.status is ParseStatus.INCOMPLETE and is_over else reading


def _collect_fragments(datagram: bytes) -> tuple[int, list[tuple[int, bytes]]]:
    """Collect the pieces of the first ClientHello, with their places, and its size."""
    whole = -1
    found: list[tuple[int, bytes]] = []
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
            found.append((int.from_bytes(message[6:9]), content))
    return whole, found


def _join_fragments(fragments: list[tuple[int, bytes]]) -> bytes:
    """Join fragments from the first on, as far as none is missing."""
    body = bytearray()
    for offset, content in sorted(fragments):
        if offset <= len(body):
            body += content[len(body) - offset :]
    return bytes(body)


def _without_cookie(size: int, body: bytes) -> bytes:
    """Make TLS's message of DTLS's; cut short where the body is."""
    cookie = _SESSION_ID + 1 + (body[_SESSION_ID] if len(body) > _SESSION_ID else 0)
    if len(body) <= cookie:
        return bytes((_CLIENT_HELLO,)) + size.to_bytes(3) + body[:cookie]
    rest = cookie + 1 + body[cookie]
    size = max(size - (rest - cookie), 0)
    return bytes((_CLIENT_HELLO,)) + size.to_bytes(3) + body[:cookie] + body[rest:]
