"""Ways of using a platform, and a glance, carry what their module says."""

import pytest

from simulation.bells import spans
from simulation.chance import chance
from simulation.contact import Contact
from simulation.hostnames import OF_PLATFORM
from simulation.talk import Talk
from simulation.using import WAYS, Looking, Way, glance, interface_of, use
from tests.simulation.cast import MONDAY

SPAN = spans(MONDAY)[0]
BEGINS = SPAN.start + 60


def looked(platform: str, way: Way | None, seed: int = 1, lasts: float = 300) -> list[Contact]:
    hosts, random = OF_PLATFORM[platform], chance(seed)
    talk = Talk(b"\x0a\x01\x00\x01", SPAN)
    looking = Looking(talk, hosts, interface_of(hosts, random), random)
    if way is None:
        glance(looking, BEGINS)
    else:
        use(looking, way, BEGINS, BEGINS + lasts)
    return list(talk.contacts())


def total(contacts: list[Contact]) -> int:
    return sum(contact.down for contact in contacts)


def test_every_platform_has_its_ways() -> None:
    assert WAYS.keys() == OF_PLATFORM.keys()
    for platform, ways in WAYS.items():
        for way in ways:
            assert looked(platform, way)


@pytest.mark.parametrize(
    ("platform", "way", "least", "most"),
    [
        ("tiktok", Way.CLIPS, 5e6, 200e6),
        ("pinterest", Way.SCROLLING, 2e6, 30e6),
        ("snapchat", Way.CHAT, 5e4, 1e7),
        ("weblogs", Way.READING, 2e5, 2e7),
    ],
)
def test_five_minutes_carry(platform: str, way: Way, least: float, most: float) -> None:
    for seed in range(20):
        assert least < total(looked(platform, way, seed)) < most


def test_a_glance_ends_within_a_minute() -> None:
    for seed in range(50):
        for contact in looked("tiktok", None, seed):
            assert contact.moment + contact.lasts - BEGINS < 60


def test_some_apps_show_no_name_that_tells_of_use() -> None:
    names = {interface_of(OF_PLATFORM["youtube"], chance(n)) for n in range(50)}
    assert names == {"www.youtube.com", "m.youtube.com", "youtubei.googleapis.com"}
