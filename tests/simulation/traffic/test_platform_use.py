"""Ways of using a platform, and a glance, carry what their module says."""

import pytest

from simulation.randomness import seeded_random
from simulation.school.bells import bell_spans
from simulation.traffic.connection import SimulatedConnection
from simulation.traffic.conversation import Conversation
from simulation.traffic.hostnames import HOSTS_BY_PLATFORM
from simulation.traffic.platform_use import (
    PATTERNS,
    UsePattern,
    UseSession,
    choose_interface,
    glance_at,
    use_platform,
)
from tests.simulation.cast import MONDAY

SPAN = bell_spans(MONDAY)[0]
BEGINS = SPAN.start + 60


def looked(
    platform: str, way: UsePattern | None, seed: int = 1, lasts: float = 300
) -> list[SimulatedConnection]:
    hosts, random = HOSTS_BY_PLATFORM[platform], seeded_random(seed)
    talk = Conversation(b"\x0a\x01\x00\x01", SPAN)
    looking = UseSession(talk, hosts, choose_interface(hosts, random), random)
    if way is None:
        glance_at(looking, BEGINS)
    else:
        use_platform(looking, way, BEGINS, BEGINS + lasts)
    return list(talk.connections())


def total(contacts: list[SimulatedConnection]) -> int:
    return sum(contact.down for contact in contacts)


def test_every_platform_has_its_ways() -> None:
    assert PATTERNS.keys() == HOSTS_BY_PLATFORM.keys()
    for platform, ways in PATTERNS.items():
        for way in ways:
            assert looked(platform, way)


@pytest.mark.parametrize(
    ("platform", "way", "least", "most"),
    [
        ("tiktok", UsePattern.CLIPS, 5e6, 200e6),
        ("pinterest", UsePattern.SCROLLING, 2e6, 30e6),
        ("snapchat", UsePattern.CHAT, 5e4, 1e7),
        ("weblogs", UsePattern.READING, 2e5, 2e7),
    ],
)
def test_five_minutes_carry(platform: str, way: UsePattern, least: float, most: float) -> None:
    for seed in range(20):
        assert least < total(looked(platform, way, seed)) < most


def test_a_glance_ends_within_a_minute() -> None:
    for seed in range(50):
        for contact in looked("tiktok", None, seed):
            assert contact.timestamp + contact.duration - BEGINS < 60


def test_some_apps_show_no_name_that_tells_of_use() -> None:
    names = {choose_interface(HOSTS_BY_PLATFORM["youtube"], seeded_random(n)) for n in range(50)}
    assert names == {"www.youtube.com", "m.youtube.com", "youtubei.googleapis.com"}
