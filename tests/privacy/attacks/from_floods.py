"""An attack by one device that takes address after address: it is one, and costs no memory."""

import tracemalloc
from collections.abc import Iterator
from dataclasses import replace

from monitor.attacks.outcome import AttackOutcome
from monitor.core import Core
from monitor.health import Health
from monitor.identity import IdentityRules, NamingKey, Unit
from monitor.snapshot import Snapshot
from tests.cast import at, sighting
from tests.privacy.attacks.running import Attack
from tests.privacy.worlds.school import school
from tests.privacy.worlds.world import SchoolNetwork

ADDRESSES = 100_000
PREFIX = bytes.fromhex("20010db800000065")
"""Of room 101."""
MAC = bytes.fromhex("02005e005301")
MAX_GROWTH = 2_000_000
"""Bytes, for all addresses together."""
MEGABYTE = 1_000_000


def attacks() -> Iterator[Attack]:
    """Give every attack."""
    yield addresses_of_one_device
    yield addresses_as_devices


def addresses_of_one_device() -> Iterator[AttackOutcome]:
    """Use a platform from each of many addresses."""
    growth = _measure_growth(school(SchoolNetwork.VLAN_A_ROOM))
    yield AttackOutcome(
        f"memory that {ADDRESSES:,} addresses of one /64 take",
        f"{growth / MEGABYTE:.1f} MB",
        f"≤ {MAX_GROWTH / MEGABYTE:.0f} MB",
        growth <= MAX_GROWTH,
    )


def addresses_as_devices() -> Iterator[AttackOutcome]:
    """Do the same where each address is a device."""
    held = school(SchoolNetwork.VLAN_A_ROOM)
    growth = _measure_growth(replace(held, identity=IdentityRules(unit=Unit.ADDRESS)))
    yield AttackOutcome(
        "mutant: each address is a device, in memory",
        f"{growth / MEGABYTE:.1f} MB",
        f"found: > {MAX_GROWTH / MEGABYTE:.0f} MB",
        growth > MAX_GROWTH,
    )


def _measure_growth(held: Snapshot) -> int:
    naming = NamingKey()
    core = Core(held, Health(), at(8), naming)
    hardware = naming.name_hardware(MAC)
    seen = sighting(at(8, 10), PREFIX + bytes(8), hardware=hardware)
    core.receive_sighting(seen)
    tracemalloc.start()
    try:
        for number in range(ADDRESSES):
            core.receive_sighting(seen._replace(client=PREFIX + number.to_bytes(8)))
        growth, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    return growth
