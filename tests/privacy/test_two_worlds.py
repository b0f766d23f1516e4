"""From raw packets on, and with the noise off: no device changes a table by more than its cap.

Worlds of packets, leases and sessions are played through sensor, feeds and core as they run, with
each device and without it. On networks where a person is known, the person is what must not count.
"""

from collections.abc import Callable

import pytest

from monitor.attacks.outcome import AttackOutcome
from tests.privacy.attacks import from_packets
from tests.privacy.worlds.distance import beyond_caps, distances
from tests.privacy.worlds.generator import random_world
from tests.privacy.worlds.play import play
from tests.privacy.worlds.school import DAYS, ROOM_PREFIXES
from tests.privacy.worlds.world import SchoolNetwork

SEEDS = range(3)
"""Worlds of each kind of network; `make privacy` plays more."""


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("network", SchoolNetwork)
def test_no_device_changes_a_table_by_more_than_its_cap(network: SchoolNetwork, seed: int) -> None:
    world = random_world(network, seed)
    whole = play(world)
    for unit in world.units:
        apart = distances(whole, play(world.without(unit)))
        assert beyond_caps(apart, days=len(DAYS)) == {}, unit


@pytest.mark.parametrize("network", SchoolNetwork)
def test_what_a_device_does_on_a_day_is_in_the_tables_of_that_day_alone(
    network: SchoolNetwork,
) -> None:
    world = random_world(network, 0)
    whole = play(world)
    for unit in world.units:
        apart = distances(whole, play(world.without_day(unit, DAYS[0])))
        assert beyond_caps(apart, days=1) == {}, unit
        assert DAYS[1] not in {day for _, day in apart}, unit


@pytest.mark.parametrize("network", SchoolNetwork)
def test_the_caps_are_reached_by_who_is_in_nine_rooms_on_nine_platforms(
    network: SchoolNetwork,
) -> None:
    assert from_packets.busiest_device(network).is_held


@pytest.mark.parametrize("network", SchoolNetwork)
def test_addresses_alone_lose_no_more_than_the_scaled_promise(network: SchoolNetwork) -> None:
    assert from_packets.addresses_alone(network, range(1)).is_held


@pytest.mark.parametrize("network", sorted(ROOM_PREFIXES))
def test_a_device_that_is_its_address_fails_it(network: SchoolNetwork) -> None:
    assert from_packets.old_identity(network).is_held


@pytest.mark.parametrize(
    "attack",
    [
        from_packets.sixty_phones,
        from_packets.reused_address,
        from_packets.many_addresses,
        from_packets.answers_of_dns,
        from_packets.shared_prefix,
        from_packets.health,
    ],
)
def test_attack_is_held(attack: Callable[[], AttackOutcome]) -> None:
    assert attack().is_held


def test_what_is_wrong_is_found() -> None:
    """A test that never fails proves nothing: each mutant is caught."""
    outcomes = list(from_packets.caught_mutants())
    assert len(outcomes) >= 4
    assert [outcome.attack for outcome in outcomes if not outcome.is_held] == []
