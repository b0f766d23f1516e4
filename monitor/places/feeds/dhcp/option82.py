"""Reads option 82, in which a relay says through what a client is attached (RFC 3046).

The option is a row of sub-options: a byte that says which, a byte for its length, and its value.
Makers fill them as they like: with text (`sw-b2:ge-0/0/4:204`) or with numbers.
"""

from typing import NamedTuple

CIRCUIT = 1
REMOTE = 2
LONGEST = 255
"""Bytes: an option has one byte for its length."""


class RelayInfo(NamedTuple):
    """What a relay said, each as text or else in hexadecimal; empty: nothing."""

    circuit: str = ""
    remote: str = ""


def parse_option82(content: bytes) -> RelayInfo:
    """Read the sub-options; of what is cut short, what is whole counts. Never raises."""
    content = content[:LONGEST]
    found: dict[int, str] = {}
    start = 0
    while start + 2 <= len(content):
        kind, length = content[start], content[start + 1]
        value = content[start + 2 : start + 2 + length]
        if len(value) < length:
            break
        found.setdefault(kind, to_text(value))
        start += 2 + length
    return RelayInfo(found.get(CIRCUIT, ""), found.get(REMOTE, ""))


def parse_hexadecimal(text: str) -> RelayInfo:
    """Read the sub-options as servers write them down: `0x0112…`, with or without `0x`.

    Raises:
        ValueError: when they are not hexadecimal.
    """
    digits = text.strip()[: 2 * LONGEST + 2]
    return parse_option82(bytes.fromhex(digits.removeprefix("0x").removeprefix("0X")))


def to_text(value: bytes) -> str:
    """Give a value as text when all of it can be printed, and else in hexadecimal."""
    is_text = value.isascii() and value.decode("latin-1").isprintable()
    return value.decode("latin-1").strip() if is_text else value.hex()
