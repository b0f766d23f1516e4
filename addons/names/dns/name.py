"""Parses a name in a DNS message, where it may be compressed: RFC 1035, section 4.1.4.

A pointer may lead only to before all that was read of the name, and a name has a bounded number of
steps: so no message can make this run in circles, or for long.
"""

import struct
from functools import lru_cache

CACHED_QUESTIONS = 4_096
"""Parsed names of questions that are kept: the same few thousand are asked all day."""
MAX_STEPS = 48
"""Labels and pointers of one name: a hostname has some five, a reversed IPv6 address 34."""
MAX_NAME_LENGTH = 253
"""Characters, with dots: the 255 bytes of RFC 1035, section 2.3.4, less those of the wire."""
MALFORMED = (IndexError, ValueError, struct.error)
"""Errors that parsing raises inside this package, and never outside it."""

_POINTER = 0xC0
_MAX_LABEL_LENGTH = 63
_ROOT = b"\x00"
_MAX_WIRE_LENGTH = 255
"""Bytes: RFC 1035, section 2.3.4."""


def parse_name(message: bytes, at: int) -> tuple[str, int]:
    """Return the name at an offset, and the offset after it.

    The name is in lower case and has no trailing dot; "" is the root.

    Raises:
        IndexError: the message ends inside the name.
        ValueError: there is no name, or none whose text is unambiguous: it has a dot inside a
            label, or a byte that is not ASCII.
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
    """Do as `parse_name` does; a name without compression, as in questions, is cached."""
    end = message.find(0, at, at + _MAX_WIRE_LENGTH)
    name = _parse_plain_labels(message[at:end]) if end > at else ""
    return (name, end + 1) if name else parse_name(message, at)


@lru_cache(CACHED_QUESTIONS)
def _parse_plain_labels(labels: bytes) -> str:
    """Return the name of labels without compression; "" for anything else."""
    try:
        name, end = parse_name(labels + _ROOT, 0)
    except MALFORMED:
        return ""
    return name if end == len(labels) + len(_ROOT) else ""


def parse_pointer(message: bytes, at: int, earliest: int) -> int:
    """Return the offset in a pointer, which is before `earliest`; raises as `parse_name` does."""
    offset = (message[at] << 8 | message[at + 1]) - (_POINTER << 8)
    if not 0 <= offset < earliest:
        raise ValueError
    return offset


def _join_labels(labels: list[bytes]) -> str:
    name = b".".join(labels)
    if len(name) > MAX_NAME_LENGTH or name.count(b".") != max(len(labels) - 1, 0):
        raise ValueError
    return name.decode("ascii").lower()
