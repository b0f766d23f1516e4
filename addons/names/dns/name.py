"""Reads a name from a DNS message, where it may be packed: RFC 1035, section 4.1.4.

A pointer may lead only to what stands before all that was read of the name, and a name has a
bounded number of steps: so no message can make this run in circles, or for long.
"""

import struct
from functools import lru_cache

CACHED_QUESTIONS = 4_096
"""Names that are kept as they stand in questions: the same few thousand are asked all day."""
MAX_STEPS = 48
"""Labels and pointers of one name: a hostname has some five, an IPv6 address turned round 34."""
MAX_NAME_LENGTH = 253
"""Characters, written with dots: the 255 bytes of RFC 1035, section 2.3.4, less the wire's own."""
MALFORMED = (IndexError, ValueError, struct.error)
"""What reading raises inside this package, and never outside it."""

_POINTER = 0xC0
_MAX_LABEL_LENGTH = 63
_ROOT = b"\x00"
_MAX_WIRE_LENGTH = 255
"""Bytes: RFC 1035, section 2.3.4."""


def parse_name(message: bytes, at: int) -> tuple[str, int]:
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
    for _ in range(MAX_STEPS):
        size = message[at]
        at += 1
        if size == 0:
            return _join_labels(labels), end or at
        if size <= _MAX_LABEL_LENGTH:
            labels.append(message[at : at + size])
            at += size
        else:
            end = end or at + 1
            at = parse_pointer(message, at - 1, earliest)
            earliest = at
    raise ValueError


def parse_question_name(message: bytes, at: int) -> tuple[str, int]:
    """Read a name as `read_name` does; one that is not packed, as in questions, is known again."""
    end = message.find(0, at, at + _MAX_WIRE_LENGTH)
    name = _parse_plain_labels(message[at:end]) if end > at else ""
    return (name, end + 1) if name else parse_name(message, at)


@lru_cache(CACHED_QUESTIONS)
def _parse_plain_labels(labels: bytes) -> str:
    """Read labels up to the root's; "" for what is not simply that."""
    try:
        name, end = parse_name(labels + _ROOT, 0)
    except MALFORMED:
        return ""
    return name if end == len(labels) + len(_ROOT) else ""


def parse_pointer(message: bytes, at: int, earliest: int) -> int:
    """Read a pointer, which leads to before `earliest`; raises as `read_name` does."""
    place = (message[at] << 8 | message[at + 1]) - (_POINTER << 8)
    if not 0 <= place < earliest:
        raise ValueError
    return place


def _join_labels(labels: list[bytes]) -> str:
    name = b".".join(labels)
    if len(name) > MAX_NAME_LENGTH or name.count(b".") != max(len(labels) - 1, 0):
        raise ValueError
    return name.decode("ascii").lower()
