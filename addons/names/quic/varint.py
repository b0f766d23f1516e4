"""Reads QUIC's variable-length integers (RFC 9000, section 16)."""

_LONGER = 0x40
"""From here on, more bytes follow the first: 1, 3 or 7, by its first two bits."""


def parse_varint(data: bytes, at: int) -> tuple[int, int]:
    """Read the integer that stands there, and give where it ends.

    Raises:
        IndexError: the data ends before the integer does.
    """
    first = data[at]
    if first < _LONGER:
        return first, at + 1
    end = at + (1 << (first >> 6))
    if end > len(data):
        raise IndexError
    return int.from_bytes(data[at:end]) & ((1 << (8 * (end - at) - 2)) - 1), end
