"""Collects the handshake from datagrams of Google's QUIC before it was encrypted: Q024 to Q046.

To Q043 a packet begins with public flags and the version stands after an 8-byte connection id;
from Q044 it begins as the IETF's do, with a connection id of which the length is packed. A hash
of 12 bytes, the packet number and frames follow. The handshake is stream 1. ("QUIC Wire Layout
Specification", Hamilton and others, 2016; draft-tsvwg-quic-protocol-02.)

The hash is not verified: it has no secret and is costly in Python, and anyone who can send a name
can send its hash.
"""

from typing import Literal

from addons.names.quic.frames import GOOGLE, MAX_FRAMES, HandshakePiece, skip_padding

_VERSIONS = {b"Q%03d" % number: number for number in range(24, 47)}
_LONG = 0x80
_LONG_FROM = 44
"""The first version with a header like the IETF's."""
_PRIVATE_FLAGS_TO = 33
_BIG_ENDIAN_FROM = 39

_HAS_VERSION = 0x01
_HAS_CONNECTION_ID = 0x08
_RESERVED = 0xC0
_NUMBER_LENGTHS = (1, 2, 4, 6)
_VERSION_AT = 9
_HASH = 12
_PACKED_EIGHT = 0x50
"""The lengths of both connection ids: the destination's 8, the source's 0."""
_LONG_NUMBER_AT = 14

_STREAM = 0x80
_IS_LENGTH_SENT = 0x20
_HANDSHAKE = 1
"""The number of the stream."""


def is_google_packet(datagram: bytes) -> bool:
    """Return whether a datagram is a client's, of one of these versions."""
    return _version(datagram) is not None


def _version(datagram: bytes) -> int | None:
    if len(datagram) <= _LONG_NUMBER_AT:
        return None
    flags = datagram[0]
    if flags & _LONG:
        number = _VERSIONS.get(datagram[1:5], 0)
        return number if number >= _LONG_FROM and datagram[5] == _PACKED_EIGHT else None
    wanted = _HAS_VERSION | _HAS_CONNECTION_ID
    if flags & (wanted | _RESERVED) != wanted:
        return None
    number = _VERSIONS.get(datagram[_VERSION_AT : _VERSION_AT + 4], _LONG_FROM)
    return number if number < _LONG_FROM else None


def collect_google_pieces(datagram: bytes) -> list[HandshakePiece]:
    """Return what a packet carries of the handshake, up to the first frame that is unknown."""
    version = _version(datagram)
    if version is None:
        return []
    payload = datagram[_payload_offset(datagram[0], version) :]
    pieces: list[HandshakePiece] = []
    at = 0
    try:
        for _ in range(MAX_FRAMES):
            at = skip_padding(payload, at)
            if payload[at] & _STREAM:
                piece, at = _parse_stream_frame(
                    payload, at, "big" if version >= _BIG_ENDIAN_FROM else "little"
                )
                pieces += piece
            else:
                at = GOOGLE.others[payload[at]](payload, at)
    except (IndexError, KeyError):
        pass
    return pieces


def _payload_offset(flags: int, version: int) -> int:
    """Return where the frames begin."""
    if version >= _LONG_FROM:
        return _LONG_NUMBER_AT + 1 + (flags & 3) + _HASH
    number = _NUMBER_LENGTHS[flags >> 4 & 3]
    return _VERSION_AT + 4 + number + _HASH + (version <= _PRIVATE_FLAGS_TO)


def _parse_stream_frame(
    payload: bytes, at: int, order: Literal["big", "little"]
) -> tuple[list[HandshakePiece], int]:
    """Return the piece in a STREAM frame (type 0b1fdoooss), and where the frame ends.

    Raises:
        IndexError: the payload ends before it.
    """
    kind = payload[at]
    offset_size = kind >> 2 & 7
    offset_at = at + 2 + (kind & 3)
    size_at = offset_at + offset_size + bool(offset_size)
    begin = size_at + (2 if kind & _IS_LENGTH_SENT else 0)
    size = int.from_bytes(payload[size_at:begin], order)
    end = begin + size if kind & _IS_LENGTH_SENT else len(payload)
    if end > len(payload):
        raise IndexError
    number = int.from_bytes(payload[at + 1 : offset_at], order)
    offset = int.from_bytes(payload[offset_at:size_at], order)
    return [HandshakePiece(offset, payload[begin:end])] if number == _HANDSHAKE else [], end
