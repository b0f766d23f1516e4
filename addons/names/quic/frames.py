"""Finds the handshake's pieces among the frames of a decrypted packet (RFC 9000, section 19).

Only what a client may put into an Initial packet is known: PADDING, PING, ACK, CRYPTO and
CONNECTION_CLOSE. Google's own versions number and lay out the same frames in their own way.
"""

from collections.abc import Callable
from typing import NamedTuple

from addons.names.quic import integer

MOST_FRAMES = 128
"""Frames of one packet that are looked at. Browsers that cut and shuffle their handshake were
seen to make twenty."""

type Skip = Callable[[bytes, int], int]
"""Gives where a frame that starts there ends; IndexError where the payload ends before it."""

_STRETCH = bytes(64)


class Piece(NamedTuple):
    """Bytes of the handshake, and where in it they belong."""

    offset: int
    data: bytes


class Frames(NamedTuple):
    """How frames are numbered."""

    crypto: int
    others: dict[int, Skip]


def pieces(payload: bytes, frames: Frames) -> list[Piece]:
    """Collect the pieces in their order, up to the first frame that is not known or cut short."""
    found: list[Piece] = []
    at = 0
    try:
        for _ in range(MOST_FRAMES):
            at = past_padding(payload, at)
            if payload[at] == frames.crypto:
                offset, at = integer.read(payload, at + 1)
                size, at = integer.read(payload, at)
                if at + size > len(payload):
                    break
                found.append(Piece(offset, payload[at : at + size]))
                at += size
            else:
                at = frames.others[payload[at]](payload, at)
    except (IndexError, KeyError):
        pass
    return found


def past_padding(payload: bytes, at: int) -> int:
    """Give where the zeros end; in stretches, because most of a packet can be padding."""
    while payload.startswith(_STRETCH, at):
        at += len(_STRETCH)
    rest = payload[at : at + len(_STRETCH)]
    return at + len(rest) - len(rest.lstrip(b"\x00"))


def _past_type(payload: bytes, at: int) -> int:
    """Skip a frame that is nothing but its type."""
    return at + len(payload[at : at + 1])


def _past_integers(payload: bytes, at: int, count: int) -> int:
    for _ in range(count):
        _, at = integer.read(payload, at)
    return at


def _past_acknowledgement(payload: bytes, at: int) -> int:
    counts = 3 if payload[at] & 1 else 0
    at = _past_integers(payload, at + 1, 2)
    ranges, at = integer.read(payload, at)
    return _past_integers(payload, at, 1 + 2 * ranges + counts)


def _past_close(payload: bytes, at: int) -> int:
    at = _past_integers(payload, at + 1, 2)
    reason, at = integer.read(payload, at)
    return at + reason


def past_google_acknowledgement(payload: bytes, at: int) -> int:
    """Skip an ACK of Q034 and later: type 0b01n0llmm, lengths of 1, 2, 4 and 6 bytes."""
    kind = payload[at]
    largest, block = _LENGTHS[kind >> 2 & 3], _LENGTHS[kind & 3]
    at += 1 + largest + 2  # the largest, and the delay
    blocks = payload[at] if kind & 0x20 else 0
    at += bool(kind & 0x20) + block + blocks * (1 + block)
    stamps = payload[at]
    return at + 1 + (2 + 3 * stamps if stamps else 0)


_LENGTHS = (1, 2, 4, 6)

IETF = Frames(
    0x06,
    {0x01: _past_type, 0x02: _past_acknowledgement, 0x03: _past_acknowledgement, 0x1C: _past_close},
)
GOOGLE = Frames(
    0x08, {0x07: _past_type, **dict.fromkeys(range(0x40, 0x80), past_google_acknowledgement)}
)
