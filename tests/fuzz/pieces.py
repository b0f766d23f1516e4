"""Inputs that are several things in a row: each stands behind its length, in two bytes."""

from collections.abc import Iterable

MAX_PIECES = 128
"""Pieces of one input that are looked at."""


def split(data: bytes) -> list[bytes]:
    """Take an input apart; whatever it is, it can be taken apart."""
    found: list[bytes] = []
    while data and len(found) < MAX_PIECES:
        end = 2 + int.from_bytes(data[:2])
        found.append(data[2:end])
        data = data[end:]
    return found


def joined(pieces: Iterable[bytes]) -> bytes:
    return b"".join(len(piece).to_bytes(2) + piece for piece in pieces)
