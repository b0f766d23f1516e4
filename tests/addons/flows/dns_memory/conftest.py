"""Answers of DNS in an invented school, and what is asked of the memory of them."""

from ipaddress import ip_address

import pytest

from addons.flows.dns_memory import MIN_ANSWERS, SETTLING_TIME, DnsMemory
from addons.names.dns import DnsAnswer
from monitor import catalogue

NOON = 1_790_000_000.0
ANNA, BRAM = ip_address("10.1.0.1").packed, ip_address("10.1.0.2").packed
SERVER, OTHER_SERVER = ip_address("192.0.2.7").packed, ip_address("192.0.2.8").packed
ELSEWHERE = ip_address("203.0.113.9").packed
SIX = ip_address("2001:db8::7").packed
INSTAGRAM, FACEBOOK = "www.instagram.com", "www.facebook.com"
PICTURES = "scontent.cdninstagram.com"
SCHOOL = "www.voorbeeldschool.nl"
WEBLOG, HOST = "www.mijnblog.nl", "lb.wordpress.com"
OURS = catalogue.load_catalogue()


def platform_of(hostname: str) -> str | None:
    match = OURS.recognise(hostname)
    return match.platform if match else None


def platform_of_alias(hostname: str) -> str | None:
    match = OURS.recognise_cname(hostname)
    return match.platform if match else None


@pytest.fixture
def memory() -> DnsMemory:
    return DnsMemory(platform_of, platform_of_alias)


def answer(asked: str, *addresses: bytes, ttl: int = 60, chain: tuple[str, ...] = ()) -> DnsAnswer:
    return DnsAnswer(asked, chain, tuple((address, ttl) for address in addresses), ())


def settled(memory: DnsMemory, client: bytes, answers: int = MIN_ANSWERS) -> float:
    """Let a client be told of the school's addresses for a while; returns the moment after it."""
    for number in range(answers):
        when = NOON + SETTLING_TIME * number / max(answers - 1, 1)
        memory.learn_answer(client, answer(f"{number}.voorbeeldschool.nl", OTHER_SERVER), when)
    return NOON + SETTLING_TIME
