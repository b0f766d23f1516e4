"""Reads the server name from the CHLO of Google's own handshake, before QUIC took TLS's.

A message is its tag, the number of its entries, and for each entry a tag and where its value
ends; the values follow. Numbers are little-endian ("QUIC Crypto", Langley and Chang, 2016).
"""

from addons.names.client_hello import LARGEST
from addons.names.quic.frames import Piece
from addons.names.reading import INCOMPLETE, NAMELESS, Reading, named

MOST_ENTRIES = 128
"""As many as Google's own reader takes."""

_CHLO = b"CHLO"
_SERVER_NAME = b"SNI\x00"
_HEADER = 8
_ENTRY = 8


def begun(pieces: list[Piece]) -> list[Piece]:
    """Place the pieces by where the message among them begins.

    When a server has asked for more, the client's second CHLO follows its first in the stream.
    """
    for piece in pieces:
        if piece.data.startswith(_CHLO):
            begin = piece.offset
            return [Piece(at - begin, data) for at, data in pieces if at >= begin]
    return pieces


def read_message(message: bytes) -> Reading:
    """Read the name from the start of a handshake."""
    if not _CHLO.startswith(message[:4]):
        return NAMELESS
    count = int.from_bytes(message[4:6], "little")
    values = _HEADER + _ENTRY * count
    if len(message) < _HEADER or count > MOST_ENTRIES:
        return INCOMPLETE if len(message) < _HEADER else NAMELESS
    begin = 0
    for at in range(_HEADER, values, _ENTRY):
        entry = message[at : at + _ENTRY]
        if len(entry) < _ENTRY:
            return INCOMPLETE
        end = int.from_bytes(entry[4:], "little")
        if entry.startswith(_SERVER_NAME):
            return _value(message, values + begin, values + end)
        begin = end
    return NAMELESS


def _value(message: bytes, begin: int, end: int) -> Reading:
    """Take the name, when it has come."""
    if len(message) < end <= LARGEST:
        return INCOMPLETE
    return named(message[begin:end])
