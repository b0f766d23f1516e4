"""What holds for DNS answers, and for what is remembered of them."""

from typing import Any
from unittest.mock import patch

from addons.flows import dns_memory as lookups
from addons.flows.dns_memory import Lookups
from addons.names import dns
from addons.names.dns import Answer
from addons.names.dns.answer import MOST_ADDRESSES, MOST_MESSAGES
from addons.names.dns.name import LONGEST_NAME
from tests.fuzz import pieces
from tests.fuzz.names import cuts

FEW: dict[str, Any] = {
    "MOST_CLIENTS": 4,
    "MOST_NAMES": 4,
    "MOST_ADDRESSES": 8,
    "MOST_OUTER_NAMES": 2,
    "NAMES_OF_A_CLIENT": 3,
    "NAMES_OF_AN_ADDRESS": 2,
}
"""Bounds that a short input reaches."""


def answer(data: bytes) -> None:
    """Of a message that is cut, nothing is read that the whole does not say."""
    whole = dns.read(data)
    if whole is not None:
        _is_sound(whole, data)
    for start in cuts(data):
        part = dns.read(start)
        if part is not None:
            assert whole is not None
            assert part.asked == whole.asked
            if len(whole.addresses) < MOST_ADDRESSES:
                assert {*part.chain} <= {*whole.chain}
                assert {*part.addresses} <= {*whole.addresses}
                assert {*part.outer_names} <= {*whole.outer_names}


def _is_sound(answer: Answer, data: bytes) -> None:
    assert answer.asked
    for hostname in (answer.asked, *answer.chain, *answer.outer_names):
        assert hostname.isascii()
        assert hostname == hostname.lower()
        assert len(hostname) <= LONGEST_NAME + 2
    assert len({answer.asked, *answer.chain}) == 1 + len(answer.chain)
    assert len(answer.addresses) <= MOST_ADDRESSES
    for address, ttl in answer.addresses:
        assert len(address) in (4, 16)
        assert address in data
        assert 0 <= ttl < 1 << 31


def messages(data: bytes) -> None:
    found = list(dns.messages(data))
    assert len(found) <= MOST_MESSAGES
    assert sum(2 + len(message) for message in found) <= len(data) + MOST_MESSAGES
    for message in found:
        answer(message)


def learning(data: bytes) -> None:
    """Each piece is a message behind a byte for who is told, and one for how much later."""
    with patch.multiple(lookups, **FEW):
        memory = Lookups(_platform_of, _platform_of_alias)
        moment = 0.0
        for piece in pieces.split(data):
            client = bytes((10, 0, 0, piece[0] & 7)) if piece else bytes(16)
            moment += 60.0 * sum(piece[1:2])
            found = dns.read(piece[2:])
            if found is not None:
                memory.learn(client, found, moment)
                _is_sound_memory(memory, client, found, moment)


def _is_sound_memory(memory: Lookups, client: bytes, found: Answer, moment: float) -> None:
    for address, _ in found.addresses[-FEW["MOST_ADDRESSES"] // 2 :]:  # that are still held
        hostname = memory.name_of(client, address, moment)
        assert not hostname or _platform_of(hostname) or memory.alias_of(hostname, moment)
        assert isinstance(memory.contradicts(client, found.asked, address, moment), bool)
        if _platform_of(found.asked):
            assert not memory.contradicts(client, found.asked, address, moment)
    for outer in found.outer_names:
        assert not (_platform_of(outer) and memory.is_outer(outer))
    for part in (memory._clients, memory._names, memory._given, memory._outer_names):
        assert max(len(part._new), len(part._old)) <= part._half
    for names in (*memory._given._new.values(), *memory._given._old.values()):
        assert len(names) <= FEW["NAMES_OF_AN_ADDRESS"] * 16


def _platform_of(hostname: str) -> str | None:
    return hostname[:1] if hostname[:1] in {"i", "l"} else None


def _platform_of_alias(hostname: str) -> str | None:
    return "weblogs" if hostname[:1] in {"w", "l"} else None
