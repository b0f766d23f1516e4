"""Attacks that start from raw packets: worlds that differ in one device, with the noise off."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from functools import partial

from monitor.attacks.outcome import AttackOutcome
from monitor.identity import IdentityRules, Unit
from monitor.release.promise import make_promise
from monitor.release.tables import DRAWN, TableName
from tests.cast import AMSTERDAM, LAYERS, ExactHealth
from tests.privacy.attacks.mutants import (
    shared_dns_memory,
    with_floor_by_traffic,
    with_two_votes_beyond,
    without_caps,
)
from tests.privacy.attacks.running import Attack
from tests.privacy.worlds.distance import beyond_caps, cells_of, distances, largest
from tests.privacy.worlds.generator import (
    busiest_world,
    many_addresses_world,
    random_world,
    retold_world,
    reused_address_world,
    shared_prefix_world,
    walking_class_world,
)
from tests.privacy.worlds.play import AS_IT_IS, Variant, play, play_and_scrape
from tests.privacy.worlds.school import DAYS, ROOM_PREFIXES
from tests.privacy.worlds.world import SchoolNetwork, World

PHONES, ROOMS = 60, 6
ADDRESSES = 200
OLD_IDENTITY = Variant(identity=IdentityRules(unit=Unit.ADDRESS))
UNCAPPED = Variant(change=without_caps)
TWO_VOTES = Variant(change=with_two_votes_beyond)
BY_TRAFFIC = Variant(change=with_floor_by_traffic)
SHARED_PREFIXES = Variant(own_prefixes=False)
LIVE = Variant(make_health=ExactHealth)
IPV4_BYTES = 4
CAPS = {table.name: table.cap for table in DRAWN}


def attacks(worlds: int) -> Iterator[Attack]:
    """Give every attack.

    Args:
        worlds: how many random worlds of each kind of network are tried.
    """
    for network in SchoolNetwork:
        yield partial(_alone, two_worlds, network, range(worlds))
    for network in SchoolNetwork:
        yield partial(_alone, busiest_device, network)
    yield partial(_alone, sixty_phones)
    yield partial(_alone, reused_address)
    yield partial(_alone, many_addresses)
    yield partial(_alone, shared_prefix)
    yield partial(_alone, answers_of_dns)
    for network in SchoolNetwork:
        yield partial(_alone, addresses_alone, network, range(worlds))
    yield partial(_alone, health)
    yield caught_mutants


def _alone(attack: Callable[..., AttackOutcome], *given: object) -> Iterator[AttackOutcome]:
    yield attack(*given)


def two_worlds(network: SchoolNetwork, seeds: Sequence[int]) -> AttackOutcome:
    """Take each device, or person, out of random worlds: no table moves more than its cap."""
    most, broken = _take_out_each(network, seeds)
    return AttackOutcome(
        f"two worlds: {network} ({len(seeds)} worlds)",
        f"L1 {_written(most)}; beyond a cap: {broken}",
        f"≤ {_written(CAPS)}; a weekly table by {len(DAYS)} days",
        not broken,
    )


def _take_out_each(
    network: SchoolNetwork, seeds: Sequence[int], variant: Variant = AS_IT_IS
) -> tuple[dict[TableName, int], int]:
    """Return how far tables moved at most, and how many units moved one by more than its cap."""
    most: dict[TableName, int] = {}
    broken = 0
    for seed in seeds:
        world = random_world(network, seed)
        whole = play(world, variant)
        for unit in world.units:
            apart = distances(whole, play(world.without(unit), variant))
            broken += bool(beyond_caps(apart, days=len(DAYS)))
            for table, distance in largest(apart).items():
                most[table] = max(most.get(table, 0), distance)
    return most, broken


def old_identity(network: SchoolNetwork) -> AttackOutcome:
    """Take each device out of a random world in which a device is its address."""
    most, broken = _take_out_each(network, range(1), OLD_IDENTITY)
    return AttackOutcome(
        f"mutant: a device is its address, two worlds: {network}",
        f"L1 {_written(most)}; beyond a cap: {broken}",
        "found: > 0",
        broken > 0,
    )


def busiest_device(network: SchoolNetwork) -> AttackOutcome:
    """Take out a device that was in nine rooms on nine platforms: exactly the caps.

    Nothing is allowed there, so nothing is counted as exempt.
    """
    caps = {name: cap for name, cap in CAPS.items() if name != TableName.EXEMPT.value}
    found = _without(busiest_world(network), "busiest")
    return AttackOutcome(
        f"nine rooms, nine platforms: {network}",
        f"L1 {_written(found)}",
        f"= {_written(caps)}",
        found == caps,
    )


def sixty_phones() -> AttackOutcome:
    """Let phones walk through rooms with a VLAN each: they are counted once."""
    counts = play(walking_class_world(PHONES, ROOMS))
    counted = cells_of(counts, TableName.LAYERS)["", "3 havo", ""]
    return AttackOutcome(
        f"{PHONES} phones through {ROOMS} rooms, a VLAN each",
        f"{counted} in their layer",
        f"{PHONES}",
        counted == PHONES,
    )


def reused_address() -> AttackOutcome:
    """Give an address to another device within the day, and take the first device out."""
    found = _without(reused_address_world(), "first")
    return AttackOutcome(
        "an address that passes to another device",
        f"L1 {_written(found)}",
        f"≤ {_written(CAPS)}",
        all(distance <= CAPS[table] for table, distance in found.items()),
    )


def many_addresses() -> AttackOutcome:
    """Let a device take many addresses of its /64: it becomes no second device."""
    counts = play(many_addresses_world(ADDRESSES))
    counted = sum(count or 0 for count in cells_of(counts, TableName.LAYERS).values())
    return AttackOutcome(
        f"{ADDRESSES} addresses of one /64", f"{counted} devices", "at most 1", counted <= 1
    )


def shared_prefix() -> AttackOutcome:
    """Take out a device that does nothing but share a network's /64: nothing of others moves."""
    found = _without(shared_prefix_world(), "other", SHARED_PREFIXES)
    return AttackOutcome(
        "a /64 that RADIUS tells for many", f"L1 {_written(found)}", "0", not found
    )


