"""A name that is pretended is known by the addresses that it has."""

from ipaddress import ip_address

import pytest

from addons.flows.dns_memory import (
    MAX_LIFETIME,
    MIN_ANSWERS,
    MIN_LIFETIME,
    PLATFORM_LIFETIME,
    SETTLING_TIME,
    DnsMemory,
)
from addons.names.dns import DnsAnswer
from tests.addons.flows.dns_memory.conftest import (
    ANNA,
    BRAM,
    ELSEWHERE,
    FACEBOOK,
    INSTAGRAM,
    NOON,
    OTHER_SERVER,
    PICTURES,
    SCHOOL,
    SERVER,
    SIX,
    answer,
    settled,
)


class TestPretence:
    def test_platforms_name_at_an_address_that_dns_never_gave(self, memory: DnsMemory) -> None:
        now = settled(memory, ANNA)
        assert memory.is_spoofed(ANNA, INSTAGRAM, ELSEWHERE, now)
        assert memory.is_spoofed(ANNA, INSTAGRAM.upper(), ip_address("fd00::1").packed, now)

    def test_no_test_where_the_clients_dns_is_not_seen(self, memory: DnsMemory) -> None:
        now = settled(memory, ANNA)
        assert not memory.is_spoofed(BRAM, INSTAGRAM, ELSEWHERE, now)

    def test_no_test_before_older_answers_must_be_over(self, memory: DnsMemory) -> None:
        now = settled(memory, ANNA)
        assert not memory.is_spoofed(ANNA, INSTAGRAM, ELSEWHERE, now - 1)

    def test_no_test_after_few_answers(self, memory: DnsMemory) -> None:
        now = settled(memory, ANNA, MIN_ANSWERS - 1)
        assert not memory.is_spoofed(ANNA, INSTAGRAM, ELSEWHERE, now)

    def test_no_test_after_a_silence(self, memory: DnsMemory) -> None:
        now = settled(memory, ANNA)
        assert memory.is_spoofed(ANNA, INSTAGRAM, ELSEWHERE, now + SETTLING_TIME)
        assert not memory.is_spoofed(ANNA, INSTAGRAM, ELSEWHERE, now + SETTLING_TIME + 1)

    def test_address_may_be_anothers_after_an_hour_of_silence(self, memory: DnsMemory) -> None:
        now = settled(memory, ANNA) + MAX_LIFETIME + 1
        memory.learn_answer(ANNA, answer(SCHOOL, OTHER_SERVER), now)
        assert not memory.is_spoofed(ANNA, INSTAGRAM, ELSEWHERE, now + 1)

    def test_no_test_for_a_client_that_asks_elsewhere_too(self, memory: DnsMemory) -> None:
        now = settled(memory, ANNA)
        memory.mark_resolver_hidden(ANNA, now)
        memory.learn_answer(ANNA, answer(INSTAGRAM, SERVER), now + 1)
        assert not memory.is_spoofed(ANNA, INSTAGRAM, ELSEWHERE, now + 2)

    def test_client_that_was_told_this_very_name(self, memory: DnsMemory) -> None:
        memory.learn_answer(ANNA, answer(INSTAGRAM, SERVER), NOON)
        assert memory.is_spoofed(ANNA, INSTAGRAM, ELSEWHERE, NOON + 1)
        assert not memory.is_spoofed(ANNA, FACEBOOK, ELSEWHERE, NOON + 1)
        assert not memory.is_spoofed(ANNA, INSTAGRAM, ELSEWHERE, NOON + MIN_LIFETIME + 1)

    def test_ipv4_answer_says_nothing_of_an_ipv6_address(self, memory: DnsMemory) -> None:
        memory.learn_answer(ANNA, answer(INSTAGRAM, SERVER), NOON)
        assert not memory.is_spoofed(ANNA, INSTAGRAM, SIX, NOON + 1)
        memory.learn_answer(ANNA, answer(INSTAGRAM, ip_address("2001:db8::8").packed), NOON)
        assert memory.is_spoofed(ANNA, INSTAGRAM, SIX, NOON + 1)

    def test_answer_without_an_address_says_nothing(self, memory: DnsMemory) -> None:
        memory.learn_answer(ANNA, answer(INSTAGRAM, chain=("z-p42.instagram.com",)), NOON)
        assert not memory.is_spoofed(ANNA, INSTAGRAM, ELSEWHERE, NOON + 1)

    @pytest.mark.parametrize("told", [INSTAGRAM, PICTURES, FACEBOOK])
    def test_address_that_it_was_told_for_any_platform_is_no_pretence(
        self, memory: DnsMemory, told: str
    ) -> None:
        now = settled(memory, ANNA)
        memory.learn_answer(ANNA, answer(told, SERVER), now)
        assert not memory.is_spoofed(ANNA, INSTAGRAM, SERVER, now)

    def test_address_is_a_platforms_long_after_its_answer(self, memory: DnsMemory) -> None:
        told_at = NOON - PLATFORM_LIFETIME + SETTLING_TIME
        memory.learn_answer(ANNA, answer(INSTAGRAM, SERVER, ttl=1), told_at)
        for hours in (1, 2, 3):
            memory.learn_answer(ANNA, answer(SCHOOL, OTHER_SERVER), told_at + hours * MAX_LIFETIME)
        now = settled(memory, ANNA)
        assert not memory.is_spoofed(ANNA, INSTAGRAM, SERVER, now)
        assert memory.is_spoofed(ANNA, INSTAGRAM, ELSEWHERE, now)

    def test_only_platforms_names_are_tested(self, memory: DnsMemory) -> None:
        now = settled(memory, ANNA)
        assert not memory.is_spoofed(ANNA, SCHOOL, ELSEWHERE, now)


class TestOuterNames:
    def test_learned_from_service_bindings(self, memory: DnsMemory) -> None:
        memory.learn_answer(ANNA, DnsAnswer(SCHOOL, (), (), ("cloudflare-ech.com",)), NOON)
        assert memory.is_ech_outer_name(ANNA, "Cloudflare-ECH.com.", NOON + 1)
        assert not memory.is_ech_outer_name(ANNA, SCHOOL, NOON + 1)

    def test_nobody_can_have_a_platforms_name_taken_for_one(self, memory: DnsMemory) -> None:
        memory.learn_answer(ANNA, DnsAnswer("stiekem.nl", (), (), (INSTAGRAM,)), NOON)
        assert not memory.is_ech_outer_name(ANNA, INSTAGRAM, NOON + 1)
