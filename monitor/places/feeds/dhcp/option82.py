"""Parses option 82, in which a relay says to what a client is attached (RFC 3046).

The option is a list of sub-options: a byte for its kind, a byte for its length, and its value.
Makers fill them as they like: with text (`sw-b2:ge-0/0/4:204`) or with numbers.
"""

from typing import NamedTuple

CIRCUIT = 1
REMOTE = 2
MAX_SIZE = 255
"""Bytes: an option has one byte for its length."""


class RelayInfo(NamedTuple):
    """The circuit and remote of a relay, as text or else in hexadecimal; empty for nothing."""

    circuit: str = ""
    remote: str = ""


def parse_option82(content: bytes) -> RelayInfo:
    """Parse the sub-options; of an option that is cut short, those that are whole. Never raises."""
    content = content[:MAX_SIZE]
    values: dict[int, str] = {}
    start = 0
    while start + 2 <= len(content):
        kind, length = content[start], content[start + 1]
        value = content[start + 2 : start + 2 + length]
        if len(value) < length:
            break
        values.setdefault(kind, to_text(value))
        start += 2 + length
    return RelayInfo(values.get(CIRCUIT, ""), values.get(REMOTE, ""))


def parse_hexadecimal(text: str) -> RelayInfo:
    """Parse the sub-options as servers write them: `0x0112…`, with or without `0x`.

    Raises:
        ValueError: when they are not hexadecimal.
    """
    digits = text.strip()[: 2 * MAX_SIZE + 2]
    return parse_option82(bytes.fromhex(digits.removeprefix("0x").removeprefix("0X")))


def to_text(value: bytes) -> str:
    """Return a value as text when all of it can be printed, and else in hexadecimal."""
    is_text = value.isascii() and value.decode("latin-1").isprintable()
    return value.decode("latin-1").strip() if is_text else value.hex()
