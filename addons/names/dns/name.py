"""Reads a name from a DNS message, where it may be packed: RFC 1035, section 4.1.4.

A pointer may lead only to what stands before all that was read of the name, and a name has a
bounded number of steps: so no message can make this run in circles, or for long.
"""

import struct

MOST_STEPS = 48
"""Labels and pointers of one name: a hostname has some five, an IPv6 address turned round 34."""
LONGEST_NAME = 253
"""Characters, written with dots: the 255 bytes of RFC 1035, section 2.3.4, less the wire's own."""
MALFORMED = (IndexError, ValueError, struct.error)
"""What reading raises inside this package, and never outside it."""

_POINTER = 0xC0
_LONGEST_LABEL = 63


def read_name(message: bytes, at: int) -> tuple[str, int]:
    """Read the name that begins at a place, and tell where it ends.

    Returns:
        The name in lower case, without the trailing dot ("" for the root), and the place after it.

    Raises:
        IndexError: it goes on behind the message.
        ValueError: it is none, or none that can be written as text without being mistaken for
            another: with a dot inside a label, or a byte that is not ASCII.
    """
    labels: list[bytes] = []
    end = 0
    earliest = at
    for _ in range(MOST_STEPS):
        size = message[at]
        at += 1
        if size == 0:
            return _written(labels), end or at
        if size <= _LONGEST_LABEL:
            labels.append(message[at : at + size])
            at += size
        else:
            end = end or at + 1
            at = pointed_at(message, at - 1, earliest)
            earliest = at
    raise ValueError


def pointed_at(message: bytes, at: int, earliest: int) -> int:
    """Read a pointer, which leads to before `earliest`; raises as `read_name` does."""
    place = (message[at] << 8 | message[at + 1]) - (_POINTER << 8)
    if not 0 <= place < earliest:
        raise ValueError
    return place


def _written(labels: list[bytes]) -> str:
    name = b".".join(labels)
    if len(name) > LONGEST_NAME or name.count(b".") != max(len(labels) - 1, 0):
        raise ValueError
    return name.decode("ascii").lower()
