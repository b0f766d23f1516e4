"""Which platform does the traffic of a shared hostname belong to?

A hostname of a content network may be shared: by two platforms of the catalogue, or by one of them
and an app that is not in it. Each half minute of its traffic goes to the platform whose own
hostnames carried the most around it: at least `MIN_OWN`, and `CLEAR_FACTOR` times as much as
those of any other candidate. Otherwise it stays undecided, and counts for nobody.
"""

from collections.abc import Iterable, Mapping, Sequence

from monitor.activity.platform_traffic import SLOTS, PlatformTraffic

SLOTS_AROUND = 6
"""Half minutes before and after."""
MIN_OWN = 20
"""Kilobytes: more than a poll or two in a pocket."""
CLEAR_FACTOR = 2

type Candidates = tuple[str, ...]
"""The platforms that may use a hostname, its file's platform first; a single one if not shared."""


def attribute(traffic: Mapping[Candidates, PlatformTraffic]) -> dict[str, PlatformTraffic]:
    """Return each platform's traffic, with what it has of shared hostnames.

    The values of `traffic` are changed by it: attribute them once.
    """
    own = {
        names[0]: platform_traffic for names, platform_traffic in traffic.items() if len(names) == 1
    }
    shared = {names: shared_traffic for names, shared_traffic in traffic.items() if len(names) > 1}
    if not shared:
        return own
    sharing = {platform for candidates in shared for platform in candidates}
    around = {
        platform: _sum_around(platform_traffic.own_kilobytes)
        for platform, platform_traffic in own.items()
        if platform in sharing
    }
    for candidates, shared_traffic in shared.items():
        for half_minute in shared_traffic.shared_slots:
            platform = _platform_of(candidates, around, half_minute.slot)
            if platform:
                own[platform].add_shared(half_minute)
                own[platform].first_contact = min(
                    own[platform].first_contact, shared_traffic.first_contact
                )
    return own


def _platform_of(candidates: Iterable[str], around: Mapping[str, Sequence[int]], slot: int) -> str:
    """Return the candidate that clearly carried the most around a half minute; empty for none."""
    most, platform, second = 0, "", 0
    for candidate in candidates:
        carried = around[candidate][slot] if candidate in around else 0
        if carried > most:
            most, platform, second = carried, candidate, most
        else:
            second = max(second, carried)
    return platform if most >= max(MIN_OWN, CLEAR_FACTOR * second) else ""


def _sum_around(carried: Mapping[int, int]) -> list[int]:
    """Sum up, for each half minute, those around it."""
    around = [0] * SLOTS
    for slot, kilobytes in carried.items():
        for near_slot in range(slot - SLOTS_AROUND, slot + SLOTS_AROUND + 1):
            around[near_slot % SLOTS] += kilobytes
    return around
