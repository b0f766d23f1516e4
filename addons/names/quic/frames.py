"""Collects the handshake's pieces from the frames of a decrypted packet (RFC 9000, section 19).

It knows the frames that a client may put into an Initial packet: PADDING, PING, ACK, CRYPTO and
CONNECTION_CLOSE. Google's own versions number and lay out the same frames differently.
"""

from collections.abc import Callable
from typing import NamedTuple

from addons.names.quic import varint

MAX_FRAMES = 128
"""Frames that are read of one packet. Browsers that cut and shuffle their handshake were seen to
send twenty."""

type Skip = Callable[[bytes, int], int]
"""Returns the end of the frame at an offset; IndexError where the payload ends before it."""

_STRETCH = bytes(64)


class HandshakePiece(NamedTuple):
    """Bytes of the handshake, and their offset in it."""

    offset: int
    data: bytes


class FrameTypes(NamedTuple):
    """How a version numbers its frames."""

    crypto: int
    others: dict[int, Skip]


def collect_pieces(payload: bytes, frames: FrameTypes) -> list[HandshakePiece]:
    """Return the pieces in their order, up to the first frame that is unknown or cut."""
    pieces: list[HandshakePiece] = []
    at = 0
    try:
        for _ in range(MAX_FRAMES):
            at = skip_padding(payload, at)
            if payload[at] == frames.crypto:
                offset, at = varint.parse_varint(payload, at + 1)
                size, at = varint.parse_varint(payload, at)
                if at + size > len(payload):
                    break
                pieces.append(HandshakePiece(offset, payload[at : at + size]))
                at += size
            else:
                at = frames.others[payload[at]](payload, at)
    except (IndexError, KeyError):
        pass
    return pieces


def skip_padding(payload: bytes, at: int) -> int:
    """Return where the zeros end; in stretches, because most of a packet can be padding."""
    while payload.startswith(_STRETCH, at):
        at += len(_STRETCH)
    rest = payload[at : at + len(_STRETCH)]
    return at + len(rest) - len(rest.lstrip(b"\x00"))


def _skip_type(payload: bytes, at: int) -> int:
    """Skip a frame that consists of its type."""
    return at + len(payload[at : at + 1])


def _skip_varints(payload: bytes, at: int, count: int) -> int:
    for _ in range(count):
        _, at = varint.parse_varint(payload, at)
    return at


def _skip_ack(payload: bytes, at: int) -> int:
    counts = 3 if payload[at] & 1 else 0
    at = _skip_varints(payload, at + 1, 2)
    ranges, at = varint.parse_varint(payload, at)
    return _skip_varints(payload, at, 1 + 2 * ranges + counts)


def _skip_close(payload: bytes, at: int) -> int:
    at = _skip_varints(payload, at + 1, 2)
    reason, at = varint.parse_varint(payload, at)
    return at + reason


def skip_google_ack(payload: bytes, at: int) -> int:
    """Skip an ACK of Q034 and later: type 0b01n0llmm, lengths of 1, 2, 4 and 6 bytes."""
    kind = payload[at]
    largest, block = _LENGTHS[kind >> 2 & 3], _LENGTHS[kind & 3]
    at += 1 + largest + 2  # the largest, and the delay
    blocks = payload[at] if kind & 0x20 else 0
    at += bool(kind & 0x20) + block + blocks * (1 + block)
    stamps = payload[at]
    return at + 1 + (2 + 3 * stamps if stamps else 0)


_LENGTHS = (1, 2, 4, 6)

IETF = FrameTypes(
    0x06,
    {0x01: _skip_type, 0x02: _skip_ack, 0x03: _skip_ack, 0x1C: _skip_close},
)
GOOGLE = FrameTypes(0x08, {0x07: _skip_type, **dict.fromkeys(range(0x40, 0x80), skip_google_ack)})
