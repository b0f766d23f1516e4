"""Someone who knows what all other devices did cannot tell from the visibility what one did.

The attack is the one that told a device with certainty when shares were of connections and had no
noise: it opens 1,500 of the school's 30,000 connections, all through a VPN.
"""

from collections import Counter
from math import tanh

from monitor.release.day_counts import ActiveDevice, DayCounts
from monitor.release.noise import Mechanism, draw_figures
from monitor.release.tables import V1
from monitor.release.visibility import KINDS

OTHERS = [ActiveDevice(number, (), "", {"sni": 15, "quic": 5}) for number in range(1, 1_501)]
ONE = ActiveDevice(0, (), "", {"vpn": 1_500})
DRAWS = 10_000
STRAYS = 3 * (2 * 0.25 / DRAWS) ** 0.5
"""How far a measured advantage strays from the true one, at most."""


def votes(devices: list[ActiveDevice]) -> list[int]:
    """Give the votes of a day, by kind of connection."""
    day = DayCounts([V1])
    day.add_hour("1", devices, is_released=True)
    counted = day.count(V1, lambda *_: {"1"})
    return [counted[kind,] for kind in KINDS]


def advantage(mechanism: Mechanism) -> float:
    """Measure how much more often the attacker says 'it was there' when it was."""
    absent, present = votes(OTHERS), votes([*OTHERS, ONE])
    changed = next(cell for cell, count in enumerate(absent) if count != present[cell])
    threshold = (absent[changed] + present[changed]) / 2
    told = Counter[bool]()
    for was_there, counts in ((True, present), (False, absent)):
        drawn = mechanism(V1, [counts[changed]] * DRAWS)
        told[was_there] = sum(figure > threshold for figure in drawn)
    return (told[True] - told[False]) / DRAWS


def test_a_device_changes_the_votes_by_one_vote_however_much_it_does() -> None:
    absent, present = votes(OTHERS), votes([*OTHERS, ONE])
    assert sum(abs(a - b) for a, b in zip(absent, present, strict=True)) == V1.cap


def test_a_device_cannot_be_told_by_what_it_hides() -> None:
    assert advantage(draw_figures) < tanh(V1.epsilon / 2) + STRAYS


def test_without_noise_it_is_told_with_certainty() -> None:
    assert advantage(lambda _, counts: list(counts)) == 1
