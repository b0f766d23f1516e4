"""What holds for DNS answers, and for what is remembered of them."""

from typing import Any
from unittest.mock import patch

from addons.flows import dns_memory as lookups
from addons.flows.dns_memory import DnsMemory
from addons.names import dns
from addons.names.dns import DnsAnswer
from addons.names.dns.answer import MAX_ADDRESSES, MAX_MESSAGES
from addons.names.dns.name import MAX_NAME_LENGTH
from tests.fuzz import pieces
from tests.fuzz.names import cuts

FEW: dict[str, Any] = {
    "MAX_CLIENTS": 4,
    "MAX_NAMES_PER_CLIENT": 8,
    "MAX_ADDRESSES_PER_CLIENT": 8,
    "MAX_PLATFORM_NAMES_PER_CLIENT": 3,
    "MAX_OUTER_NAMES_PER_CLIENT": 2,
}
"""Bounds that a short input reaches."""


def answer(data: bytes) -> None:
    """Of a message that is cut, nothing is read that the whole does not say."""
    whole = dns.parse_answer(data)
    if whole is not None:
        _is_sound(whole, data)
    for start in cuts(data):
        part = dns.parse_answer(start)
        if part is not None:
            assert whole is not None
            assert part.question == whole.question
            if len(whole.addresses) < MAX_ADDRESSES:
                assert {*part.targets} <= {*whole.targets}
                assert {*part.addresses} <= {*whole.addresses}
                assert {*part.outer_names} <= {*whole.outer_names}


def _is_sound(answer: DnsAnswer, data: bytes) -> None:
    assert answer.question
    for hostname in (answer.question, *answer.targets, *answer.outer_names):
        assert hostname.isascii()
        assert hostname == hostname.lower()
        assert len(hostname) <= MAX_NAME_LENGTH + 2
    assert len({answer.question, *answer.targets}) == 1 + len(answer.targets)
    assert len(answer.addresses) <= MAX_ADDRESSES
    for address, ttl in answer.addresses:
        assert len(address) in (4, 16)
        assert address in data
        assert 0 <= ttl < 1 << 31


def messages(data: bytes) -> None:
    found = list(dns.split_messages(data))
    assert len(found) <= MAX_MESSAGES
    assert sum(2 + len(message) for message in found) <= len(data) + MAX_MESSAGES
    for message in found:
        answer(message)


def learning(data: bytes) -> None:
    """Each piece is a message behind a byte for who is told, and one for how much later."""
    with patch.multiple(lookups, **FEW):
        memory = DnsMemory(_platform_of, _platform_of_alias)
        moment = 0.0
        for piece in pieces.split(data):
            client = bytes((10, 0, 0, piece[0] & 7)) if piece else bytes(16)
            moment += 60.0 * sum(piece[1:2])
            found = dns.parse_answer(piece[2:])
            if found is not None:
                memory.learn_answer(client, found, moment)
                _is_sound_memory(memory, client, found, moment)


def _is_sound_memory(memory: DnsMemory, client: bytes, found: DnsAnswer, moment: float) -> None:
    for address, _ in found.addresses[-FEW["MAX_ADDRESSES_PER_CLIENT"] :]:  # that are still held
        hostname = memory.find_hostname(client, address, moment)
        assert not hostname or _platform_of(hostname) or memory.find_cname(client, hostname, moment)
        assert isinstance(memory.is_spoofed(client, found.question, address, moment), bool)
        if _platform_of(found.question):
            assert not memory.is_spoofed(client, found.question, address, moment)
    for outer in found.outer_names:
        assert not (_platform_of(outer) and memory.is_ech_outer_name(client, outer, moment))
    clients = memory._clients
    assert max(map(len, clients.generations)) <= clients.generation_size
    for generation in clients.generations:
        for told in generation.values():
            assert len(told.names) <= FEW["MAX_NAMES_PER_CLIENT"] * 16
            assert len(told.addresses) <= FEW["MAX_ADDRESSES_PER_CLIENT"] * 24
            assert len(told.platform_names) <= FEW["MAX_PLATFORM_NAMES_PER_CLIENT"]


def _platform_of(hostname: str) -> str | None:
    return hostname[:1] if hostname[:1] in {"i", "l"} else None


def _platform_of_alias(hostname: str) -> str | None:
    return "weblogs" if hostname[:1] in {"w", "l"} else None
