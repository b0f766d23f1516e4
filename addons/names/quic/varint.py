"""Parses QUIC's variable-length integers (RFC 9000, section 16)."""

_LONGER = 0x40
"""From this value on, 1, 3 or 7 bytes follow the first, by its first two bits."""


def parse_varint(data: bytes, at: int) -> tuple[int, int]:
    """Return the integer at an offset, and where it ends.

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
