"""Sets and maps of numbers that each expire, packed in bytes of an entry each, the latest last.

There are hundreds of numbers for each client, and an object for each would take ten times as much.
"""

from struct import Struct

_ENTRY = Struct("=qd")
"""The number, and the timestamp until which it is valid."""
_PAIR = Struct("=qqd")
"""The key, the number that it has, and the timestamp until which it has it."""
_NUMBER = Struct("=q")
_KEY = Struct("=qq")


def add_number(packed: bytes, number: int, until: float, max_numbers: int) -> bytes:
    """Return a set with one number more; the one that was added longest ago makes room."""
    at = _find(packed, _NUMBER.pack(number), _ENTRY.size)
    if at >= 0:
        _, previous = _ENTRY.unpack_from(packed, at)
        until = max(until, previous)
        packed = packed[:at] + packed[at + _ENTRY.size :]
    return (packed + _ENTRY.pack(number, until))[-max_numbers * _ENTRY.size :]


def holds_number(packed: bytes, number: int, timestamp: float) -> bool:
    """Return whether a number is in a set, and still valid."""
    at = _find(packed, _NUMBER.pack(number), _ENTRY.size)
    if at < 0:
        return False
    _, until = _ENTRY.unpack_from(packed, at)
    return bool(timestamp <= until)


def add_pair(packed: bytes, key: int, number: int, until: float, max_pairs: int) -> bytes:
    """Return a map in which a key has one number more; the oldest pair of all makes room."""
    at = _find(packed, _KEY.pack(key, number), _PAIR.size)
    if at >= 0:
        _, _, previous = _PAIR.unpack_from(packed, at)
        until = max(until, previous)
        packed = packed[:at] + packed[at + _PAIR.size :]
    return (packed + _PAIR.pack(key, number, until))[-max_pairs * _PAIR.size :]


def numbers_of(packed: bytes, key: int, timestamp: float) -> list[int]:
    """Return the numbers that a key still has, the latest first."""
    sought, found = _NUMBER.pack(key), []
    at = _find(packed, sought, _PAIR.size)
    while at >= 0:
        _, number, until = _PAIR.unpack_from(packed, at)
        if timestamp <= until:
            found.append(number)
        at = _find(packed, sought, _PAIR.size, at + _PAIR.size)
    return found[::-1]


def _find(packed: bytes, sought: bytes, entry_size: int, start: int = 0) -> int:
    """Return where an entry begins with these bytes; -1 where none does."""
    at = packed.find(sought, start)
    while at >= 0 and at % entry_size:
        at = packed.find(sought, at + 1)
    return at
