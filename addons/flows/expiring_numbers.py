"""Sets of numbers that each expire, packed in bytes of sixteen a number, the latest last.

There are a hundred numbers for each client, and an object for each would take ten times as much.
"""

from struct import Struct

_ENTRY = Struct("=qd")
"""The number, and the timestamp until which it is valid."""
_NUMBER = Struct("=q")


def add_number(packed: bytes, number: int, until: float, max_numbers: int) -> bytes:
    """Return a set with one number more; the one that was added longest ago makes room."""
    at = _find(packed, number)
    if at >= 0:
        _, previous = _ENTRY.unpack_from(packed, at)
        until = max(until, previous)
        packed = packed[:at] + packed[at + _ENTRY.size :]
    return (packed + _ENTRY.pack(number, until))[-max_numbers * _ENTRY.size :]


def holds_number(packed: bytes, number: int, timestamp: float) -> bool:
    """Return whether a number is in a set, and still valid."""
    at = _find(packed, number)
    if at < 0:
        return False
    _, until = _ENTRY.unpack_from(packed, at)
    return bool(timestamp <= until)


def valid_numbers(packed: bytes, timestamp: float) -> list[int]:
    """Return the numbers of a set that are still valid, the latest first."""
    return [number for number, until in _ENTRY.iter_unpack(packed) if timestamp <= until][::-1]


def _find(packed: bytes, number: int) -> int:
    sought = _NUMBER.pack(number)
    at = packed.find(sought)
    while at >= 0 and at % _ENTRY.size:
        at = packed.find(sought, at + 1)
    return at