def answers_of_dns() -> AttackOutcome:
    """Take out a device that was told by DNS what others were not: nothing of theirs moves."""
    found = _without(retold_world(SchoolNetwork.VLAN_A_ROOM), "told")
    return AttackOutcome(
        "DNS answers of one device, used for others", f"L1 {_written(found)}", "0", not found
    )


def addresses_alone(network: SchoolNetwork, seeds: Sequence[int]) -> AttackOutcome:
    """Take each device out where only addresses are known: the scaled promise covers it."""
    broken = most = 0
    for seed in seeds:
        world = random_world(network, seed)
        addresses = max(len(addresses_of(world, unit, day)) for unit in world.units for day in DAYS)
        rules = IdentityRules(
            unit=Unit.ADDRESS, addresses=max(1, addresses), reused=True, counts_ipv6=False
        )
        variant, promise = Variant(identity=rules), make_promise(rules, LAYERS)
        whole = play(world, variant)
        for unit in world.units:
            apart = distances(whole, play(world.without(unit), variant))
            broken += bool(beyond_caps(apart, len(DAYS), promise.drawn))
        most = max(most, addresses)
    return AttackOutcome(
        f"addresses alone, up to {most} a day: {network} ({len(seeds)} worlds)",
        f"beyond what is promised: {broken}",
        "0",
        not broken,
    )


def addresses_of(world: World, unit: str, day: date) -> set[bytes]:
    """Return the IPv4 addresses that a device sends from on a day."""
    return {
        client
        for event in world.events
        if event.unit == unit
        and datetime.fromtimestamp(event.timestamp, AMSTERDAM).date() == day
        and len(client := event.client) == IPV4_BYTES
    }


def health() -> AttackOutcome:
    """Compare what IT can scrape, minute by minute, with a device and without it."""
    changed = _changed_scrapes(Variant())
    return AttackOutcome(
        "health for IT, scraped each minute", f"{changed} change", "0", not changed
    )


def _changed_scrapes(variant: Variant) -> int:
    world = busiest_world(SchoolNetwork.VLAN_A_ROOM)
    _, whole = play_and_scrape(world, variant)
    _, less = play_and_scrape(world.without("busiest"), variant)
    return sum(a != b for a, b in zip(whole, less, strict=True))


def caught_mutants() -> Iterator[AttackOutcome]:
    """Break what holds the promise, and see that the attacks above find it."""
    world = busiest_world(SchoolNetwork.VLAN_A_ROOM)
    old = largest(
        distances(play(world, OLD_IDENTITY), play(world.without("busiest"), OLD_IDENTITY))
    )
    yield _mutant("a device is its address", old)
    for network in sorted(ROOM_PREFIXES):
        yield old_identity(network)
    uncapped = largest(distances(play(world, UNCAPPED), play(world.without("busiest"), UNCAPPED)))
    yield _mutant("no caps", uncapped)
    twice = largest(distances(play(world, TWO_VOTES), play(world.without("busiest"), TWO_VOTES)))
    yield _mutant("two votes on how far a device goes beyond a cap", twice)
    prefix = _without(shared_prefix_world(), "other")
    yield AttackOutcome(
        "mutant: a /64 of many that says where a device is",
        f"L1 {_written(prefix)}",
        "found: > 0",
        bool(prefix),
    )
    with shared_dns_memory():
        shared = _without(retold_world(SchoolNetwork.VLAN_A_ROOM), "told")
    yield _mutant("one memory of DNS for all clients", shared)
    changed = _changed_scrapes(LIVE)
    yield AttackOutcome(
        "mutant: live counters for IT", f"{changed} change", "found: > 0", changed > 0
    )
    try:
        distances(play(world, BY_TRAFFIC), play(world.without("busiest"), BY_TRAFFIC))
        differ = False
    except AssertionError:
        differ = True
    yield AttackOutcome(
        "mutant: a floor by traffic",
        "other cells have a figure" if differ else "the same cells have a figure",
        "found: other cells",
        differ,
    )
    counted = cells_of(play(walking_class_world(PHONES, ROOMS), OLD_IDENTITY), TableName.LAYERS)
    phones = counted["", "3 havo", ""] or 0
    yield AttackOutcome(
        f"mutant: a device is its address, {PHONES} phones",
        f"{phones} in their layer",
        f"not {PHONES}",
        phones != PHONES,
    )


def _mutant(what: str, found: dict[TableName, int]) -> AttackOutcome:
    is_caught = any(distance > CAPS[table] for table, distance in found.items())
    return AttackOutcome(
        f"mutant: {what}", f"L1 {_written(found)}", "found: beyond a cap", is_caught
    )


def _without(world: World, unit: str, variant: Variant = AS_IT_IS) -> dict[TableName, int]:
    return largest(distances(play(world, variant), play(world.without(unit), variant)))


def _written(found: dict[TableName, int]) -> str:
    return " ".join(f"{name} {found[name]}" for name in CAPS if name in found) or "0"
