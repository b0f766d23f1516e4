"""Parses what a DNS answer says about the name in its question.

Thousands of answers pass the sensor, and anyone on the network can send what looks like one. So the
number of records is bounded, and a record that belongs neither to the question nor to where its
name points is left out, however well-formed it is.

An answer may be cut: by DNS itself (TC), by the segment that it came in, or by the capture. Its
complete records count.
"""

from collections.abc import Iterator
from contextlib import suppress
from struct import Struct
from typing import NamedTuple

from addons.names.dns import service_binding
from addons.names.dns.name import MALFORMED, parse_name, parse_pointer, parse_question_name
from addons.names.dns.service_binding import ServiceBinding

MAX_RECORDS = 64
"""Records that are read of one answer: about twice as many as the longest in use hold."""
MAX_ADDRESSES = 64
MAX_MESSAGES = 32
"""Messages that are read in one piece of a TCP stream."""

_HEADER = Struct(">HHHHHH")
"""RFC 1035, section 4.1.1: number, flags, then the counts of the four parts."""
ANSWER_MASK, NAME_FOUND = 0xF80F, 0x8000
"""Bits of the flags: answer, kind of request, result; and their value where the name was found."""
_QUESTION = Struct(">HH")
_RECORD = Struct(">HHIH")
"""After the name: type, class, TTL, length of the data. RFC 1035, section 4.1.3."""
_LENGTH = 2
_POINTER = 0xC0
_MAX_TTL = 0x7FFF_FFFF

_INTERNET = 1
_A, _CNAME, _AAAA, _SVCB, _HTTPS = 1, 5, 28, 64, 65
_ADDRESS_SIZES = {_A: 4, _AAAA: 16}
_SERVICES = (_SVCB, _HTTPS)
_KINDS = frozenset({_A, _CNAME, _AAAA, _SVCB, _HTTPS})
_NOTHING = ServiceBinding("", [], [])


class DnsAnswer(NamedTuple):
    """What DNS says about one name."""

    question: str
    """The question's name: lower case ASCII, no trailing dot."""
    targets: tuple[str, ...]
    """Where that name points, in order: targets of CNAMEs and of service bindings."""
    addresses: tuple[tuple[bytes, int], ...]
    """Packed addresses, each with the seconds for which it may be kept."""
    outer_names: tuple[str, ...]
    """What a ClientHello shows in place of this name when it hides it (ECH)."""


type _Record = tuple[int, int, int, int]
"""A record's type and TTL, and the offsets at which its data starts and ends."""


def split_messages(stream: bytes) -> Iterator[bytes]:
    """Yield the messages in a piece of a TCP stream, each after its length; the last may be cut."""
    at = 0
    for _ in range(MAX_MESSAGES):
        start = at + _LENGTH
        if start + _HEADER.size > len(stream):
            return
        at = start + (stream[at] << 8 | stream[at + 1])
        yield stream[start:at]


def parse_answer(message: bytes) -> DnsAnswer | None:
    """Return the answer to a question about one name; None for any other message."""
    try:
        _, flags, questions, *counts = _HEADER.unpack_from(message)
        if flags & ANSWER_MASK != NAME_FOUND or questions != 1:
            return None
        asked, at = parse_question_name(message, _HEADER.size)
        kind, network = _QUESTION.unpack_from(message, at)
    except MALFORMED:
        return None
    if network != _INTERNET or not asked:
        return None
    # The addresses of a service may stand after its answer: RFC 9460, section 4.1.
    count = sum(counts) if kind in _SERVICES else counts[0]
    records = _collect_records(message, at + _QUESTION.size, min(count, MAX_RECORDS), asked)
    return _follow_records(message, asked, records)


def _collect_records(message: bytes, at: int, count: int, asked: str) -> dict[str, list[_Record]]:
    """Return the records that may say something, by the name that they belong to."""
    records: dict[str, list[_Record]] = {}
    names = {_HEADER.size: asked}
    with suppress(*MALFORMED):
        for _ in range(count):
            owner, at = _parse_owner(message, at, names)
            kind, network, ttl, size = _RECORD.unpack_from(message, at)
            start = at + _RECORD.size
            at = start + size
            if at > len(message):
                break
            if kind in _KINDS and network == _INTERNET:
                records.setdefault(owner, []).append((kind, ttl, start, at))
    return records


def _parse_owner(message: bytes, at: int, names: dict[int, str]) -> tuple[str, int]:
    """Return a record's name, and where it ends: nearly always a pointer to a known name."""
    if message[at] < _POINTER:
        return parse_name(message, at)
    offset = parse_pointer(message, at, at)
    if offset not in names:
        names[offset], _ = parse_name(message, offset)
    return names[offset], at + 2


def _follow_records(message: bytes, asked: str, records: dict[str, list[_Record]]) -> DnsAnswer:
    """Return what the records say, from the question on, in whatever order they stand."""
    path = [asked]
    addresses: list[tuple[bytes, int]] = []
    outer_names: list[str] = []
    for owner in path:  # it grows on the way
        for kind, ttl, start, end in records.get(owner, ()):
            # A TTL with its first bit set is 0: RFC 2181, section 8.
            keep = ttl if ttl <= _MAX_TTL else 0
            if kind in _ADDRESS_SIZES:
                if end - start == _ADDRESS_SIZES[kind]:
                    addresses.append((message[start:end], keep))
                continue
            target, hints, outer = _parse_target(message, kind, start, end)
            addresses += [(hint, keep) for hint in hints]
            outer_names += outer
            if target and target not in path:
                path.append(target)
    return DnsAnswer(asked, tuple(path[1:]), tuple(addresses[:MAX_ADDRESSES]), tuple(outer_names))


def _parse_target(message: bytes, kind: int, start: int, end: int) -> ServiceBinding:
    """Return where a CNAME or a service binding points; nowhere if it is malformed."""
    try:
        if kind == _CNAME:
            return ServiceBinding(parse_name(message, start)[0], [], [])
        return service_binding.parse_service_binding(message, start, end)
    except MALFORMED:
        return _NOTHING
