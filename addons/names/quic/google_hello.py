"""Parses the server name in the CHLO of Google's own handshake, from before QUIC used TLS.

A message is its tag, the number of its entries, and for each entry a tag and where its value
ends; the values follow. Numbers are little-endian ("QUIC Crypto", Langley and Chang, 2016).
"""

from addons.names.client_hello import MAX_SIZE
from addons.names.parse_result import INCOMPLETE, NO_NAME, ParseResult, parse_hostname
from addons.names.quic.frames import HandshakePiece

MAX_ENTRIES = 128
"""As many as Google's own parser takes."""

_CHLO = b"CHLO"
_SERVER_NAME = b"SNI\x00"
_HEADER = 8
_ENTRY = 8


def align_to_hello(pieces: list[HandshakePiece]) -> list[HandshakePiece]:
    """Return the pieces with their offsets from where the message among them begins.

    When the server asked for more, the client's second CHLO follows its first in the stream.
    """
    for piece in pieces:
        if piece.data.startswith(_CHLO):
            begin = piece.offset
            return [
                HandshakePiece(offset - begin, data) for offset, data in pieces if offset >= begin
            ]
    return pieces


def parse_google_hello(message: bytes) -> ParseResult:
    """Return the name in the start of a handshake."""
    if not _CHLO.startswith(message[:4]):
        return NO_NAME
    count = int.from_bytes(message[4:6], "little")
    values = _HEADER + _ENTRY * count
    if len(message) < _HEADER or count > MAX_ENTRIES:
        return INCOMPLETE if len(message) < _HEADER else NO_NAME
    begin = 0
    for at in range(_HEADER, values, _ENTRY):
        entry = message[at : at + _ENTRY]
        if len(entry) < _ENTRY:
            return INCOMPLETE
        end = int.from_bytes(entry[4:], "little")
        if entry.startswith(_SERVER_NAME):
            return _value(message, values + begin, values + end)
        begin = end
    return NO_NAME


def _value(message: bytes, begin: int, end: int) -> ParseResult:
    """Return the name, if all of it came."""
    if len(message) < end <= MAX_SIZE:
        return INCOMPLETE
    return parse_hostname(message[begin:end])
