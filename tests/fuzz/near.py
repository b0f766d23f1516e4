"""What lies near an input: what a branch is taken for says little of the values that take it."""

from collections.abc import Iterator
from random import Random

MAX_INPUTS = 48
"""Inputs near one; the same each time."""
VALUES = (0x00, 0x01, 0x7F, 0x80, 0xC0, 0xFF)
MAX_STRETCH = 16


def near(data: bytes) -> Iterator[bytes]:
    """Give an input cut, longer, and changed in a few places."""
    chance = Random(data)
    for number in range(MAX_INPUTS):
        changed = bytearray(data)
        for _ in range(1 + number // 16):
            _change(changed, chance)
        yield bytes(changed)


def _change(changed: bytearray, chance: Random) -> None:
    at = chance.randrange(len(changed) + 1)
    end = at + chance.randrange(1, MAX_STRETCH)
    match chance.randrange(5):
        case 0:
            del changed[at:]
        case 1:
            del changed[at:end]
        case 2:
            changed[at:at] = changed[at:end]
        case 3:
            changed[at : at + 1] = bytes((chance.choice(VALUES),))
        case _:
            changed[at : at + 1] = chance.randbytes(1)
